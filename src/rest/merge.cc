// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// POST Patient/$merge: two records of one person become one, in one unit. The names of the parameters are
// R5's (https://hl7.org/fhir/R5/patient-operation-merge.html); what it does is in clinic/records/merge.hh.
#include "clinic/records/merge.hh"

#include "base/json/parse.hh"
#include "clinic/find.hh"
#include "clinic/records/provenance.hh"
#include "rest/endpoints.hh"
#include "rest/exchange.hh"
#include "rest/operation_parameters.hh"
#include "rest/outcome.hh"

#include <algorithm>

#include <fmt/format.h>

namespace tripsis::rest {
namespace {

constexpr int most_tries = 3; ///< Where somebody else changes one of the records just then

enum class Preview : unsigned char { No, Yes };

Result<store::Key> patient_parameter(json::Value const& parameters, std::string_view name) {
  auto key = clinic::key_of(TRY(required_parameter(parameters, name, "valueReference")));
  if (!key || key->type != "Patient")
    return fail(Fault::Value, fmt::format("The parameter {} must be a reference such as Patient/id.", name),
                fmt::format("Parameters.parameter.where(name='{}')", name));
  return *std::move(key);
}

struct Planned {
  store::Changes unit;
  std::size_t changed = 0; ///< Resources whose references are turned
  json::Value result;      ///< The target as it will be
};

Result<store::Change> change_of(store::ReadTx& tx, store::Key const& key, json::Value resource) {
  return store::Change{.method = store::Method::Update,
                       .key = key,
                       .resource = std::move(resource),
                       .if_match = TRY(tx.read(key)).version};
}

Result<> add_patients(Call& call, clinic::Merge const& merge, Planned& planned) {
  Result<> added = fail(Fault::NotFound, {});
  call.services.store.read(call.access, [&](store::ReadTx& tx) {
    added = [&]() -> Result<> {
      auto const source = TRY(clinic::read(tx, merge.source));
      auto const target = TRY(clinic::read(tx, merge.target));
      TRY(clinic::check_merge(merge, source, target));
      planned.result = clinic::merged_target(merge, target, source);
      auto& changes = planned.unit.changes;
      changes.push_back(TRY(change_of(tx, merge.target, planned.result)));
      changes.push_back(TRY(change_of(tx, merge.source, clinic::merged_source(merge, source))));
      return {};
    }();
  });
  return added;
}

Result<Planned> plan(Call& call, clinic::Merge const& merge) {
  Planned planned{.unit = changes_of(call)};
  planned.unit.correction = merge.correction();
  auto& changes = planned.unit.changes;
  TRY(add_patients(call, merge, planned));
  auto turned = TRY(clinic::turned_references(call.services.store, merge));
  planned.changed = turned.size();
  std::ranges::move(turned, std::back_inserter(changes));
  auto provenance =
      clinic::correction_provenance("merge", {merge.target, merge.source}, who(call), call.now);
  store::Key const key{"Provenance", new_id(call)};
  provenance.set("id", key.id);
  changes.push_back({.method = store::Method::Create, .key = key, .resource = std::move(provenance)});
  return planned;
}

/// What was written for the source by others while the merge was.
Result<std::size_t> turn_what_came_since(Call& call, clinic::Merge const& merge) {
  auto unit = changes_of(call);
  unit.correction = merge.correction();
  unit.changes = TRY(clinic::turned_references(call.services.store, merge));
  auto const count = unit.changes.size();
  if (count != 0)
    TRY(write(call, std::move(unit)));
  return count;
}

Response answer(json::Value result, std::size_t changed, Preview preview) {
  auto const said = preview == Preview::Yes
                        ? "This is what a merge would do; nothing was written."
                        : "The records were merged. Every earlier version can still be read.";
  auto parameters = json::object({{"resourceType", "Parameters"}});
  parameters.push("parameter", json::object({{"name", "outcome"}, {"resource", operation_success(said)}}));
  parameters.push("parameter", json::object({{"name", "result"}, {"resource", std::move(result)}}));
  parameters.push("parameter", json::object({{"name", "changed"},
                                             {"valueInteger",
                                              json::Value::integer(static_cast<std::int64_t>(changed))}}));
  return json_response(200, json::write(parameters));
}

} // namespace

Result<Response> merge(Call& call) {
  TRY(only_parameters(call, {}));
  auto taken = TRY(take_parameters(call));
  if (taken.refusal)
    return *std::move(taken.refusal);
  TRY(only_parameters(taken.parameters, {"source-patient", "target-patient", "preview"}));
  clinic::Merge const merge{TRY(patient_parameter(taken.parameters, "source-patient")),
                            TRY(patient_parameter(taken.parameters, "target-patient"))};
  auto const* asked = find_parameter(taken.parameters, "preview");
  auto const* preview = asked != nullptr ? asked->find("valueBoolean") : nullptr;
  for (int left = most_tries; true;) {
    auto planned = TRY(plan(call, merge));
    if (preview != nullptr && preview->boolean())
      return answer(std::move(planned.result), planned.changed, Preview::Yes);
    auto const written = write(call, std::move(planned.unit));
    if (!written && written.error().fault == Fault::Precondition && --left > 0)
      continue;
    TRY(written);
    auto const since = TRY(turn_what_came_since(call, merge));
    return answer(TRY(json::parse(written->front().version.json)), planned.changed + since, Preview::No);
  }
}

} // namespace tripsis::rest
