// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Whether the patient is pregnant, and in which week: section 5 of the rules' header. Evidence comes from
// diagnoses, answers and Observations; the newest denial ends what is not newer than it.
#include "clinic/canonical.hh"
#include "clinic/screening/clause.hh"
#include "clinic/screening/data.hh"
#include "clinic/screening/facts.hh"
#include "clinic/screening/rules.hh"

#include <algorithm>
#include <array>
#include <charconv>

namespace tripsis::clinic::screening {
namespace {

using json::Value;

constexpr int term_weeks = 40;
constexpr int longest_weeks = 44;
constexpr Millionths most_written =
    1000 * one; ///< Days or weeks; what is more is a slip of the pen and says nothing
constexpr int trimester_code_days = 91;

/// What the record says about the week; `moved` are weeks added since.
struct Weeks {
  int from = 0, to = 0;
};

struct Evidence {
  Origin origin;
  std::optional<Moment> when;
  bool is_outdated = false;             ///< A diagnosis older than the longest pregnancy
  std::optional<int> days_then;         ///< How many days along at the time
  std::optional<std::size_t> trimester; ///< 0 to 2
};

// --- Observations
// ----------------------------------------------------------------------------------------------------------------

/// How many weeks or days along, as it was written; nullopt where nothing was, or what cannot be.
std::optional<Millionths> written_weeks(Value const& observation) {
  auto const* quantity = observation.find("valueQuantity");
  auto const value =
      parse_millionths(quantity != nullptr ? quantity->find("value") : observation.find("valueInteger"));
  return value && *value >= 0 && *value <= most_written ? value : std::nullopt;
}

/// The same in days; nullopt where the unit is neither weeks nor days.
std::optional<int> days_along(Value const& observation, Millionths written) {
  auto const* quantity = observation.find("valueQuantity");
  auto const unit = quantity == nullptr              ? "wk"
                    : quantity->text("code").empty() ? quantity->text("unit")
                                                     : quantity->text("code");
  constexpr std::array<std::string_view, 6> weeks{"wk", "weeks", "week", "w", "wks", "{weeks}"};
  constexpr std::array<std::string_view, 3> days{"d", "days", "day"};
  if (std::ranges::find(weeks, unit) != weeks.end())
    return static_cast<int>(written * 7 / one);
  if (std::ranges::find(days, unit) != days.end())
    return static_cast<int>(written / one);
  return std::nullopt;
}

void read_observation(Gathering const& from, PatientRecord::Entry const& entry,
                      std::vector<PregnancyObservation>& found) {
  using Kind = PregnancyObservation::Kind;
  auto const& [ref, resource] = entry;
  auto const& known = from.rules.pregnancy;
  auto const codes = codes_of(resource.find("code"), systems::loinc);
  auto const is_one_of = [&](std::vector<std::string> const& wanted) {
    return std::ranges::find_first_of(codes, wanted) != codes.end();
  };
  auto const is_status = is_one_of(known.status_loinc), is_due_date = is_one_of(known.due_date_loinc);
  if (!(is_status || is_due_date || is_one_of(known.weeks_loinc)) || !is_usable_observation(from, resource))
    return;
  PregnancyObservation observation{.origin = {ref, label_of(resource.find("code"))},
                                   .taken = observed(from, resource)};
  if (is_status) {
    auto const* value = resource.find("valueCodeableConcept");
    auto const says = [&](std::vector<std::string> const& wanted) {
      return std::ranges::any_of(wanted, [&](auto const& code) { return has_code(value, code); });
    };
    if (says(known.pregnant) || says(known.not_pregnant)) {
      observation.kind = says(known.pregnant) ? Kind::Pregnant : Kind::NotPregnant;
      found.push_back(observation);
    }
  } else if (is_due_date) {
    if (auto const due = from.moment(resource, "valueDateTime")) {
      observation.kind = Kind::DueDate;
      observation.due = due->first;
      found.push_back(observation);
    }
  } else if (auto const written = written_weeks(resource)) {
    observation.kind = Kind::Weeks;
    observation.days = days_along(resource, *written);
    found.push_back(observation);
  }
}

// --- Evidence
// --------------------------------------------------------------------------------------------------------------------

/// Z3A.nn: weeks 8 to 42; 01 is "less than 8 weeks".
std::optional<int> weeks_of_code(PregnancyCodes const& known, std::string_view code) {
  int weeks = 0;
  if (!code.starts_with(known.weeks_icd10_prefix))
    return std::nullopt;
  code.remove_prefix(known.weeks_icd10_prefix.size());
  auto const [end, error] = std::from_chars(code.data(), code.data() + code.size(), weeks);
  if (error != std::errc{} || code.size() != 2 || end != code.data() + code.size())
    return std::nullopt;
  if (weeks == 1)
    return 7;
  return weeks >= 8 && weeks <= 42 ? std::optional{weeks} : std::nullopt;
}

std::optional<Evidence> from_diagnosis(PregnancyCodes const& known, Diagnosis const& diagnosis, Day on) {
  auto const starts = [](std::vector<std::string> const& prefixes, std::string_view code) {
    return std::ranges::any_of(prefixes, [&](auto const& prefix) { return code.starts_with(prefix); });
  };
  Evidence evidence{.origin = diagnosis.origin, .when = diagnosis.date};
  auto is_evidence = std::ranges::find_first_of(diagnosis.snomed, known.snomed) != diagnosis.snomed.end();
  for (auto const& code : diagnosis.icd10) {
    if (!starts(known.icd10, code) || starts(known.exclude, code))
      continue;
    is_evidence = true;
    for (std::size_t i = 0; i < std::size(known.trimesters); ++i)
      if (std::ranges::find(known.trimesters[i], code) != known.trimesters[i].end())
        evidence.trimester = i;
    if (auto const weeks = weeks_of_code(known, code); weeks && diagnosis.date)
      evidence.days_then = *weeks * 7;
  }
  if (!is_evidence || diagnosis.is_past)
    return std::nullopt;
  evidence.is_outdated = diagnosis.date && diagnosis.date->age(on) > known.longest_days;
  return evidence;
}

void add_answers(Question const& question, std::vector<Evidence>& evidence,
                 std::vector<std::optional<Moment>>& denials) {
  if (auto const pregnant = question.rules.find_finding("pregnant")) {
    for (auto const* answer : question.facts.newest_answers(*pregnant))
      if (answer->kind == Answer::Kind::Yes)
        evidence.push_back({.origin = answer->origin, .when = answer->given});
    for (auto const& answer : question.facts.answers[*pregnant])
      if (answer.kind == Answer::Kind::No)
        denials.push_back(answer.given);
  }
  if (auto const weeks = question.rules.find_finding("pregnancy_weeks"))
    for (auto const* answer : question.facts.newest_answers(*weeks))
      if (answer->kind == Answer::Kind::Number && answer->number > 0 && answer->number <= most_written)
        evidence.push_back({.origin = answer->origin,
                            .when = answer->given,
                            .days_then = static_cast<int>(answer->number * 7 / one)});
}

void add_observations(Question const& question, std::vector<Evidence>& evidence,
                      std::vector<std::optional<Moment>>& denials) {
  using Kind = PregnancyObservation::Kind;
  auto const on = question.facts.on;
  for (auto const& observation : question.facts.pregnancy) {
    if (observation.kind == Kind::NotPregnant) {
      denials.push_back(observation.taken);
      continue;
    }
    if (observation.taken && observation.taken->age(on) > question.rules.pregnancy.longest_days)
      continue;
    Evidence found{.origin = observation.origin, .when = observation.taken};
    if (observation.kind == Kind::Weeks)
      found.days_then = observation.days;
    if (observation.kind == Kind::DueDate) {
      auto const then = observation.taken ? observation.taken->day(on) : on;
      found.days_then = term_weeks * 7 - static_cast<int>((observation.due - then).count());
    }
    evidence.push_back(std::move(found));
  }
}

/// Whether the denial is surely of the evidence's own instant or later: of one day, where only one has a
/// time, nobody knows.
bool is_ended(Evidence const& evidence, Moment const& denied, Day on) {
  auto const& when = evidence.when;
  if (!when || is_newer(denied, *when, on))
    return true;
  return when->instant.has_value() == denied.instant.has_value() && !is_newer(*when, denied, on);
}

/// All evidence that no denial has ended.
std::vector<Evidence> evidence_of(Question const& question) {
  auto const on = question.facts.on;
  std::vector<Evidence> evidence;
  std::vector<std::optional<Moment>> denials;
  for (auto const& diagnosis : question.facts.diagnoses)
    if (auto found = from_diagnosis(question.rules.pregnancy, diagnosis, on))
      evidence.push_back(*std::move(found));
  add_answers(question, evidence, denials);
  add_observations(question, evidence, denials);
  std::erase_if(evidence, [&](Evidence const& found) {
    return std::ranges::any_of(denials,
                               [&](auto const& denied) { return denied && is_ended(found, *denied, on); });
  });
  return evidence;
}

// --- Weeks
// -----------------------------------------------------------------------------------------------------------------------

int age_of(Evidence const& evidence, Day on) {
  return evidence.when ? std::max(evidence.when->age(on), 0) : 0;
}

/// The newest evidence that `is_wanted`: several where nothing tells them apart in time. Undated counts as
/// given on the day.
template <class Wanted>
std::vector<Evidence const*> newest(std::vector<Evidence> const& evidence, Day on,
                                    Wanted const& is_wanted) {
  auto const when = [on](Evidence const& found) { return found.when.value_or(Moment{on, on, {}}); };
  std::vector<Evidence const*> wanted;
  for (auto const& found : evidence)
    if (is_wanted(found))
      wanted.push_back(&found);
  auto const all = wanted;
  std::erase_if(wanted, [&](Evidence const* found) {
    return std::ranges::any_of(
        all, [&](Evidence const* other) { return is_newer(when(*other), when(*found), on); });
  });
  return wanted;
}

/// Section 5, a) to c): the ranges that may hold; none means unknown.
std::vector<Weeks> weeks_on(std::vector<Evidence> const& evidence, Day on) {
  std::vector<Weeks> ranges;
  auto const is_counted = [](Evidence const& e) { return e.days_then && !e.is_outdated; };
  for (auto const* counted : newest(evidence, on, is_counted)) {
    auto const weeks = std::max(*counted->days_then + age_of(*counted, on), 0) / 7;
    ranges.push_back({weeks, weeks});
  }
  if (!ranges.empty())
    return ranges;
  auto const is_recent = [on](Evidence const& e) {
    return e.trimester && e.when && e.when->age(on) <= trimester_code_days;
  };
  constexpr std::array<Weeks, 3> trimesters{{{0, 13}, {14, 27}, {28, longest_weeks}}};
  for (auto const* coded : newest(evidence, on, is_recent)) {
    auto const moved = age_of(*coded, on) / 7;
    auto const& [from, to] = trimesters[*coded->trimester];
    ranges.push_back({from + moved, to + moved});
  }
  return ranges;
}

bool is_met(PregnancyClause const& clause, std::vector<Evidence> const& evidence, Day on) {
  using Kind = PregnancyClause::Kind;
  auto const is_current = std::ranges::any_of(evidence, [](Evidence const& e) { return !e.is_outdated; });
  auto const weeks = weeks_on(evidence, on);
  switch (clause.kind) {
  case Kind::Any:
    return is_current;
  case Kind::Stale:
    return !evidence.empty() && (!is_current || std::ranges::any_of(weeks, [](Weeks const& range) {
      return range.from > longest_weeks;
    }));
  case Kind::Weeks:
    return is_current && std::ranges::any_of(weeks, [&](Weeks const& range) {
             return range.from <= clause.to && range.to >= clause.from;
           });
  case Kind::WeeksUnknown:
    return is_current && weeks.empty();
  }
  return false;
}

} // namespace

std::vector<PregnancyObservation> gather_pregnancy(Gathering const& from) {
  std::vector<PregnancyObservation> found;
  for (auto const& entry : from.record.of_type("Observation"))
    read_observation(from, entry, found);
  return found;
}

Truth holds(PregnancyClause const& clause, Question const& question, std::vector<Cause>& causes) {
  auto const evidence = evidence_of(question);
  if (!is_met(clause, evidence, question.facts.on))
    return Truth::No;
  for (auto const& found : evidence)
    if (clause.kind == PregnancyClause::Kind::Stale || !found.is_outdated)
      causes.push_back({found.origin.ref, found.origin.label, {}});
  return Truth::Yes;
}

} // namespace tripsis::clinic::screening
