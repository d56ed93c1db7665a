// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The read operations of docs/api.md: one request for one screen. What they answer is made in clinic/views;
// here a request is taken apart and a Bundle is joined.
#include "base/json/parse.hh"
#include "clinic/views/view.hh"
#include "fhir/date_time.hh"
#include "fhir/reference.hh"
#include "rest/bundle_writer.hh"
#include "rest/endpoints.hh"
#include "rest/exchange.hh"

#include <fmt/format.h>

namespace tripsis::rest {
namespace {

/// A date, YYYY-MM-DD; `otherwise` where the parameter is not given.
Result<std::chrono::year_month_day> date_parameter(Call const& call, std::string_view name,
                                                   std::optional<std::chrono::year_month_day> otherwise) {
  auto const* given = call.target.find(name);
  if (given == nullptr) {
    if (otherwise)
      return *otherwise;
    return fail(Fault::Required, fmt::format("The parameter {} is missing: a date as YYYY-MM-DD.", name));
  }
  auto const date = fhir::DateTime::parse_date(*given);
  if (!date || date->precision() != fhir::Precision::Day)
    return fail(Fault::Value, fmt::format("The parameter {} must be a date as YYYY-MM-DD.", name));
  return date->parts().date;
}

Result<clinic::Period> period_of(Call const& call) {
  TRY(only_parameters(call, {"start", "end"}));
  clinic::Period const period{TRY(date_parameter(call, "start", std::nullopt)),
                              TRY(date_parameter(call, "end", std::nullopt))};
  if (period.start > period.end)
    return fail(Fault::Value, "The parameter end must not lie before start.");
  return period;
}

Response bundle_response(Call const& call, std::string_view type, clinic::View const& view) {
  BundleWriter bundle{type};
  auto const base = call.base() + "/";
  for (auto const& entry : view) {
    bundle.entry(base + entry.key.reference(), entry.json);
    if (type == "searchset")
      bundle.member_text("search", entry.mode == clinic::ViewEntry::Mode::Match ? R"({"mode":"match"})"
                                                                                : R"({"mode":"include"})");
  }
  return json_response(200, bundle.finish());
}

} // namespace

Result<Response> day(Call& call) {
  TRY(only_parameters(call, {"date"}));
  auto const date = TRY(date_parameter(call, "date", std::nullopt));
  auto const zone = TRY(TimeZone::find(call.services.practice.time_zone));
  auto const view = TRY(in_reader<clinic::View>(
      call, [&](store::ReadTx& tx) { return clinic::day_view(tx, {*call.knowledge, zone}, date); }));
  return bundle_response(call, "searchset", view);
}

Result<Response> chart(Call& call) {
  TRY(only_parameters(call, {}));
  auto const view = TRY(in_reader<clinic::View>(
      call, [&](store::ReadTx& tx) { return clinic::chart_view(tx, call.id, call.now); }));
  return bundle_response(call, "searchset", view);
}

/// A therapist's own work; everybody's for the owner; that of the parameter where it is given.
Result<Response> worklist(Call& call) {
  TRY(only_parameters(call, {"practitioner"}));
  std::string practitioner;
  if (auto const* given = call.target.find("practitioner")) {
    practitioner = given->starts_with("Practitioner/") ? *given : "Practitioner/" + *given;
    if (!clinic::key_of(practitioner))
      return fail(Fault::Value, "The parameter practitioner must be a Practitioner's id.");
  } else if (call.who && call.who->role == auth::Role::Therapist) {
    practitioner = call.who->practitioner;
  }
  auto const zone = TRY(TimeZone::find(call.services.practice.time_zone));
  auto const view = TRY(in_reader<clinic::View>(call, [&](store::ReadTx& tx) {
    return clinic::worklist_view(tx, {*call.knowledge, zone}, practitioner, call.now);
  }));
  return bundle_response(call, "searchset", view);
}

Result<Response> portal(Call& call) {
  TRY(only_parameters(call, {}));
  auto const zone = TRY(TimeZone::find(call.services.practice.time_zone));
  auto const view = TRY(in_reader<clinic::View>(call, [&](store::ReadTx& tx) {
    return clinic::portal_view(tx, {*call.knowledge, zone}, call.id, call.now);
  }));
  return bundle_response(call, "searchset", view);
}

Result<Response> measures(Call& call) {
  TRY(only_parameters(call, {}));
  auto const zone = TRY(TimeZone::find(call.services.practice.time_zone));
  auto const parameters = TRY(in_reader<json::Value>(call, [&](store::ReadTx& tx) {
    return clinic::measures_view(tx, {*call.knowledge, zone}, call.id, call.now);
  }));
  return json_response(200, json::write(parameters));
}

Result<Response> note_prefill(Call& call) {
  TRY(only_parameters(call, {"appointment"}));
  std::optional<std::string> appointment;
  if (auto const* given = call.target.find("appointment")) {
    appointment = given->starts_with("Appointment/")
                      ? given->substr(std::string_view{"Appointment/"}.size())
                      : *given;
    if (!fhir::is_id(*appointment))
      return fail(Fault::Value, "The parameter appointment must be an Appointment's id.");
  }
  auto const view = TRY(in_reader<clinic::View>(
      call, [&](store::ReadTx& tx) { return clinic::note_prefill_view(tx, call.id, appointment); }));
  return bundle_response(call, "collection", view);
}

Result<Response> screen(Call& call) {
  TRY(only_parameters(call, {"on"}));
  auto const zone = TRY(TimeZone::find(call.services.practice.time_zone));
  std::chrono::sys_days const on{TRY(date_parameter(call, "on", zone.date(call.now)))};
  auto const screening = TRY(in_reader<clinic::screening::Screening>(call, [&](store::ReadTx& tx) {
    return clinic::screen_on(tx, {*call.knowledge, zone}, call.id, on);
  }));
  return json_response(200, json::write(clinic::to_parameters(screening, *call.knowledge, on)));
}

/// How the safety rules do in a period: docs/api.md#safety.
Result<Response> rules_report(Call& call) {
  auto const period = TRY(period_of(call));
  auto const zone = TRY(TimeZone::find(call.services.practice.time_zone));
  auto const parameters = TRY(in_reader<json::Value>(call, [&](store::ReadTx& tx) {
    return clinic::rules_report(tx, {*call.knowledge, zone}, period, zone.date(call.now));
  }));
  return json_response(200, json::write(parameters));
}

Result<Response> adverse_events(Call& call) {
  auto const period = TRY(period_of(call));
  auto const zone = TRY(TimeZone::find(call.services.practice.time_zone));
  auto const parameters = TRY(in_reader<json::Value>(call, [&](store::ReadTx& tx) {
    return clinic::adverse_event_rates(tx, {*call.knowledge, zone}, period, call.now);
  }));
  return json_response(200, json::write(parameters));
}

/// Each claim beside what the practice itself measured, in a period or ever.
Result<Response> evidence(Call& call) {
  TRY(only_parameters(call, {"start", "end"}));
  auto const zone = TRY(TimeZone::find(call.services.practice.time_zone));
  clinic::Period const period{
      TRY(date_parameter(call, "start", std::chrono::year{1900} / std::chrono::January / 1)),
      TRY(date_parameter(call, "end", zone.date(call.now)))};
  auto const parameters = TRY(in_reader<json::Value>(
      call, [&](store::ReadTx& tx) { return clinic::evidence_view(tx, {*call.knowledge, zone}, period); }));
  return json_response(200, json::write(parameters));
}

} // namespace tripsis::rest
