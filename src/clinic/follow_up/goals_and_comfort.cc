// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The goal in the patient's words becomes a proposed Goal; wishes become an extension of the Patient, so
// that whoever books or treats sees them without looking for a form.
#include "clinic/canonical.hh"
#include "clinic/follow_up/answers.hh"
#include "clinic/follow_up/form.hh"

#include <algorithm>
#include <array>

namespace tripsis::clinic::follow_up {
namespace {

using json::Value;

void add_goal(Form& form) {
  auto const words = text_answer(form.response, "goal");
  if (words.empty())
    return;
  auto goal = json::object({{"lifecycleStatus", "proposed"},
                            {"description", json::object({{"text", words}})},
                            {"subject", form.subject()},
                            {"statusDate", form.on.substr(0, form.on.find('T'))},
                            {"expressedBy", form.subject()}});
  if (auto kind = concept_answer(form.response, "goal-type"); !kind.is_null())
    goal.push("category", std::move(kind));
  if (auto const date = date_answer(form.response, "goal-date"); !date.empty())
    goal.push("target", json::object({{"dueDate", date.substr(0, date.find('T'))}}));
  form.add("Goal", "goal", std::move(goal));
}

Value comfort_of(Value const& response) {
  constexpr std::array<std::string_view, 7> wishes{
      "pressure", "therapist-gender", "draping", "chaperone", "talk", "music", "temperature"};
  auto comfort = json::object({});
  for (auto const wish : wishes)
    if (auto const code = code_answer(response, wish); !code.empty())
      comfort.push("extension", json::object({{"url", wish}, {"valueCode", code}}));
    else if (auto const yes = boolean_answer(response, wish))
      comfort.push("extension", json::object({{"url", wish}, {"valueBoolean", Value{*yes}}}));
  return comfort;
}

} // namespace

Result<> goals_and_comfort(Form& form) {
  add_goal(form);
  auto comfort = comfort_of(form.response);
  if (comfort.object().empty())
    return {};
  auto found =
      TRY(form.context.find("Patient", {{"_id", form.patient.substr(form.patient.find('/') + 1)}}));
  if (found.empty())
    return {};
  auto const url = std::string{canonical::base} + "StructureDefinition/comfort";
  comfort.set("url", url);
  auto& patient = found.front();
  if (auto* extensions = patient.find("extension"); extensions != nullptr && extensions->is_array())
    std::erase_if(extensions->array(), [&](Value const& one) { return one.text("url") == url; });
  patient.push("extension", std::move(comfort));
  form.change(std::move(patient));
  return {};
}

} // namespace tripsis::clinic::follow_up
