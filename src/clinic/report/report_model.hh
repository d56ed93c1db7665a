// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What a progress report says, as a value: who, why, what was done, what was measured, what is next. Made
// from a reader alone; the document Bundle, the page and the letter are written from it, so all say the
// same. It reports; it claims nothing: a change from before to after is not proof.
#pragma once

#include "clinic/report/measure.hh"
#include "clinic/views/view.hh"

#include <optional>
#include <string>
#include <vector>

namespace tripsis::clinic::report {

struct Subject {
  std::string name, born, number; ///< In words; empty where not told
  std::optional<int> age;         ///< On the report's last day
};

/// Who writes it.
struct Author {
  std::string reference; ///< "Practitioner/x"; empty where the practice itself is the author
  std::string name, title;
};

/// The referral.
struct Order {
  std::string reference, requester, ordered, reason, valid_until;
  std::optional<int> authorised; ///< Visits
};

struct Visits {
  std::vector<Date> dates;   ///< Those that were given in the period, oldest first
  std::size_t used = 0;      ///< Of the order, up to the period's end
  std::size_t unsigned_ = 0; ///< Of `dates`, those without a signed note
  std::vector<Date> booked;  ///< Ahead, soonest first
};

/// What was done to one region.
struct Work {
  std::string region;
  std::vector<std::string> techniques; ///< Most minutes first
  int minutes = 0;
};

struct Aim {
  std::string words;  ///< The patient's own
  std::string target; ///< "Pain 3 or less by 4 Mar 2027"; empty where none is set
  std::string state;  ///< "reached", "not reached yet" …
};

struct Plan {
  std::string dose;     ///< "60 min, once a week, 10 weeks"
  std::string proposal; ///< What the last review decided
};

/// Something that went wrong.
struct Harm {
  std::string on, words;
};

struct ReportModel {
  std::string practice;
  Author author;
  Date written{};
  Period period;
  Subject subject;
  std::optional<Order> order;
  std::string complaint;
  Visits visits;
  std::vector<Measure> measures;
  std::vector<Work> work;
  std::vector<Aim> aims;
  std::optional<Plan> plan;
  std::vector<Harm> harms;

  /// The resources that it was made of, for the document.
  struct Sources {
    json::Value patient;
    std::optional<json::Value> author, order;
    std::vector<json::Value> encounters, procedures, observations, goals, plans, reviews, harms, conditions;
  } sources;

  /// The pain series; nullptr where pain was not rated.
  Measure const* pain() const;
};

struct ReportRequest {
  std::string patient;              ///< Its id
  std::optional<std::string> order; ///< A ServiceRequest's id; else the newest active one
  std::optional<Date> since, until; ///< Else since the order was written, until today
  Date today{};
  std::string practice;
  std::string author; ///< "Practitioner/x" of who asks, or empty
};

/// Fault::NotFound, Fault::Deleted as for a read of the patient (or the order).
Result<ReportModel> make_report(store::ReadTx& tx, ViewContext const& context,
                                ReportRequest const& request);

// --- What all forms say in the same words
// ---------------------------------------------------------------------------------------------------------

/// Why a change is not proof.
constexpr std::string_view honest_sentence =
    "These figures compare before and after. They do not prove that the treatment caused a change: time, "
    "other care and chance play their part.";

std::string period_words(ReportModel const& report);
std::string subject_words(Subject const& subject);       ///< "born 4 Mar 1974 (52 years), no. T-1003"
std::string order_words(Order const& order);             ///< "ordered 4 Mar 2026, 10 visits, valid until …"
std::string visits_words(ReportModel const& report);     ///< How many, of how many
std::string visit_dates(Visits const& visits);           ///< "4, 11 and 18 Mar 2026"
std::string headline(ReportModel const& report);         ///< Pain, from then to now, and what that is worth
std::string harms_words(std::vector<Harm> const& harms); ///< Also when there are none
std::string next_words(ReportModel const& report);       ///< What is proposed, what is booked
std::string measure_basis(std::vector<Measure> const& measures); ///< Whose thresholds these are

} // namespace tripsis::clinic::report
