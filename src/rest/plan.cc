// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// GET Patient/{id}/$propose-plan (docs/api.md): takes the request apart; clinic/plan proposes.
#include "base/json/parse.hh"
#include "clinic/plan/input.hh"
#include "clinic/views/view.hh"
#include "rest/endpoints.hh"
#include "rest/exchange.hh"

namespace tripsis::rest {

Result<Response> propose_plan(Call& call) {
  TRY(only_parameters(call, {"condition", "minutes", "per-week", "weeks", "budget", "price"}));
  auto const wish = TRY(clinic::plan::parse_wish({.condition = call.target.find("condition"),
                                                  .minutes = call.target.find("minutes"),
                                                  .per_week = call.target.find("per-week"),
                                                  .weeks = call.target.find("weeks"),
                                                  .budget = call.target.find("budget"),
                                                  .price = call.target.find("price")}));
  auto const zone = TRY(TimeZone::find(call.services.practice.time_zone));
  Result<json::Value> bundle = fail(Fault::NotFound, {});
  call.services.store.read(call.access, [&](store::ReadTx& tx) {
    bundle =
        clinic::propose_plan(tx, {*call.knowledge, zone}, call.id, wish, call.now, call.services.random);
  });
  return json_response(200, json::write(TRY(std::move(bundle))));
}

} // namespace tripsis::rest
