// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Diagnoses: Conditions, and the reasons of active ServiceRequests (sections 2 to 4 of the rules' header).
// A suspicion counts as much as a confirmed diagnosis; what was refuted does not.
#include "clinic/screening/clause.hh"
#include "clinic/screening/data.hh"
#include "clinic/screening/facts.hh"
#include "clinic/screening/rules.hh"
#include "clinic/screening/site.hh"

#include <algorithm>
#include <array>

namespace tripsis::clinic::screening {
namespace {

using json::Value;

bool any_code(Value const* concept_, std::initializer_list<std::string_view> codes) {
  return std::ranges::any_of(codes, [&](std::string_view code) { return has_code(concept_, code); });
}

void read_codes(Rules const& rules, Value const* code, Diagnosis& diagnosis) {
  constexpr std::array<std::string_view, 5> family_history{"Z80", "Z81", "Z82", "Z83", "Z84"};
  diagnosis.snomed = codes_of(code, "http://snomed.info/sct");
  for (auto const& system : rules.icd10_systems)
    for (auto const& written : codes_of(code, system)) {
      auto plain = without_dots(written);
      diagnosis.has_code = true;
      if (std::ranges::none_of(family_history, [&](auto prefix) { return plain.starts_with(prefix); }))
        diagnosis.icd10.push_back(std::move(plain));
    }
  diagnosis.has_code = diagnosis.has_code || !diagnosis.snomed.empty();
}

/// Section 3: whether it is over on the day of evaluation, and since when.
void read_abatement(Gathering const& from, Value const& condition, Diagnosis& diagnosis) {
  auto const is_abatement = [](json::Member const& member) { return member.name.starts_with("abatement"); };
  auto const is_given = std::ranges::any_of(condition.object(), is_abatement);
  diagnosis.abated = from.moment(condition, "abatementDateTime");
  if (!diagnosis.abated)
    diagnosis.abated = from.moment(condition, "abatementPeriod", "end");
  if (!diagnosis.abated)
    diagnosis.abated = from.moment(condition, "abatementPeriod", "start");
  auto const ends_later = diagnosis.abated && diagnosis.abated->first > from.on;
  auto const* status = condition.find("clinicalStatus");
  if (any_code(status, {"active", "recurrence", "relapse"}))
    diagnosis.is_past = false; // Also where an abatement contradicts it: in doubt it is current.
  else
    diagnosis.is_past =
        !ends_later && (is_given || any_code(status, {"inactive", "remission", "resolved"}));
}

std::optional<Diagnosis> read_condition(Gathering const& from, PatientRecord::Entry const& entry) {
  auto const& condition = entry.resource;
  if (any_code(condition.find("verificationStatus"), {"refuted", "entered-in-error"}))
    return std::nullopt;
  auto onset = from.moment(condition, "onsetDateTime");
  if (!onset)
    onset = from.moment(condition, "onsetPeriod", "start");
  auto const recorded = from.moment(condition, "recordedDate");
  if (!known_on(from.on, std::array{onset, recorded}))
    return std::nullopt;
  auto const* code = condition.find("code");
  Diagnosis diagnosis{.origin = {entry.ref, label_of(code)}, .date = onset ? onset : recorded};
  read_codes(from.rules, code, diagnosis);
  read_abatement(from, condition, diagnosis);
  diagnosis.regions =
      regions_of(from.rules.site_map, condition.items("bodySite"), diagnosis.icd10, diagnosis.snomed);
  return diagnosis;
}

void read_referral(Gathering const& from, PatientRecord::Entry const& entry,
                   std::vector<Diagnosis>& diagnoses) {
  auto const authored = from.moment(entry.resource, "authoredOn");
  if (entry.resource.text("status") != "active" || !known_on(from.on, std::array{authored}))
    return;
  for (auto const& reason : entry.resource.items("reasonCode")) {
    Diagnosis diagnosis{.origin = {entry.ref, label_of(&reason)}, .date = authored};
    read_codes(from.rules, &reason, diagnosis);
    diagnosis.regions = regions_of(from.rules.site_map, {}, diagnosis.icd10, diagnosis.snomed);
    diagnoses.push_back(std::move(diagnosis));
  }
}

/// The code by which the diagnosis matches, or nullopt.
std::optional<std::string> matching_code(DiagnosisClause const& clause, Diagnosis const& diagnosis) {
  auto const starts = [](std::vector<std::string> const& prefixes, std::string_view code) {
    return std::ranges::any_of(prefixes, [&](auto const& prefix) { return code.starts_with(prefix); });
  };
  for (auto const& code : diagnosis.icd10) {
    auto const seventh = code.size() >= 7 ? std::string(1, code[6]) : "-";
    if (starts(clause.icd10, code) && !starts(clause.exclude, code) &&
        (clause.seventh.empty() || std::ranges::find(clause.seventh, seventh) != clause.seventh.end()))
      return code;
  }
  for (auto const& code : diagnosis.snomed)
    if (std::ranges::find(clause.snomed, code) != clause.snomed.end())
      return code;
  return std::nullopt;
}

/// Places of the diagnoses that have a code of the clause, in the order of the record: looked up, since
/// nearly every clause is about something that this patient does not have.
std::vector<std::size_t> coded(DiagnosisClause const& clause, Facts const& facts) {
  std::vector<std::size_t> places;
  auto const look_up = [&](std::vector<CodeOf> const& codes, std::string_view wanted, auto const& is_met) {
    for (auto at = std::ranges::lower_bound(codes, wanted, {}, &CodeOf::code);
         at != codes.end() && is_met(at->code); ++at)
      places.push_back(at->diagnosis);
  };
  for (std::string_view const prefix : clause.icd10)
    look_up(facts.icd10, prefix, [&](std::string_view code) { return code.starts_with(prefix); });
  for (std::string_view const code : clause.snomed)
    look_up(facts.snomed, code, [&](std::string_view found) { return found == code; });
  std::ranges::sort(places);
  auto const repeats = std::ranges::unique(places);
  places.erase(repeats.begin(), repeats.end());
  return places;
}

bool is_in_time(DiagnosisClause const& clause, Question const& question, Diagnosis const& diagnosis) {
  auto const on = question.facts.on;
  if (clause.only_past) {
    if (!diagnosis.is_past)
      return false;
  } else if (diagnosis.is_past) {
    auto const& ended = diagnosis.abated ? diagnosis.abated : diagnosis.date;
    auto const counts = question.history.mode == History::Mode::Counts ||
                        (question.history.mode == History::Mode::CountsWithinDays &&
                         (!ended || ended->age(on) <= question.history.days));
    if (!counts)
      return false;
  }
  using Undated = DiagnosisClause::Undated;
  if (!diagnosis.date)
    return clause.undated != Undated::Misses || (!clause.onset_within_days && !clause.onset_after_days);
  auto const age = diagnosis.date->age(on);
  return clause.undated != Undated::Only &&
         (!clause.onset_within_days || (age >= 0 && age <= *clause.onset_within_days)) &&
         (!clause.onset_after_days || age > *clause.onset_after_days);
}

} // namespace

std::vector<Diagnosis> gather_diagnoses(Gathering const& from) {
  std::vector<Diagnosis> diagnoses;
  for (auto const& entry : from.record.of_type("Condition"))
    if (auto diagnosis = read_condition(from, entry))
      diagnoses.push_back(*std::move(diagnosis));
  for (auto const& entry : from.record.of_type("ServiceRequest"))
    read_referral(from, entry, diagnoses);
  return diagnoses;
}

Truth holds(DiagnosisClause const& clause, Question const& question, std::vector<Cause>& causes) {
  auto truth = Truth::No;
  for (auto const place : coded(clause, question.facts)) {
    auto const& diagnosis = question.facts.diagnoses[place];
    auto const code = matching_code(clause, diagnosis);
    if (!code || !is_in_time(clause, question, diagnosis))
      continue;
    truth = Truth::Yes;
    auto const is_unverified = std::ranges::find(clause.unverified, *code) != clause.unverified.end();
    causes.push_back({diagnosis.origin.ref,
                      diagnosis.origin.label + (is_unverified ? " (code not verified)" : ""),
                      diagnosis.regions});
  }
  return truth;
}

} // namespace tripsis::clinic::screening
