// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/report/measure.hh"

#include "clinic/canonical.hh"
#include "clinic/daily_measures.hh"
#include "clinic/find.hh"
#include "clinic/outcome/change.hh"
#include "fhir/date_time.hh"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>

#include <fmt/format.h>

namespace tripsis::clinic::report {
namespace {

using json::Value;

/// What an Observation is a reading of. The rank orders the measures.
struct Kind {
  int rank = 0;
  std::string key, name;
  std::string instrument; ///< Its id in the knowledge; empty where none is
  std::string code;
};

std::optional<double> number_of(std::string_view text) {
  double number = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(number))
    return std::nullopt;
  return number;
}

Value const* number_in(Value const& observation) {
  auto const* whole = observation.find("valueInteger");
  auto const* found = whole != nullptr ? whole : observation.at({"valueQuantity", "value"});
  return found != nullptr && found->is_number() ? found : nullptr;
}

std::string site_of(Value const& observation) {
  return text_of(observation.find("bodySite"));
}

std::string at_site(std::string_view what, Value const& observation) {
  auto const site = site_of(observation);
  return site.empty() ? std::string{what} : fmt::format("{}, {}", what, site);
}

bool has_instrument(Knowledge const& knowledge, std::string_view id) {
  return std::ranges::find(knowledge.instruments, id, &Instrument::id) != knowledge.instruments.end();
}

Kind pain_before() {
  return {0, "nprs", "Pain before the visit, 0 to 10", "nprs", "nprs"};
}

/// Measured at places, each of which is a series of its own.
bool is_by_place(std::string_view instrument) {
  return instrument == "ppt" || instrument == "mas";
}

/// Pain right after a session is no outcome (knowledge/instruments.yaml), and neither are tenderness,
/// tension and mood then.
std::optional<Kind> own_measure(std::string_view code, Value const& observation,
                                Knowledge const& knowledge) {
  constexpr std::string_view score = "-score";
  if (code.ends_with("-after"))
    return std::nullopt;
  if (code == "nprs-before" || code == "nprs")
    return pain_before();
  if (code.ends_with(score)) {
    auto id = std::string{code.substr(0, code.size() - score.size())};
    auto const known = std::ranges::find(knowledge.instruments, id, &Instrument::id);
    auto name = known == knowledge.instruments.end() ? text_of(observation.find("code"))
                                                     : known->name.substr(0, known->name.find(" ("));
    if (name.empty())
      name = id;
    if (is_by_place(id))
      return Kind{1, id + " " + site_of(observation), at_site(name, observation), id, id};
    return Kind{1, id, std::move(name), id, id};
  }
  if (code == "tenderness-before")
    return Kind{
        4, "tenderness " + site_of(observation), at_site("Tenderness", observation), {}, std::string{code}};
  auto name = text_of(observation.find("code"));
  return Kind{3, std::string{code}, name.empty() ? std::string{code} : std::move(name),
              has_instrument(knowledge, code) ? std::string{code} : std::string{}, std::string{code}};
}

std::optional<Kind> kind_of(Value const& observation, Knowledge const& knowledge) {
  auto const* code = observation.find("code");
  if (auto const own = code_in(code, canonical::measure); !own.empty())
    return own_measure(own, observation, knowledge);
  if (code_in(code, systems::loinc) == nprs_loinc)
    return pain_before();
  if (auto const movement = code_in(code, canonical::movement); !movement.empty()) {
    auto name = text_of(code);
    name = at_site(name.empty() ? movement : std::string_view{name}, observation);
    return Kind{2, "movement " + name, name, "rom", std::string{movement}};
  }
  return std::nullopt;
}

/// From where on a change is clear, and who says so.
void add_threshold(Measure& measure, Instrument const& instrument, Knowledge const& knowledge) {
  measure.limits = outcome::thresholds(instrument);
  auto const* change = outcome::clear_threshold(instrument);
  if (change == nullptr || !measure.limits.mcid)
    return; // what is more than noise alone is not yet clear
  measure.clear_change = number_of(change->value);
  auto const citation = knowledge.citation(change->source);
  measure.source = fmt::format("{}, {}: {}", change->type, change->population, citation);
  measure.authors = citation.substr(0, citation.find(". "));
  if (measure.authors.ends_with(" al"))
    measure.authors += '.';
  if (change->source.starts_with("known:"))
    measure.authors += ", not re-read in a source";
}

/// A movement is charted before and after a session, told apart by the time of day alone: after it is no
/// outcome, as with pain.
bool is_of_the_same_session(Kind const& kind, Measure const& measure, Reading const& reading) {
  constexpr int movement = 2;
  return kind.rank == movement && !measure.readings.empty() && measure.readings.back().on == reading.on;
}

Measure start_measure(Kind const& kind, Knowledge const& knowledge) {
  Measure measure{.key = kind.key, .name = kind.name, .instrument = kind.instrument, .code = kind.code};
  auto const found = std::ranges::find(knowledge.instruments, kind.instrument, &Instrument::id);
  if (found != knowledge.instruments.end()) {
    measure.direction = found->direction == "lower_better"    ? Direction::LowerIsBetter
                        : found->direction == "higher_better" ? Direction::HigherIsBetter
                                                              : Direction::NotKnown;
    add_threshold(measure, *found, knowledge);
  } else if (kind.rank == 4) {
    measure.direction = Direction::LowerIsBetter;
  } else if (auto const* daily = find_daily_measure(kind.code)) {
    measure.direction = daily->better == DailyMeasure::Better::Higher  ? Direction::HigherIsBetter
                        : daily->better == DailyMeasure::Better::Lower ? Direction::LowerIsBetter
                                                                       : Direction::NotKnown;
  }
  return measure;
}

std::optional<Instant> moment_of(Value const& observation, TimeZone const& zone) {
  auto const* period_start = observation.at({"effectivePeriod", "start"});
  for (auto const text :
       {observation.text("effectiveDateTime"), observation.text("effectiveInstant"),
        period_start != nullptr && period_start->is_string() ? std::string_view{period_start->string()}
                                                             : std::string_view{},
        observation.text("issued")})
    if (auto const parsed = fhir::DateTime::parse(text))
      return parsed->range(zone).low;
  return std::nullopt;
}

std::string written_moment(Value const& observation, Instant moment, TimeZone const& zone) {
  auto const text = observation.text("effectiveDateTime");
  return text.empty() ? fhir::format_instant(moment, zone) : std::string{text};
}

} // namespace

