// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What a patient sees of their own record: visits, signed notes, ratings and scores, goals, the plan, open
// bills, forms to fill in. Drafts of notes, tasks, flags and what the staff alone works with are not among
// it.
#include "base/json/parse.hh"
#include "clinic/canonical.hh"
#include "clinic/forms/questionnaires.hh"
#include "clinic/forms_due.hh"
#include "clinic/outcome/course.hh"
#include "clinic/safety/sessions.hh"
#include "clinic/views/view.hh"
#include "clinic/worklist/worklist.hh"
#include "fhir/date_time.hh"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace tripsis::clinic {
namespace {

constexpr int past_days = 90;

/// Leaves out what was recorded by mistake, or is not settled with the patient.
Result<> add_but(store::ReadTx& tx, ViewBuilder& view, std::string_view type, Parameters const& parameters,
                 std::string_view element, std::span<std::string_view const> hidden) {
  ViewBuilder found{tx};
  TRY(found.add(type, parameters));
  for (auto& entry : found.entries())
    if (auto const resource = TRY(json::parse(entry.json));
        std::ranges::find(hidden, resource.text(element)) == hidden.end() &&
        std::ranges::find(view.entries(), entry.key, &ViewEntry::key) == view.entries().end())
      view.entries().push_back(std::move(entry));
  return {};
}

/// What the phone shows as something to do: the form, by the Questionnaire's address. Stored nowhere.
json::Value form_task(std::string_view form, std::string const& patient, std::string_view why = {}) {
  using json::object;
  auto task = object({{"resourceType", "Task"}, {"id", fmt::format("form-{}", form)}});
  task["meta"].push("tag", object({{"system", canonical::attention}, {"code", "computed"}}));
  task.set("status", "requested").set("intent", "order");
  auto const code = object(
      {{"coding", json::array({object(
                      {{"system", canonical::task}, {"code", "form"}, {"display", "Form to fill in"}})})}});
  task.set("code", code).set("for", object({{"reference", "Patient/" + patient}}));
  if (!why.empty())
    task.set("description", why);
  task.push("input",
            object({{"type", code},
                    {"valueCanonical", fmt::format("{}Questionnaire/{}", canonical::base, form)}}));
  return task;
}

} // namespace

Result<View> portal_view(store::ReadTx& tx, ViewContext const& context, std::string const& patient,
                         Instant now) {
  constexpr std::array<std::string_view, 1> mistakes{"entered-in-error"};
  constexpr std::array<std::string_view, 3> not_a_score{"entered-in-error", "cancelled", "registered"};
  ViewBuilder view{tx};
  view.add(TRY(tx.read({"Patient", patient})), ViewEntry::Mode::Match);
  auto const today = context.zone.date(now);
  auto const since = context.zone.day(
      std::chrono::year_month_day{std::chrono::sys_days{today} - std::chrono::days{past_days}});
  TRY(add_but(tx, view, "Appointment",
              {{"patient", patient}, {"date", "ge" + fhir::format_instant(since.low)}}, "status",
              mistakes));
  TRY(view.add("Composition", {{"patient", patient}, {"status", "final,amended"}}));
  auto const nprs = std::string{systems::loinc} + "|" + std::string{nprs_loinc};
  TRY(add_but(tx, view, "Observation", {{"patient", patient}, {"code", nprs}}, "status", not_a_score));
  TRY(add_but(tx, view, "Observation", {{"patient", patient}, {"category", "survey"}}, "status",
              not_a_score));
  TRY(add_but(tx, view, "Goal", {{"patient", patient}}, "lifecycleStatus", mistakes));
  TRY(view.add("CarePlan", {{"patient", patient}, {"status", "active"}}));
  TRY(view.add("Invoice", {{"patient", patient}, {"status", "issued"}}));
  auto const add_form = [&](std::string const& form, std::string const& reason) {
    view.entries().push_back(
        {.key = {"Task", "form-" + form}, .json = json::write(form_task(form, patient, reason))});
  };
  auto const find = find_in(tx);
  if (TRY(safety::session_to_ask_about(find, "Patient/" + patient, now, context.zone)))
    add_form(std::string{safety::after_visit_form}, "after your last visit");
  auto const due = TRY(forms_due(find, {patient}, std::chrono::sys_days{today}, context.zone));
  if (auto const forms = due.find(patient); forms != due.end())
    for (auto const& form : forms->second)
      add_form(form, {});
  auto const measured = TRY(
      outcome::read_measured(find, context.knowledge, context.zone, patient, std::chrono::sys_days{today}));
  for (auto const& one : outcome::due_forms(context.knowledge, measured.course, worklist::form_days))
    add_form(forms::form_id(one.instrument->id), one.reason);
  return std::move(view).take();
}

} // namespace tripsis::clinic
