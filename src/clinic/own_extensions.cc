// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/definition.hh"
#include "clinic/own_definitions.hh"

namespace tripsis::clinic {
namespace {

using json::Value;

struct Extension {
  std::string_view id, name, title;
  std::string_view context; ///< The element that it extends
  std::string_view type;    ///< Of its value; empty where it has extensions instead
};

std::vector<Extension> extensions() {
  return {
      {"claim", "Claim",
       "A claim of the field: claim (code), certainty (Coding), honest-wording and effect (strings)",
       "Library", ""},
      {"minutes", "Minutes", "How many minutes a technique was given", "Procedure", "integer"},
      {"pressure", "Pressure",
       "With which pressure a technique was given, or the highest that somebody bears, 0 to 10", "Element",
       "integer"},
      {"override", "Override",
       "Why a safety rule was overridden: rule (code, of a Procedure), reason (code or string), text "
       "(string), "
       "on (date: for which day)",
       "Element", ""},
      {"clearance", "Clearance",
       "A clinician's clearance: clinician, licence and scope (strings), expiry (date), document "
       "(Reference)",
       "DetectedIssue.mitigation", ""},
      {"region", "Region", "A region and side of the body that something concerns", "Element",
       "CodeableConcept"},
      {"view", "View", "Where something was put on the body map: front or back", "Element", "code"},
      {"visit-number", "VisitNumber", "Which visit of its referral an appointment is", "Appointment",
       "integer"},
      {"audience", "Audience", "Who fills in a form: patient or staff", "Questionnaire", "code"},
      {"minutes-to-fill", "MinutesToFill", "How long a form takes", "Questionnaire", "integer"},
      {"crisis-text", "CrisisText", "What is shown at once when the answer is above 0",
       "Questionnaire.item", "string"},
      {"comfort", "Comfort", "What makes a patient comfortable, by the form's linkIds", "Patient", ""},
      {"mechanism", "InjuryMechanism", "How an injury came about", "Condition", "code"},
      {"dose", "Dose", "A plan's dose: minutes, per-week, weeks", "CarePlan", ""},
      {"action-taken", "ActionTaken", "What was done about something unwanted", "AdverseEvent", "string"},
      {"technique", "TechniqueDetails",
       "Of a technique: family, pressure, minutes, aims, tissues, cautions, requires-training",
       "ActivityDefinition", ""},
      {"care-condition", "CareOfCondition",
       "What is known of the care of a condition: certainty, regions, muscles, outcomes, dose, evidence",
       "PlanDefinition", ""},
      {"protocol", "ProtocolDetails", "Of a protocol: basis, review-visit, measure, requirement",
       "PlanDefinition", ""},
      {"phase", "PhaseOfProtocol", "When a phase is: from-week, to-week, per-week", "PlanDefinition.action",
       ""},
      {"block", "BlockOfPhase", "One technique of a visit: technique, region, minutes", "Element", ""},
      {"rule", "SafetyRuleDetails",
       "Of a safety rule: its code, level, urgency, where it applies, what lifts it, who may override it",
       "PlanDefinition", ""},
      {"drawing", "Drawing", "What was drawn on the body map: an SVG path", "Element", "string"},
  };
}

Value element(std::string_view path) {
  return json::object({{"id", path}, {"path", path}});
}

Value to_resource(Extension const& extension) {
  auto resource = definition("StructureDefinition", extension.id, extension.name, extension.title);
  resource.set("fhirVersion", "4.0.1").set("kind", "complex-type").set("abstract", Value{false});
  resource.push("context", json::object({{"type", "element"}, {"expression", extension.context}}));
  resource.set("type", "Extension")
      .set("baseDefinition", "http://hl7.org/fhir/StructureDefinition/Extension")
      .set("derivation", "constraint");
  auto url = element("Extension.url");
  url.set("fixedUri", resource.text("url"));
  auto value = element("Extension.value[x]");
  if (extension.type.empty())
    value.set("max", "0");
  else
    value.set("min", Value::integer(1)).push("type", json::object({{"code", extension.type}}));
  resource.set(
      "differential",
      json::object({{"element", json::array({element("Extension"), std::move(url), std::move(value)})}}));
  return resource;
}

} // namespace

std::vector<Value> own_extensions() {
  std::vector<Value> all;
  for (auto const& extension : extensions())
    all.push_back(to_resource(extension));
  return all;
}

} // namespace tripsis::clinic
