// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What staff measure: a form each, with a row for each place. And the patient's rating of a goal. The
// questions are the project's own words.
#include "clinic/canonical.hh"
#include "clinic/forms/item.hh"
#include "clinic/forms/questionnaires.hh"
#include "clinic/note_code_systems.hh"

#include <array>

#include <fmt/format.h>

namespace tripsis::clinic::forms {
namespace {

using json::Value;

constexpr std::string_view most_kilopascals = "1000", most_degrees = "200", most_girth = "150";

Value required(Value made) {
  made.set("required", Value{true});
  return made;
}

Value words(std::string_view link_id, std::string_view text) {
  auto made = item(link_id, text, "string");
  made.set("maxLength", Value::integer(120));
  return made;
}

Value rows(std::string_view link_id, std::string_view text) {
  auto made = item(link_id, text, "group");
  made.set("repeats", Value{true});
  return made;
}

Value choice(std::string_view link_id, std::string_view text) {
  return item(link_id, text, "choice");
}

void option(Value& choice, std::string_view system, std::string_view code, std::string_view display) {
  choice.push("answerOption", json::object({{"valueCoding", coding(system, code, display)}}));
}

Value side() {
  auto made = choice("side", "Side");
  for (auto const& [code, display] :
       {std::pair{"left", "Left"}, std::pair{"right", "Right"}, std::pair{"midline", "Midline"}})
    option(made, canonical::side, code, display);
  return made;
}

Value readings(int count, std::string_view unit, std::string_view most) {
  auto made = item("readings", fmt::format("Readings, {}", unit), "group");
  for (int i = 1; i <= count; ++i)
    made.push("item",
              number(fmt::format("reading-{}", i), fmt::format("Reading {}", i), "decimal", "0", most));
  return made;
}

void add_ppt(Value& form) {
  auto point = rows("point", "A point");
  point.push("item", required(words("where", "Where, as it is marked")));
  point.push("item", side());
  point.push("item", readings(3, "kPa; 1 kgf/cm² is 98.07 kPa", most_kilopascals));
  form.push("item", std::move(point));
  form.push("item", words("device", "Device"));
}

void add_movements(Value& form, Knowledge const& knowledge) {
  auto row = rows("movement", "A movement");
  auto which = required(choice("which", "Movement"));
  control(which, "drop-down");
  for (auto const& movement : knowledge.movements)
    option(which, canonical::movement, movement.id, movement_name(movement.id));
  row.push("item", std::move(which));
  row.push("item", side());
  auto method = choice("method", "Who moves");
  auto const method_system = std::string{canonical::base} + "CodeSystem/movement-method";
  option(method, method_system, "active", "Active: the patient moves");
  option(method, method_system, "passive", "Passive: the therapist moves");
  row.push("item", std::move(method));
  row.push("item", readings(3, "degrees, of the jaw mm", most_degrees));
  row.push("item", slider("end-pain", "Pain at the end of the movement", 0, 10, "No pain",
                          "Worst pain you can imagine"));
  form.push("item", std::move(row));
  form.push("item", words("position", "Position"));
  form.push("item", words("device", "Device"));
}

void add_limb(Value& form) {
  auto affected = required(side());
  affected.set("linkId", "affected-side").set("text", "Affected side");
  form.push("item", words("limb", "Limb"));
  form.push("item", std::move(affected));
  form.push("item", number("spacing", "Distance between the girths, cm (4 where nothing is entered)",
                           "decimal", "1", "20"));
  for (auto const& [id, text] : {std::pair{"affected-girth", "Girths of the affected limb, cm"},
                                 std::pair{"other-girth", "Girths of the other limb, cm"}}) {
    auto girth = number(id, text, "decimal", "1", most_girth);
    girth.set("repeats", Value{true});
    form.push("item", std::move(girth));
  }
}

void add_ashworth(Value& form) {
  auto row = rows("muscle", "A muscle group");
  row.push("item", required(words("where", "Muscle group")));
  row.push("item", side());
  auto grade = required(choice("grade", "Grade"));
  for (std::string_view const one : {"0", "1", "1+", "2", "3", "4"})
    option(grade, std::string{canonical::base} + "CodeSystem/ashworth", one, one);
  row.push("item", std::move(grade));
  form.push("item", std::move(row));
}

void add_jaw(Value& form) {
  form.push("item", number("maximal", "Widest opening without help, mm", "decimal", "0", "70"));
  form.push("item", number("pain-free", "Widest opening without pain, mm", "decimal", "0", "70"));
}

void add_medicines(Value& form, Value const& data) {
  form.push("item", number("days", "Days with any painkiller in the last 28 days", 0, 28));
  auto row = rows("opioid", "Opioids taken every day");
  auto drug = required(choice("drug", "Medicine"));
  for (auto const& factor : data.find("mme_factors")->object())
    option(drug, std::string{canonical::base} + "CodeSystem/opioid", factor.name, opioid_name(factor.name));
  row.push("item", std::move(drug));
  row.push("item", required(number("dose", "Dose of a day, mg (of a patch mcg per hour)", "decimal", "0",
                                   "10000")));
  form.push("item", std::move(row));
}

Value goal_form(Knowledge const& knowledge, Value const& data) {
  auto form = start_instrument_form(knowledge, data, "patient", 1);
  form.push("item", required(words("goal-text", "Your goal, in your words")));
  form.push("item", item("goal-date", "By when, if there is a date?", "date"));
  form.push("item", slider("goal-1", "How far have you reached it?", 0, 10, "Not at all", "Reached"));
  return form;
}

} // namespace

std::vector<Value> measurement_forms(Knowledge const& knowledge) {
  std::vector<Value> all;
  for (auto const& data : knowledge.instrument_data) {
    auto const id = data.text("id");
    if (id == "goal")
      all.push_back(goal_form(knowledge, data));
    if (entry_of(id) != Entry::Measurement)
      continue;
    auto form = start_instrument_form(knowledge, data, "staff", 3);
    form.set("description", fmt::format("{}.", data.text("scoring")));
    form.push("item", required(item("date", "Measured on", "date")));
    if (id == "ppt")
      add_ppt(form);
    else if (id == "rom")
      add_movements(form, knowledge);
    else if (id == "limb_volume")
      add_limb(form);
    else if (id == "mas")
      add_ashworth(form);
    else if (id == "jaw_opening")
      add_jaw(form);
    else
      add_medicines(form, data);
    all.push_back(std::move(form));
  }
  return all;
}

} // namespace tripsis::clinic::forms
