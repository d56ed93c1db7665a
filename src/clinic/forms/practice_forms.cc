// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// From knowledge/forms.yaml, whose header tells its grammar, to Questionnaires.
#include "clinic/canonical.hh"
#include "clinic/definition.hh"
#include "clinic/forms/item.hh"
#include "clinic/forms/questionnaires.hh"

#include <charconv>

namespace tripsis::clinic::forms {
namespace {

using json::Value;

std::string system_url(std::string_view name) {
  return std::string{canonical::base} + "CodeSystem/" + std::string{name};
}

std::string_view or_else(std::string_view text, std::string_view otherwise) {
  return text.empty() ? otherwise : text;
}

int integer_of(Value const& node, std::string_view name) {
  auto const* number = node.find(name);
  int value = 0;
  if (number != nullptr && number->is_number())
    std::from_chars(number->lexeme().data(), number->lexeme().data() + number->lexeme().size(), value);
  return value;
}

bool is_true(Value const& node, std::string_view name) {
  auto const* flag = node.find(name);
  return flag != nullptr && flag->is_bool() && flag->boolean();
}

void add_options(Knowledge const& knowledge, Value const& node, Value& made) {
  auto const add = [&](std::string_view system, json::Array const& pair) {
    made.push("answerOption",
              json::object({{"valueCoding", coding(system, pair[0].string(), pair[1].string())}}));
  };
  for (auto const& option : node.items("icd10"))
    add(systems::icd10_cm, option.array());
  for (auto const& option : node.items("options"))
    add(system_url(or_else(node.text("system"), "answer")), option.array());
  if (is_true(node, "regions"))
    for (auto const& region : knowledge.regions)
      made.push("answerOption",
                json::object({{"valueCoding", coding(canonical::region, region.id, region.name)}}));
}

void add_condition(Value const& node, Value& made) {
  auto const* when = node.find("when");
  if (when == nullptr)
    return;
  for (auto const& [question, answer] : when->object())
    made.push("enableWhen",
              json::object({{"question", question}, {"operator", "="}, {"answerBoolean", answer}}));
}

Value item_of(Knowledge const& knowledge, Value const& node) {
  auto const id = node.text("id");
  if (node.text("control") == "slider") {
    auto bar = slider(id, node.text("text"), integer_of(node, "min"), integer_of(node, "max"),
                      node.text("low"), node.text("high"));
    if (is_true(node, "required"))
      bar.set("required", Value{true});
    add_condition(node, bar);
    return bar;
  }
  auto made = item(id, node.text("text"), node.text("type"));
  if (auto const *least = node.find("least"), *most = node.find("most");
      least != nullptr && most != nullptr)
    made = number(id, node.text("text"), node.text("type"), least->lexeme(), most->lexeme());
  if (auto const how = node.text("control"); !how.empty())
    control(made, how);
  for (std::string_view const flag : {"required", "repeats"})
    if (is_true(node, flag))
      made.set(flag, Value{true});
  if (auto const* longest = node.find("max_length"))
    made.set("maxLength", *longest);
  add_condition(node, made);
  add_options(knowledge, node, made);
  for (auto const& inner : node.items("items"))
    made.push("item", item_of(knowledge, inner));
  return made;
}

Value form_of(Knowledge const& knowledge, Value const& node) {
  auto const id = node.text("id");
  auto form = definition("Questionnaire", id, computable_name(id), node.text("title"));
  form.push("subjectType", "Patient")
      .set("description", std::string{node.text("purpose")})
      .set("purpose", "Draft: not signed off by a clinician.");
  extend(form, std::string{canonical::base} + "StructureDefinition/audience", "valueCode",
         node.text("audience"));
  extend(form, std::string{canonical::base} + "StructureDefinition/minutes-to-fill", "valueInteger",
         *node.find("minutes"));
  for (auto const& one : node.items("items"))
    form.push("item", item_of(knowledge, one));
  return form;
}

/// System → code → words, of all options of an item and what is in it.
using Answers = std::map<std::string, std::map<std::string, std::string>, std::less<>>;

void collect_answers(json::Array const& items, Answers& answers) {
  for (auto const& node : items) {
    for (auto const& option : node.items("options"))
      answers[std::string{or_else(node.text("system"), "answer")}].emplace(option.array()[0].string(),
                                                                           option.array()[1].string());
    collect_answers(node.items("items"), answers);
  }
}

} // namespace

std::vector<Value> practice_forms(Knowledge const& knowledge) {
  std::vector<Value> all;
  for (auto const& node : knowledge.forms.items("forms"))
    all.push_back(form_of(knowledge, node));
  return all;
}

std::vector<Value> answer_systems(Knowledge const& knowledge) {
  Answers answers;
  for (auto const& form : knowledge.forms.items("forms"))
    collect_answers(form.items("items"), answers);
  std::vector<Value> all;
  for (auto const& [id, name, title] :
       {std::tuple{"answer", "Answer", "Answers of forms"},
        {"allergen", "Allergen", "What touches the skin in this work"},
        {"medicine-class", "MedicineClass", "Classes of medicines that the safety rules know"}}) {
    auto system = definition("CodeSystem", id, name, title);
    system.set("content", "complete");
    for (auto const& [code, words] : answers[id])
      system.push("concept", json::object({{"code", code}, {"display", words}}));
    all.push_back(std::move(system));
  }
  return all;
}

} // namespace tripsis::clinic::forms
