// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/own_resources.hh"

#include "base/json/parse.hh"
#include "clinic/canonical.hh"
#include "clinic/daily_measures.hh"
#include "clinic/definition.hh"
#include "clinic/forms/questionnaires.hh"
#include "clinic/intake.hh"
#include "clinic/library/library.hh"
#include "clinic/note_code_systems.hh"
#include "clinic/operation_definitions.hh"
#include "clinic/own_definitions.hh"
#include "clinic/screening/mitigation.hh"

#include <algorithm>
#include <array>
#include <initializer_list>

#include <fmt/format.h>

namespace tripsis::clinic {
namespace {

using json::Value;

Value code_system(std::string_view id, std::string_view name, std::string_view title) {
  auto system = definition("CodeSystem", id, name, title);
  system.set("content", "complete");
  return system;
}

template <class Items, class Text>
Value code_system_of(std::string_view id, std::string_view name, std::string_view title, Items const& items,
                     Text const& text) {
  auto system = code_system(id, name, title);
  for (auto const& item : items)
    system.push("concept", json::object({{"code", item.id}, {"display", text(item)}}));
  return system;
}

bool holds(std::vector<std::string> const& list, std::string_view item) {
  return std::ranges::find(list, item) != list.end();
}

Value consent_property(ConsentRegion const& region) {
  return json::object({{"code", "consent-region"}, {"valueCode", region.id}});
}

Value regions(Knowledge const& knowledge) {
  auto system = code_system("region", "Region", "Regions of the body");
  system.push("property", json::object({{"code", "consent-region"},
                                        {"description", "The part of the body whose consent it needs"},
                                        {"type", "code"}}));
  for (auto const& region : knowledge.regions) {
    auto concept_ = json::object({{"code", region.id}, {"display", region.name}});
    for (auto const& one : knowledge.consent_regions)
      if (holds(one.regions, region.id))
        concept_.push("property", consent_property(one));
    system.push("concept", std::move(concept_));
  }
  return system;
}

Value muscles(Knowledge const& knowledge) {
  auto system = code_system("muscle", "Muscle", "Muscles and soft tissues");
  auto const property = [&](std::string_view code, std::string_view description) {
    system.push("property", json::object({{"code", code}, {"description", description}, {"type", "code"}}));
  };
  property("region", "The region of the body, a code of CodeSystem/region");
  property("side", "paired: there is a left and a right one; midline: there is one");
  property("layer", "superficial, intermediate or deep");
  property("consent-region",
           "The part of the body whose consent it needs, a code of CodeSystem/consent-region");
  property("movement",
           "A movement that falls short when the muscle is short or guarded, of CodeSystem/movement");
  system.push("property",
              json::object({{"code", "referral"},
                            {"description", "Where its trigger points usually refer to; not yet verified"},
                            {"type", "string"}}));
  for (auto const& muscle : knowledge.muscles) {
    auto concept_ = json::object({{"code", muscle.id}, {"display", muscle.name}});
    for (auto const& [code, value] :
         {std::pair{"region", &muscle.region}, {"side", &muscle.side}, {"layer", &muscle.layer}})
      concept_.push("property", json::object({{"code", code}, {"valueCode", *value}}));
    for (auto const& one : knowledge.consent_regions)
      if (holds(one.muscles, muscle.id) || holds(one.regions, muscle.region))
        concept_.push("property", consent_property(one));
    for (auto const& movement : muscle.movements)
      concept_.push("property", json::object({{"code", "movement"}, {"valueCode", movement}}));
    if (!muscle.referral.empty())
      concept_.push("property", json::object({{"code", "referral"}, {"valueString", muscle.referral}}));
    system.push("concept", std::move(concept_));
  }
  return system;
}

struct Code {
  std::string_view id, name;
};

Value small_code_system(std::string_view id, std::string_view name, std::string_view title,
                        std::initializer_list<Code> codes) {
  return code_system_of(id, name, title, codes, [](Code const& code) { return code.name; });
}

/// "2 points, low back pain (MIC; Ostelo RWJG, et al. …); …": the changes in points, with their sources.
std::string clear_change(Knowledge const& knowledge, std::string_view instrument) {
  std::string text;
  for (auto const& one : knowledge.instruments)
    for (auto const& change : one.changes)
      if (one.id == instrument && change.unit == "points")
        text += fmt::format("{}{} points, {} ({}; {})", text.empty() ? "" : "; ", change.value,
                            change.population, change.type, knowledge.citation(change.source));
  return text;
}

Value measures(Knowledge const& knowledge) {
  auto system = small_code_system("measure", "Measure", "Measures of a session",
                                  {{"nprs-before", "Pain before, 0 to 10"},
                                   {"nprs-after", "Pain after, 0 to 10"},
                                   {"tenderness-before", "Tenderness before"},
                                   {"tenderness-after", "Tenderness after"},
                                   {"tension-after", "Tension after, 0 to 10"},
                                   {"mood-after", "Mood after, 0 to 10"}});
  for (auto const& one : daily_measures)
    system.push("concept", json::object({{"code", one.code}, {"display", one.display}}));
  for (auto const& [code, display] : forms::component_codes(knowledge))
    system.push("concept", json::object({{"code", code}, {"display", display}}));
  for (auto const& instrument : knowledge.instruments)
    system.push("concept",
                json::object({{"code", instrument.id + "-score"}, {"display", instrument.name}}));
  system.push(
      "property",
      json::object({{"code", "clear-change"},
                    {"description", "The smallest change that patients notice, in words, with its sources"},
                    {"type", "string"}}));
  for (auto& concept_ : system.find("concept")->array())
    if (concept_.text("code").starts_with("nprs-"))
      concept_.push("property", json::object({{"code", "clear-change"},
                                              {"valueString", clear_change(knowledge, "nprs")}}));
  return system;
}

void add_code_systems(Knowledge const& knowledge, std::vector<Value>& all) {
  all.push_back(regions(knowledge));
  all.push_back(muscles(knowledge));
  all.push_back(code_system_of("finding", "Finding", "Findings that the safety rules ask about",
                               knowledge.rules.findings,
                               [](screening::Finding const& finding) { return finding.text; }));
  all.push_back(small_code_system("service", "Service", "Services",
                                  {{"consultation", "Consultation"},
                                   {"treatment-30", "Treatment, 30 minutes"},
                                   {"treatment-45", "Treatment, 45 minutes"},
                                   {"treatment-60", "Treatment, 60 minutes"},
                                   {"treatment-90", "Treatment, 90 minutes"}}));
  all.push_back(small_code_system("note", "Note", "Kinds of note",
                                  {{"session", "A session was given"},
                                   {"not-given", "The session was not given"},
                                   {"stopped", "The session was stopped"},
                                   {"referred", "The patient was referred"}}));
  all.push_back(measures(knowledge));
  all.push_back(small_code_system("side", "Side", "Sides of the body",
                                  {{"left", "Left"}, {"right", "Right"}, {"midline", "Midline"}}));
  all.push_back(small_code_system("screening", "ScreeningDecision",
                                  "What the safety screening of an appointment found",
                                  {{"stop", "No treatment on that day"},
                                   {"clearance", "A clearance is needed first"},
                                   {"modify", "Techniques or regions are limited"}}));
  auto reasons = code_system("override-reason", "OverrideReason", "Why a safety rule was overridden");
  for (auto const& one : screening::override_reasons)
    reasons.push("concept", json::object({{"code", one.code}, {"display", one.display}}));
  all.push_back(std::move(reasons));
  auto tasks = code_system("task", "Task", "What there is to do");
  for (auto const& one : task_codes)
    tasks.push("concept", json::object({{"code", one.code}, {"display", one.display}}));
  all.push_back(std::move(tasks));
  all.push_back(small_code_system(
      "attention", "Attention", "What a view found out and does not store",
      {{"computed", "Made for this view, and kept nowhere"}, {"form-missing", "A form is missing"}}));
  all.push_back(small_code_system("episode", "Episode", "What a stretch of care is for",
                                  {{"corrective", "To get better: a course with an end"},
                                   {"maintenance", "To stay well: no end is planned"}}));
  all.push_back(small_code_system("decision", "ReviewDecision", "What a review of a plan decided",
                                  {{"continue", "Go on as planned"},
                                   {"change", "Change the plan"},
                                   {"taper", "Make the visits rarer"},
                                   {"refer", "Refer to a physician"},
                                   {"discharge", "End the plan"}}));
}

} // namespace

Value without_meta(Value resource) {
  resource.erase("meta");
  return resource;
}

std::vector<Value> own_resources(Knowledge const& knowledge) {
  std::vector<Value> all;
  all.push_back(intake_questionnaire(knowledge));
  for (auto* make : {&forms::practice_forms, &forms::instrument_forms, &forms::answer_systems})
    for (auto& one : make(knowledge))
      all.push_back(std::move(one));
  all.push_back(forms::instrument_system(knowledge));
  add_code_systems(knowledge, all);
  for (auto& one : library::library_resources(knowledge))
    all.push_back(std::move(one));
  for (auto& one : own_code_systems(knowledge))
    all.push_back(std::move(one));
  for (auto& one : own_extensions())
    all.push_back(std::move(one));
  for (auto& one : note_code_systems(knowledge))
    all.push_back(std::move(one));
  for (auto& one : operation_definitions())
    all.push_back(std::move(one));
  return all;
}

Result<> ensure_own_resources(store::Store& store, Knowledge const& knowledge) {
  store::Changes unit{.now = std::chrono::sys_days{std::chrono::year{2026} / 1 / 1}};
  auto const wanted = own_resources(knowledge);
  store.read({}, [&](store::ReadTx& tx) {
    for (auto const& resource : wanted) {
      store::Key const key{std::string{resource.text("resourceType")}, std::string{resource.text("id")}};
      auto const stored = tx.read(key);
      auto const parsed = stored ? json::parse(stored->json) : fail(Fault::NotFound, "");
      if (!parsed || without_meta(*parsed) != resource)
        unit.changes.push_back({.method = store::Method::Update, .key = key, .resource = resource});
    }
  });
  if (unit.changes.empty())
    return {};
  TRY(store.write(std::move(unit)));
  return {};
}

} // namespace tripsis::clinic
