// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/definition.hh"
#include "clinic/own_definitions.hh"
#include "clinic/safety/adverse_event.hh"

namespace tripsis::clinic {
namespace {

using json::Value;

struct Code {
  std::string_view id, display;
};

struct System {
  std::string_view id, name, title;
  std::vector<Code> codes;
};

/// What is asked, done and said around a visit.
std::vector<System> systems_of_visits() {
  return {
      {"intent",
       "Intent",
       "What a visit is for",
       {{"therapeutic", "Therapeutic"}, {"maintenance", "Maintenance"}, {"relaxation", "Relaxation"}}},
      {"visit-reason",
       "VisitReason",
       "Why somebody comes",
       {{"condition", "A condition"},
        {"injury-recovery", "Recovery from an injury"},
        {"stress", "Stress"},
        {"maintenance", "Maintenance"},
        {"relaxation", "Relaxation"}}},
      {"mechanism",
       "Mechanism",
       "How an injury came about",
       {{"sport", "Sport"},
        {"auto", "Motor vehicle"},
        {"work", "Work"},
        {"fall", "Fall"},
        {"overuse", "Overuse"},
        {"surgery", "Surgery"},
        {"other", "Something else"}}},
      {"payer",
       "Payer",
       "Who pays",
       {{"self", "The patient"},
        {"health", "Health insurance"},
        {"auto", "Motor insurance"},
        {"workers-comp", "Workers' compensation"}}},
  };
}

/// What the practice keeps, and must not forget.
std::vector<System> systems_of_records() {
  return {
      {"mitigation",
       "Mitigation",
       "What was done about a safety rule that fired",
       {{"cleared", "Cleared by a clinician"}, {"overridden", "Overridden with a reason"}}},
      {"consent", "ConsentKind", "Kinds of consent", {{"treatment", "Consent to treatment"}}},
      {"consent-answer",
       "ConsentAnswer",
       "Answers about a part of the body",
       {{"yes", "Yes"}, {"no", "No"}, {"ask-each-time", "Ask me each time"}}},
      {"document",
       "Document",
       "Kinds of attached document",
       {{"referral", "Referral"}, {"note", "Note"}, {"other", "Something else"}}},
      {"communication",
       "CommunicationKind",
       "Kinds of communication",
       {{"disclosure", "Disclosure of records"}}},
      {"flag",
       "FlagKind",
       "What must be seen before anything is done",
       {{"crisis", "Crisis"},
        {"avoid-zone", "A place not to be worked on"},
        {"pressure-limit", "How much pressure somebody bears at a place"}}},
      {"activity",
       "Activity",
       "What a Provenance says was done",
       {{"merge", "Two records of one person became one"}, {"entered-in-error", "Entered in error"}}},
  };
}

Value to_resource(System const& system) {
  auto resource = definition("CodeSystem", system.id, system.name, system.title);
  resource.set("content", "complete");
  for (auto const& code : system.codes)
    resource.push("concept", json::object({{"code", code.id}, {"display", code.display}}));
  return resource;
}

System adverse_events() {
  System system{"adverse-event", "AdverseEvent", "What may follow a treatment and was not wanted", {}};
  for (auto const& code : safety::adverse_event_codes)
    system.codes.push_back({code.code, code.display});
  return system;
}

System consent_regions(Knowledge const& knowledge) {
  System system{"consent-region", "ConsentRegion", "Parts of the body that need their own consent", {}};
  for (auto const& region : knowledge.consent_regions)
    system.codes.push_back({region.id, region.name});
  return system;
}

} // namespace

std::vector<Value> own_code_systems(Knowledge const& knowledge) {
  std::vector<Value> all;
  for (auto const& system : systems_of_visits())
    all.push_back(to_resource(system));
  for (auto const& system : systems_of_records())
    all.push_back(to_resource(system));
  all.push_back(to_resource(adverse_events()));
  all.push_back(to_resource(consent_regions(knowledge)));
  return all;
}

} // namespace tripsis::clinic
