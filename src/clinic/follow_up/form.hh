// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What a form that was sent turns into. Each derived resource has an id made of the response's and names
// the response in meta.source, so that a corrected response corrects what was made of it, and what is no
// longer answered is marked entered-in-error.
#pragma once

#include "clinic/follow_up.hh"

#include <string>
#include <string_view>
#include <vector>

namespace tripsis::clinic::follow_up {

/// One completed response and the resources that it gives.
struct Form {
  json::Value const& response;
  std::string id;      ///< The response's
  std::string patient; ///< "Patient/x"
  std::string on;      ///< dateTime: when it was filled in
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
Result<> goals_and_comfort(Form& form);
Result<> consent(Form& form);
Result<> diary(Form& form);      ///< journal and pre-visit
Result<> instrument(Form& form); ///< the seven of clinic/outcome

/// An Observation by the patient: status final, category survey, derivedFrom the response; without a value.
json::Value observation(Form const& form, json::Value code);
/// {coding: [{system: CodeSystem/measure, code}], text}
json::Value measure_code(std::string_view code, std::string_view text);

extern FollowUp const form_answers; ///< For clinic/follow_up.cc

} // namespace tripsis::clinic::follow_up
