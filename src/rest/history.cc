// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// https://hl7.org/fhir/R4/http.html#history, of one resource, newest first.
#include "fhir/date_time.hh"
#include "rest/bundle_writer.hh"
#include "rest/endpoints.hh"
#include "rest/exchange.hh"

#include <charconv>

#include <fmt/format.h>

namespace tripsis::rest {
namespace {

constexpr std::size_t most_versions = 1000;

Result<std::size_t> count_of(Call const& call) {
  auto const* text = call.target.find("_count");
  if (text == nullptr)
    return most_versions;
  std::size_t count = 0;
  auto const [end, error] = std::from_chars(text->data(), text->data() + text->size(), count);
  if (error != std::errc{} || end != text->data() + text->size() || count == 0)
    return fail(Fault::Value, "_count must be a number from 1 to 1000.");
  return std::min(count, most_versions);
}

std::string_view method_name(store::Method method) {
  switch (method) {
  case store::Method::Create:
    return "POST";
  case store::Method::Update:
    return "PUT";
  case store::Method::Delete:
    return "DELETE";
  }
  return "";
}

std::string_view status_text(store::Version const& version) {
  if (version.method == store::Method::Delete)
    return "204 No Content";
  return version.version == 1 ? "201 Created" : "200 OK";
}

} // namespace

Result<Response> history(Call& call) {
  TRY(only_parameters(call, {"_count"}));
  auto const count = TRY(count_of(call));
  Result<std::vector<store::Version>> found = fail(Fault::NotFound, {});
  call.services.store.read(call.access,
                           [&](store::ReadTx& tx) { found = tx.history({call.type, call.id}, count); });
  auto const versions = TRY(std::move(found));
  auto const reference = call.type + "/" + call.id;
  auto const url = call.base() + "/" + reference;
  BundleWriter bundle{"history"};
  if (versions.size() < count)
    bundle.total(versions.size());
  bundle.link("self", url + "/_history");
  for (auto const& version : versions) {
    auto const create = version.method == store::Method::Create;
    bundle.entry(url, version.json)
        .member("request", json::object({{"method", method_name(version.method)},
                                         {"url", create ? call.type : reference}}))
        .member("response", json::object({{"status", status_text(version)},
                                          {"etag", etag(version.version)},
                                          {"lastModified", fhir::format_instant(version.updated)}}));
  }
  return json_response(200, bundle.finish());
}

} // namespace tripsis::rest
