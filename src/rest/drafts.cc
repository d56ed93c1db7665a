// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// One's own unfinished notes (docs/api.md#drafts): the transaction as it will be posted, kept until it is.
#include "store/drafts.hh"

#include "base/json/parse.hh"
#include "fhir/date_time.hh"
#include "rest/endpoints.hh"
#include "rest/exchange.hh"

namespace tripsis::rest {
namespace {

constexpr std::size_t most_bytes = std::size_t{1024} * 1024;

/// Drafts are a person's: a token that stands for no account has none.
Result<std::string_view> owner_of(Call const& call) {
  if (call.who->username.empty())
    return fail(Fault::Forbidden, "Drafts belong to an account; this token stands for none.");
  return call.who->username;
}

std::string title_of(json::Value const& bundle) {
  for (auto const& entry : bundle.items("entry"))
    if (auto const* resource = entry.find("resource");
        resource != nullptr && resource->text("resourceType") == "Composition")
      return std::string{resource->text("title")};
  return {};
}

} // namespace

Result<Response> list_drafts(Call& call) {
  TRY(only_parameters(call, {}));
  auto list = json::Array{};
  for (auto const& draft : call.services.drafts.list(TRY(owner_of(call))))
    list.push_back(json::object(
        {{"key", draft.key}, {"updated", fhir::format_instant(draft.updated)}, {"title", draft.title}}));
  return json_response(200, json::write(json::Value{std::move(list)}), "application/json");
}

Result<Response> read_draft(Call& call) {
  TRY(only_parameters(call, {}));
  auto found = call.services.drafts.find(TRY(owner_of(call)), call.id);
  if (!found)
    return fail(Fault::NotFound, "There is no draft of yours under this key.");
  return json_response(200, *std::move(found));
}

Result<Response> write_draft(Call& call) {
  TRY(only_parameters(call, {}));
  auto const owner = TRY(owner_of(call));
  if (call.request.body.size() > most_bytes)
    return fail(Fault::TooLong, "A draft may have at most 1 MB.");
  auto const body = TRY(take_body(call));
  if (body.text("resourceType") != "Bundle" || body.text("type") != "transaction")
    return fail(Fault::Value, "A draft is the transaction Bundle as it will be posted.", "Bundle.type");
  call.services.drafts.put(owner, {.key = call.id, .updated = call.now, .title = title_of(body)},
                           json::write(body));
  return Response{.status = 204};
}

Result<Response> erase_draft(Call& call) {
  TRY(only_parameters(call, {}));
  call.services.drafts.erase(TRY(owner_of(call)), call.id);
  return Response{.status = 204};
}

} // namespace tripsis::rest
