// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier:
// Apache-2.0
//
// The proposal of a plan of care: how long, how often, for how many weeks, with
// what, why, and within which limits. A pure function of what is known of the
// patient and of the knowledge; docs/clinical/plan.md tells how it decides, for
// a therapist to check. It proposes: a therapist and the patient decide.
#pragma once

#include "clinic/knowledge/knowledge.hh"
#include "clinic/screening/moment.hh"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace tripsis::clinic::plan {

using screening::Day;

// Conventions of this program; no trial says them.
constexpr int recent_score_days = 90; ///< An older score is no baseline
constexpr int acute_days = 84;        ///< An onset within 12 weeks is acute or subacute

/// The newest score of an instrument.
struct Score {
  std::int64_t millionths = 0;
  Day day;
  std::string reference; ///< "Observation/x"
};

/// A diagnosis of the record that fits the catalogue.
struct Candidate {
  CareCondition const* condition = nullptr;
  std::string reference; ///< "Condition/x", or empty
};

struct Referral {
  std::string reference; ///< "ServiceRequest/x"
  std::optional<int> visits_left;
  std::optional<Day> until;
};

/// What a patient wants, as it stands in the record.
struct PatientGoal {
  std::string reference, text;
  std::optional<Day> due;
};

/// What the therapist changed of the proposal.
struct Edit {
  std::optional<int> minutes, weeks;
  std::optional<Hundredths> per_week;
};

struct Budget {
  std::int64_t total = 0, price = 1; ///< In hundredths of the currency
};

/// What the screening says of the first day.
enum class Caution : unsigned char { None, Modify, Clearance, Stop };

struct Input {
  Day today;
  std::string patient;               ///< "Patient/x"
  std::vector<Candidate> candidates; ///< The first is the one that is planned for; may be empty
  std::string addresses; ///< "Condition/x" that is planned for, where it is not in the catalogue
  std::map<std::string, Score> scores; ///< By instrument
  std::optional<Referral> referral;
  std::vector<PatientGoal> goals;
  Edit edit;
  std::optional<Budget> budget;
  Caution caution = Caution::None;
  Protocol const* protocol = nullptr; ///< To follow whatever the condition; nullptr: the condition's own
};

enum class Severity : unsigned char { Unknown, Mild, Moderate, Severe };

/// A phase of the course, with the visits that it has.
struct PlannedPhase {
  std::string name;
  std::vector<std::string> goals;
  std::vector<Block> blocks;
  Hundredths per_week = 0;
  int first_visit = 1, visits = 0;
  int minutes() const noexcept;
};

struct Reason {
  std::string text;
  std::string grade;                ///< How sure it is that massage helps: moderate, low,
                                    ///< very_low; convention; none
  std::string basis;                ///< What it rests on
  std::vector<std::string> sources; ///< Marks, such as "found:cherkin2011"
};

struct Warning {
  std::string_view code; ///< under-dosed, over-authorised, referral-ends,
                         ///< over-budget, screening, goal-date
  std::string text;
};

/// What is to be reached, measured by an instrument.
struct MeasuredGoal {
  Instrument const* instrument = nullptr;
  std::int64_t baseline = 0, target = 0; ///< In millionths
  bool lower_is_better = true;
};

struct Plan {
  CareCondition const* condition = nullptr; ///< nullptr: nothing is known of what the patient has
  std::string condition_reference;
  Protocol const* protocol = nullptr;
  Severity severity = Severity::Unknown;
  std::string title;
  int minutes = 0;         ///< Of the longest visits
  Hundredths per_week = 0; ///< Over the whole course
  int weeks = 0;
  int visits = 0;
  std::vector<PlannedPhase> before, phases,
      after; ///< Before the course, the course, and what may follow
  std::vector<int> review_visits;
  std::vector<MeasuredGoal> goals;
  std::vector<Instrument const*> without_baseline; ///< To be measured at the first visit
  std::vector<Reason> reasons;
  std::vector<Warning> warnings;
};

/// Throws std::logic_error where the knowledge has no condition `wellbeing` to
/// fall back on.
Plan propose(Input const& input, Knowledge const& knowledge);

/// The day of a visit when the course begins on `start` and no visit is missed.
Day day_of_visit(Plan const& plan, Day start, int visit);

// --- Parts of it, each in its own file
// -------------------------------------------------------------------------------------------

/// What the evidence, or where there is none usual practice, gives at least.
struct Floor {
  int minutes = 0;
  Hundredths per_week = 0;
  int visits = 0;
  enum class Basis : unsigned char { Trial, Convention } basis = Basis::Convention;
};

/// Lays out phases, dose and visits, without any limit.
void lay_out_course(Plan& plan, Edit const& edit);
/// The floor of a course that was laid out without edits and limits.
Floor floor_of(Plan const& unedited);
/// Cuts the course to the referral and the budget; warns of what is lost.
void apply_limits(Plan& plan, Input const& input);
/// Cuts the course to so many visits, from the end.
void cut_to(Plan& plan, int visits);
void set_reviews(Plan& plan);
void set_goals(Plan& plan, Input const& input, Knowledge const& knowledge);
void give_reasons(Plan& plan, Input const& input);
/// Warns where the course is below the floor.
void warn_of_low_dose(Plan& plan, Floor const& floor);

/// By the newest NPRS, PEG or RMDQ: below 40 % of its range mild, from 70 %
/// severe (a convention).
Severity severity_of(std::map<std::string, Score> const& scores, Day today);
std::string_view name(Severity severity) noexcept; ///< "mild", or "" where it is not known

// Numbers in words.
std::string visits_text(int visits);        ///< "1 visit", "8 visits"
std::string per_week_text(Hundredths rate); ///< "once a week", "every 4 weeks", "1.25 times a week"
/// "55 minutes, once a week for 10 weeks: 10 visits"
std::string dose_text(int minutes, Hundredths per_week, int weeks, int visits);
std::string decimal_text(std::int64_t millionths); ///< "4.5"

} // namespace tripsis::clinic::plan
