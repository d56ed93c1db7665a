// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A night of the sleep diary becomes Observations of how long it took to fall asleep, how long the sleep
// was, which part of the time in bed that is, how often it was broken, and how good it was: each by itself.
#include "clinic/daily_measures.hh"
#include "clinic/follow_up/answers.hh"
#include "clinic/follow_up/form.hh"
#include "clinic/outcome/diary.hh"

#include <charconv>

#include <fmt/format.h>

namespace tripsis::clinic::follow_up {
namespace {

using json::Value;

/// Minutes after midnight of "22:30:00".
std::optional<int> time_answer(Value const& response, std::string_view link_id) {
  auto const& answers = answers_of(response, link_id);
  auto const text = answers.empty() ? std::string_view{} : answers.front().text("valueTime");
  int hours = 0, minutes = 0;
  if (text.size() < 5 || text[2] != ':' ||
      std::from_chars(text.data(), text.data() + 2, hours).ec != std::errc{} ||
      std::from_chars(text.data() + 3, text.data() + 5, minutes).ec != std::errc{})
    return std::nullopt;
  return hours * 60 + minutes;
}

void add_value(Form& form, std::string_view code, std::string const& value) {
  auto const* daily = find_daily_measure(code);
  auto made = observation(form, daily_code(code));
  set_quantity(made, value, daily->unit, daily->ucum);
  form.add("Observation", code, std::move(made));
}

Result<> add_times(Form& form) {
  auto const to_bed = time_answer(form.response, "to-bed");
  auto const final_wake = time_answer(form.response, "final-wake");
  auto const latency = integer_answer(form.response, "minutes-to-sleep");
  if (!to_bed || !final_wake)
    return {};
  auto const sleep =
      outcome::sleep_of({.to_bed = *to_bed,
                         .lights_out = time_answer(form.response, "lights-out"),
                         .minutes_to_sleep = latency.value_or(0),
                         .minutes_awake = integer_answer(form.response, "minutes-awake").value_or(0),
                         .final_wake = *final_wake,
                         .out_of_bed = time_answer(form.response, "out-of-bed")});
  if (!sleep)
    return refuse(sleep.error().what);
  add_value(form, "sleep-duration", fmt::format("{}", sleep->asleep));
  add_value(form, "sleep-efficiency", sleep->efficiency.text());
  return {};
}

} // namespace

Result<> sleep_diary(Form& form) {
  TRY(take_date(form));
  TRY(add_times(form));
  for (auto const& [link_id, code] :
       {std::pair{"minutes-to-sleep", "sleep-latency"}, std::pair{"awakenings", "awakenings"}})
    if (auto const value = integer_answer(form.response, link_id)) {
      if (*value < 0 || *value > find_daily_measure(code)->high)
        return refuse(
            fmt::format("The answer to {} must be from 0 to {}.", link_id, find_daily_measure(code)->high));
      add_value(form, code, fmt::format("{}", *value));
    }
  return add_rating(form, "sleep", "sleep-quality", daily_code("sleep-quality"));
}

} // namespace tripsis::clinic::follow_up
