// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Reports, letters and records requests (docs/api.md): a document Bundle, or a PDF where the client asks
// for one. What they say is made in clinic/report.
#include "base/json/parse.hh"
#include "clinic/report/document.hh"
#include "clinic/report/print.hh"
#include "fhir/date_time.hh"
#include "rest/endpoints.hh"
#include "rest/exchange.hh"

#include <charconv>

#include <fmt/format.h>

namespace tripsis::rest {
namespace {

namespace report = clinic::report;

Result<std::optional<report::Date>> date_in(std::string const* given, std::string_view name) {
  if (given == nullptr)
    return std::nullopt;
  auto const date = fhir::DateTime::parse_date(*given);
  if (!date || date->precision() != fhir::Precision::Day)
    return fail(Fault::Value, fmt::format("The parameter {} must be a date as YYYY-MM-DD.", name));
  return date->parts().date;
}

Result<report::Paper> paper_of(std::string const* given, TimeZone const& zone) {
  if (given == nullptr)
    return report::paper_in(zone);
  auto const paper = report::paper_of(*given);
  if (!paper)
    return fail(Fault::Value, "The parameter paper must be a4 or letter.");
  return *paper;
}

std::string author_of(Call const& call) {
  return call.who ? call.who->practitioner : std::string{};
}

report::Issue issue_of(Call& call) {
  return {.id = new_id(call), .timestamp = fhir::format_instant(call.now), .base = call.base()};
}

/// The file's name tells what it is and its day, and nothing of whom.
Response pdf_response(std::string pdf, std::string_view what, report::Date written) {
  Response response{.status = 200, .body = std::move(pdf)};
  response.headers.emplace_back("Content-Type", pdf_type);
  response.headers.emplace_back(
      "Content-Disposition", fmt::format(R"(inline; filename="{}-{}.pdf")", what, report::iso_of(written)));
  return response;
}

/// What `work` makes of one state of the store.
template <class Made, class Work>
Result<Made> in_reader(Call& call, TimeZone const& zone, Work const& work) {
  Result<Made> made = fail(Fault::NotFound, {});
  call.services.store.read(
      call.access, [&](store::ReadTx& tx) { made = work(tx, clinic::ViewContext{*call.knowledge, zone}); });
  return made;
}

/// The value of a parameter of the body; nullptr where it is not given.
json::Value const* body_parameter(json::Value const& body, std::string_view name,
                                  std::string_view element) {
  for (auto const& parameter : body.items("parameter"))
    if (parameter.text("name") == name)
      return parameter.find(element);
  return nullptr;
}

Result<std::string> required_text(json::Value const& body, std::string_view name,
                                  std::string_view element) {
  constexpr std::size_t longest = 500;
  auto const* value = body_parameter(body, name, element);
  if (value == nullptr || !value->is_string() || value->string().empty())
    return fail(Fault::Required, fmt::format("The parameter {} ({}) is missing.", name, element),
                "Parameters.parameter");
  if (value->string().size() > longest)
    return fail(Fault::TooLong, fmt::format("The parameter {} has more than {} bytes.", name, longest),
                "Parameters.parameter");
  return value->string();
}

Result<report::RecordsRequest> records_request(Call const& call, json::Value const& body,
                                               TimeZone const& zone) {
  if (body.text("resourceType") != "Parameters")
    return fail(Fault::Structure, "The body must be a Parameters resource.", "resourceType");
  auto const start = TRY(required_text(body, "start", "valueDate"));
  auto const end = TRY(required_text(body, "end", "valueDate"));
  auto const from = TRY(date_in(&start, "start"));
  auto const to = TRY(date_in(&end, "end"));
  if (*from > *to)
    return fail(Fault::Value, "The parameter end must not lie before start.", "Parameters.parameter");
  return report::RecordsRequest{.patient = call.id,
                                .period = {*from, *to},
                                .recipient = TRY(required_text(body, "recipient", "valueString")),
                                .purpose = TRY(required_text(body, "purpose", "valueString")),
                                .today = zone.date(call.now),
                                .practice = call.services.practice.name,
                                .author = author_of(call)};
}

} // namespace

Result<Response> progress_report(Call& call) {
  TRY(only_parameters(call, {"since", "until", "paper"}));
  auto const zone = TRY(TimeZone::find(call.services.practice.time_zone));
  auto const paper = TRY(paper_of(call.target.find("paper"), zone));
  report::ReportRequest request{.patient = call.id,
                                .since = TRY(date_in(call.target.find("since"), "since")),
                                .until = TRY(date_in(call.target.find("until"), "until")),
                                .today = zone.date(call.now),
                                .practice = call.services.practice.name,
                                .author = author_of(call)};
  if (request.since && *request.since > request.until.value_or(request.today))
    return fail(Fault::Value, "The parameter until must not lie before since.");
  auto const made = TRY(in_reader<report::ReportModel>(
      call, zone, [&](store::ReadTx& tx, clinic::ViewContext const& context) {
        return report::make_report(tx, context, request);
      }));
  if (call.format == Format::Pdf)
    return pdf_response(report::print_report(made, paper), "progress-report", made.written);
  return json_response(200, json::write(report::report_document(made, issue_of(call))));
}

Result<Response> letter(Call& call) {
  TRY(only_parameters(call, {"ask", "visits", "paper"}));
  auto const zone = TRY(TimeZone::find(call.services.practice.time_zone));
  auto const paper = TRY(paper_of(call.target.find("paper"), zone));
  report::LetterRequest request{.order = call.id,
                                .today = zone.date(call.now),
                                .practice = call.services.practice.name,
                                .author = author_of(call)};
  if (auto const* given = call.target.find("ask")) {
    auto const ask = report::ask_of(*given);
    if (!ask)
      return fail(Fault::Value, "The parameter ask must be more-visits, clearance, discharge or "
                                "information; without it nothing is asked.");
    request.ask = *ask;
  }
  if (auto const* given = call.target.find("visits")) {
    int visits = 0;
    auto const [end, error] = std::from_chars(given->data(), given->data() + given->size(), visits);
    if (error != std::errc{} || end != given->data() + given->size() || visits < 1 || visits > 99 ||
        request.ask != report::Ask::MoreVisits)
      return fail(Fault::Value,
                  "The parameter visits must be a number from 1 to 99, and goes with ask=more-visits.");
    request.visits = visits;
  }
  auto const made =
      TRY(in_reader<report::Letter>(call, zone, [&](store::ReadTx& tx, clinic::ViewContext const& context) {
        return report::make_letter(tx, context, request);
      }));
  if (call.format == Format::Pdf)
    return pdf_response(report::print_letter(made, paper), "letter", made.report.written);
  return json_response(200, json::write(report::letter_document(made, issue_of(call))));
}

Result<Response> clearance_letter(Call& call) {
  TRY(only_parameters(call, {"paper"}));
  auto const zone = TRY(TimeZone::find(call.services.practice.time_zone));
  auto const paper = TRY(paper_of(call.target.find("paper"), zone));
  report::ClearanceLetterRequest const request{.task = call.id,
                                               .today = zone.date(call.now),
                                               .practice = call.services.practice.name,
                                               .author = author_of(call)};
  auto const made = TRY(in_reader<report::ClearanceLetter>(
      call, zone, [&](store::ReadTx& tx, clinic::ViewContext const& context) {
        return report::make_clearance_letter(tx, context, request);
      }));
  if (call.format == Format::Pdf)
    return pdf_response(report::print_clearance_letter(made, paper), "clearance", made.report.written);
  return json_response(200, json::write(report::clearance_document(made, issue_of(call))));
}

/// The disclosure is on the disk before anything is answered.
Result<Response> records(Call& call) {
  TRY(only_parameters(call, {}));
  auto const zone = TRY(TimeZone::find(call.services.practice.time_zone));
  auto const body = TRY(take_body(call));
  auto const request = TRY(records_request(call, body, zone));
  auto const* asked = body_parameter(body, "paper", "valueCode");
  auto const paper =
      TRY(paper_of(asked != nullptr && asked->is_string() ? &asked->string() : nullptr, zone));
  auto const made = TRY(
      in_reader<report::Records>(call, zone, [&](store::ReadTx& tx, clinic::ViewContext const& context) {
        return report::make_records(tx, context, request);
      }));
  auto response = call.format == Format::Pdf
                      ? pdf_response(report::print_records(made, paper), "records", made.written)
                      : json_response(200, json::write(report::records_document(made, issue_of(call))));
  auto unit = changes_of(call);
  auto const id = new_id(call);
  unit.changes.push_back({.method = store::Method::Create,
                          .key = {"Communication", id},
                          .resource = report::disclosure(request, id, fhir::format_instant(call.now, zone)),
                          .must_be_new = true});
  TRY(write(call, std::move(unit)));
  return response;
}

} // namespace tripsis::rest
