// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// https://hl7.org/fhir/R4/http.html#search: by GET, or by POST to _search with a form. The store
// understands the parameters; what is unknown is refused, never passed over in silence
// (https://hl7.org/fhir/R4/search.html#errors).
#include "base/json/parse.hh"
#include "rest/bundle_writer.hh"
#include "rest/endpoints.hh"
#include "rest/exchange.hh"
#include "rest/outcome.hh"

#include <algorithm>

#include <fmt/format.h>

namespace tripsis::rest {
namespace {

constexpr std::string_view cursor_name = "_cursor"; // ours, opaque: only ever from a next link

/// Result parameters that say what happens without them anyway.
bool is_default(std::pair<std::string, std::string> const& parameter) {
  return parameter.first == "_summary" && parameter.second == "false";
}

std::string url_of(Call const& call, Parameters const& parameters, std::string_view cursor) {
  auto url = fmt::format("{}/{}", call.base(), call.type);
  auto separator = '?';
  auto const add = [&](std::string_view name, std::string_view value) {
    fmt::format_to(std::back_inserter(url), "{}{}={}", separator, encode_parameter(name),
                   encode_parameter(value));
    separator = '&';
  };
  for (auto const& [name, value] : parameters)
    add(name, value);
  if (!cursor.empty())
    add(cursor_name, cursor);
  return url;
}

void warn_of_ignored(BundleWriter& bundle, std::vector<std::string> const& ignored) {
  if (ignored.empty())
    return;
  auto const warning = operation_warning(
      {Fault::NotSupported, fmt::format("Passed over, as asked for: {}.", fmt::join(ignored, ", "))});
  bundle.entry({}, json::write(warning)).member_text("search", R"({"mode":"outcome"})");
}

/// Without the parameters that were ignored: the self link says what was done, not what was asked.
/// (https://hl7.org/fhir/R4/search.html#conformance)
Parameters understood(Parameters parameters, std::vector<std::string> const& ignored) {
  std::erase_if(parameters, [&](auto const& pair) {
    return std::ranges::any_of(ignored, [&](std::string_view name) {
      return pair.first == name ||
             (pair.first.starts_with(name) && pair.first.substr(name.size()).starts_with(':'));
    });
  });
  return parameters;
}

} // namespace

Result<Response> search(Call& call) {
  auto parameters = call.target.parameters;
  if (call.request.method == "POST") {
    auto form = TRY(parse_parameters(call.request.body));
    std::ranges::move(form, std::back_inserter(parameters));
  }
  auto const* const cursor = call.target.find(cursor_name);
  std::erase_if(parameters, [](auto const& pair) {
    return pair.first == cursor_name || pair.first == "_format" || pair.first == "_pretty" ||
           is_default(pair);
  });

  std::vector<std::string> ignored;
  auto const unknown = call.handling == Handling::Lenient ? store::Unknown::Ignore : store::Unknown::Refuse;
  auto query = TRY(store::parse_query(call.type, parameters, unknown, &ignored));
  if (cursor != nullptr)
    query.cursor = *cursor;

  Result<store::Page> found;
  call.services.store.read(call.access, [&](store::ReadTx& tx) { found = tx.search(query); });
  auto const page = TRY(std::move(found));

  parameters = understood(std::move(parameters), ignored);
  BundleWriter bundle{"searchset"};
  if (page.total)
    bundle.total(*page.total);
  bundle.link("self", url_of(call, parameters, query.cursor));
  if (!page.next.empty())
    bundle.link("next", url_of(call, parameters, page.next));
  warn_of_ignored(bundle, ignored);
  auto const base = call.base() + "/";
  for (auto const& match : page.matches)
    bundle.entry(base + match.key.reference(), match.json).member_text("search", R"({"mode":"match"})");
  return json_response(200, bundle.finish());
}

} // namespace tripsis::rest
