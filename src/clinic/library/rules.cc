// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Safety rules: CodeSystem/rule, and a PlanDefinition (eca-rule) for each. Its trigger is the grammar of
// knowledge/contraindications.yaml as JSON, so that a rule of the practice is compiled and judged by the
// very engine that judges those which ship.
#include "base/json/parse.hh"
#include "clinic/library/library.hh"
#include "clinic/screening/compile.hh"
#include "clinic/screening/moment.hh"

#include <algorithm>

#include <fmt/format.h>

namespace tripsis::clinic::library {
namespace {

using json::Value;

constexpr std::string_view type = "PlanDefinition";
constexpr std::string_view at_expression = "action[0].condition[0].expression.expression";
constexpr std::array<std::string_view, 4> expression_members{"history", "trigger", "ask_when", "asks"};

// --- Showing

Value const& member(Value const& node, std::string_view name) {
  static Value const nothing;
  auto const* found = node.find(name);
  return found != nullptr ? *found : nothing;
}

std::vector<std::string> strings_of(Value const& node, std::string_view name) {
  std::vector<std::string> found;
  for (auto const& item : node.items(name))
    if (item.is_string())
      found.push_back(item.string());
  return found;
}

Value rule_extension(Value const& node, Knowledge const& knowledge) {
  auto const& applies = member(node, "applies");
  auto const id = node.text("id");
  Parts parts{"rule"};
  parts.add("rule", "valueCoding", coding(canonical::rule, id, node.text("name")))
      .text("level", node.text("level"), "valueCode")
      .text("urgency", node.text("urgency"), "valueCode")
      .texts("technique", strings_of(applies, "techniques"), "valueCode")
      .texts("region", strings_of(applies, "regions"), "valueCode")
      .text("site", applies.text("site"), "valueCode")
      .text("extent", applies.text("extent"), "valueCode");
  if (auto const* rule = knowledge.rules.find_rule(id); rule != nullptr && rule->pressure_limit)
    parts.whole("pressure-limit", *rule->pressure_limit);
  parts.text("lifts-when", node.text("lifts_when"))
      .text("valid-for", node.text("valid_for"))
      .text("overridable", node.text("overridable"), "valueCode")
      .text("strength", node.text("strength"), "valueCode")
      .text("owner", node.text("owner"))
      .text("pathway", node.text("pathway"), "valueCode")
      .text("medicine-alone", node.text("medicine_alone"));
  return std::move(parts).take();
}

Value text_action(std::string_view title, std::string_view text, std::string_view participant) {
  return json::object({{"title", title},
                       {"textEquivalent", text},
                       {"participant", json::array({json::object({{"type", participant}})})}});
}

Value rule_action(Value const& node) {
  auto expression = json::object({});
  for (auto const name : expression_members)
    if (auto const* found = node.find(name))
      expression.set(name, *found);
  auto action = json::object({{"title", node.text("name")}});
  action.push("condition",
              json::object({{"kind", "applicability"},
                            {"expression", json::object({{"language", trigger_language},
                                                         {"expression", json::write(expression)}})}}));
  auto const& texts = member(node, "action");
  action.push("action", text_action("For the therapist", texts.text("therapist"), "practitioner"));
  if (!texts.text("patient").empty())
    action.push("action", text_action("For the patient", texts.text("patient"), "patient"));
  return action;
}

Value system_of_rules(json::Array const& nodes) {
  auto system = code_system("rule", "SafetyRule", "Safety rules");
  system.set("description",
             "Those that ship. The practice's own have the code that their PlanDefinition says.");
  define_property(system, "level", "absolute, clearance, local, precaution or ask", "code");
  define_property(system, "urgency", "emergency, same_day or routine", "code");
  define_property(system, "overridable", "no, reason or clearance", "code");
  define_property(system, "strength", "strong, moderate, weak or consensus", "code");
  define_property(system, "owner", "Who answers for it; unassigned: nobody has signed it yet", "string");
  define_property(system, "review-by", "When it must be looked at again", "dateTime");
  for (auto const& node : nodes) {
    auto one = concept_with(node.text("id"), node.text("name"));
    one.set("definition", node.text("why"));
    for (std::string_view code : {"level", "urgency", "overridable", "strength"})
      add_property(one, code, "valueCode", node.text(code));
    add_property(one, "owner", "valueString", node.text("owner"));
    add_property(one, "review-by", "valueDateTime", node.text("review_by"));
    system.push("concept", std::move(one));
  }
  return system;
}

// --- Reading

std::unexpected<Error> refuse(std::string what, std::string_view element) {
  return fail(Fault::BusinessRule, std::move(what), fmt::format("{}.{}", type, element));
}

Value to_array(std::vector<std::string> const& values) {
  json::Array items;
  for (auto const& value : values)
    items.emplace_back(value);
  return Value{std::move(items)};
}

std::string text_for(Value const& action, std::string_view participant) {
  for (auto const& one : action.items("action"))
    for (auto const& who : one.items("participant"))
      if (who.text("type") == participant)
        return std::string{one.text("textEquivalent")};
  return {};
}

std::string or_else(std::string text, std::string_view otherwise) {
  return text.empty() ? std::string{otherwise} : text;
}

std::string_view usual_override(std::string_view level) {
  return level == "absolute" ? "no" : level == "clearance" ? "clearance" : "reason";
}

Result<> add_expression(Value& node, Value const& action) {
  auto const* expression = action.at({"condition", "expression"});
  if (expression == nullptr || expression->text("language") != trigger_language)
    return refuse(
        fmt::format("A safety rule has one action with a condition in the language {}.", trigger_language),
        "action[0].condition[0].expression.language");
  auto const parsed = json::parse(expression->text("expression"));
  if (!parsed || !parsed->is_object())
    return refuse("The expression is no JSON object with a trigger.", at_expression);
  for (auto const& [name, value] : parsed->object()) {
    if (std::ranges::find(expression_members, name) == expression_members.end())
      return refuse(
          fmt::format("The expression holds history, trigger, ask_when and asks, and no {}.", name),
          at_expression);
    node.set(name, value);
  }
  return {};
}

// --- Judging

/// The clause within a trigger that is at fault, by its place, and what is wrong with it.
std::optional<std::string> fault_of(screening::Rules const& rules, Value const& clause,
                                    std::string const& place) {
  for (std::string_view group : {"any", "all"})
    if (auto const& parts = clause.items(group); !parts.empty() && clause.object().size() == 1) {
      for (std::size_t i = 0; i < parts.size(); ++i)
        if (auto fault = fault_of(rules, parts[i], fmt::format("{}.{}[{}]", place, group, i)))
          return fault;
      return std::nullopt;
    }
  if (auto const* inner = clause.find("not"); inner != nullptr && clause.object().size() == 1)
    return fault_of(rules, *inner, place + ".not");
  auto const compiled = screening::compile_clause(rules, clause);
  if (!compiled)
    return fmt::format("{}: {}.", place, compiled.error().what);
  if (screening::uses_unknown(*compiled))
    return fmt::format(
        "{}: no condition of the grammar, or a member that this condition does not have ({}).", place,
        json::write(clause).substr(0, 80));
  return std::nullopt;
}

Result<> judge_trigger(Value const& node, Knowledge const& knowledge) {
  for (std::string_view name : {"trigger", "ask_when"}) {
    auto const* clause = node.find(name);
    if (clause == nullptr && name == "trigger")
      return refuse("The expression has no trigger.", at_expression);
    if (clause == nullptr)
      continue;
    if (!clause->is_object())
      return refuse(fmt::format("{} is no group of conditions.", name), at_expression);
    if (auto fault = fault_of(knowledge.rules, *clause, std::string{name}))
      return refuse(*std::move(fault), at_expression);
  }
  if (node.text("level") == "ask" && node.items("asks").empty())
    return refuse("A rule of level ask says what it asks: findings in asks.", at_expression);
  return {};
}

Result<> judge_words(Value const& node) {
  if (node.text("name").empty())
    return refuse("A safety rule needs a title: its name.", "title");
  if (node.text("why").empty())
    return refuse("A safety rule says why it is there.", "purpose");
  if (node.at({"action", "therapist"})->string().empty())
    return refuse(
        "A safety rule says what the therapist is to do: an action with the participant practitioner.",
        "action[0].action");
  if (node.text("lifts_when").empty())
    return refuse("A safety rule says what lifts it (lifts-when).", "extension");
  return {};
}

Result<> is_one_of(std::string_view value, std::initializer_list<std::string_view> allowed,
                   std::string_view name) {
  if (std::ranges::find(allowed, value) != allowed.end())
    return {};
  return refuse(fmt::format("{} is one of {}.", name, fmt::join(allowed, ", ")), "extension");
}

Result<> judge_choices(Value const& node, Value const& applies) {
  auto const level = node.text("level");
  TRY(is_one_of(level, {"absolute", "clearance", "local", "precaution", "ask"}, "level"));
  TRY(is_one_of(node.text("urgency"), {"emergency", "same_day", "routine"}, "urgency"));
  TRY(is_one_of(applies.text("site"), {"none", "needed"}, "site"));
  TRY(is_one_of(applies.text("extent"), {"", "site", "limb", "quadrant"}, "extent"));
  TRY(is_one_of(node.text("strength"), {"", "strong", "moderate", "weak", "consensus"}, "strength"));
  TRY(is_one_of(node.text("pathway"), {"", "crisis"}, "pathway"));
  if (level == "absolute" || level == "clearance")
    TRY(is_one_of(node.text("overridable"), {usual_override(level)}, "overridable of such a level"));
  else
    TRY(is_one_of(node.text("overridable"), {"reason", "no"}, "overridable of such a level"));
  auto const valid_for = node.text("valid_for");
  if (valid_for != "same_day" && !screening::days_of(valid_for))
    return refuse("valid-for is same_day or a span of days such as P90D.", "extension");
  return {};
}

/// What says nowhere where it applies applies everywhere; a question limits nothing.
void limit_everything(Value& node) {
  auto& applies = node["applies"];
  if (node.text("level") == "ask")
    return;
  if (applies.items("techniques").empty())
    applies.push("techniques", "all");
  if (applies.items("regions").empty() && applies.text("site") == "none")
    applies.push("regions", "all");
}

template <class Items>
Result<> are_known(std::vector<std::string> const& ids, Items const& items, std::string_view what) {
  for (auto const& id : ids)
    if (id != "all" && id != "site" &&
        std::ranges::none_of(items, [&](auto const& item) { return item.id == id; }))
      return refuse(fmt::format("There is no {} {}.", what, id), "extension");
  return {};
}

} // namespace

Value to_plan_definition(Value const& node, Knowledge const& knowledge) {
  auto resource = definition_of(type, "rule-", node.text("id"), node.text("name"));
  resource.push("extension", rule_extension(node, knowledge));
  resource.set("type", plan_type("eca-rule")).set("purpose", node.text("why"));
  resource.set("effectivePeriod", json::object({{"end", node.text("review_by")}}));
  cite(resource, knowledge, strings_of(node, "references"));
  resource.push("action", rule_action(node));
  return resource;
}

std::string rule_code(Value const& resource) {
  auto const codes = codes_of(find_extension(resource, "rule"), "rule");
  return codes.empty() ? std::string{} : codes.front();
}

Result<Value> rule_node(Value const& resource) {
  auto const& extension = find_extension(resource, "rule");
  auto const& actions = resource.items("action");
  if (actions.size() != 1)
    return refuse("A safety rule has one action, with its condition.", "action");
  auto const level = text_of(extension, "level");
  auto applies = json::object({{"techniques", to_array(texts_of(extension, "technique"))},
                               {"regions", to_array(texts_of(extension, "region"))},
                               {"site", or_else(text_of(extension, "site"), "none")}});
  if (auto const extent = text_of(extension, "extent"); !extent.empty())
    applies.set("extent", extent);
  auto node = json::object({{"id", rule_code(resource)},
                            {"level", level},
                            {"urgency", or_else(text_of(extension, "urgency"), "routine")},
                            {"name", resource.text("title")},
                            {"why", resource.text("purpose")},
                            {"history", "ignored"}});
  TRY(add_expression(node, actions.front()));
  node.set("applies", std::move(applies));
  node.set("action", json::object({{"therapist", text_for(actions.front(), "practitioner")},
                                   {"patient", text_for(actions.front(), "patient")}}));
  node.set("lifts_when", text_of(extension, "lifts-when"));
  node.set("valid_for", or_else(text_of(extension, "valid-for"), "same_day"));
  node.set("overridable", or_else(text_of(extension, "overridable"), usual_override(level)));
  node.set("references", to_array(cited(resource)));
  node.set("strength", text_of(extension, "strength"));
  node.set("owner", or_else(text_of(extension, "owner"), "unassigned"));
  if (auto const* period = resource.find("effectivePeriod"))
    node.set("review_by", period->text("end"));
  for (std::string_view name : {"pathway", "medicine-alone"})
    if (auto const text = text_of(extension, name); !text.empty())
      node.set(name == "pathway" ? name : "medicine_alone", text);
  return node;
}

Result<screening::Rule> read_rule(Value const& resource, Knowledge const& knowledge) {
  constexpr int most_pressure = 10;
  auto node = TRY(rule_node(resource));
  limit_everything(node);
  auto const& applies = *node.find("applies");
  TRY(judge_words(node));
  TRY(judge_choices(node, applies));
  TRY(judge_trigger(node, knowledge));
  TRY(are_known(strings_of(applies, "techniques"), knowledge.techniques, "technique"));
  TRY(are_known(strings_of(applies, "regions"), knowledge.regions, "region"));
  auto rule = screening::compile_rule(knowledge.rules, node);
  if (!rule)
    return refuse(rule.error().what + ".", at_expression);
  rule->pressure_limit = whole_of(find_extension(resource, "rule"), "pressure-limit");
  if (rule->pressure_limit && (*rule->pressure_limit < 0 || *rule->pressure_limit > most_pressure))
    return refuse("The highest pressure of a rule is between 0 and 10 (pressure-limit).", "extension");
  return *std::move(rule);
}

std::vector<Value> rules(Knowledge const& knowledge, json::Array const& nodes) {
  std::vector<Value> all{system_of_rules(nodes)};
  for (auto const& node : nodes)
    all.push_back(to_plan_definition(node, knowledge));
  return all;
}

} // namespace tripsis::clinic::library
