// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "rest/operation_parameters.hh"

#include "clinic/records/provenance.hh"
#include "rest/exchange.hh"
#include "rest/outcome.hh"
#include "validation/validation.hh"

#include <algorithm>

#include <fmt/format.h>

namespace tripsis::rest {

Result<TakenParameters> take_parameters(Call& call) {
  TakenParameters taken{TRY(take_body(call)), std::nullopt};
  if (taken.parameters.text("resourceType") != "Parameters")
    return fail(Fault::Structure, "The body must be a Parameters resource.", "resourceType");
  taken.refusal = refuse(validation::validate(taken.parameters));
  return taken;
}

json::Value const* find_parameter(json::Value const& parameters, std::string_view name) {
  auto const& all = parameters.items("parameter");
  auto const found = std::ranges::find_if(
      all, [&](json::Value const& parameter) { return parameter.text("name") == name; });
  return found == all.end() ? nullptr : &*found;
}

Result<json::Value const*> required_parameter(json::Value const& parameters, std::string_view name,
                                              std::string_view element) {
  auto const* parameter = find_parameter(parameters, name);
  auto const* value = parameter != nullptr ? parameter->find(element) : nullptr;
  if (value == nullptr)
    return fail(Fault::Required, fmt::format("The parameter {} is missing: a {}.", name, element),
                fmt::format("Parameters.parameter.where(name='{}')", name));
  return value;
}

Result<> only_parameters(json::Value const& parameters, std::initializer_list<std::string_view> known) {
  for (auto const& parameter : parameters.items("parameter"))
    if (std::ranges::find(known, parameter.text("name")) == known.end())
      return fail(Fault::NotSupported, "The operation has no such parameter.",
                  fmt::format("Parameters.parameter.where(name='{}')", parameter.text("name")));
  return {};
}

json::Value who(Call const& call) {
  return call.who ? clinic::reference_to_actor(call.who->practitioner, call.who->name)
                  : clinic::reference_to_actor({}, {});
}

json::Value author_of(Call const& call) {
  auto author = who(call);
  if (call.who && !call.who->name.empty())
    author.set("display", call.who->name);
  return author;
}

} // namespace tripsis::rest
