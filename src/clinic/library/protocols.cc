// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Protocols: phases with their blocks, reviews, the four sentences that end or change a course, care at
// home. The practice's own templates are read from the same shape.
#include "clinic/find.hh"
#include "clinic/library/library.hh"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>

namespace tripsis::clinic::library {
namespace {

using json::Value;

constexpr std::string_view type = "PlanDefinition";
constexpr std::string_view protocol_rules = "protocol-rule";

std::string rule_system() {
  return std::string{canonical::base} + "CodeSystem/" + std::string{protocol_rules};
}

struct Sentence {
  std::string_view code, title;
  std::string Protocol::* text;
};
constexpr std::array sentences{Sentence{"progress", "Progress", &Protocol::progress},
                               Sentence{"regress", "Step back", &Protocol::regress},
                               Sentence{"stop", "Stop", &Protocol::stop},
                               Sentence{"refer", "Refer", &Protocol::refer}};

Value action_of(Value code, std::string_view title) {
  return json::object({{"title", title}, {"code", json::array({concept_of(std::move(code))})}});
}

Value task(std::string_view code) {
  auto const found = std::ranges::find(task_codes, code, &NamedCode::code);
  return coding(canonical::task, code, found->display);
}

/// 2 a week is 2 in 1 week, 0.5 is 1 in 2, 1.25 is 5 in 4.
Value timing(Phase const& phase) {
  auto const common = std::gcd(phase.per_week, 100);
  auto weeks = json::object({{"value", Value::integer(phase.weeks())},
                             {"unit", "weeks"},
                             {"system", "http://unitsofmeasure.org"},
                             {"code", "wk"}});
  return json::object({{"repeat", json::object({{"boundsDuration", std::move(weeks)},
                                                {"frequency", Value::integer(phase.per_week / common)},
                                                {"period", Value::integer(100 / common)},
                                                {"periodUnit", "wk"}})}});
}

Value block_action(Block const& block, Knowledge const& knowledge) {
  auto const name = name_in(knowledge.techniques, block.technique);
  auto action = json::object({{"title", fmt::format("{}, {} minutes", name, block.minutes)}});
  auto extension = json::object({{"url", canonical::block}});
  extension.push("extension",
                 part("technique", "valueCoding", coding(canonical::technique, block.technique, name)));
  for (auto const& region : block.regions)
    extension.push("extension",
                   part("region", "valueCoding",
                        coding(canonical::region, region, name_in(knowledge.regions, region))));
  extension.push("extension", part("minutes", "valueInteger", Value::integer(block.minutes)));
  action.push("extension", std::move(extension));
  action.set("definitionCanonical", url_of("ActivityDefinition", "technique-", block.technique));
  return action;
}

void add_phase(Value& resource, Phase const& phase, std::size_t number, Knowledge const& knowledge) {
  auto action = action_of(task("phase"), phase.name);
  Parts parts{"phase"};
  parts.whole("from-week", phase.from_week)
      .whole("to-week", phase.to_week)
      .add("per-week", "valueDecimal", Value{json::Number{written(phase.per_week)}});
  action.push("extension", std::move(parts).take());
  for (std::size_t i = 0; i < phase.goals.size(); ++i) {
    auto const id = fmt::format("goal-{}-{}", number, i + 1);
    resource.push("goal",
                  json::object({{"id", id}, {"description", json::object({{"text", phase.goals[i]}})}}));
    action.push("goalId", id);
  }
  if (phase.per_week > 0 && phase.weeks() > 0)
    action.set("timingTiming", timing(phase));
  for (auto const& block : phase.blocks)
    action.push("action", block_action(block, knowledge));
  resource.push("action", std::move(action));
}

void add_review(Value& resource, Protocol const& protocol, Knowledge const& knowledge) {
  if (protocol.review_visits.empty())
    return;
  auto action = action_of(task("review"),
                          fmt::format("Review at visits {}", fmt::join(protocol.review_visits, ", ")));
  std::vector<std::string_view> measures;
  for (auto const& measure : protocol.review_measures)
    measures.push_back(name_in(knowledge.instruments, measure));
  if (!measures.empty())
    action.set("textEquivalent", fmt::format("Measure first: {}.", fmt::join(measures, ", ")));
  resource.push("action", std::move(action));
}

void add_sentences(Value& resource, Protocol const& protocol) {
  for (auto const& one : sentences) {
    auto const& text = protocol.*one.text;
    if (text.empty())
      continue;
    auto action = action_of(coding(rule_system(), one.code, one.title), one.title);
    action.set("textEquivalent", text);
    auto expression = json::object({{"language", "text/plain"}, {"expression", text}});
    action.push("condition",
                json::object({{"kind", "applicability"}, {"expression", std::move(expression)}}));
    resource.push("action", std::move(action));
  }
}

void add_home_care(Value& resource, Protocol const& protocol) {
  if (protocol.home_care.empty())
    return;
  auto action = action_of(task("home-care"), "Care at home");
  for (auto const& one : protocol.home_care)
    action.push("action", json::object({{"title", one}}));
  resource.push("action", std::move(action));
}

Value system_of_sentences() {
  auto system = code_system(protocol_rules, "ProtocolRule", "What ends or changes a course");
  for (auto const& one : sentences)
    system.push("concept", concept_with(one.code, one.title));
  return system;
}

// --- Reading

std::unexpected<Error> refuse(std::string what, std::string_view element) {
  return fail(Fault::BusinessRule, std::move(what), fmt::format("{}.{}", type, element));
}

template <class Items>
bool knows(Items const& items, std::string_view id) {
  return std::ranges::any_of(items, [&](auto const& item) { return item.id == id; });
}

Result<Block> read_block(Value const& action, Knowledge const& knowledge) {
  auto const& extension = find_extension(action, "block");
  auto const techniques = codes_of(extension, "technique");
  Block block{.technique = techniques.empty() ? std::string{} : techniques.front(),
              .regions = codes_of(extension, "region"),
              .minutes = whole_of(extension, "minutes").value_or(0)};
  if (!knows(knowledge.techniques, block.technique))
    return refuse("A block of a phase names a technique of CodeSystem/technique or of the practice.",
                  "action.action.extension");
  for (auto const& region : block.regions)
    if (!knows(knowledge.regions, region))
      return refuse("A block of a phase names regions of CodeSystem/region.", "action.action.extension");
  if (block.minutes <= 0)
    return refuse("A block of a phase says how many minutes it takes.", "action.action.extension");
  return block;
}

std::vector<std::string> goals_of(Value const& resource, Value const& action) {
  std::vector<std::string> goals;
  for (auto const& id : action.items("goalId"))
    for (auto const& goal : resource.items("goal"))
      if (id.is_string() && goal.text("id") == id.string())
        if (auto const* description = goal.find("description"))
          goals.emplace_back(description->text("text"));
  return goals;
}

Result<Phase> read_phase(Value const& resource, Value const& action, Knowledge const& knowledge) {
  constexpr int most_weeks = 104, longest_visit = 240;
  constexpr Hundredths most_often = 1400;
  auto const& extension = find_extension(action, "phase");
  auto const from = whole_of(extension, "from-week"), to = whole_of(extension, "to-week");
  auto const* per_week = part_of(extension, "per-week").find("valueDecimal");
  auto const rate =
      per_week != nullptr && per_week->is_number() ? parse_hundredths(per_week->lexeme()) : std::nullopt;
  if (!from || !to || *from > *to || *to > most_weeks || *from < -most_weeks)
    return refuse("A phase goes from a week to one that is no earlier (from-week, to-week; at most 104).",
                  "action.extension");
  if (!rate || *rate > most_often)
    return refuse(
        "A phase says how often a week (per-week), at most 14 and with at most two decimal places.",
        "action.extension");
  Phase phase{.name = std::string{action.text("title")},
              .from_week = *from,
              .to_week = *to,
              .per_week = *rate,
              .goals = goals_of(resource, action),
              .blocks = {}};
  if (phase.name.empty())
    return refuse("A phase needs a title: its name.", "action.title");
  for (auto const& block : action.items("action"))
    phase.blocks.push_back(TRY(read_block(block, knowledge)));
  if (phase.minutes() > longest_visit)
    return refuse("A visit of a phase takes at most 240 minutes.", "action.action");
  return phase;
}

Result<std::string> condition_of(Value const& resource, Knowledge const& knowledge) {
  for (auto const& context : resource.items("useContext"))
    if (auto const code = code_in(context.find("valueCodeableConcept"), canonical::condition);
        !code.empty()) {
      if (knowledge.care.find_condition(code) == nullptr)
        return refuse("A template is for a condition of CodeSystem/condition, or it names none.",
                      "useContext");
      return std::string{code};
    }
  return std::string{};
}

Result<> read_action(Protocol& protocol, Value const& resource, Value const& action,
                     Knowledge const& knowledge) {
  auto const task = code_in(action.find("code"), canonical::task);
  if (task == "phase")
    protocol.phases.push_back(TRY(read_phase(resource, action, knowledge)));
  if (task == "home-care")
    for (auto const& one : action.items("action"))
      protocol.home_care.emplace_back(one.text("title"));
  auto const sentence =
      std::ranges::find(sentences, code_in(action.find("code"), rule_system()), &Sentence::code);
  if (sentence != sentences.end())
    protocol.*sentence->text = action.text("textEquivalent");
  return {};
}

} // namespace

Value to_plan_definition(Protocol const& protocol, Knowledge const& knowledge) {
  auto resource = definition_of(type, "", protocol.id, protocol.name);
  Parts parts{"protocol"};
  parts.add("basis", "valueCode", protocol.basis == Protocol::Basis::Trial ? "trial" : "convention");
  for (auto const visit : protocol.review_visits)
    parts.whole("review-visit", visit);
  parts.texts("measure", protocol.review_measures, "valueCode").texts("requirement", protocol.requirements);
  resource.push("extension", std::move(parts).take());
  resource.set("type", plan_type("clinical-protocol"));
  if (!protocol.note.empty())
    resource.set("usage", protocol.note);
  resource.push("useContext",
                focus(concept_of(coding(canonical::condition, protocol.condition,
                                        name_in(knowledge.care.conditions, protocol.condition)))));
  cite(resource, knowledge, protocol.sources);
  for (std::size_t i = 0; i < protocol.phases.size(); ++i)
    add_phase(resource, protocol.phases[i], i + 1, knowledge);
  add_review(resource, protocol, knowledge);
  add_sentences(resource, protocol);
  add_home_care(resource, protocol);
  return resource;
}

Result<Protocol> read_protocol(Value const& resource, Knowledge const& knowledge) {
  auto const& extension = find_extension(resource, "protocol");
  Protocol protocol{.id = std::string{resource.text("id")},
                    .condition = TRY(condition_of(resource, knowledge)),
                    .name = std::string{resource.text("title")},
                    .basis = text_of(extension, "basis") == "trial" ? Protocol::Basis::Trial
                                                                    : Protocol::Basis::Convention,
                    .sources = cited(resource),
                    .phases = {},
                    .review_visits = wholes_of(extension, "review-visit"),
                    .review_measures = texts_of(extension, "measure"),
                    .requirements = texts_of(extension, "requirement"),
                    .note = std::string{resource.text("usage")}};
  if (protocol.name.empty())
    return refuse("A template needs a title: its name.", "title");
  for (auto const& measure : protocol.review_measures)
    if (!knows(knowledge.instruments, measure))
      return refuse("A template measures with instruments of CodeSystem/instrument.", "extension");
  for (auto const visit : protocol.review_visits)
    if (visit < 1)
      return refuse("A review is at a visit, counted from 1.", "extension");
  for (auto const& action : resource.items("action"))
    TRY(read_action(protocol, resource, action, knowledge));
  if (std::ranges::none_of(protocol.phases, [](Phase const& phase) {
        return phase.to_week >= 1 && phase.per_week > 0 && !phase.blocks.empty();
      }))
    return refuse(
        "A template needs a phase of the course: weeks from 1, how often a week, and a block with a "
        "technique.",
        "action");
  return protocol;
}

std::vector<Value> protocols(Knowledge const& knowledge) {
  std::vector<Value> all{system_of_sentences()};
  for (auto const& protocol : knowledge.care.protocols)
    all.push_back(to_plan_definition(protocol, knowledge));
  return all;
}

} // namespace tripsis::clinic::library
