// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What a person has done about a rule that fires: recorded a clinician's clearance, or overridden it with a
// reason. It stands in the record as a DetectedIssue.mitigation (docs/formats/clinical-resources.md) and
// lifts the rule for as long as it is valid (section 7 of the rules' header); then the rule is judged anew.
#pragma once

#include "clinic/canonical.hh"
#include "clinic/screening/moment.hh"
#include "clinic/screening/record.hh"
#include "clinic/screening/rules.hh"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace tripsis::clinic::screening {

/// The codes of …/CodeSystem/override-reason. "other" needs words.
inline constexpr std::array override_reasons{
    NamedCode{"asked-today", "Asked and examined today"},
    NamedCode{"other-place", "That place is not worked on"},
    NamedCode{"adapted", "Pressure and technique are adapted"},
    NamedCode{"physician-agreed", "The physician knows and agrees"},
    NamedCode{"outdated", "The record is out of date"},
    NamedCode{"other", "Another reason"}};

/// How long a clearance lasts that names no last day (section 7).
constexpr std::chrono::days clearance_lasts{90};

struct Mitigation {
  enum class Kind : unsigned char { Cleared, Overridden };
  Kind kind = Kind::Cleared;
  std::string rule;         ///< Its id
  std::string ref;          ///< "DetectedIssue/x"
  std::string at;           ///< When it was given, as written
  Day from;                 ///< The first day that it holds for
  std::optional<Day> until; ///< The last day of a clearance
  std::string who;          ///< The clinician who cleared, or the person who overrode
  std::string scope;        ///< What a clearance is for
  std::string reason, text; ///< Of an override: the code, and words
};
std::string_view name(Mitigation::Kind kind) noexcept; ///< "cleared", "overridden"

/// A mitigation that holds on the day that is judged.
struct Lifted {
  Mitigation by;
  Day until; ///< Its last day
};

/// Those of the record, but what was entered in error and what has no date.
std::vector<Mitigation> read_mitigations(PatientRecord const& record, TimeZone const* zone);
/// The one that lifts the rule on the day the longest; nullopt where none does.
std::optional<Lifted> find_lifted(Rule const& rule, std::vector<Mitigation> const& mitigations, Day on);

/// Whether a rule may be lifted so at all: a rule that cannot be overridden never is.
bool may_be_lifted(Rule const& rule, Mitigation::Kind by) noexcept;

} // namespace tripsis::clinic::screening
