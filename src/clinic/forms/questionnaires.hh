// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The forms as FHIR Questionnaires (https://hl7.org/fhir/R4/questionnaire.html): the practice's own, made
// of knowledge/forms.yaml, and the instruments of knowledge/instruments.yaml: the questions themselves
// where their wording may be shown, and for all others a form in which staff enter the score.
#pragma once

#include "clinic/knowledge/knowledge.hh"

#include <string_view>
#include <vector>

namespace tripsis::clinic::forms {

/// health-history, goals-and-comfort, consent, journal, pre-visit, the diaries …
std::vector<json::Value> practice_forms(Knowledge const& knowledge);
/// The instruments, but for the two diaries, which are the practice's own forms.
std::vector<json::Value> instrument_forms(Knowledge const& knowledge);

/// How an instrument's values come in.
enum class Entry : unsigned char {
  Form,        ///< The patient answers its questions
  Score,       ///< Staff enter the score of a form filled in on paper: its wording may not be shown here
  Measurement, ///< Staff measure it
};
Entry entry_of(std::string_view instrument);
/// The instrument's Questionnaire: FHIR's ids know no underscore, so "promis_pi4a" → "promis-pi4a"; and
/// back.
std::string form_id(std::string_view instrument);
std::string instrument_id(std::string_view form);

// Parts of instrument_forms.
std::vector<json::Value> question_forms(Knowledge const& knowledge);
std::vector<json::Value> score_forms(Knowledge const& knowledge);
std::vector<json::Value> measurement_forms(Knowledge const& knowledge);
/// What they all begin with; minutes: to fill in.
json::Value start_instrument_form(Knowledge const& knowledge, json::Value const& data,
                                  std::string_view audience, int minutes);
/// nullptr where the knowledge does not hold the instrument.
json::Value const* find_data(Knowledge const& knowledge, std::string_view instrument);

/// PROMIS: a raw sum becomes a T score by a table.
bool has_t_table(std::string_view instrument);
constexpr std::string_view midas_days = "headache-days", midas_intensity = "intensity";

/// What stands beside a score in its components: code of CodeSystem/measure, and words.
std::vector<std::pair<std::string, std::string>> component_codes(Knowledge const& knowledge);

/// CodeSystem/answer and the others that only these forms use: each code with the words that it is shown
/// by.
std::vector<json::Value> answer_systems(Knowledge const& knowledge);
/// CodeSystem/instrument: what each instrument measures, its range, direction and change thresholds, with
/// sources.
json::Value instrument_system(Knowledge const& knowledge);

/// The linkIds of an instrument's scored items, in order; of PSFS the item that is repeated. Those that are
/// entered from paper are numbered: "odi-1" …
std::vector<std::string> scored_items(std::string_view instrument);
constexpr std::string_view phq9_item9 = "44260-8"; ///< Its LOINC code, by which the safety rules know it

} // namespace tripsis::clinic::forms
