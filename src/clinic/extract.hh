// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What the answers of a form give, without storing it: the very follow-ups that run when it is stored.
// https://hl7.org/fhir/uv/sdc/STU3/extraction.html
#pragma once

#include "clinic/follow_up.hh"

namespace tripsis::clinic {

/// A transaction Bundle; empty where the response is not completed, or nothing follows from its form.
/// `base`: of the fullUrls. Faults as when it is stored.
Result<json::Value> extract(json::Value response, FollowUpContext const& context, Instant now,
                            std::string_view base);

} // namespace tripsis::clinic
