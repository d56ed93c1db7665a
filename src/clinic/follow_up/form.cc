// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/follow_up/form.hh"

#include "clinic/canonical.hh"
#include "clinic/forms/questionnaires.hh"
#include "clinic/outcome/score.hh"
#include "fhir/date_time.hh"

#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

namespace tripsis::clinic::follow_up {
namespace {

using json::Value;

using Derive = Result<> (*)(Form&);

struct Known {
  std::string_view form;
  Derive derive;
};
constexpr std::array known_forms{Known{"health-history", health_history},
                                 Known{"goals-and-comfort", goals_and_comfort},
                                 Known{"consent", consent},
                                 Known{"journal", diary},
                                 Known{"pre-visit", diary},
                                 Known{"well-being", diary},
                                 Known{"flare-up", diary},
                                 Known{"headache-diary", diary},
                                 Known{"medicines-diary", diary},
                                 Known{"sleep-diary", sleep_diary},
                                 Known{"after-visit", after_visit}};

/// What is derived, and which element says that it was an error. A crisis (Task and Flag) and what came
/// after a visit (AdverseEvent and Task) are not among them: whoever changes the answer afterwards does not
/// take it back. A person closes it.
struct Derived {
  std::string_view type, status;
};
constexpr std::array derived_types{Derived{"Observation", "status"},
                                   Derived{"Condition", "verificationStatus"},
                                   Derived{"MedicationStatement", "status"},
                                   Derived{"AllergyIntolerance", "verificationStatus"},
                                   Derived{"Procedure", "status"},
                                   Derived{"Goal", "lifecycleStatus"},
                                   Derived{"Consent", "status"}};

/// "journal" of "…/Questionnaire/journal|2"; "" for a form that is not ours.
std::string_view form_name(Value const& response) {
  constexpr std::string_view folder = "Questionnaire/";
  auto url = response.text("questionnaire");
  if (!url.starts_with(canonical::base))
    return {};
  url.remove_prefix(canonical::base.size());
  if (!url.starts_with(folder))
    return {};
  url.remove_prefix(folder.size());
  return url.substr(0, url.find('|'));
}

Derive find_derive(std::string_view name) {
  auto const* found = std::ranges::find(known_forms, name, &Known::form);
  if (found != known_forms.end())
    return found->derive;
  auto const id = forms::instrument_id(name);
  switch (forms::entry_of(id)) {
  case forms::Entry::Score:
    return &score_entry;
  case forms::Entry::Measurement:
    return &measurement;
  case forms::Entry::Form:
    break;
  }
  return outcome::find_scale(id) ? &instrument : nullptr;
}

bool concerns(store::Change const& change) {
  return change.key.type == "QuestionnaireResponse" && change.method != store::Method::Delete &&
         find_derive(form_name(change.resource)) != nullptr;
}

/// con-5 and ait-2 of FHIR: what was an error has no clinical status.
void withdraw(Value& resource, std::string_view element) {
  if (element != "verificationStatus") {
    resource.set(element, "entered-in-error");
    return;
  }
  auto const system = resource.text("resourceType") == "Condition"
                          ? "http://terminology.hl7.org/CodeSystem/condition-ver-status"
                          : "http://terminology.hl7.org/CodeSystem/allergyintolerance-verification";
  resource.erase("clinicalStatus");
  resource.set(
      element,
      json::object(
          {{"coding", json::array({json::object({{"system", system}, {"code", "entered-in-error"}})})}}));
}

bool is_withdrawn(Value const& resource, std::string_view element) {
  auto const* code = resource.at({element, "coding", "code"});
  return resource.text(element) == "entered-in-error" ||
         (code != nullptr && code->is_string() && code->string() == "entered-in-error");
}

/// Whether somebody has taken the patient's word over into the record: then it is theirs to change.
bool is_confirmed(Value const& resource) {
  auto const* code = resource.at({"verificationStatus", "coding", "code"});
  return code != nullptr && code->is_string() && code->string() != "unconfirmed" &&
         code->string() != "entered-in-error";
}

/// What an earlier version of the response gave: taken back where this one does not give it again.
Result<> correct_earlier(Form& form) {
  std::set<store::Key> given;
  for (auto const& change : form.changes)
    given.insert(change.key);
  for (auto const& [type, element] : derived_types)
    for (auto& earlier : TRY(form.context.find(type, {{"_source", "QuestionnaireResponse/" + form.id}}))) {
      store::Key const key{std::string{type}, std::string{earlier.text("id")}};
      auto const again = given.contains(key);
      if (is_confirmed(earlier))
        std::erase_if(form.changes, [&](store::Change const& change) { return change.key == key; });
      else if (!again && !is_withdrawn(earlier, element)) {
        withdraw(earlier, element);
        form.change(std::move(earlier));
      }
    }
  return {};
}

Result<> add(store::Changes& unit, std::size_t place, FollowUpContext const& context) {
  constexpr std::size_t longest_id = 40;
  auto const response = unit.changes[place].resource;
  auto const status = response.text("status");
  auto const patient = key_of(response.find("subject"));
  if (!patient || patient->type != "Patient" ||
      (status != "completed" && status != "amended" && status != "entered-in-error"))
    return {};
  auto const id = unit.changes[place].key.id;
  if (id.size() > longest_id)
    return fail(Fault::Value,
                fmt::format("The id of a form's response may have at most {} characters.", longest_id),
                "QuestionnaireResponse.id");
  auto const authored = response.text("authored");
  Form form{response,
            id,
            patient->reference(),
            authored.empty() ? fhir::format_instant(unit.now) : std::string{authored},
            context,
            {}};
  if (status != "entered-in-error")
    TRY(find_derive(form_name(response))(form));
  if (unit.changes[place].method == store::Method::Update)
    TRY(correct_earlier(form));
  std::ranges::move(form.changes, std::back_inserter(unit.changes));
  return {};
}

} // namespace

FollowUp const form_answers{.name = "form answers", .concerns = concerns, .add = add};

void Form::add(std::string_view type, std::string_view part, Value resource) {
  store::Key key{std::string{type}, fmt::format("{}-{}", id, part)};
  auto whole = json::object({{"resourceType", type},
                             {"id", key.id},
                             {"meta", json::object({{"source", "QuestionnaireResponse/" + id}})}});
  for (auto& member : resource.object())
    whole.set(member.name, std::move(member.value));
  changes.push_back({.method = store::Method::Update, .key = std::move(key), .resource = std::move(whole)});
}

void Form::change(Value resource) {
  changes.push_back(update_of(std::move(resource)));
}

Value measure_code(std::string_view code, std::string_view text) {
  return json::object(
      {{"coding", json::array({json::object({{"system", canonical::measure}, {"code", code}})})},
       {"text", text}});
}

Value observation(Form const& form, Value code) {
  auto const* author = form.response.find("author");
  return json::object(
      {{"status", "final"},
       {"category",
        json::array({json::object(
            {{"coding", json::array({json::object(
                            {{"system", "http://terminology.hl7.org/CodeSystem/observation-category"},
                             {"code", "survey"}})})}})})},
       {"code", std::move(code)},
       {"subject", form.subject()},
       {"effectiveDateTime", form.on},
       {"performer", json::array({author != nullptr ? *author : form.subject()})},
       {"derivedFrom", json::array({form.source()})}});
}

} // namespace tripsis::clinic::follow_up
