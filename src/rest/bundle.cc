// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// https://hl7.org/fhir/R4/http.html#transaction: POST to the base. A batch's entries stand each for itself;
// a transaction's all happen, or none (transaction.cc).
#include "rest/bundle_entry.hh"
#include "rest/bundle_writer.hh"
#include "rest/endpoints.hh"
#include "rest/exchange.hh"
#include "rest/outcome.hh"
#include "validation/validation.hh"

#include <algorithm>

#include <fmt/format.h>

namespace tripsis::rest {
namespace {

Response batch(Call& call, std::vector<Result<BundleEntry>> const& parsed) {
  std::vector<BundleEntry> entries;
  std::vector<Response> answers(parsed.size());
  for (std::size_t i = 0; i < parsed.size(); ++i)
    if (parsed[i])
      entries.push_back(*parsed[i]);
    else
      answers[i] = refuse(parsed[i].error());
  std::size_t answered = 0;
  for (auto const i : order_of_work(entries))
    answers[entries[i].place] = answer_alone(call, entries[i], answered);
  BundleWriter bundle{"batch-response"};
  for (auto const& answer : answers)
    write_answer(bundle, answer);
  return json_response(200, bundle.finish());
}

} // namespace

Result<Response> bundle(Call& call) {
  TRY(only_parameters(call, {}));
  auto body = TRY(take_body(call));
  if (body.text("resourceType") != "Bundle")
    return fail(Fault::Value, "What is posted to the base must be a Bundle.", "resourceType");
  auto const type = body.text("type");
  if (type != "batch" && type != "transaction")
    return fail(Fault::Value, "The Bundle's type must be batch or transaction.", "Bundle.type");
  auto* list = body.find("entry");
  if (list != nullptr && !list->is_array())
    return fail(Fault::Structure, "Bundle.entry must be a list.", "Bundle.entry");
  if (list != nullptr && list->array().size() > most_entries)
    return fail(Fault::TooLong, fmt::format("A Bundle may have at most {} entries.", most_entries),
                "Bundle.entry");
  std::vector<Result<BundleEntry>> parsed;
  for (std::size_t i = 0; list != nullptr && i < list->array().size(); ++i)
    parsed.push_back(parse_entry(list->array()[i], i));
  if (type == "batch")
    return batch(call, parsed);
  std::vector<BundleEntry> entries;
  for (auto& entry : parsed)
    entries.push_back(TRY(std::move(entry)));
  if (auto refusal = refuse(validation::validate(body)))
    return *std::move(refusal);
  return transaction(call, std::move(entries));
}

} // namespace tripsis::rest
