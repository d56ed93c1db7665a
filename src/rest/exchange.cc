// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "rest/exchange.hh"

#include "base/json/parse.hh"
#include "base/uuid.hh"
#include "clinic/follow_up.hh"
#include "clinic/library/practice.hh"
#include "clinic/person.hh"
#include "jobs/post.hh"
#include "rest/outcome.hh"
#include "rest/router.hh"
#include "validation/validation.hh"

#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>

namespace tripsis::rest {
namespace {

std::string_view trim(std::string_view text) {
  auto const first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos)
    return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// Calls `each` with the trimmed parts between separators, until it returns true; whether it did.
bool any_part(std::string_view text, char separator, auto&& each) {
  while (!text.empty()) {
    auto const end = std::min(text.find(separator), text.size());
    if (each(trim(text.substr(0, end))))
      return true;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return false;
}

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> names) {
  return std::ranges::any_of(names, [&](auto name) { return same_ignoring_case(text, name); });
}

/// Whether a media range of Accept, or a Content-Type, is JSON of FHIR R4.
bool is_json(std::string_view media, std::initializer_list<std::string_view> names) {
  auto const end = std::min(media.find(';'), media.size());
  auto const other_version = any_part(media.substr(end), ';', [](std::string_view part) {
    constexpr std::string_view name = "fhirVersion=";
    return part.size() > name.size() && same_ignoring_case(part.substr(0, name.size()), name) &&
           !part.substr(name.size()).contains("4.0");
  });
  return is_one_of(trim(media.substr(0, end)), names) && !other_version;
}

/// The format of one media range; nullopt where it is none that the route speaks.
std::optional<Format> format_of(std::string_view media, Call const& call,
                                std::initializer_list<std::string_view> json_names) {
  if (is_json(media, json_names))
    return Format::Json;
  auto const name = trim(media.substr(0, media.find(';')));
  if (call.route->answers == Answers::JsonOrPdf && same_ignoring_case(name, pdf_type))
    return Format::Pdf;
  return std::nullopt;
}

/// What the client asks for: the first that is spoken here.
std::optional<Format> asked_format(Call const& call) {
  if (auto const* format = call.target.find("_format"))
    return format_of(*format, call, {"json", "application/fhir+json", "application/json", "text/json"});
  auto const accept = call.request.header("Accept");
  if (accept.empty())
    return Format::Json;
  std::optional<Format> found;
  any_part(accept, ',', [&](std::string_view range) {
    found = format_of(range, call,
                      {"*/*", "application/*", "application/fhir+json", "application/json", "text/json"});
    return found.has_value();
  });
  return found;
}

bool has_right_content_type(Call const& call) {
  auto const media = call.request.header("Content-Type");
  switch (call.route->body) {
  case Body::None:
    return true;
  case Body::Json:
    return call.body != nullptr ||
           is_json(media, {"application/fhir+json", "application/json", "text/json"});
  case Body::Form:
    return call.request.body.empty() || is_json(media, {"application/x-www-form-urlencoded"});
  }
  return true;
}

void read_prefer(Call& call) {
  for (auto const& [name, value] : call.request.headers)
    if (same_ignoring_case(name, "Prefer"))
      any_part(value, ',', [&](std::string_view preference) {
        return any_part(preference, ';', [&](std::string_view part) {
          if (part == "return=minimal")
            call.prefer_return = Return::Minimal;
          else if (part == "return=representation")
            call.prefer_return = Return::Representation;
          else if (part == "return=OperationOutcome")
            call.prefer_return = Return::OperationOutcome;
          else if (part == "handling=lenient")
            call.handling = Handling::Lenient;
          else if (part == "handling=strict")
            call.handling = Handling::Strict;
          return false;
        });
      });
}

/// An operation has judged by itself what it writes for whom.
Result<> decide_contents(Call const& call, store::Changes const& unit) {
  if (!call.who || call.route->interaction == auth::Interaction::Perform)
    return {};
  for (std::size_t i = 0; i < unit.changes.size(); ++i)
    if (auto const allowed = auth::decide_content(*call.who, unit.changes[i].resource); !allowed) {
      auto error = allowed.error();
      if (unit.changes.size() > 1)
        error.where = fmt::format("[{}] {}", i, error.where);
      return std::unexpected{std::move(error)};
    }
  return {};
}

/// What a client wrote alone has no place of its own for them, whatever follows from it.
Error without_place(Error error) {
  if (error.where.starts_with('['))
    error.where.erase(0, error.where.find(']') + 2);
  return error;
}

/// "Patient/x" of the records that are not in use any more: nobody signs in to them.
std::vector<std::string> closed_patients(store::Changes const& unit) {
  std::vector<std::string> closed;
  for (auto const& change : unit.changes)
    if (change.key.type == "Patient" &&
        (change.method == store::Method::Delete || !clinic::is_active(change.resource)))
      closed.push_back(change.key.reference());
  return closed;
}

} // namespace

std::optional<Response> read_exchange(Call& call) {
  auto const format = asked_format(call);
  if (!format)
    return refuse(406, {Fault::NotSupported,
                        call.route->answers == Answers::JsonOrPdf
                            ? "The answer can only be application/fhir+json (FHIR 4.0) or application/pdf."
                            : "The answer can only be application/fhir+json (FHIR 4.0)."});
  call.format = *format;
  if (!has_right_content_type(call))
    return refuse(415, {Fault::NotSupported, call.route->body == Body::Form
                                                 ? "The body must be application/x-www-form-urlencoded."
                                                 : "The body must be application/fhir+json (FHIR 4.0)."});
  auto const* pretty = call.target.find("_pretty");
  call.pretty = pretty != nullptr && *pretty == "true";
  read_prefer(call);
  std::erase_if(call.target.parameters,
                [](auto const& pair) { return pair.first == "_format" || pair.first == "_pretty"; });
  return std::nullopt;
}

std::string_view session_secret(Request const& request) noexcept {
  constexpr std::string_view name = "tripsis_session=";
  std::string_view secret;
  any_part(request.header("Cookie"), ';', [&](std::string_view cookie) {
    if (!cookie.starts_with(name))
      return false;
    secret = cookie.substr(name.size());
    return true;
  });
  return secret;
}

Result<> only_parameters(Call const& call, std::initializer_list<std::string_view> known) {
  if (call.handling == Handling::Lenient)
    return {};
  for (auto const& [name, value] : call.target.parameters)
    if (std::ranges::find(known, name) == known.end())
      return fail(
          Fault::NotSupported,
          fmt::format("The parameter {} is not known here; Prefer: handling=lenient passes over it.",
                      name));
  return {};
}

Result<json::Value> take_body(Call& call) {
  if (call.body != nullptr)
    return std::move(*call.body);
  if (call.request.body.empty())
    return fail(Fault::Required, "The request must have a body.");
  return json::parse(call.request.body);
}

Result<Taken> take_resource(Call& call) {
  Taken taken{TRY(take_body(call)), std::nullopt};
  auto const type = taken.resource.text("resourceType");
  if (type.empty())
    return fail(Fault::Structure, "The body is no FHIR resource: it has no resourceType.");
  if (type != call.type)
    return fail(Fault::Value, fmt::format("The body's resourceType is not the address's, {}.", call.type),
                "resourceType");
  taken.refusal = refuse(validation::validate(taken.resource));
  return taken;
}

Result<std::optional<std::uint64_t>> if_match(Request const& request) {
  if (!request.has_header("If-Match"))
    return std::nullopt;
  auto text = trim(request.header("If-Match"));
  auto const wrong = fail(Fault::Value, "If-Match must be of the form W/\"3\".");
  if (text.starts_with("W/"))
    text.remove_prefix(2);
  if (text.size() < 3 || text.front() != '"' || text.back() != '"')
    return wrong;
  std::uint64_t version = 0;
  auto const* const end = text.data() + text.size() - 1;
  auto const [stop, error] = std::from_chars(text.data() + 1, end, version);
  if (error != std::errc{} || stop != end)
    return wrong;
  return version;
}

std::string etag(std::uint64_t version) {
  return fmt::format("W/\"{}\"", version);
}

/// https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7
std::string http_date(Instant at) {
  constexpr std::array<std::string_view, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  auto const day = std::chrono::floor<std::chrono::days>(at);
  std::chrono::year_month_day const date{day};
  std::chrono::hh_mm_ss const time{std::chrono::floor<std::chrono::seconds>(at - day)};
  return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT",
                     days.at(std::chrono::weekday{day}.c_encoding()), static_cast<unsigned>(date.day()),
                     months.at(static_cast<unsigned>(date.month()) - 1), static_cast<int>(date.year()),
                     time.hours().count(), time.minutes().count(), time.seconds().count());
}

