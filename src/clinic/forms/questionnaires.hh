// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The forms as FHIR Questionnaires (https://hl7.org/fhir/R4/questionnaire.html): the practice's own, made
// of knowledge/forms.yaml, and the instruments whose wording may be used, made of
// knowledge/instruments.yaml.
#pragma once

#include "clinic/knowledge/knowledge.hh"

#include <string_view>
#include <vector>

namespace tripsis::clinic::forms {

/// health-history, goals-and-comfort, consent, journal, pre-visit.
std::vector<json::Value> practice_forms(Knowledge const& knowledge);
/// nprs, peg, psfs, rmdq, gad7, phq9, groc: the wording as it is in the data, with its credit line.
std::vector<json::Value> instrument_forms(Knowledge const& knowledge);

/// CodeSystem/answer and the others that only these forms use: each code with the words that it is shown
/// by.
std::vector<json::Value> answer_systems(Knowledge const& knowledge);
/// CodeSystem/instrument: what each instrument measures, its range, direction and change thresholds, with
/// sources.
json::Value instrument_system(Knowledge const& knowledge);

/// The linkIds of an instrument's scored items, in order; of PSFS the item that is repeated.
std::vector<std::string> scored_items(std::string_view instrument);
constexpr std::string_view phq9_item9 = "44260-8"; ///< Its LOINC code, by which the safety rules know it

} // namespace tripsis::clinic::forms
