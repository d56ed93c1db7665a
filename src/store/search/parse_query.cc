// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// From the parameters of a search to a Query (https://hl7.org/fhir/R4/search.html). What is not offered is
// refused by name: an unfiltered answer to a filtered question would be dangerous.
#include "store/search/criterion.hh"

#include <charconv>

namespace tripsis::store {

namespace {

constexpr std::size_t largest_page = 1'000;

using Pair = std::pair<std::string, std::string>;

std::unexpected<Error> bad(std::string_view name, std::string_view wanted) {
  return fail(Fault::Value, fmt::format("{}: this is not {}", name, wanted));
}

std::unexpected<Error> not_offered(std::string_view name) {
  return fail(Fault::NotSupported, fmt::format("the search parameter {} is not offered", name));
}

bool is_modifier_offered(fhir::SearchType kind, std::string_view modifier) {
  if (modifier.empty() || modifier == "missing")
    return true;
  switch (kind) {
  case fhir::SearchType::String:
    return modifier == "exact" || modifier == "contains";
  case fhir::SearchType::Token:
    return modifier == "not";
  case fhir::SearchType::Reference:
    return modifier == "identifier" || fhir::is_resource_type(modifier);
  default:
    return false;
  }
}

Result<> add_count(std::string const& value, Query& query) {
  std::size_t count = 0;
  auto const [end, error] = std::from_chars(value.data(), value.data() + value.size(), count);
  if (error != std::errc{} || end != value.data() + value.size())
    return bad("_count", "a whole number");
  query.count = std::min(count, largest_page);
  query.count_only = query.count_only || count == 0;
  return {};
}

Result<> add_sort(std::string const& value, Unknown unknown, std::vector<std::string>* ignored,
                  Query& query) {
  for (auto const& part : search::split_escaped(value, ',')) {
    bool const descending = part.starts_with('-');
    auto const code = std::string_view{part}.substr(descending ? 1 : 0);
    auto const* parameter = fhir::find_search_parameter(query.type, code);
    bool const offered = parameter != nullptr && parameter->kind != fhir::SearchType::Composite &&
                         parameter->kind != fhir::SearchType::Special;
    if (offered)
      query.sort.push_back({.parameter = parameter, .descending = descending});
    else if (unknown == Unknown::Refuse)
      return fail(Fault::NotSupported, fmt::format("_sort by {} is not offered", code));
    else if (ignored != nullptr)
      ignored->push_back("_sort=" + part);
  }
  return {};
}

/// Whether the parameter was one that shapes the result.
Result<bool> add_result_parameter(Pair const& pair, Unknown unknown, std::vector<std::string>* ignored,
                                  Query& query) {
  auto const& [name, value] = pair;
  if (name == "_count") {
    TRY(add_count(value, query));
  } else if (name == "_sort") {
    TRY(add_sort(value, unknown, ignored, query));
  } else if (name == "_cursor") {
    query.cursor = value;
  } else if (name == "_summary") {
    if (value != "count")
      return fail(Fault::NotSupported, "_summary other than count is not offered");
    query.count_only = true;
  } else if (name == "_total") {
    if (value != "none" && value != "estimate" && value != "accurate")
      return bad("_total", "none, estimate or accurate");
    query.total = value == "none" ? Total::None : Total::Accurate;
  } else {
    return false;
  }
  return true;
}

Result<> add_criterion(Pair const& pair, Unknown unknown, std::vector<std::string>* ignored, Query& query) {
  auto const& [name, value] = pair;
  auto const colon = name.find(':');
  auto const code = std::string_view{name}.substr(0, colon);
  auto const modifier = colon == std::string::npos ? std::string{} : name.substr(colon + 1);
  bool const is_chain = name.find('.') != std::string::npos || code == "_has";
  auto const* parameter = is_chain ? nullptr : fhir::find_search_parameter(query.type, code);
  if (parameter == nullptr) {
    if (unknown == Unknown::Refuse)
      return not_offered(name);
    if (ignored != nullptr)
      ignored->push_back(name);
    return {};
  }
  if (parameter->kind == fhir::SearchType::Composite || parameter->kind == fhir::SearchType::Special ||
      !is_modifier_offered(parameter->kind, modifier))
    return not_offered(name);
  query.criteria.push_back(
      {.parameter = parameter, .modifier = modifier, .values = search::split_escaped(value, ',')});
  return {};
}

} // namespace

Result<Query> parse_query(std::string_view type,
                          std::vector<std::pair<std::string, std::string>> const& parameters,
                          Unknown unknown, std::vector<std::string>* ignored) {
  Query query{.type = std::string{type}};
  if (!fhir::is_resource_type(type))
    return fail(Fault::NotSupported, "There is no resource type of that name.");
  for (auto const& pair : parameters)
    if (!TRY(add_result_parameter(pair, unknown, ignored, query)))
      TRY(add_criterion(pair, unknown, ignored, query));
  return query;
}

} // namespace tripsis::store
