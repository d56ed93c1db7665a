// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What staff measured becomes Observations, one for each place. A movement becomes the same Observation as
// in a session note, with the reference value of adults.
#include "clinic/outcome/measurement.hh"

#include "clinic/canonical.hh"
#include "clinic/find.hh"
#include "clinic/follow_up/answers.hh"
#include "clinic/follow_up/form.hh"
#include "clinic/forms/questionnaires.hh"
#include "clinic/range_of_motion.hh"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace tripsis::clinic::follow_up {
namespace {

using json::Value;

/// With one decimal where it has one.
std::string written(double value) {
  return outcome::Score{static_cast<int>(std::lround(value * 10))}.text();
}

Result<std::vector<std::optional<double>>> readings_of(Value const& row, double most) {
  std::vector<std::optional<double>> readings;
  for (int i = 1; i <= 3; ++i) {
    readings.push_back(decimal_answer(row, fmt::format("reading-{}", i)));
    if (readings.back() && (*readings.back() < 0 || *readings.back() > most))
      return fail(Fault::Value, fmt::format("Reading {} must be from 0 to {}.", i, most),
                  "QuestionnaireResponse.item");
  }
  return readings;
}

/// "Trapezius, left", with the coding of the side.
void add_place(Value& observation, Value const& row, std::string const& where) {
  auto const side = text_answer(row, "side");
  auto site = json::object({});
  if (auto const code = code_answer(row, "side"); !code.empty())
    site.push("coding", json::object({{"system", canonical::side}, {"code", code}}));
  auto text = where;
  if (!side.empty())
    text += (text.empty() ? "" : ", ") + side;
  if (text.empty())
    return;
  site.set("text", text);
  observation.set("bodySite", std::move(site));
}

void add_component(Value& observation, std::string_view code, std::string_view name, std::string_view value,
                   std::string_view unit, std::string_view ucum) {
  auto made = json::object({{"code", measure_code(code, name)}});
  set_quantity(made, value, unit, ucum);
  observation.push("component", std::move(made));
}

/// How it was measured, where that was told.
void add_circumstances(Value& observation, Value const& response) {
  for (std::string_view const what : {"device", "position"})
    if (auto const text = text_answer(response, what); !text.empty())
      observation.push("note", json::object({{"text", fmt::format("{}: {}", what, text)}}));
}

Result<> pressure_pain(Form& form) {
  constexpr double most = 1000;
  int place = 0;
  for (auto const* row : items_of(form.response, "point")) {
    ++place;
    auto const readings = TRY(readings_of(*row, most));
    auto const threshold = outcome::pressure_pain_threshold(readings);
    if (!threshold)
      return refuse("A pressure pain threshold needs the second and the third reading.");
    auto made = score_observation(form, "ppt");
    set_quantity(made, written(*threshold), "kPa", "kPa");
    add_place(made, *row, text_answer(*row, "where"));
    add_circumstances(made, form.response);
    form.add("Observation", fmt::format("score-{}", place), std::move(made));
  }
  return {};
}

Result<> movements(Form& form) {
  constexpr double most = 200;
  int place = 0;
  for (auto const* row : items_of(form.response, "movement")) {
    ++place;
    auto const code = code_answer(*row, "which");
    auto const& known = form.context.knowledge.movements;
    auto const movement = std::ranges::find(known, code, &Movement::id);
    if (movement == known.end())
      return refuse("A row of movement names none of CodeSystem/movement.");
    auto const mean = outcome::mean_reading(TRY(readings_of(*row, most)));
    if (!mean)
      continue;
    auto made = range_of_motion(observation(form, {}), *movement, written(*mean));
    add_place(made, *row, "");
    if (auto method = concept_answer(*row, "method"); !method.is_null())
      made.set("method", std::move(method));
    if (auto const pain = integer_answer(*row, "end-pain"))
      made.push(
          "component",
          json::object({{"code", measure_code("end-pain", "Pain at the end of the movement, 0 to 10")},
                        {"valueInteger", Value::integer(*pain)}}));
    add_circumstances(made, form.response);
    form.add("Observation", fmt::format("movement-{}", place), std::move(made));
  }
  return {};
}

Result<> limb(Form& form) {
  constexpr double usual_spacing = 4, longest = 20, widest = 150;
  auto const spacing = decimal_answer(form.response, "spacing").value_or(usual_spacing);
  auto const affected = decimal_answers(form.response, "affected-girth");
  auto const other = decimal_answers(form.response, "other-girth");
  auto const is_off = [](double girth) { return girth <= 0 || girth > widest; };
  if (spacing <= 0 || spacing > longest || std::ranges::any_of(affected, is_off) ||
      std::ranges::any_of(other, is_off))
    return refuse("Girths must be from 1 to 150 cm, and 1 to 20 cm apart.");
  auto const volume = outcome::limb_volume(affected, spacing);
  if (!volume)
    return refuse("A volume needs at least two girths of the affected limb.");
  auto made = score_observation(form, "limb_volume");
  set_quantity(made, fmt::format("{}", std::lround(*volume)), "mL", "mL");
  auto const where = text_answer(form.response, "limb");
  auto const which = text_answer(form.response, "affected-side");
  if (!where.empty() || !which.empty())
    made.set("bodySite", json::object({{"text", where.empty() || which.empty() ? where + which
                                                                               : where + ", " + which}}));
  if (auto const unaffected = outcome::limb_volume(other, spacing)) {
    if (other.size() != affected.size())
      return refuse("Both limbs must be measured at the same number of places.");
    auto const excess = *volume - *unaffected;
    add_component(made, "limb_volume-other", "Volume of the other limb",
                  fmt::format("{}", std::lround(*unaffected)), "mL", "mL");
    add_component(made, "limb_volume-excess", "Excess volume", fmt::format("{}", std::lround(excess)), "mL",
                  "mL");
    add_component(made, "limb_volume-excess-percent", "Excess volume, percent of the other limb",
                  written(excess / *unaffected * 100), "%", "%");
  }
  form.add("Observation", "score", std::move(made));
  return {};
}

Result<> ashworth(Form& form) {
  int place = 0;
  for (auto const* row : items_of(form.response, "muscle")) {
    ++place;
    auto const grade = outcome::ashworth(code_answer(*row, "grade"));
    if (!grade)
      return refuse("The grade must be 0, 1, 1+, 2, 3 or 4.");
    auto made = score_observation(form, "mas");
    set_quantity(made, grade->text(), "grade", "{score}");
    add_place(made, *row, text_answer(*row, "where"));
    form.add("Observation", fmt::format("score-{}", place), std::move(made));
  }
  return {};
}

Result<> jaw(Form& form) {
  constexpr double most = 70;
  auto const widest = decimal_answer(form.response, "maximal");
  auto const pain_free = decimal_answer(form.response, "pain-free");
  for (auto const& value : {widest, pain_free})
    if (value && (*value < 0 || *value > most))
      return refuse("An opening must be from 0 to 70 mm.");
  if (!widest && !pain_free)
    return refuse("Nothing was entered.");
  auto made = score_observation(form, "jaw_opening");
  if (widest)
    set_quantity(made, written(*widest), "mm", "mm");
  else
    made.set("dataAbsentReason", json::object({{"text", "Only the pain-free opening was measured."}}));
  auto const& known = form.context.knowledge.movements;
  if (auto const norm = std::ranges::find(known, "jaw_opening", &Movement::id); norm != known.end())
    made.push("referenceRange", reference_range(*norm));
  if (pain_free)
    add_component(made, "jaw_opening-pain-free", "Opening without pain", written(*pain_free), "mm", "mm");
  form.add("Observation", "score", std::move(made));
  return {};
}

/// "22.5" of 22,500,000 millionths.
std::string written_millionths(std::int64_t value) {
  auto text = fmt::format("{}.{:06}", value / 1'000'000, value % 1'000'000);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.'))
    text.pop_back();
  return text;
}

Result<> medicines(Form& form) {
  constexpr int window = 28;
  auto const* data = forms::find_data(form.context.knowledge, "meds");
  auto const days = integer_answer(form.response, "days");
  if (days && (*days < 0 || *days > window))
    return refuse("Days with a painkiller must be from 0 to 28.");
  auto const opioids = items_of(form.response, "opioid");
  if (!days && opioids.empty())
    return refuse("Nothing was entered.");
  auto made = score_observation(form, "meds");
  if (days)
    set_quantity(made, fmt::format("{}", *days), "days per 28", "d");
  else
    made.set("dataAbsentReason", json::object({{"text", "The days were not counted."}}));
  std::int64_t sum = 0;
  for (auto const* row : opioids) {
    auto const drug = code_answer(*row, "drug");
    auto const equivalents = data == nullptr
                                 ? std::nullopt
                                 : outcome::morphine_equivalents(*data, drug, number_answer(*row, "dose"));
    if (!equivalents)
      return refuse("An opioid needs its name of CodeSystem/opioid and a dose of 0 or more.");
    sum += *equivalents;
    auto one = json::object({{"code", concept_answer(*row, "drug")}});
    set_quantity(one, written_millionths(*equivalents), "mg a day", "mg/d");
    made.push("component", std::move(one));
  }
  if (!opioids.empty())
    add_component(made, "mme", "Oral morphine equivalents, all opioids", written_millionths(sum),
                  "mg a day", "mg/d");
  form.add("Observation", "score", std::move(made));
  return {};
}

} // namespace

Result<> measurement(Form& form) {
  TRY(take_date(form));
  auto const instrument = instrument_of(form);
  return instrument == "ppt"           ? pressure_pain(form)
         : instrument == "rom"         ? movements(form)
         : instrument == "limb_volume" ? limb(form)
         : instrument == "mas"         ? ashworth(form)
         : instrument == "jaw_opening" ? jaw(form)
                                       : medicines(form);
}

} // namespace tripsis::clinic::follow_up