Response json_response(int status, std::string body, std::string_view type) {
  Response response{.status = status, .body = std::move(body)};
  response.headers.emplace_back("Content-Type", type);
  return response;
}

Response version_response(int status, store::Version version) {
  auto response = json_response(status, std::move(version.json));
  response.headers.emplace_back("ETag", etag(version.version));
  response.headers.emplace_back("Last-Modified", http_date(version.updated));
  response.modified = version.updated;
  return response;
}

Response written_response(Call const& call, store::Written written) {
  auto const created = written.effect == store::Effect::Created;
  auto const location = fmt::format("{}/{}/_history/{}", call.base(), written.version.key.reference(),
                                    written.version.version);
  auto response = version_response(created ? 201 : 200, std::move(written.version));
  response.headers.emplace_back("Location", location);
  switch (call.prefer_return.value_or(Return::Representation)) {
  case Return::Representation:
    break;
  case Return::Minimal:
    response.body.clear();
    break;
  case Return::OperationOutcome:
    response.body =
        json::write(operation_success(created ? "The resource was created." : "The resource was updated."));
    break;
  }
  return response;
}

std::string new_id(Call& call) {
  return Uuid::v7(call.now, call.services.random).text();
}

store::Changes changes_of(Call const& call) {
  return {{}, store::Origin::Client, call.who ? call.who->practitioner : std::string{}, call.now};
}

Result<std::vector<store::Written>> write(Call& call, store::Changes unit) {
  TRY(decide_contents(call, unit));
  auto const own = unit.changes.size();
  if (clinic::has_follow_ups(unit)) {
    auto const zone = TRY(TimeZone::find(call.services.practice.time_zone));
    Result<> followed{};
    call.services.store.read({}, [&](store::ReadTx& tx) {
      followed = clinic::add_follow_ups(unit, {clinic::find_in(tx), *call.knowledge, zone});
    });
    TRY(std::move(followed));
  }
  auto const tasks = jobs::tasks_of(unit);
  auto const closed = closed_patients(unit);
  auto const changes_knowledge = clinic::library::touches_knowledge(unit);
  auto done = call.services.store.write(std::move(unit));
  if (!done && own == 1)
    return std::unexpected{without_place(std::move(done).error())};
  auto written = TRY(std::move(done));
  if (changes_knowledge)
    TRY(clinic::library::reload(call.services.store, *call.services.knowledge));
  for (auto const& one : std::span{written}.subspan(own))
    call.entries.push_back("follow-up " + one.version.key.reference());
  for (auto const& patient : closed) {
    call.services.links.remove_all(patient);
    call.services.patient_sessions.close_all(patient);
  }
  for (auto const& task : tasks)
    call.services.jobs.add(task);
  return written;
}

} // namespace tripsis::rest
