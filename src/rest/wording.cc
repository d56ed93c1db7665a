// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// POST $check-wording (docs/api.md#operations): what a text claims too much, and what may be said instead.
// The text is neither kept nor logged.
#include "base/json/parse.hh"
#include "rest/endpoints.hh"
#include "rest/exchange.hh"
#include "rest/operation_parameters.hh"

namespace tripsis::rest {
namespace {

json::Value part(std::string_view name, std::string_view element, json::Value value) {
  auto made = json::object({{"name", name}});
  made.set(element, std::move(value));
  return made;
}

json::Value to_parameter(clinic::Overclaim const& found, clinic::Knowledge const& knowledge) {
  auto const& claim = *knowledge.evidence.find_claim(found.claim);
  auto match = json::object({{"name", "match"}});
  match.push("part", part("claim", "valueCode", claim.id));
  match.push("part", part("phrase", "valueString", found.phrase));
  match.push("part",
             part("start", "valueInteger", json::Value::integer(static_cast<std::int64_t>(found.start))));
  match.push("part",
             part("length", "valueInteger", json::Value::integer(static_cast<std::int64_t>(found.length))));
  match.push("part", part("certainty", "valueCode", claim.certainty));
  match.push("part", part("say", "valueString", claim.say));
  for (auto const& source : claim.sources)
    match.push("part", part("source", "valueString", knowledge.citation(source)));
  return match;
}

} // namespace

Result<Response> check_wording(Call& call) {
  constexpr std::size_t longest = 100'000;
  TRY(only_parameters(call, {}));
  auto taken = TRY(take_parameters(call));
  if (taken.refusal)
    return *std::move(taken.refusal);
  TRY(only_parameters(taken.parameters, {"text"}));
  auto const& text = *TRY(required_parameter(taken.parameters, "text", "valueString"));
  if (!text.is_string() || text.string().size() > longest)
    return fail(Fault::TooLong, "The parameter text is a string of at most 100,000 bytes.",
                "Parameters.parameter.where(name='text')");
  auto answer = json::object({{"resourceType", "Parameters"}});
  for (auto const& found : call.knowledge->wording->check(text.string()))
    answer.push("parameter", to_parameter(found, *call.knowledge));
  return json_response(200, json::write(answer));
}

} // namespace tripsis::rest
