// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The signed form becomes a Consent with one provision a region, and ends the consents before it. "Ask me
// each time" permits nothing by itself: the therapist asks, and records what was said that day. Without a
// signature an agreement is only proposed; a refusal needs none.
#include "clinic/canonical.hh"
#include "clinic/follow_up/answers.hh"
#include "clinic/follow_up/form.hh"

#include <array>

namespace tripsis::clinic::follow_up {
namespace {

using json::Value;

std::string own_system(std::string_view name) {
  return std::string{canonical::base} + "CodeSystem/" + std::string{name};
}

Value concept_of(std::string const& system, std::string_view code) {
  return json::object({{"coding", json::array({json::object({{"system", system}, {"code", code}})})}});
}

bool agrees_to_treatment(Value const& response) {
  return boolean_answer(response, "treatment").value_or(false);
}

bool is_signed(Value const& response) {
  auto const& answers = answers_of(response, "signature");
  return !answers.empty() && answers.front().find("valueAttachment") != nullptr;
}

Value provision_of(Value const& response) {
  constexpr std::array<std::string_view, 4> regions{"chest", "gluteal", "abdomen", "intraoral"};
  auto const agrees = agrees_to_treatment(response);
  auto provision = json::object({{"type", agrees ? "permit" : "deny"}});
  for (auto const region : regions) {
    auto const answer = code_answer(response, "region-" + std::string{region});
    if (answer.empty())
      continue;
    provision.push(
        "provision",
        json::object({{"type", agrees && answer == "yes" ? "permit" : "deny"},
                      {"code", json::array({concept_of(own_system("consent-region"), region)})}}));
  }
  return provision;
}

/// Whoever signed: the patient, or a guardian, who is added to the record where there is none of that name.
Result<Value> signer(Form& form) {
  if (code_answer(form.response, "signer-role") != "guardian")
    return form.subject();
  auto const given = text_answer(form.response, "signer-name");
  auto const name = given.empty() ? std::string{"Guardian"} : given;
  for (auto const& known : TRY(form.context.find("RelatedPerson", {{"patient", form.patient}})))
    for (auto const& one : known.items("name"))
      if (one.text("text") == name)
        return json::object({{"reference", reference_to(known)}, {"display", name}});
  form.add(
      "RelatedPerson", "guardian",
      json::object({{"patient", form.subject()},
                    {"relationship",
                     json::array({json::object(
                         {{"coding", json::array({json::object(
                                         {{"system", "http://terminology.hl7.org/CodeSystem/v3-RoleCode"},
                                          {"code", "GUARD"},
                                          {"display", "guardian"}})})}})})},
                    {"name", json::array({json::object({{"text", name}})})}}));
  return json::object({{"reference", form.changes.back().key.reference()}, {"display", name}});
}

Result<> end_earlier(Form& form) {
  auto const own_id = form.id + "-consent";
  for (auto& earlier :
       TRY(form.context.find("Consent", {{"patient", form.patient}, {"status", "active"}}))) {
    if (earlier.text("id") == own_id ||
        code_in(earlier.find("category"), own_system("consent")) != "treatment")
      continue;
    earlier.set("status", "inactive");
    form.change(std::move(earlier));
  }
  return {};
}

} // namespace

Result<> consent(Form& form) {
  auto const by = TRY(signer(form));
  auto const counts = is_signed(form.response) || !agrees_to_treatment(form.response);
  form.add("Consent", "consent",
           json::object(
               {{"status", counts ? "active" : "proposed"},
                {"scope", concept_of("http://terminology.hl7.org/CodeSystem/consentscope", "treatment")},
                {"category", json::array({concept_of(own_system("consent"), "treatment")})},
                {"patient", form.subject()},
                {"dateTime", form.on},
                {"performer", json::array({by})},
                {"policyRule", json::object({{"text", "The practice's consent form"}})},
                {"sourceReference", form.source()},
                {"provision", provision_of(form.response)}}));
  return counts ? end_earlier(form) : Result<>{};
}

} // namespace tripsis::clinic::follow_up
