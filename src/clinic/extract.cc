// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/extract.hh"

#include <span>

#include <fmt/format.h>

namespace tripsis::clinic {

Result<json::Value> extract(json::Value response, FollowUpContext const& context, Instant now,
                            std::string_view base) {
  store::Changes unit{.now = now};
  store::Key key{"QuestionnaireResponse", std::string{response.text("id")}};
  unit.changes.push_back(
      {.method = store::Method::Create, .key = std::move(key), .resource = std::move(response)});
  if (has_follow_ups(unit))
    TRY(add_follow_ups(unit, context));
  auto bundle = json::object({{"resourceType", "Bundle"}, {"type", "transaction"}});
  for (auto& change : std::span{unit.changes}.subspan(1)) {
    auto request = json::object({{"method", "PUT"}, {"url", change.key.reference()}});
    if (change.if_match)
      request.set("ifMatch", fmt::format("W/\"{}\"", *change.if_match));
    bundle.push("entry", json::object({{"fullUrl", fmt::format("{}/{}", base, change.key.reference())},
                                       {"resource", std::move(change.resource)},
                                       {"request", std::move(request)}}));
  }
  return bundle;
}

} // namespace tripsis::clinic
