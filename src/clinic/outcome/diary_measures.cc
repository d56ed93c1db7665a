// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/outcome/diary_measures.hh"

#include "clinic/canonical.hh"
#include "clinic/daily_measures.hh"
#include "clinic/forms/questionnaires.hh"
#include "clinic/outcome/diary.hh"

#include <algorithm>
#include <charconv>

namespace tripsis::clinic::outcome {
namespace {

using json::Value;
using report::Measure;
using report::Reading;

/// What was noted of one thing: the value of a day (of yes and no, whether it was so at all) and where it
/// stands.
struct Notes {
  std::map<Day, double> values;
  std::map<Day, std::string> refs;

  void add(Day day, double value, std::string ref) {
    values[day] = std::max(values[day], value);
    refs[day] = std::move(ref);
  }
  std::map<Day, bool> yes_and_no() const {
    std::map<Day, bool> days;
    for (auto const& [day, value] : values)
      days[day] = value > 0;
    return days;
  }
};

std::optional<double> value_of(Value const& observation) {
  if (auto const* yes = observation.find("valueBoolean"); yes != nullptr && yes->is_bool())
    return yes->boolean() ? 1 : 0;
  auto const* number = observation.at({"valueQuantity", "value"});
  double value = 0;
  if (number == nullptr || !number->is_number() ||
      std::from_chars(number->lexeme().data(), number->lexeme().data() + number->lexeme().size(), value)
              .ec != std::errc{})
    return std::nullopt;
  return value;
}

using Diary = std::map<std::string, Notes, std::less<>>;

Diary read_notes(std::vector<Value> const& observations, TimeZone const& zone) {
  Diary diary;
  for (auto const& observation : observations) {
    auto const code = code_in(observation.find("code"), canonical::measure);
    if (code != "headache-day" && code != "migraine-day" && code != "analgesic-taken" &&
        code != "opioid-taken" && code != "sleep-efficiency")
      continue;
    auto const day = report::date_of(observation, zone);
    auto const value = value_of(observation);
    if (day && value && report::is_final(observation))
      diary[std::string{code}].add(Day{*day}, *value, reference_to(observation));
  }
  return diary;
}

/// A day with an entry and without this is a day on which it was not so.
void fill_up(Notes& notes, Notes const& entries) {
  for (auto const& [day, value] : entries.values)
    notes.add(day, 0, entries.refs.at(day));
}

Reading reading_of(Day day, std::string written, double value, Notes const& notes, int missing = 0) {
  auto const ref = std::prev(notes.refs.upper_bound(day))->second;
  return {day, value, std::move(written), report::iso_of(day), ref, missing};
}

std::vector<Reading> window_readings(Notes const& notes) {
  std::vector<Reading> readings;
  for (auto const& window : windows_of(notes.yes_and_no()))
    if (window.is_valid())
      readings.push_back(reading_of(window.last, std::to_string(window.days), window.days, notes,
                                    window_days - window.filled));
  return readings;
}

std::vector<Reading> week_readings(Notes const& notes) {
  std::vector<Reading> readings;
  for (auto const& week : weekly_means(notes.values))
    readings.push_back(reading_of(week.last, week.mean.text(), week.mean.tenths / 10.0, notes));
  return readings;
}

class Writer {
public:
  Writer(Measured& found, Knowledge const& knowledge) : found_{found}, knowledge_{knowledge} {}

  /// Under the instrument, beside what was entered of it; nothing where there is no reading.
  void add(std::string_view instrument, std::vector<Reading> readings) {
    auto const known = std::ranges::find(knowledge_.instruments, instrument, &Instrument::id);
    if (readings.empty() || known == knowledge_.instruments.end())
      return;
    auto place = std::ranges::find(found_.measures, instrument, &Measure::instrument);
    if (place == found_.measures.end()) {
      Measure made{.key = known->id, .name = known->name.substr(0, known->name.find(" ("))};
      made.direction = known->direction == "lower_better" ? report::Direction::LowerIsBetter
                                                          : report::Direction::HigherIsBetter;
      made.instrument = made.code = known->id;
      made.limits = thresholds(*known);
      place = found_.measures.insert(found_.measures.end(), std::move(made));
    }
    std::ranges::move(readings, std::back_inserter(place->readings));
    std::ranges::stable_sort(place->readings, {}, &Reading::on);
  }

  /// A count that no instrument has by itself.
  void add_days(std::string_view code, std::vector<Reading> readings) {
    if (readings.empty())
      return;
    auto const* daily = find_daily_measure(code);
    Measure made{.key = std::string{code}, .name = std::string{daily->display} + ", days of 28"};
    made.direction = report::Direction::LowerIsBetter;
    made.code = code;
    made.readings = std::move(readings);
    found_.measures.push_back(std::move(made));
  }

  /// The diary is kept, whether or not a window holds yet.
  void kept(std::string_view instrument, Notes const& notes) {
    if (notes.values.empty())
      return;
    auto& newest = found_.course.measured[std::string{instrument}];
    newest = std::max(newest, notes.values.rbegin()->first);
  }

private:
  Measured& found_;
  Knowledge const& knowledge_;
};

/// Whether the newest window that holds has as many days.
bool reaches(Notes const& notes, int days) {
  auto const windows = windows_of(notes.yes_and_no());
  return !windows.empty() && windows.back().is_valid() && windows.back().days >= days;
}

} // namespace

void add_diaries(Measured& found, std::vector<Value> const& observations, Knowledge const& knowledge,
                 TimeZone const& zone) {
  auto diary = read_notes(observations, zone);
  auto& headaches = diary["headache-day"];
  fill_up(diary["migraine-day"], headaches);
  fill_up(diary["opioid-taken"], diary["analgesic-taken"]);
  Writer writer{found, knowledge};
  writer.kept("headache_diary", headaches);
  writer.kept("sleep_diary", diary["sleep-efficiency"]);
  writer.add("headache_diary", window_readings(headaches));
  if (!headaches.values.empty())
    writer.add_days("migraine-day", window_readings(diary["migraine-day"]));
  writer.add("meds", window_readings(diary["analgesic-taken"]));
  if (std::ranges::any_of(diary["opioid-taken"].values, [](auto const& one) { return one.second > 0; }))
    writer.add_days("opioid-taken", window_readings(diary["opioid-taken"]));
  writer.add("sleep_diary", week_readings(diary["sleep-efficiency"]));
  constexpr int simple_days = 15, opioid_days = 10; // instruments.yaml, headache_diary, alerts
  if (auto const* data = forms::find_data(knowledge, "headache_diary");
      data != nullptr && !data->items("alerts").empty() && !headaches.values.empty() &&
      (reaches(diary["analgesic-taken"], simple_days) || reaches(diary["opioid-taken"], opioid_days)))
    found.overuse = data->items("alerts").front().string();
}

} // namespace tripsis::clinic::outcome
