// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What the forms of all instruments share: which form an instrument has, and what each begins with, its
// licence above all.
#include "clinic/canonical.hh"
#include "clinic/definition.hh"
#include "clinic/forms/item.hh"
#include "clinic/forms/questionnaires.hh"
#include "clinic/outcome/score.hh"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace tripsis::clinic::forms {
namespace {

using json::Value;

constexpr std::array<std::string_view, 16> of_scores{
    "odi",  "ndi",  "quickdash", "spadi", "lefs",        "koos",        "hit6",        "midas",
    "fiqr", "psqi", "isi",       "pss10", "promis_pi4a", "promis_pf4a", "promis_sd4a", "vss"};
constexpr std::array<std::string_view, 6> of_measurements{"ppt", "rom",         "limb_volume",
                                                          "mas", "jaw_opening", "meds"};

bool shows_wording(Value const& data) {
  return !data.items("items").empty();
}

/// Who owns it, and on what the right to use it rests; what was not re-read in a source says so.
std::string licence_of(Knowledge const& knowledge, Value const& data) {
  auto const* licence = data.find("licence");
  if (licence == nullptr)
    return {};
  auto text = std::string{licence->text("note")};
  for (auto const& more : {knowledge.citation(licence->text("src"))})
    if (!more.empty())
      text += (text.empty() ? "" : ". ") + more;
  auto const status = licence->text("status");
  if (text.empty())
    text = status == "own" ? "Written for this project" : "Free to use";
  if (status == "unknown_verify")
    text += ". Unverified: nobody has found out yet whether it may be reproduced";
  text += '.';
  if (!shows_wording(data))
    return status == "free" || status == "own" ? text : text + " Its wording is not reproduced here.";
  if (auto const source = data.text("item_text_src"); source.starts_with("found:"))
    return text + fmt::format(" Wording: {}.", knowledge.citation(source));
  return status == "own"
             ? text + " Not validated: the wording is the project's own."
             : text + " Unverified: nobody has compared this wording with the published form yet.";
}

} // namespace

Entry entry_of(std::string_view instrument) {
  if (std::ranges::find(of_scores, instrument) != of_scores.end())
    return Entry::Score;
  return std::ranges::find(of_measurements, instrument) != of_measurements.end() ? Entry::Measurement
                                                                                 : Entry::Form;
}

std::string form_id(std::string_view instrument) {
  std::string id{instrument};
  std::ranges::replace(id, '_', '-');
  return id;
}

std::string instrument_id(std::string_view form) {
  std::string id{form};
  std::ranges::replace(id, '-', '_');
  return id;
}

bool has_t_table(std::string_view instrument) {
  return instrument.starts_with("promis_");
}

Value const* find_data(Knowledge const& knowledge, std::string_view instrument) {
  auto const found = std::ranges::find(knowledge.instrument_data, instrument,
                                       [](Value const& one) { return one.text("id"); });
  return found == knowledge.instrument_data.end() ? nullptr : &*found;
}

std::vector<std::pair<std::string, std::string>> component_codes(Knowledge const& knowledge) {
  std::vector<std::pair<std::string, std::string>> codes{
      {fmt::format("midas-{}", midas_days), "Days with headache in three months"},
      {fmt::format("midas-{}", midas_intensity), "Average intensity of headache, 0 to 10"},
      {"end-pain", "Pain at the end of the movement, 0 to 10"},
      {"jaw_opening-pain-free", "Opening without pain"},
      {"limb_volume-other", "Volume of the other limb"},
      {"limb_volume-excess", "Excess volume"},
      {"limb_volume-excess-percent", "Excess volume, percent of the other limb"},
      {"headache-trigger", "What may have set a headache off"},
      {"flare-up-where", "Where a flare-up was"},
      {"flare-up-before", "What was before a flare-up"},
      {"mme", "Oral morphine equivalents, all opioids"}};
  for (auto const& instrument : knowledge.instruments)
    if (auto const scale = outcome::find_scale(instrument.id))
      for (auto const& part : outcome::sub_scores_of(*scale))
        codes.emplace_back(fmt::format("{}-{}", instrument.id, part.id),
                           fmt::format("{}: {}", instrument.name, part.name));
  return codes;
}

Value start_instrument_form(Knowledge const& knowledge, Value const& data, std::string_view audience,
                            int minutes) {
  auto const id = form_id(data.text("id"));
  auto form = definition("Questionnaire", id, computable_name(id), data.text("name"));
  form.push("subjectType", "Patient").set("copyright", licence_of(knowledge, data));
  auto const own = std::string{canonical::base} + "StructureDefinition/";
  extend(form, own + "audience", "valueCode", audience);
  extend(form, own + "minutes-to-fill", "valueInteger", Value::integer(minutes));
  return form;
}

std::vector<Value> instrument_forms(Knowledge const& knowledge) {
  std::vector<Value> all;
  for (auto* make : {&question_forms, &score_forms, &measurement_forms})
    for (auto& one : make(knowledge))
      all.push_back(std::move(one));
  return all;
}

} // namespace tripsis::clinic::forms
