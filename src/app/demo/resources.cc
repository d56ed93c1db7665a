// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "app/demo/resources.hh"

#include "clinic/canonical.hh"

#include <fmt/format.h>

namespace tripsis::app::demo {
namespace {

using json::array;
using json::object;
using json::Value;

constexpr std::string_view nprs_loinc = "72514-3";
constexpr std::string_view nprs_display = "Pain severity - 0-10 verbal numeric rating [Score] - Reported";

Value body_site(std::string_view muscle, std::string_view side, clinic::Knowledge const& knowledge) {
  auto const text = place(muscle, side, knowledge);
  return object(
      {{"coding", array({coding(clinic::canonical::muscle, muscle, name_of(knowledge.muscles, muscle)),
                         coding(clinic::canonical::side, side,
                                side == "left"    ? "Left"
                                : side == "right" ? "Right"
                                                  : "Midline")})},
       {"text", text}});
}

Value number_extension(std::string_view name, int value) {
  return object({{"url", fmt::format("{}StructureDefinition/{}", clinic::canonical::base, name)},
                 {"valueInteger", Value::integer(value)}});
}

Value narrative(std::string_view text) {
  return object(
      {{"status", "generated"},
       {"div", fmt::format(R"(<div xmlns="http://www.w3.org/1999/xhtml"><p>{}</p></div>)", text)}});
}

Value entries(std::vector<std::string> const& references) {
  json::Array list;
  for (auto const& to : references)
    list.push_back(reference(to));
  return Value{std::move(list)};
}

Value participant(std::string_view to, std::string_view display) {
  return object({{"actor", reference(to, display)}, {"status", "accepted"}});
}

} // namespace

Value coding(std::string_view system, std::string_view code, std::string_view display) {
  return object({{"system", system}, {"code", code}, {"display", display}});
}

Value concept_of(Value a_coding, std::string_view text) {
  auto result = object({{"coding", array({std::move(a_coding)})}});
  if (!text.empty())
    result.set("text", text);
  return result;
}

Value reference(std::string_view to, std::string_view display) {
  auto result = object({{"reference", to}});
  if (!display.empty())
    result.set("display", display);
  return result;
}

Value resource(std::string_view type, std::string_view id) {
  return object({{"resourceType", type}, {"id", id}});
}

std::string place(std::string_view muscle, std::string_view side, clinic::Knowledge const& knowledge) {
  auto const name = name_of(knowledge.muscles, muscle);
  return side == "midline" ? std::string{name} : fmt::format("{}, {}", name, side);
}

Value appointment(VisitContext const& visit, std::string_view id, std::string_view status, int minutes,
                  std::string_view complaint, std::string_view patient_name, std::string_view room_name) {
  auto result = resource("Appointment", id);
  result.set("status", status);
  result.push("serviceType", concept_of(coding(clinic::canonical::service, visit.service,
                                               fmt::format("Treatment, {} minutes", minutes))));
  result.push("reasonCode", object({{"text", complaint}}));
  result.set("start", visit.start).set("end", visit.end).set("minutesDuration", Value::integer(minutes));
  if (!visit.referral.empty())
    result.push("basedOn", reference(visit.referral));
  result.set("participant", array({participant(visit.patient, patient_name),
                                   participant(visit.practitioner, visit.practitioner_name),
                                   participant(visit.room, room_name)}));
  return result;
}

Value encounter(VisitContext const& visit, std::string_view status) {
  auto result = resource("Encounter", visit.encounter.substr(visit.encounter.find('/') + 1));
  result.set("status", status)
      .set("class", coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", "AMB", "ambulatory"));
  result.push("type", concept_of(coding(clinic::canonical::service, visit.service, "Treatment")));
  result.set("subject", reference(visit.patient));
  if (!visit.referral.empty())
    result.push("basedOn", reference(visit.referral));
  result.push("participant",
              object({{"individual", reference(visit.practitioner, visit.practitioner_name)}}));
  result.push("appointment", reference(visit.appointment));
  auto period = object({{"start", visit.start}});
  if (status == "finished")
    period.set("end", visit.end);
  result.set("period", std::move(period));
  result.push("location", object({{"location", reference(visit.room)}}));
  return result;
}

Value procedure(VisitContext const& visit, std::string_view id, Work const& work,
                clinic::Knowledge const& knowledge) {
  auto result = resource("Procedure", id);
  result.set("extension", array({number_extension("minutes", work.minutes),
                                 number_extension("pressure", work.pressure)}));
  result.set("status", "completed");
  result.set("code", concept_of(coding(clinic::canonical::technique, work.technique,
                                       name_of(knowledge.techniques, work.technique))));
  result.set("subject", reference(visit.patient)).set("encounter", reference(visit.encounter));
  result.set("performedPeriod", object({{"start", visit.start}, {"end", visit.end}}));
  result.push("performer", object({{"actor", reference(visit.practitioner, visit.practitioner_name)}}));
  result.push("bodySite", body_site(work.muscle, work.side, knowledge));
  return result;
}

Value rating(VisitContext const& visit, std::string_view id, std::string_view measure,
             std::string_view display, int value) {
  auto result = resource("Observation", id);
  result.set("status", "final");
  result.push("category", concept_of(coding("http://terminology.hl7.org/CodeSystem/observation-category",
                                            "survey", "Survey")));
  result.set("code", object({{"coding", array({coding(clinic::canonical::measure, measure, display),
                                               coding("http://loinc.org", nprs_loinc, nprs_display)})},
                             {"text", display}}));
  result.set("subject", reference(visit.patient)).set("encounter", reference(visit.encounter));
  result.set("effectiveDateTime", measure == "nprs-before" ? visit.start : visit.end);
  result.push("performer", reference(visit.patient));
  result.set("valueInteger", Value::integer(value));
  return result;
}

Value tenderness(VisitContext const& visit, std::string_view id, std::string_view measure, Work const& work,
                 int value, clinic::Knowledge const& knowledge) {
  auto result = resource("Observation", id);
  auto const display = measure == "tenderness-before" ? "Tenderness before" : "Tenderness after";
  result.set("status", "final");
  result.push("category", concept_of(coding("http://terminology.hl7.org/CodeSystem/observation-category",
                                            "exam", "Exam")));
  result.set("code", concept_of(coding(clinic::canonical::measure, measure, display), display));
  result.set("subject", reference(visit.patient)).set("encounter", reference(visit.encounter));
  result.set("effectiveDateTime", measure == "tenderness-before" ? visit.start : visit.end);
  result.push("performer", reference(visit.practitioner, visit.practitioner_name));
  result.set("valueInteger", Value::integer(value));
  result.set("bodySite", body_site(work.muscle, work.side, knowledge));
  return result;
}

Value consent(std::string_view patient, std::string_view id, std::string_view at,
              clinic::Knowledge const& knowledge) {
  auto result = resource("Consent", id);
  result.set("status", "active");
  result.set("scope", concept_of(coding("http://terminology.hl7.org/CodeSystem/consentscope", "treatment",
                                        "Treatment")));
  result.push("category",
              concept_of(coding(clinic::canonical::consent, "treatment", "Consent to treatment")));
  result.set("patient", reference(patient)).set("dateTime", at);
  result.push("performer", reference(patient));
  // FHIR asks for one of policy and policyRule (ppc-1).
  result.set("policyRule", object({{"text", "The practice's consent to massage therapy"}}));
  auto provision = object({{"type", "permit"}});
  for (auto const& region : knowledge.consent_regions)
    provision.push("provision", object({{"type", "permit"},
                                        {"code", array({concept_of(coding(clinic::canonical::consent_region,
                                                                          region.id, region.name))})}}));
  result.set("provision", std::move(provision));
  return result;
}

Value note(VisitContext const& visit, std::string_view id, std::string_view assessment,
           std::vector<std::string> const& procedures, std::vector<std::string> const& measures) {
  auto result = resource("Composition", id);
  result.set("status", "final")
      .set("type", concept_of(coding(clinic::canonical::note, "session", "Session note")));
  result.set("subject", reference(visit.patient)).set("encounter", reference(visit.encounter));
  result.set("date", visit.signed_at);
  result.push("author", reference(visit.practitioner, visit.practitioner_name));
  result.set("title", "Session note");
  result.push("attester", object({{"mode", "professional"},
                                  {"time", visit.signed_at},
                                  {"party", reference(visit.practitioner)}}));
  result.set("section", array({object({{"title", "Assessment"}, {"text", narrative(assessment)}}),
                               object({{"title", "Worked on"}, {"entry", entries(procedures)}}),
                               object({{"title", "Measures"}, {"entry", entries(measures)}})}));
  return result;
}

Value signature(VisitContext const& visit, std::string_view id, std::string_view signed_note) {
  auto result = resource("Provenance", id);
  result.push("target", reference(signed_note));
  result.set("recorded", visit.signed_at);
  result.set("activity", concept_of(coding("http://terminology.hl7.org/CodeSystem/v3-DocumentCompletion",
                                           "LA", "legally authenticated")));
  result.push("agent", object({{"who", reference(visit.practitioner)}}));
  result.push("signature",
              object({{"type", array({coding("urn:iso-astm:E1762-95:2013", "1.2.840.10065.1.12.1.1",
                                             "Author's Signature")})},
                      {"when", visit.signed_at},
                      {"who", reference(visit.practitioner)}}));
  return result;
}

} // namespace tripsis::app::demo
