// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A form filled in with what the record knows, to be looked through and sent.
// https://hl7.org/fhir/uv/sdc/STU3/populate.html
#pragma once

#include "clinic/find.hh"

#include <string_view>

namespace tripsis::clinic::forms {

/// A QuestionnaireResponse, in-progress. Filled in are facts and wishes (conditions, medicines, allergies,
/// operations, goal, comfort, the activities that were rated last time); never a rating, a safety question,
/// a consent or a signature: those are answered anew. `today`: "2026-11-27".
Result<json::Value> populate(Find const& find, json::Value const& questionnaire, std::string_view patient,
                             std::string_view authored, std::string_view today);

} // namespace tripsis::clinic::forms
