// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The patient's age. A partial date of birth is read in the way that lets the rule fire.
#include "clinic/screening/clause.hh"
#include "clinic/screening/facts.hh"

namespace tripsis::clinic::screening {
namespace {

using namespace std::chrono;

/// Who was born on 29 February has their birthday on the last day of every February.
int whole_years(Day birth, Day on) {
  year_month_day const born{birth};
  year_month_day const now{on};
  auto const is_last_of_february = sys_days{now.year() / February / last} == on;
  auto const today = is_last_of_february ? February / 29 : month_day{now.month(), now.day()};
  auto const had_birthday = today >= month_day{born.month(), born.day()};
  return static_cast<int>(now.year()) - static_cast<int>(born.year()) - (had_birthday ? 0 : 1);
}

} // namespace

Truth holds(AgeClause const& clause, Question const& question, std::vector<Cause>& causes) {
  auto const& facts = question.facts;
  if (!facts.birth || facts.birth->first > facts.on)
    return Truth::No;
  for (auto const birth : {facts.birth->first, facts.birth->day(facts.on)}) {
    auto const years = whole_years(birth, facts.on);
    if (!compare(years * one, clause.comparison, clause.years * one))
      continue;
    causes.push_back({facts.patient.ref, std::to_string(years) + " years old", {}});
    return Truth::Yes;
  }
  return Truth::No;
}

} // namespace tripsis::clinic::screening
