// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// https://hl7.org/fhir/R4/http.html#capabilities: what is served, told by the tables that serve it: the
// router's rows, the types of the definitions, and the search parameters that the store takes.
#include "rest/capabilities.hh"

#include "base/json/parse.hh"
#include "clinic/canonical.hh"
#include "fhir/date_time.hh"
#include "rest/endpoints.hh"
#include "rest/exchange.hh"
#include "rest/router.hh"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace tripsis::rest {
namespace {

std::string_view kind_code(fhir::SearchType kind) {
  switch (kind) {
  case fhir::SearchType::Number:
    return "number";
  case fhir::SearchType::Date:
    return "date";
  case fhir::SearchType::String:
    return "string";
  case fhir::SearchType::Token:
    return "token";
  case fhir::SearchType::Reference:
    return "reference";
  case fhir::SearchType::Composite:
    return "composite";
  case fhir::SearchType::Quantity:
    return "quantity";
  case fhir::SearchType::Uri:
    return "uri";
  case fhir::SearchType::Special:
    return "special";
  }
  return "";
}

/// Whether the store takes the parameter in a search: it is asked, so that this page cannot promise more
/// than there is.
bool is_searchable(fhir::SearchParameter const& parameter) {
  auto const sample = [&]() -> std::string {
    switch (parameter.kind) {
    case fhir::SearchType::Date:
      return "2026-11-22";
    case fhir::SearchType::Number:
    case fhir::SearchType::Quantity:
      return "1";
    case fhir::SearchType::Composite:
      return "a$b";
    case fhir::SearchType::Uri:
      return "urn:a";
    default:
      return "a";
    }
  }();
  return store::parse_query(parameter.type, {{std::string{parameter.code}, sample}}, store::Unknown::Refuse)
      .has_value();
}

/// What each interaction with {type} is called in a CapabilityStatement; the same for every type.
json::Value type_interactions() {
  json::Array list;
  std::vector<std::string_view> named;
  for (auto const& route : routes())
    if (route.pattern.contains("{type}")) {
      auto const name = auth::interaction_name(route.interaction);
      if (std::ranges::find(named, name) == named.end())
        list.push_back(json::object({{"code", name}}));
      named.push_back(name);
    }
  return json::Value{std::move(list)};
}

json::Value operations_of(std::string_view prefix) {
  json::Array list;
  for (auto const& route : routes()) {
    auto const mark = route.pattern.find('$');
    auto const offered = route.interaction == auth::Interaction::Operation ||
                         route.interaction == auth::Interaction::Perform;
    if (!offered || route.pattern.substr(0, mark) != prefix)
      continue;
    auto const name = route.pattern.substr(mark + 1);
    list.push_back(json::object(
        {{"name", name},
         {"definition", fmt::format("{}OperationDefinition/{}", clinic::canonical::base, name)}}));
  }
  return json::Value{std::move(list)};
}

json::Value resource_row(std::string_view type, json::Value const& interactions) {
  auto row = json::object({{"type", type},
                           {"profile", fmt::format("http://hl7.org/fhir/StructureDefinition/{}", type)},
                           {"interaction", interactions},
                           {"versioning", "versioned-update"},
                           {"readHistory", json::Value{true}},
                           {"updateCreate", json::Value{true}},
                           {"conditionalCreate", json::Value{false}},
                           {"conditionalRead", "not-match"},
                           {"conditionalUpdate", json::Value{false}},
                           {"conditionalDelete", "not-supported"}});
  for (auto const& parameter : fhir::search_parameters(type))
    if (is_searchable(parameter))
      row.push("searchParam",
               json::object({{"name", parameter.code}, {"type", kind_code(parameter.kind)}}));
  auto operations = operations_of(fmt::format("/fhir/R4/{}/{{id}}/", type));
  if (!operations.array().empty())
    row.set("operation", std::move(operations));
  return row;
}

} // namespace

std::string capability_statement(Practice const& practice, Instant since) {
  auto rest = json::object(
      {{"mode", "server"},
       {"security", json::object({{"cors", json::Value{false}},
                                  {"description",
                                   "A session cookie or a bearer token; GET metadata needs neither."}})}});
  auto const interactions = type_interactions();
  for (auto const* type : fhir::resource_types())
    if (is_served(type->name))
      rest.push("resource", resource_row(type->name, interactions));
  rest.set("interaction",
           json::array({json::object({{"code", "transaction"}}), json::object({{"code", "batch"}})}));
  auto operations = operations_of("/fhir/R4/");
  if (!operations.array().empty())
    rest.set("operation", std::move(operations));
  auto const statement = json::object(
      {{"resourceType", "CapabilityStatement"},
       {"status", "active"},
       {"date", fhir::format_instant(since)},
       {"kind", "instance"},
       {"software", json::object({{"name", "Tripsis"}, {"version", TRIPSIS_VERSION}})},
       {"implementation",
        json::object({{"description", practice.name.empty() ? std::string{"Tripsis"} : practice.name}})},
       {"fhirVersion", "4.0.1"},
       {"format", json::array({"json", fhir_json})},
       {"rest", json::array({std::move(rest)})}});
  return json::write(statement);
}

Result<Response> capabilities(Call& call) {
  TRY(only_parameters(call, {"mode"}));
  auto response = json_response(200, {});
  response.constant = call.services.capability_statement;
  return response;
}

} // namespace tripsis::rest
