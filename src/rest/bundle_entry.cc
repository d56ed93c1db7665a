// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "rest/bundle_entry.hh"

#include "base/json/parse.hh"
#include "fhir/date_time.hh"
#include "rest/bundle_writer.hh"
#include "rest/outcome.hh"
#include "rest/service.hh"

#include <algorithm>
#include <array>
#include <numeric>

#include <fmt/format.h>

namespace tripsis::rest {
namespace {

constexpr std::array<std::string_view, 5> methods_in_order{"DELETE", "POST", "PUT", "GET", "HEAD"};

/// What an entry's request says beside method and url, and the header that says the same.
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> conditions{
    {{"ifMatch", "If-Match"},
     {"ifNoneMatch", "If-None-Match"},
     {"ifNoneExist", "If-None-Exist"},
     {"ifModifiedSince", "If-Modified-Since"}}};

} // namespace

std::string entry_path(std::size_t place) {
  return fmt::format("Bundle.entry[{}]", place);
}

std::string status_line(int status) {
  constexpr std::array<std::pair<int, std::string_view>, 17> names{{{200, "OK"},
                                                                    {201, "Created"},
                                                                    {204, "No Content"},
                                                                    {304, "Not Modified"},
                                                                    {400, "Bad Request"},
                                                                    {401, "Unauthorized"},
                                                                    {403, "Forbidden"},
                                                                    {404, "Not Found"},
                                                                    {405, "Method Not Allowed"},
                                                                    {406, "Not Acceptable"},
                                                                    {409, "Conflict"},
                                                                    {410, "Gone"},
                                                                    {412, "Precondition Failed"},
                                                                    {415, "Unsupported Media Type"},
                                                                    {422, "Unprocessable Entity"},
                                                                    {429, "Too Many Requests"},
                                                                    {503, "Service Unavailable"}}};
  auto const found = std::ranges::find(names, status, &std::pair<int, std::string_view>::first);
  return found == names.end() ? std::to_string(status) : fmt::format("{} {}", status, found->second);
}

Result<BundleEntry> parse_entry(json::Value& entry, std::size_t place) {
  auto const where = entry_path(place);
  auto const* request = entry.find("request");
  if (request == nullptr || !request->is_object())
    return fail(Fault::Required, "Each entry of a batch or transaction needs a request.",
                where + ".request");
  BundleEntry out{place,
                  std::string{request->text("method")},
                  std::string{request->text("url")},
                  std::string{entry.text("fullUrl")},
                  entry.find("resource"),
                  {}};
  if (std::ranges::find(methods_in_order, out.method) == methods_in_order.end())
    return fail(Fault::NotSupported, "The method must be GET, HEAD, POST, PUT or DELETE.",
                where + ".request.method");
  if (out.url.empty())
    return fail(Fault::Required, "The request needs a url.", where + ".request.url");
  auto const writes = out.method == "POST" || out.method == "PUT";
  if (writes && out.resource == nullptr)
    return fail(Fault::Required, "A POST or PUT needs a resource.", where + ".resource");
  if (writes && out.url.contains('?'))
    return fail(Fault::NotSupported, "Conditional updates are not offered here.", where + ".request.url");
  if (out.method == "DELETE" && out.url.contains('?'))
    return fail(Fault::NotSupported, "Conditional deletes are not offered here.", where + ".request.url");
  if (request->find("ifNoneExist") != nullptr)
    return fail(Fault::NotSupported, "Conditional creates are not offered here.",
                where + ".request.ifNoneExist");
  for (auto const& [name, header] : conditions)
    if (auto const value = request->text(name); !value.empty())
      out.headers.emplace_back(header, value);
  return out;
}

std::vector<std::size_t> order_of_work(std::vector<BundleEntry> const& entries) {
  std::vector<std::size_t> order(entries.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(
      order, {}, [&](std::size_t i) { return std::ranges::find(methods_in_order, entries[i].method); });
  return order;
}

Response answer_alone(Call& call, BundleEntry const& entry, std::size_t& answered) {
  if (answered > most_answer_bytes)
    return refuse(
        {Fault::TooLong,
         fmt::format("The answers to this Bundle hold more than {} MB already; ask for the rest in "
                     "another one.",
                     most_answer_bytes / 1024 / 1024)});
  Request request{.method = entry.method,
                  .target =
                      entry.url.starts_with('/') ? entry.url : fmt::format("{}/{}", base_path, entry.url),
                  .headers = entry.headers,
                  .body = {},
                  .peer = call.request.peer};
  request.headers.emplace_back("Accept", fhir_json);
  request.headers.emplace_back("Host", call.request.header("Host"));
  for (auto const& [name, value] : call.request.headers)
    if (same_ignoring_case(name, "Prefer"))
      request.headers.emplace_back(name, value);
  Call own{request, call.services};
  own.now = call.now;
  own.request_id = call.request_id;
  own.who = call.who;
  own.body = entry.resource;
  auto response = answer_entry(own);
  answered += response.content().size();
  call.entries.push_back(fmt::format("{} {}{}{} {}", entry.method, own.type,
                                     own.id.empty() && own.subject_id.empty() ? "" : "/",
                                     own.id.empty() ? own.subject_id : own.id, response.status));
  return response;
}

void write_answer(BundleWriter& bundle, Response const& response) {
  auto answer = json::object({{"status", status_line(response.status)}});
  if (auto const location = response.header("Location"); !location.empty())
    answer.set("location", location);
  if (auto const tag = response.header("ETag"); !tag.empty())
    answer.set("etag", tag);
  if (response.modified)
    answer.set("lastModified", fhir::format_instant(*response.modified));
  auto const content = response.content();
  auto const failed = response.status >= 400;
  bundle.entry({}, failed ? std::string_view{} : content);
  if (failed && !content.empty()) {
    auto text = json::write(answer);
    text.pop_back();
    bundle.member_text("response", fmt::format(R"({},"outcome":{}}})", text, content));
  } else {
    bundle.member("response", answer);
  }
}

} // namespace tripsis::rest
