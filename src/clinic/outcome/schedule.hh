// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Which measure is due when, and why: by the conditions that somebody is treated for (knowledge/
// conditions.yaml, outcomes), their protocols (protocols.yaml: baseline, reassess), the instruments' own
// schedule and the plan's review points. A pure function; what is not in these files is a convention of the
// project (docs/clinical/measures.md).
#pragma once

#include "clinic/knowledge/knowledge.hh"

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace tripsis::clinic::outcome {

using Day = std::chrono::sys_days;

/// What a schedule needs to know of a patient.
struct Course {
  Day today;
  std::vector<CareCondition const*> conditions;
  std::optional<Day> start, end;                    ///< Of the active plan; both empty where there is none
  std::vector<int> review_visits;                   ///< Of the plan, ascending
  std::vector<Day> visits;                          ///< That were given since the plan's start, ascending
  std::vector<Day> coming;                          ///< That are booked from today on, ascending
  std::map<std::string, Day, std::less<>> measured; ///< By instrument: the newest value
};

struct DueMeasure {
  Instrument const* instrument = nullptr;
  std::optional<Day> on; ///< nullopt: with a visit that is not booked yet
  std::string reason;    ///< "at the start", "every visit", "review at visit 4" …
  friend bool operator==(DueMeasure const&, DueMeasure const&) = default;
};

/// The instruments of the patient's conditions, in the order in which they matter: those of the protocol
/// first.
std::vector<Instrument const*> instruments_of(Knowledge const& knowledge,
                                              std::vector<CareCondition const*> const& conditions);

/// One a measure at most: the one that comes first. What is done already is not among them.
std::vector<DueMeasure> due_measures(Knowledge const& knowledge, Course const& course);

} // namespace tripsis::clinic::outcome
