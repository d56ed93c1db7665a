// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The calendar of one day: about ten searches, however many appointments there are, and a count for each.
#include "base/json/parse.hh"
#include "clinic/canonical.hh"
#include "clinic/find.hh"
#include "clinic/forms_due.hh"
#include "clinic/patient_record.hh"
#include "clinic/screening/screening.hh"
#include "clinic/views/view.hh"
#include "fhir/date_time.hh"

#include <algorithm>
#include <array>

namespace tripsis::clinic {
namespace {

struct Concerned {
  std::vector<std::string> patients, practitioners, locations, referrals;
};

void collect(json::Value const& appointment, Concerned& concerned) {
  auto const add = [&](std::string_view type, std::vector<std::string>& ids) {
    for (auto& key : actors(appointment, type))
      ids.push_back(std::move(key.id));
  };
  add("Patient", concerned.patients);
  add("Practitioner", concerned.practitioners);
  add("Location", concerned.locations);
  for (auto const& reference : appointment.items("basedOn"))
    if (auto key = key_of(&reference); key && key->type == "ServiceRequest")
      concerned.referrals.push_back(std::move(key->id));
}

using Decisions = std::map<std::string, screening::Decision, std::less<>>;

Decisions screen_all(ViewContext const& context, PatientRecords const& records, std::chrono::sys_days on) {
  Decisions decisions;
  for (auto const& [id, record] : records)
    decisions.emplace(id, screening::screen(context.knowledge.rules, record, on, &context.zone).decision);
  return decisions;
}

/// Puts the strictest decision about its patients into the appointment's tags.
void tag(json::Value& appointment, Decisions const& decisions) {
  auto strictest = screening::Decision::None;
  for (auto const& patient : actors(appointment, "Patient"))
    if (auto const found = decisions.find(patient.id); found != decisions.end())
      strictest = std::min(strictest, found->second);
  if (strictest == screening::Decision::None)
    return;
  appointment["meta"].push("tag",
                           json::object({{"system", canonical::screening}, {"code", name(strictest)}}));
}

/// Tags an appointment that is still to come where a form of its patients is missing.
void tag_missing_forms(json::Value& appointment, FormsDue const& missing) {
  constexpr std::array<std::string_view, 6> to_come{"proposed", "pending",    "booked",
                                                    "arrived",  "checked-in", "waitlist"};
  if (std::ranges::find(to_come, appointment.text("status")) != to_come.end() &&
      std::ranges::any_of(actors(appointment, "Patient"),
                          [&](store::Key const& patient) { return missing.contains(patient.id); }))
    appointment["meta"].push("tag",
                             json::object({{"system", canonical::attention}, {"code", "form-missing"}}));
}

/// Says which visit of its referral the appointment is: one more than those that were given before it.
Result<> number_visit(store::ReadTx& tx, json::Value& appointment) {
  auto const& orders = appointment.items("basedOn");
  if (orders.empty() || appointment.text("start").empty())
    return {};
  auto query =
      TRY(store::parse_query("Encounter",
                             {{"based-on", any_of({std::string{orders.front().text("reference")}})},
                              {"status", "finished"},
                              {"date", "lt" + std::string{appointment.text("start")}}},
                             store::Unknown::Refuse));
  query.count_only = true;
  auto const given = TRY(tx.search(query)).total.value_or(0);
  appointment.push(
      "extension",
      json::object({{"url", canonical::visit_number},
                    {"valueInteger", json::Value::integer(static_cast<std::int64_t>(given) + 1)}}));
  return {};
}

/// All who have a role, all rooms, and whom and what else the appointments name.
Result<> add_staff_and_rooms(store::ReadTx& tx, ViewBuilder& view, Concerned& concerned) {
  auto const before = view.entries().size();
  TRY(view.add("PractitionerRole", {}));
  for (auto const& entry : std::span{view.entries()}.subspan(before)) {
    auto const role = TRY(json::parse(entry.json));
    if (auto key = key_of(role.find("practitioner")))
      concerned.practitioners.push_back(std::move(key->id));
  }
  TRY(view.add_by_id("Practitioner", std::move(concerned.practitioners)));
  ViewBuilder locations{tx};
  TRY(locations.add("Location", {}));
  for (auto& entry : locations.entries()) {
    auto const is_named = std::ranges::find(concerned.locations, entry.key.id) != concerned.locations.end();
    auto const location = TRY(json::parse(entry.json));
    if (is_named || code_in(location.find("physicalType"), systems::location_type) == "ro")
      view.entries().push_back(std::move(entry));
  }
  return {};
}

} // namespace

Result<View> day_view(store::ReadTx& tx, ViewContext const& context, std::chrono::year_month_day day) {
  auto const span = context.zone.day(day);
  ViewBuilder view{tx};
  TRY(view.add(
      "Appointment",
      {{"date", "ge" + fhir::format_instant(span.low)}, {"date", "lt" + fhir::format_instant(span.high)}},
      ViewBuilder::unlimited, ViewEntry::Mode::Match));
  Concerned concerned;
  std::vector<json::Value> appointments;
  std::vector<std::string> references;
  for (auto const& entry : view.entries()) {
    appointments.push_back(TRY(json::parse(entry.json)));
    collect(appointments.back(), concerned);
    references.push_back(entry.key.reference());
  }
  auto const records = TRY(gather_records(find_in(tx), context.knowledge.rules, concerned.patients));
  auto const decisions = screen_all(context, records, std::chrono::sys_days{day});
  auto const missing =
      TRY(forms_due(find_in(tx), records, concerned.patients, std::chrono::sys_days{day}, context.zone));
  for (std::size_t i = 0; i < appointments.size(); ++i) {
    tag(appointments[i], decisions);
    tag_missing_forms(appointments[i], missing);
    TRY(number_visit(tx, appointments[i]));
    view.entries()[i].json = json::write(appointments[i]);
  }

  TRY(add_staff_and_rooms(tx, view, concerned));
  TRY(view.add_by_id("Patient", std::move(concerned.patients)));
  TRY(view.add_by_id("ServiceRequest", std::move(concerned.referrals)));
  if (!references.empty())
    TRY(view.add("Encounter", {{"appointment", any_of(references)}}));
  return std::move(view).take();
}

} // namespace tripsis::clinic
