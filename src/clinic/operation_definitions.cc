// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/operation_definitions.hh"

#include "clinic/definition.hh"

namespace tripsis::clinic {
namespace {

using json::Value;

enum class Affects : unsigned char { Nothing, State };
enum class At : unsigned char { System, Type, Instance, TypeAndInstance };

struct Parameter {
  std::string_view name, type;
  int min;
  std::string_view max = "1";
};

struct Operation {
  std::string_view code, name, description;
  Affects affects;
  At at;
  std::string_view resource; ///< Empty at the system's level
  std::vector<Parameter> in;
  std::string_view answer; ///< The type of the one resource that is answered
};

std::vector<Operation> operations() {
  using enum Affects;
  using enum At;
  return {
      {"day",
       "Day",
       "The calendar of one day of the clinic",
       Nothing,
       System,
       "",
       {{"date", "date", 1}},
       "Bundle"},
      {"chart", "Chart", "A patient's chart", Nothing, Instance, "Patient", {}, "Bundle"},
      {"screen",
       "Screen",
       "The safety screening of a patient for one day; asked by POST, what fired is recorded",
       State,
       Instance,
       "Patient",
       {{"on", "date", 0}},
       "Parameters"},
      {"evidence",
       "EvidenceAndOwnChange",
       "The claims of the field, what research says of them, and what the practice itself measured",
       Nothing,
       System,
       "",
       {{"start", "date", 0}, {"end", "date", 0}},
       "Parameters"},
      {"check-wording",
       "CheckWording",
       "What a text claims too much, and what may be said instead; the text is not kept",
       Nothing,
       System,
       "",
       {{"text", "string", 1}},
       "Parameters"},
      {"request-clearance",
       "RequestClearance",
       "Asks a physician for a clearance: a Task that stays open until it is recorded",
       State,
       Instance,
       "Patient",
       {{"rule", "code", 1, "*"},
        {"physician", "string", 0},
        {"referral", "Reference", 0},
        {"note", "string", 0}},
       "Task"},
      {"clear",
       "Clear",
       "Records the clearance of a clinician: what for, and until when",
       State,
       Instance,
       "Patient",
       {{"rule", "code", 1, "*"},
        {"clinician", "string", 1},
        {"licence", "string", 1},
        {"date", "date", 1},
        {"scope", "string", 1},
        {"expiry", "date", 0},
        {"document", "Reference", 0},
        {"task", "Reference", 0}},
       "Bundle"},
      {"override",
       "Override",
       "Overrides a safety rule that allows it, with a reason",
       State,
       Instance,
       "Patient",
       {{"rule", "code", 1}, {"reason", "code", 1}, {"text", "string", 0}, {"on", "date", 0}},
       "DetectedIssue"},
      {"rules-report",
       "RulesReport",
       "How often each safety rule fired in a period, and what was done about it",
       Nothing,
       System,
       "",
       {{"start", "date", 1}, {"end", "date", 1}},
       "Parameters"},
      {"adverse-events",
       "AdverseEvents",
       "How often something unwanted followed a session, of those that were answered about",
       Nothing,
       System,
       "",
       {{"start", "date", 1}, {"end", "date", 1}},
       "Parameters"},
      {"report",
       "ProgressReport",
       "The progress report to the referrer: a document, or a PDF of one page",
       Nothing,
       Instance,
       "Patient",
       {{"since", "date", 0}, {"until", "date", 0}, {"paper", "code", 0}},
       "Bundle"},
      {"letter",
       "ReferrerLetter",
       "The letter to the referrer, with what is asked; of a Task, the letter that asks for a clearance",
       Nothing,
       Instance,
       "ServiceRequest",
       {{"ask", "code", 0}, {"visits", "integer", 0}, {"paper", "code", 0}},
       "Bundle"},
      {"records",
       "Records",
       "The signed notes, measures and consents of a span of days, entered as a disclosure",
       State,
       Instance,
       "Patient",
       {{"start", "date", 1},
        {"end", "date", 1},
        {"recipient", "string", 1},
        {"purpose", "string", 1},
        {"paper", "code", 0}},
       "Bundle"},
      {"measures",
       "Measures",
       "A patient's measures: readings, what a change means, what is due and why",
       Nothing,
       Instance,
       "Patient",
       {},
       "Parameters"},
      {"populate",
       "Populate",
       "A form filled in with what the record knows; nothing is stored",
       Nothing,
       Instance,
       "Questionnaire",
       {{"subject", "Reference", 1}},
       "QuestionnaireResponse"},
      {"extract",
       "Extract",
       "What the answers of a form give, as a transaction; nothing is stored",
       Nothing,
       TypeAndInstance,
       "QuestionnaireResponse",
       {{"questionnaire-response", "QuestionnaireResponse", 0}},
       "Bundle"},
      {"note-prefill",
       "NotePrefill",
       "The last session's note, to copy from",
       Nothing,
       Instance,
       "Patient",
       {{"appointment", "id", 0}},
       "Bundle"},
      {"match",
       "Match",
       "Patients who may be the same person",
       Nothing,
       Type,
       "Patient",
       {{"resource", "Resource", 1}},
       "Bundle"},
      {"merge",
       "Merge",
       "Two records of one person become one",
       State,
       Type,
       "Patient",
       {{"source-patient", "Reference", 1}, {"target-patient", "Reference", 1}, {"preview", "boolean", 0}},
       "Parameters"},
      {"entered-in-error",
       "EnteredInError",
       "A note was written in error, with all that was charted with it",
       State,
       Instance,
       "Composition",
       {{"reason", "string", 1}},
       "Composition"},
      {"worklist",
       "Worklist",
       "What waits to be done in the practice",
       Nothing,
       System,
       "",
       {{"practitioner", "id", 0}},
       "Bundle"},
      {"portal",
       "Portal",
       "What a patient sees of their own record",
       Nothing,
       Instance,
       "Patient",
       {},
       "Bundle"},
      {"propose-plan",
       "ProposePlan",
       "A proposed plan of care with its reasons",
       Nothing,
       Instance,
       "Patient",
       {{"condition", "string", 0},
        {"minutes", "integer", 0},
        {"per-week", "decimal", 0},
        {"weeks", "integer", 0},
        {"budget", "decimal", 0},
        {"price", "decimal", 0}},
       "Bundle"},
      {"apply",
       "Apply",
       "A draft plan of care for a patient, by a protocol, a condition or a template",
       Nothing,
       Instance,
       "PlanDefinition",
       {{"subject", "string", 1}},
       "CarePlan"},
      {"invite",
       "Invite",
       "Mails a patient a link to fill in forms",
       State,
       Instance,
       "Patient",
       {{"form", "string", 0, "*"}},
       "Parameters"},
      {"check-in",
       "CheckIn",
       "The patient of an appointment is here",
       State,
       Instance,
       "Appointment",
       {},
       "Appointment"},
  };
}

Value parameter(std::string_view name, std::string_view use, int min, std::string_view max,
                std::string_view type) {
  return json::object(
      {{"name", name}, {"use", use}, {"min", Value::integer(min)}, {"max", max}, {"type", type}});
}

Value definition_of(Operation const& one) {
  auto operation = definition("OperationDefinition", one.code, one.name, one.description);
  operation.set("kind", "operation")
      .set("affectsState", Value{one.affects == Affects::State})
      .set("code", one.code);
  if (!one.resource.empty())
    operation.push("resource", one.resource);
  operation.set("system", Value{one.at == At::System})
      .set("type", Value{one.at == At::Type || one.at == At::TypeAndInstance})
      .set("instance", Value{one.at == At::Instance || one.at == At::TypeAndInstance});
  for (auto const& in : one.in)
    operation.push("parameter", parameter(in.name, "in", in.min, in.max, in.type));
  operation.push("parameter", parameter("return", "out", 1, "1", one.answer));
  return operation;
}

} // namespace

std::vector<Value> operation_definitions() {
  std::vector<Value> all;
  for (auto const& one : operations())
    all.push_back(definition_of(one));
  return all;
}

} // namespace tripsis::clinic
