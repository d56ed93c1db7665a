// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What waits to be done in the practice: notes to sign, referrals that run out, licences, clearances,
// forms and reviews. Pure functions of what lies in the store at one moment; nothing of it is kept, so that
// a line goes when what it asks for is done. views/worklist.cc gathers the material and joins the stored
// Tasks.
#pragma once

#include "base/time_zone.hh"
#include "clinic/patient_record.hh"
#include "clinic/screening/moment.hh"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace tripsis::clinic::worklist {

using screening::Day;

/// How far the list looks (docs/api.md tells them).
constexpr int fulfilled_days_back = 30; ///< For notes of visits that are marked as done
constexpr int open_days_back = 365;     ///< For visits that are still marked as open
constexpr int referral_days = 14, licence_days = 60, clearance_days = 14, form_days = 3, few_visits = 2;

enum class Priority : unsigned char { Stat, Urgent, Asap, Routine };
std::string_view name(Priority priority) noexcept; ///< As Task.priority has it

/// One line of the list.
struct Line {
  std::string_view code; ///< Of …/CodeSystem/task
  Priority priority = Priority::Routine;
  store::Key focus;
  std::string patient;     ///< Its id, or empty
  std::string owner;       ///< "Practitioner/x", or empty
  std::string description; ///< What to do, in one sentence
  std::optional<Day> due = {};
};

/// What is in the store.
struct Material {
  Instant now;
  TimeZone zone;
  std::vector<json::Value> past;       ///< Appointments that began: each may need a note
  std::vector<json::Value> coming;     ///< Appointments that are booked, soonest first
  std::vector<json::Value> encounters; ///< Of the past appointments, and those without any
  std::set<std::string> noted;         ///< "Encounter/x" of those that have a signed note
  std::vector<json::Value> referrals;  ///< Active ServiceRequests
  std::vector<json::Value> visits;     ///< Finished Encounters of the patients with a referral or a plan
  std::vector<json::Value> plans;      ///< Active CarePlans
  std::vector<json::Value> reviews;    ///< ClinicalImpressions of these plans
  std::vector<json::Value> practitioners;
  PatientRecords records; ///< For the screening
  /// By patient id: the rules for which a clearance was asked for and is awaited.
  std::map<std::string, std::set<std::string, std::less<>>, std::less<>> asked;
  std::map<std::string, std::vector<std::string>, std::less<>> missing_forms; ///< By patient id

  Day today() const { return std::chrono::sys_days{zone.date(now)}; }
};

// Each in the order in which the material has it.
std::vector<Line> unsigned_notes(Material const& material);
std::vector<Line> ending_referrals(Material const& material);
std::vector<Line> few_visits_left(Material const& material);
std::vector<Line> ending_licences(Material const& material);
std::vector<Line> needed_clearances(Material const& material, screening::Rules const& rules);
std::vector<Line> due_reviews(Material const& material);
std::vector<Line> missing_forms(Material const& material);

/// All of them as Tasks, which are not to be stored: they carry the tag …/CodeSystem/attention `computed`.
std::vector<json::Value> tasks(Material const& material, screening::Rules const& rules);

/// The visit numbers at which a plan is to be reviewed: its activities of …/CodeSystem/task `review` with
/// the scheduledString "visit 4". In ascending order.
std::vector<int> review_points(json::Value const& plan);

// What the files of the list share.
Day day_of(std::string_view date_or_time, TimeZone const& zone, Day otherwise);
/// A form's name for a sentence: "safety questions".
std::string form_name(std::string_view id);
/// "12 Jan 2027"
std::string written(Day day);
/// The practitioner of the patient's next appointment, else of the last one; or "".
std::string owner_of(Material const& material, std::string_view patient);

} // namespace tripsis::clinic::worklist
