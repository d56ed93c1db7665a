// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What a form that was sent turns into. Each derived resource has an id made of the response's and names
// the response in meta.source, so that a corrected response corrects what was made of it, and what is no
// longer answered is marked entered-in-error.
#pragma once

#include "clinic/follow_up.hh"
#include "clinic/outcome/score.hh"

#include <string>
#include <string_view>
#include <vector>

namespace tripsis::clinic::follow_up {

/// One completed response and the resources that it gives.
struct Form {
  json::Value const& response;
  std::string id;      ///< The response's
  std::string patient; ///< "Patient/x"
  std::string on;      ///< date or dateTime: when it was filled in
  FollowUpContext const& context;
  std::vector<store::Change> changes;

  json::Value subject() const { return json::object({{"reference", patient}}); }
  json::Value source() const { return json::object({{"reference", "QuestionnaireResponse/" + id}}); }
  /// A resource of the type under the id "<response>-<part>".
  void add(std::string_view type, std::string_view part, json::Value resource);
  /// A change to a resource that was there: refused with Fault::Precondition if somebody else changes it
  /// first.
  void change(json::Value resource);
};

Result<> health_history(Form& form);
/// Takes out of the changes what a resource of the record, that another response or a person made, says
/// already.
Result<> leave_out_what_is_said(Form& form);
Result<> goals_and_comfort(Form& form);
Result<> consent(Form& form);
Result<>
diary(Form& form); ///< journal, pre-visit, well-being, flare-up, diaries of headache and painkillers
Result<> sleep_diary(Form& form);
Result<> after_visit(Form& form);
Result<> instrument(Form& form);  ///< Those whose questions are asked
Result<> score_entry(Form& form); ///< Those whose score is entered
Result<> measurement(Form& form); ///< Those that are measured

// Shared by the three.
/// "promis_pi4a" of "…/Questionnaire/promis-pi4a|1"
std::string instrument_of(Form const& form);
/// The Observation `<instrument>-score`, without a value.
json::Value score_observation(Form const& form, std::string_view instrument);
/// Its value in points, with the name of the band in which it lies; without a score why there is none.
void set_score(json::Value& observation, json::Value const& instrument, std::optional<outcome::Score> score,
               std::string_view text);
void set_quantity(json::Value& holder, std::string_view value, std::string_view unit,
                  std::string_view ucum);
/// Takes the answer to `date` as the day on which it was filled in or measured. Fault::Value for a day to
/// come.
Result<> take_date(Form& form);
Result<> refuse(std::string_view what); ///< Fault::Value, at QuestionnaireResponse.item

/// An Observation by who filled in the form: status final, category survey, derivedFrom the response;
/// without a value.
json::Value observation(Form const& form, json::Value code);
/// {coding: [{system: CodeSystem/measure, code}], text}
json::Value measure_code(std::string_view code, std::string_view text);

/// The same of a code of clinic/daily_measures.hh, with its words.
json::Value daily_code(std::string_view code);
/// An Observation of an answer from 0 to 10, under that part; none where it was not answered. Fault::Value
/// out of range.
Result<> add_rating(Form& form, std::string_view link_id, std::string_view part, json::Value code);

extern FollowUp const form_answers; ///< For clinic/follow_up.cc

} // namespace tripsis::clinic::follow_up
