// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The read operations that are made for a screen (docs/api.md): one request, one Bundle. They are pure
// functions of a reader; stored resources pass through as the text that they are, and rest/ joins them to a
// Bundle.
#pragma once

#include "base/random.hh"
#include "base/time_zone.hh"
#include "clinic/find.hh"
#include "clinic/knowledge/knowledge.hh"
#include "clinic/plan/input.hh"
#include "clinic/screening/screening.hh"
#include "store/store.hh"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tripsis::clinic {

struct ViewEntry {
  enum class Mode : unsigned char { Match, Include };
  store::Key key;
  std::string json; ///< The resource
  Mode mode = Mode::Include;
};

/// The entries of a Bundle, each resource once.
using View = std::vector<ViewEntry>;

/// What the views work with besides the reader.
struct ViewContext {
  Knowledge const& knowledge;
  TimeZone const& zone; ///< The clinic's
};

/// GET $day: the appointments that start on that day of the clinic, with whom and what they concern, all
/// therapists and all rooms. An Appointment whose patient may not simply be treated carries the screening's
/// decision as a tag.
Result<View> day_view(store::ReadTx& tx, ViewContext const& context, std::chrono::year_month_day day);

/// GET Patient/{id}/$chart. Fault::NotFound, Fault::Deleted as for a read of the patient.
Result<View> chart_view(store::ReadTx& tx, std::string const& patient, Instant now);

/// GET Patient/{id}/$note-prefill: the last signed note of a session that was given, with its Procedures
/// and Observations; with an appointment (its id), the last one before that. Empty at a first visit.
Result<View> note_prefill_view(store::ReadTx& tx, std::string const& patient,
                               std::optional<std::string> const& appointment);

/// Patient/{id}/$screen: the screening of a patient for a day; it refers to the context's knowledge.
Result<screening::Screening> screen_on(store::ReadTx& tx, ViewContext const& context,
                                       std::string const& patient, screening::Day on);
/// The same as a Parameters resource.
json::Value to_parameters(screening::Screening const& screening, Knowledge const& knowledge,
                          screening::Day on);

/// GET $worklist: what waits to be done, the most pressing first: the open Tasks (match), the stored ones
/// and those that are computed (clinic/worklist), and their Patients. With a practitioner
/// ("Practitioner/x") only what is theirs or nobody's.
Result<View> worklist_view(store::ReadTx& tx, ViewContext const& context, std::string const& practitioner,
                           Instant now);

/// GET Patient/{id}/$portal: what a patient sees of their own record on the phone.
Result<View> portal_view(store::ReadTx& tx, ViewContext const& context, std::string const& patient,
                         Instant now);

/// GET Patient/{id}/$measures: the Parameters resource.
Result<json::Value> measures_view(store::ReadTx& tx, ViewContext const& context, std::string const& patient,
                                  Instant now);

/// The days of a report, both included.
struct Period {
  std::chrono::year_month_day start, end;
};
/// GET $rules-report: how often each safety rule fired in the period, and what was done about it. `today`
/// decides which reviews are overdue.
Result<json::Value> rules_report(store::ReadTx& tx, ViewContext const& context, Period const& period,
                                 std::chrono::year_month_day today);
/// GET $adverse-events: how often something unwanted followed a session of the period.
Result<json::Value> adverse_event_rates(store::ReadTx& tx, ViewContext const& context, Period const& period,
                                        Instant now);
/// GET $evidence: each claim with what research says and what the practice itself measured, as Parameters.
Result<json::Value> evidence_view(store::ReadTx& tx, ViewContext const& context, Period const& period);

/// GET Patient/{id}/$propose-plan: the Bundle. Nothing is stored.
Result<json::Value> propose_plan(store::ReadTx& tx, ViewContext const& context, std::string const& patient,
                                 plan::Wish const& wish, Instant now, Random& random);
/// PlanDefinition/{id}/$apply: a draft CarePlan, its Goals contained. Nothing is stored. Fault::NotFound also
/// where there is no such patient; Fault::NotSupported for a definition that no plan follows from.
Result<json::Value> apply_definition(store::ReadTx& tx, ViewContext const& context,
                                     std::string const& definition, std::string const& patient, Instant now,
                                     Random& random);
/// What a proposal is made of.
Result<plan::Input> read_plan_input(store::ReadTx& tx, ViewContext const& context, std::string const& patient,
                                    plan::Wish const& wish, Instant now);
/// What a screening's decision means to a plan.
plan::Caution caution_of(screening::Decision decision) noexcept;

/// Task.status of what is still to be done, as a search has it.
constexpr std::string_view open_task_statuses = "requested,received,accepted,ready,in-progress,on-hold";

// --- Shared by the views
// ---------------------------------------------------------------------------------------------------------

/// Collects a view's entries; what is added again is left out.
class ViewBuilder {
public:
  explicit ViewBuilder(store::ReadTx& tx) : tx_{tx} {}

  /// Adds the matches of a search, at most so many.
  Result<> add(std::string_view type, Parameters const& parameters, std::size_t most = unlimited,
               ViewEntry::Mode mode = ViewEntry::Mode::Include);
  /// Those of the type that are there; ids may repeat.
  Result<> add_by_id(std::string_view type, std::vector<std::string> ids);
  void add(store::Version version, ViewEntry::Mode mode);

  std::vector<ViewEntry>& entries() noexcept { return entries_; }
  View take() && { return std::move(entries_); }

  static constexpr std::size_t unlimited = static_cast<std::size_t>(-1);

private:
  store::ReadTx& tx_;
  std::vector<ViewEntry> entries_;
};

} // namespace tripsis::clinic
