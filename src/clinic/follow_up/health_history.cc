// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The health history becomes records that say whose word they are: unconfirmed conditions and allergies,
// medicines told by the patient, operations told by the patient. A therapist confirms or refutes them.
#include "clinic/canonical.hh"
#include "clinic/follow_up/answers.hh"
#include "clinic/follow_up/form.hh"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace tripsis::clinic::follow_up {
namespace {

using json::Value;

Value concept_of(std::string_view system, std::string_view code) {
  return json::object({{"coding", json::array({json::object({{"system", system}, {"code", code}})})}});
}

std::string own(std::string_view what) {
  return std::string{canonical::base} + std::string{what};
}

void set_if(Value& resource, std::string_view element, std::string text) {
  if (!text.empty())
    resource.set(element, std::move(text));
}

Value condition(Form const& form, Value code, std::string_view clinical_status) {
  return json::object(
      {{"clinicalStatus",
        concept_of("http://terminology.hl7.org/CodeSystem/condition-clinical", clinical_status)},
       {"verificationStatus",
        concept_of("http://terminology.hl7.org/CodeSystem/condition-ver-status", "unconfirmed")},
       {"code", std::move(code)},
       {"subject", form.subject()},
       {"recordedDate", form.on},
       {"asserter", form.subject()}});
}

void add_conditions(Form& form) {
  std::size_t place = 0;
  for (auto const* row : items_of(form.response, "conditions")) {
    auto const number = ++place;
    auto code = concept_answer(*row, "condition-what");
    if (code.is_null())
      continue;
    auto made = condition(form, std::move(code),
                          code_answer(*row, "condition-still") == "past" ? "inactive" : "active");
    set_if(made, "onsetDateTime", date_answer(*row, "condition-since"));
    form.add("Condition", fmt::format("condition-{}", number), std::move(made));
  }
}

void add_injury(Form& form) {
  if (!boolean_answer(form.response, "injury").value_or(false))
    return;
  auto const what = text_answer(form.response, "injury-text");
  auto made = condition(form, json::object({{"text", what.empty() ? "Injury" : what}}), "active");
  if (auto const mechanism = code_answer(form.response, "injury-mechanism"); !mechanism.empty())
    made.push("extension",
              json::object({{"url", own("StructureDefinition/mechanism")}, {"valueCode", mechanism}}));
  set_if(made, "onsetDateTime", date_answer(form.response, "injury-date"));
  form.add("Condition", "injury", std::move(made));
}

void add_medicines(Form& form) {
  std::size_t place = 0;
  for (auto const* row : items_of(form.response, "medicines")) {
    auto const number = ++place;
    auto const name = text_answer(*row, "medicine-name");
    auto medicine = concept_answer(*row, "medicine-kind");
    if (name.empty() && medicine.is_null())
      continue;
    if (!name.empty())
      medicine.set("text", name);
    auto const taking = boolean_answer(*row, "medicine-taking");
    auto made = json::object({{"status", !taking   ? "unknown"
                                         : *taking ? "active"
                                                   : "stopped"},
                              {"medicationCodeableConcept", std::move(medicine)},
                              {"subject", form.subject()},
                              {"dateAsserted", form.on},
                              {"informationSource", form.subject()},
                              {"derivedFrom", json::array({form.source()})}});
    if (auto const why = text_answer(*row, "medicine-why"); !why.empty())
      made.push("reasonCode", json::object({{"text", why}}));
    form.add("MedicationStatement", fmt::format("medicine-{}", number), std::move(made));
  }
}

/// FHIR's own code (https://hl7.org/fhir/R4/valueset-reaction-event-severity.html), or "".
std::string severity_of(Value const& row) {
  constexpr std::array<std::string_view, 3> known{"mild", "moderate", "severe"};
  auto code = code_answer(row, "allergy-severity");
  return std::ranges::find(known, code) != known.end() ? code : std::string{};
}

void add_allergies(Form& form) {
  std::size_t place = 0;
  for (auto const* row : items_of(form.response, "allergies")) {
    auto const number = ++place;
    auto code = concept_answer(*row, "allergy-what");
    if (code.is_null())
      continue;
    auto made = json::object(
        {{"clinicalStatus",
          concept_of("http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical", "active")},
         {"verificationStatus",
          concept_of("http://terminology.hl7.org/CodeSystem/allergyintolerance-verification",
                     "unconfirmed")},
         {"code", std::move(code)},
         {"patient", form.subject()},
         {"recordedDate", form.on},
         {"asserter", form.subject()}});
    auto const happens = text_answer(*row, "allergy-reaction");
    auto const severity = severity_of(*row);
    if (!happens.empty() || !severity.empty()) {
      auto reaction =
          json::object({{"manifestation",
                         json::array({json::object({{"text", happens.empty() ? "Not told" : happens}})})}});
      set_if(reaction, "severity", severity);
      made.push("reaction", std::move(reaction));
    }
    form.add("AllergyIntolerance", fmt::format("allergy-{}", number), std::move(made));
  }
}

void add_surgeries(Form& form) {
  std::size_t place = 0;
  for (auto const* row : items_of(form.response, "surgeries")) {
    auto const number = ++place;
    auto const what = text_answer(*row, "surgery-what");
    if (what.empty())
      continue;
    // SNOMED CT 387713003 "Surgical procedure": what the safety rules read where the operation has no code.
    auto made = json::object({{"status", "completed"},
                              {"category", concept_of(systems::snomed, "387713003")},
                              {"code", json::object({{"text", what}})},
                              {"subject", form.subject()},
                              {"asserter", form.subject()}});
    set_if(made, "performedDateTime", date_answer(*row, "surgery-date"));
    if (auto side = concept_answer(*row, "surgery-side"); !side.is_null())
      made.push("bodySite", std::move(side));
    if (auto const surgeon = text_answer(*row, "surgery-surgeon"); !surgeon.empty())
      made.push("performer", json::object({{"actor", json::object({{"display", surgeon}})}}));
    if (boolean_answer(*row, "surgery-hardware").value_or(false))
      made.push("note", json::object({{"text", "Hardware or an implant is in place."}}));
    if (auto const limits = text_answer(*row, "surgery-limits"); !limits.empty())
      made.push("note", json::object({{"text", "Told not to: " + limits}}));
    form.add("Procedure", fmt::format("surgery-{}", number), std::move(made));
  }
}

} // namespace

Result<> health_history(Form& form) {
  add_conditions(form);
  add_injury(form);
  add_medicines(form);
  add_allergies(form);
  add_surgeries(form);
  return leave_out_what_is_said(form);
}

} // namespace tripsis::clinic::follow_up
