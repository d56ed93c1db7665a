// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The worklist of the practice: about twenty searches, however many patients there are. What they find is
// judged in clinic/worklist.
#include "clinic/worklist/worklist.hh"

#include "base/json/parse.hh"
#include "clinic/canonical.hh"
#include "clinic/forms/questionnaires.hh"
#include "clinic/forms_due.hh"
#include "clinic/outcome/course.hh"
#include "clinic/safety/clearance_task.hh"
#include "clinic/views/view.hh"
#include "fhir/date_time.hh"

#include <algorithm>
#include <array>

namespace tripsis::clinic {
namespace {

using worklist::Material;
using Documents = std::vector<json::Value>;

constexpr std::size_t most_open_visits = 500; ///< Of a year; older ones that nobody closed are not work
constexpr std::string_view booked = "proposed,pending,booked,arrived,checked-in,waitlist";

std::string days_before(Instant now, int days, std::string_view prefix) {
  return std::string{prefix} + fhir::format_instant(now - std::chrono::days{days});
}

void append(Documents& all, Documents more) {
  std::ranges::move(more, std::back_inserter(all));
}

Result<> add_appointments(store::ReadTx& tx, Find const& find, Material& material) {
  auto const before_now = days_before(material.now, 0, "lt");
  ViewBuilder open{tx};
  TRY(open.add("Appointment",
               {{"status", "booked,arrived,checked-in"},
                {"date", days_before(material.now, worklist::open_days_back, "ge")},
                {"date", before_now}},
               most_open_visits));
  for (auto const& entry : open.entries())
    material.past.push_back(TRY(json::parse(entry.json)));
  append(material.past,
         TRY(find("Appointment", {{"status", "fulfilled"},
                                  {"date", days_before(material.now, worklist::fulfilled_days_back, "ge")},
                                  {"date", before_now}})));
  append(material.coming, TRY(find("Appointment", {{"status", std::string{booked}},
                                                   {"date", days_before(material.now, 0, "ge")},
                                                   {"_sort", "date"}})));
  return {};
}

/// The encounters of the last weeks, and those of older appointments that are still open; and which of them
/// have a signed note.
Result<> add_encounters(Find const& find, Material& material) {
  auto const since = days_before(material.now, worklist::fulfilled_days_back, "ge");
  auto const first_day = material.today() - std::chrono::days{worklist::fulfilled_days_back};
  append(material.encounters, TRY(find("Encounter", {{"date", since}})));
  std::vector<std::string> old;
  for (auto const& appointment : material.past)
    if (worklist::day_of(appointment.text("start"), material.zone, first_day) <= first_day)
      old.push_back(reference_to(appointment));
  Documents old_encounters;
  if (!old.empty())
    old_encounters = TRY(find("Encounter", {{"appointment", any_of(old)}}));
  auto notes = TRY(find("Composition", {{"date", since}, {"status", "final,amended"}}));
  std::vector<std::string> references;
  for (auto const& encounter : old_encounters)
    references.push_back(reference_to(encounter));
  if (!references.empty())
    append(notes,
           TRY(find("Composition", {{"encounter", any_of(references)}, {"status", "final,amended"}})));
  for (auto const& note : notes)
    if (auto const encounter = key_of(note.find("encounter")))
      material.noted.insert(encounter->reference());
  append(material.encounters, std::move(old_encounters));
  return {};
}

/// The referrals that the appointments name, and those that end soon.
Result<> add_referrals(Find const& find, Material& material) {
  std::set<std::string> ids;
  for (auto const* appointments : {&material.past, &material.coming})
    for (auto const& appointment : *appointments)
      for (auto const& order : appointment.items("basedOn"))
        if (auto key = key_of(&order); key && key->type == "ServiceRequest")
          ids.insert(std::move(key->id));
  auto const soon = fhir::format_instant(
      material.zone
          .day(std::chrono::year_month_day{material.today() + std::chrono::days{worklist::referral_days}})
          .high);
  for (auto& ending :
       TRY(find("ServiceRequest",
                {{"status", "active"},
                 {"occurrence",
                  "ge" + fhir::format_instant(material.zone.day(material.zone.date(material.now)).low)},
                 {"occurrence", "eb" + soon}}))) {
    ids.erase(std::string{ending.text("id")});
    material.referrals.push_back(std::move(ending));
  }
  if (!ids.empty())
    append(material.referrals,
           TRY(find("ServiceRequest", {{"_id", any_of({ids.begin(), ids.end()})}, {"status", "active"}})));
  return {};
}

std::set<std::string> patients_of(Documents const& appointments) {
  std::set<std::string> patients;
  for (auto const& appointment : appointments)
    for (auto& actor : actors(appointment, "Patient"))
      patients.insert(std::move(actor.id));
  return patients;
}

/// Plans of those who come or came, the reviews of these plans, and the visits that count for plan or
/// referral.
Result<> add_plans_and_visits(Find const& find, Material& material) {
  auto patients = patients_of(material.coming);
  patients.merge(patients_of(material.past));
  for (auto const& referral : material.referrals)
    if (auto subject = key_of(referral.find("subject")))
      patients.insert(std::move(subject->id));
  if (patients.empty())
    return {};
  auto const those = any_of({patients.begin(), patients.end()});
  append(material.plans, TRY(find("CarePlan", {{"patient", those}, {"status", "active"}})));
  append(material.reviews, TRY(find("ClinicalImpression", {{"patient", those}, {"status", "completed"}})));
  append(material.visits, TRY(find("Encounter", {{"patient", those}, {"status", "finished"}})));
  return {};
}

/// Who comes within so many days.
std::vector<std::string> patients_within(Material const& material, int days) {
  Documents soon;
  auto const last = material.today() + std::chrono::days{days};
  for (auto const& appointment : material.coming)
    if (worklist::day_of(appointment.text("start"), material.zone, last) <= last)
      soon.push_back(appointment);
  auto const patients = patients_of(soon);
  return {patients.begin(), patients.end()};
}

/// The measures that those who come soon can answer, and that are due: forms to fill in like the others.
Result<> add_due_measures(Find const& find, Knowledge const& knowledge, Material& material) {
  auto const patients = patients_within(material, worklist::form_days);
  if (patients.empty())
    return {};
  std::map<std::string, Documents> measured;
  for (auto& observation : TRY(find(
           "Observation", {{"patient", any_of(patients)}, {"code", outcome::form_measures(knowledge)}})))
    if (auto const subject = key_of(observation.find("subject")))
      measured[subject->id].push_back(std::move(observation));
  outcome::Material const records{material.plans, material.visits, material.coming};
  for (auto const& patient : patients) {
    auto const record = material.records.find(patient);
    if (record == material.records.end())
      continue;
    auto course =
        outcome::course_of(records, record->second, patient, knowledge, material.zone, material.today());
    for (auto const& observation : measured[patient])
      outcome::note_measured(course, observation, material.zone);
    for (auto const& due : outcome::due_forms(knowledge, course, worklist::form_days))
      material.missing_forms[patient].push_back(forms::form_id(due.instrument->id));
  }
  return {};
}

Result<> add_people(Find const& find, Knowledge const& knowledge, Material& material) {
  std::vector<std::string> therapists;
  for (auto const& role : TRY(find("PractitionerRole", {})))
    if (auto key = key_of(role.find("practitioner")))
      therapists.push_back(std::move(key->id));
  if (!therapists.empty())
    append(material.practitioners, TRY(find("Practitioner", {{"_id", any_of(therapists)}})));
  auto const patients = patients_within(material, worklist::clearance_days);
  material.records = TRY(gather_records(find, knowledge.rules, patients));
  material.missing_forms =
      TRY(forms_due(find, material.records, patients_within(material, worklist::form_days),
                    material.today() + std::chrono::days{worklist::form_days}, material.zone));
  return add_due_measures(find, knowledge, material);
}

/// Who waits for the answer to a clearance that was asked for, and of which rules.
decltype(Material::asked) asked_for(Documents const& open_tasks) {
  decltype(Material::asked) asked;
  for (auto const& task : open_tasks)
    if (auto const patient = key_of(task.find("for"));
        patient && code_in(task.find("code"), canonical::task) == "clearance")
      for (auto& rule : safety::rules_of(task))
        asked[patient->id].insert(std::move(rule));
  return asked;
}

Result<Material> gather(store::ReadTx& tx, ViewContext const& context, Instant now) {
  auto const find = find_in(tx);
  Material material{.now = now, .zone = context.zone};
  TRY(add_appointments(tx, find, material));
  TRY(add_encounters(find, material));
  TRY(add_referrals(find, material));
  TRY(add_plans_and_visits(find, material));
  TRY(add_people(find, context.knowledge, material));
  return material;
}

bool concerns(json::Value const& task, std::string const& practitioner) {
  auto const* owner = task.find("owner");
  auto const of = owner == nullptr ? std::string_view{} : owner->text("reference");
  return practitioner.empty() || of.empty() || of == practitioner;
}

/// The most pressing first: by priority, a crisis before all others of its priority, then by when it is
/// due.
auto rank(json::Value const& task) {
  constexpr std::array<std::string_view, 3> order{"stat", "urgent", "asap"};
  auto const* due = task.at({"restriction", "period", "end"});
  return std::tuple{std::ranges::find(order, task.text("priority")) - order.begin(),
                    code_in(task.find("code"), canonical::task) != "crisis",
                    due != nullptr && due->is_string() ? due->string() : std::string{"9999"},
                    std::string{task.text("id")}};
}

} // namespace

Result<View> worklist_view(store::ReadTx& tx, ViewContext const& context, std::string const& practitioner,
                           Instant now) {
  auto all = TRY(find_in(tx)("Task", {{"status", std::string{open_task_statuses}}}));
  auto material = TRY(gather(tx, context, now));
  material.asked = asked_for(all);
  append(all, worklist::tasks(material, context.knowledge.rules));
  std::erase_if(all, [&](json::Value const& task) { return !concerns(task, practitioner); });
  std::ranges::stable_sort(all, {}, rank);
  ViewBuilder view{tx};
  std::vector<std::string> patients;
  for (auto const& task : all) {
    view.entries().push_back({.key = {"Task", std::string{task.text("id")}},
                              .json = json::write(task),
                              .mode = ViewEntry::Mode::Match});
    if (auto patient = key_of(task.find("for")); patient && patient->type == "Patient")
      patients.push_back(std::move(patient->id));
  }
  TRY(view.add_by_id("Patient", std::move(patients)));
  return std::move(view).take();
}

} // namespace tripsis::clinic
