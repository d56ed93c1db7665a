// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// POST Composition/{id}/$entered-in-error: a note that was written in error, and what was charted with it
// (clinic/records/entered_in_error.hh), by its author or an owner, with a reason.
#include "clinic/records/entered_in_error.hh"

#include "base/json/parse.hh"
#include "clinic/records/provenance.hh"
#include "rest/endpoints.hh"
#include "rest/exchange.hh"
#include "rest/operation_parameters.hh"

namespace tripsis::rest {

Result<Response> entered_in_error(Call& call) {
  TRY(only_parameters(call, {}));
  auto taken = TRY(take_parameters(call));
  if (taken.refusal)
    return *std::move(taken.refusal);
  TRY(only_parameters(taken.parameters, {"reason"}));
  auto const* reason = TRY(required_parameter(taken.parameters, "reason", "valueString"));
  store::Key const note{"Composition", call.id};
  Result<clinic::InError> found = fail(Fault::NotFound, {});
  call.services.store.read(call.access,
                           [&](store::ReadTx& tx) { found = clinic::entered_in_error(tx, note); });
  auto in_error = TRY(std::move(found));
  if (call.who->role != auth::Role::Owner && !clinic::is_author(in_error.note, call.who->practitioner))
    return fail(Fault::Forbidden, "Only its author or an owner can enter a note in error.");

  auto unit = changes_of(call);
  unit.correction.kind = store::Correction::Kind::EnteredInError;
  std::vector<store::Key> targets;
  for (auto const& change : in_error.changes)
    targets.push_back(change.key);
  unit.changes = std::move(in_error.changes);
  auto provenance = clinic::correction_provenance("entered-in-error", targets, who(call), call.now);
  store::Key const key{"Provenance", new_id(call)};
  provenance.set("id", key.id);
  provenance.push("reason", json::object({{"text", *reason}}));
  unit.changes.push_back({.method = store::Method::Create, .key = key, .resource = std::move(provenance)});
  auto written = TRY(write(call, std::move(unit)));
  return version_response(200, std::move(written.front().version));
}

} // namespace tripsis::rest
