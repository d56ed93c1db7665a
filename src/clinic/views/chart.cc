// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A patient's chart: who cares for them and what they allow, what is active, what is planned, the last
// fifty encounters with what was written about them, and every rating and score for the plots.
#include "base/json/parse.hh"
#include "clinic/canonical.hh"
#include "clinic/find.hh"
#include "clinic/views/view.hh"
#include "fhir/date_time.hh"

#include <algorithm>
#include <array>

namespace tripsis::clinic {
namespace {

constexpr std::size_t shown_encounters = 50;
constexpr int shown_form_days = 365;

/// Whether a Condition is current, as the chart shows it: not over, not refuted.
bool is_active(json::Value const& condition) {
  constexpr std::array<std::string_view, 3> over{"inactive", "remission", "resolved"};
  constexpr std::array<std::string_view, 2> not_so{"refuted", "entered-in-error"};
  auto const has = [&](std::string_view element, auto const& codes) {
    auto const* status = condition.at({element, "coding", "code"});
    return status != nullptr && status->is_string() &&
           std::ranges::find(codes, status->string()) != codes.end();
  };
  return !has("clinicalStatus", over) && !has("verificationStatus", not_so);
}

Result<> add_conditions(store::ReadTx& tx, ViewBuilder& view, std::string const& patient) {
  ViewBuilder all{tx};
  TRY(all.add("Condition", {{"patient", patient}}));
  for (auto& entry : all.entries())
    if (is_active(TRY(json::parse(entry.json))))
      view.entries().push_back(std::move(entry));
  return {};
}

} // namespace

Result<View> chart_view(store::ReadTx& tx, std::string const& patient, Instant now) {
  ViewBuilder view{tx};
  view.add(TRY(tx.read({"Patient", patient})), ViewEntry::Mode::Match);
  TRY(add_conditions(tx, view, patient));
  for (auto const* type :
       {"AllergyIntolerance", "MedicationStatement", "MedicationRequest", "ServiceRequest", "CarePlan",
        "Goal", "Appointment", "Consent", "CareTeam", "RelatedPerson", "Flag", "DocumentReference",
        "ClinicalImpression", "EpisodeOfCare"})
    TRY(view.add(type, {{"patient", patient}}));
  TRY(view.add("Task", {{"patient", patient}, {"status", std::string{open_task_statuses}}}));
  TRY(view.add("QuestionnaireResponse",
               {{"patient", patient},
                {"authored", "ge" + fhir::format_instant(now - std::chrono::days{shown_form_days})}}));
  auto const before = view.entries().size();
  TRY(view.add("Encounter", {{"patient", patient}}, shown_encounters));
  std::vector<std::string> encounters;
  for (auto const& entry : std::span{view.entries()}.subspan(before))
    encounters.push_back(entry.key.reference());
  if (!encounters.empty())
    for (auto const* type : {"Composition", "Procedure", "Observation"})
      TRY(view.add(type, {{"encounter", any_of(encounters)}}));
  TRY(view.add("Observation", {{"patient", patient},
                               {"code", std::string{systems::loinc} + "|" + std::string{nprs_loinc}}}));
  TRY(view.add("Observation", {{"patient", patient}, {"category", "survey"}}));
  return std::move(view).take();
}

} // namespace tripsis::clinic