bool is_final(Value const& observation) {
  auto const status = observation.text("status");
  return status == "final" || status == "amended" || status == "corrected";
}

std::optional<Date> date_of(Value const& observation, TimeZone const& zone) {
  auto const moment = moment_of(observation, zone);
  return moment ? std::optional{zone.date(*moment)} : std::nullopt;
}

double Measure::difference() const {
  auto const neutral = outcome::no_change(instrument);
  return now().value - (neutral ? neutral->tenths / 10.0 : baseline().value);
}

std::optional<outcome::Change> Measure::change() const {
  auto const neutral = outcome::no_change(instrument);
  if (direction == Direction::NotKnown || (readings.size() < 2 && !neutral) ||
      (!limits.mcid && !limits.mdc && !limits.mcid_percent))
    return std::nullopt;
  auto const tenths = [](double value) {
    return outcome::Score{static_cast<int>(std::lround(value * 10))};
  };
  auto const better =
      direction == Direction::LowerIsBetter ? outcome::Better::Lower : outcome::Better::Higher;
  return outcome::judge(limits, better, neutral.value_or(tenths(baseline().value)), tenths(now().value));
}

Verdict Measure::verdict() const {
  auto const change = this->change();
  if (!change)
    return readings.size() < 2 ? Verdict::OneReading : Verdict::NoThreshold;
  auto const is_better = change->direction == outcome::Change::Direction::Better;
  switch (change->judgement) {
  case outcome::Judgement::Meaningful:
    return is_better ? Verdict::Better : Verdict::Worse;
  case outcome::Judgement::Possible:
    return is_better ? Verdict::PossiblyBetter : Verdict::PossiblyWorse;
  case outcome::Judgement::NoClearChange:
    break;
  }
  return Verdict::NotClear;
}

std::string_view words_of(Verdict verdict) noexcept {
  switch (verdict) {
  case Verdict::OneReading:
    return "One reading so far";
  case Verdict::NoThreshold:
    return "No threshold known";
  case Verdict::NotClear:
    return "No clear change";
  case Verdict::PossiblyBetter:
    return "Possible change, better";
  case Verdict::PossiblyWorse:
    return "Possible change, worse";
  case Verdict::Better:
    return "Clear change, better";
  case Verdict::Worse:
    return "Clear change, worse";
  }
  return "";
}

std::string change_words(Measure const& measure) {
  if (measure.readings.size() < 2)
    return {};
  auto const difference = measure.difference();
  auto text = (difference > 0 ? "+" : "") + number_words(difference);
  if (measure.baseline().value > 0 && difference != 0)
    text += fmt::format(" ({}{} %)", difference > 0 ? "+" : "",
                        number_words(std::round(difference / measure.baseline().value * 100)));
  return text;
}

std::vector<Measure> measures_of(std::vector<Value> const& observations, Period const& period,
                                 Knowledge const& knowledge, TimeZone const& zone) {
  struct Found {
    Kind kind;
    std::multimap<Instant, Reading> readings; // in the order of time
  };
  std::map<std::pair<int, std::string>, Found> found;
  for (auto const& observation : observations) {
    auto const* value = number_in(observation);
    auto const moment = moment_of(observation, zone);
    auto const kind = kind_of(observation, knowledge);
    if (value == nullptr || !moment || !kind || !is_final(observation) ||
        !period.contains(zone.date(*moment)))
      continue;
    auto const number = number_of(value->lexeme());
    if (!number)
      continue;
    auto& one = found.try_emplace({kind->rank, kind->key}, Found{*kind, {}}).first->second;
    one.readings.emplace(*moment,
                         Reading{zone.date(*moment), *number, value->lexeme(),
                                 written_moment(observation, *moment, zone), reference_to(observation)});
  }
  std::vector<Measure> measures;
  for (auto& [place, one] : found) {
    auto measure = start_measure(one.kind, knowledge);
    for (auto& [moment, reading] : one.readings)
      if (!is_of_the_same_session(one.kind, measure, reading))
        measure.readings.push_back(std::move(reading));
    measures.push_back(std::move(measure));
  }
  return measures;
}

} // namespace tripsis::clinic::report
