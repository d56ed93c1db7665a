// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// POST Appointment/{id}/$check-in (docs/api.md#operations): the patient is here. Said by the patient on the
// day itself, or by the staff.
#include "base/json/parse.hh"
#include "fhir/date_time.hh"
#include "rest/endpoints.hh"
#include "rest/exchange.hh"

#include <algorithm>

namespace tripsis::rest {
namespace {

bool is_one_of(std::string_view status, std::initializer_list<std::string_view> statuses) {
  return std::ranges::find(statuses, status) != statuses.end();
}

Result<> may_arrive(Call const& call, json::Value const& appointment) {
  auto const is_patient = call.who->role == auth::Role::Patient;
  auto const status = appointment.text("status");
  if (!(is_patient ? status == "booked" : is_one_of(status, {"proposed", "pending", "booked", "waitlist"})))
    return fail(Fault::BusinessRule, "Only a booked appointment can be checked in.", "Appointment.status");
  if (!is_patient)
    return {};
  auto const zone = TRY(TimeZone::find(call.services.practice.time_zone));
  auto const start = fhir::DateTime::parse_instant(appointment.text("start"));
  if (!start || zone.date(start->range(zone).low) != zone.date(call.now))
    return fail(Fault::BusinessRule, "Checking in is possible on the day of the appointment.",
                "Appointment.start");
  return {};
}

} // namespace

Result<Response> check_in(Call& call) {
  TRY(only_parameters(call, {}));
  Result<store::Version> found = fail(Fault::NotFound, {});
  call.services.store.read(call.access,
                           [&](store::ReadTx& tx) { found = tx.read({"Appointment", call.id}); });
  auto version = TRY(std::move(found));
  auto appointment = TRY(json::parse(version.json));
  if (is_one_of(appointment.text("status"), {"arrived", "checked-in"})) // asked twice, done once
    return version_response(200, std::move(version));
  TRY(may_arrive(call, appointment));
  appointment.set("status", "arrived");
  auto unit = changes_of(call);
  unit.changes.push_back({store::Method::Update, version.key, std::move(appointment), version.version});
  auto written = TRY(write(call, std::move(unit)));
  return version_response(200, std::move(written.front().version));
}

} // namespace tripsis::rest
