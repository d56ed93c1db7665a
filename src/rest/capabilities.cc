// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// https://hl7.org/fhir/R4/http.html#capabilities: what is served, told by the tables that serve it: the
// router's rows, the types of the definitions, and the search parameters that the store takes.
#include "rest/capabilities.hh"

#include "base/json/parse.hh"
#include "fhir/date_time.hh"
#include "rest/endpoints.hh"
#include "rest/exchange.hh"
#include "rest/router.hh"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace tripsis::rest {
namespace {

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
