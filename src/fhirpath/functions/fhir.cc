// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What FHIR adds to FHIRPath (https://hl7.org/fhir/R4/fhirpath.html#functions).
#include "fhirpath/functions.hh"

#include <algorithm>
#include <array>

namespace tripsis::fhirpath {
namespace {

bool has_value(Item const& item) {
  auto const& value = item.value();
  return !value.is_null() && !value.is_object() && !value.is_array();
}

Result<> has_value_function(Call const& call) {
  return call.give(call.input().size() == 1 && has_value(call.input().front()));
}

/// The System value of a single primitive.
Result<> get_value(Call const& call) {
  if (call.input().size() != 1 || !has_value(call.input().front()))
    return call.give_nothing();
  Item const item = call.input().front();
  auto const* system = item.is_node() ? system_type_of(item.definition()) : nullptr;
  return call.give(system != nullptr ? Item::computed(item.value(), system->name) : item);
}

Step const& extension_step() {
  static Step const step{"extension", 0, {}};
  return step;
}

/// Leaves the extensions of that url.
Result<> extension(Call const& call) {
  auto const url = TRY(call.text_argument(0));
  if (!url)
    return call.give_nothing();
  auto& evaluator = call.evaluator;
  auto const end = evaluator.size();
  for (auto i = call.base; i < end; ++i)
    Navigator::named(Item{evaluator.at(i)}, extension_step(), [&](Item child) {
      if (child.value().text("url") == *url)
        evaluator.push(std::move(child));
    });
  evaluator.erase(call.base, end);
  return evaluator.charge();
}

Result<> has_extension(Call const& call) {
  TRY(extension(call));
  return call.give(!call.is_empty());
}

/// "Patient" of "Patient/1", "https://host/fhir/Patient/1/_history/2"; "" for others.
std::string_view type_named_by(std::string_view reference) {
  if (auto const history = reference.find("/_history/"); history != reference.npos)
    reference = reference.substr(0, history);
  auto const slash = reference.rfind('/');
  if (slash == reference.npos || slash == 0)
    return {};
  auto const before = reference.substr(0, slash);
  return before.substr(before.rfind('/') + 1); // npos + 1 is 0
}

json::Value const* find_contained(json::Value const* root, std::string_view id) {
  if (root == nullptr)
    return nullptr;
  if (id.empty())
    return root;
  auto const& contained = root->items("contained");
  auto const found = std::ranges::find_if(
      contained, [&](json::Value const& resource) { return resource.text("id") == id; });
  return found != contained.end() ? &*found : nullptr;
}

/// https://hl7.org/fhir/R4/fhirpath.html#functions (resolve), and see Context::resolve for what it gives
/// without a resource.
Result<> resolve(Call const& call) {
  auto& evaluator = call.evaluator;
  auto kept = call.base;
  auto const end = evaluator.size();
  for (auto i = call.base; i < end; ++i) {
    auto const& value = evaluator.at(i).value();
    std::string_view const reference =
        value.is_string() ? std::string_view{value.string()} : value.text("reference");
    json::Value const* found = nullptr;
    if (reference.starts_with('#'))
      found = find_contained(evaluator.root_resource(), reference.substr(1));
    else if (!reference.empty() && evaluator.context().resolve)
      found = evaluator.context().resolve(reference);
    if (found != nullptr) {
      evaluator.at(kept++) = Item::resource(*found);
      continue;
    }
    auto const* type = fhir::find_type(type_named_by(reference));
    if (type == nullptr && value.is_object())
      type = fhir::find_type(value.text("type"));
    if (type != nullptr && type->kind == fhir::TypeKind::Resource)
      evaluator.at(kept++) = Navigator::item(&null_value(), nullptr, nullptr, type);
  }
  evaluator.shrink(kept);
  return evaluator.charge(end - call.base);
}

Result<> member_of(Call const& call) {
  auto const* single = TRY(call.single());
  if (single == nullptr)
    return call.give_nothing();
  Item const item = *single;
  auto const value_set = TRY(call.text_argument(0));
  if (!value_set)
    return call.give_nothing();
  auto const& ask = call.evaluator.context().member_of;
  if (!ask)
    return fail(Fault::NotSupported, "FHIRPath: memberOf() needs a terminology, and none was handed in.");
  return call.give(TRY(ask(item.value(), *value_set)));
}

/// Only for the types of R4 themselves; other profiles are not known at this layer.
Result<> conforms_to(Call const& call) {
  constexpr std::string_view base = "http://hl7.org/fhir/StructureDefinition/";
  auto const* single = TRY(call.single());
  if (single == nullptr)
    return call.give_nothing();
  Item const item = *single;
  auto const profile = TRY(call.text_argument(0));
  if (!profile)
    return call.give_nothing();
  auto const* type = profile->starts_with(base)
                         ? fhir::find_type(std::string_view{*profile}.substr(base.size()))
                         : nullptr;
  if (type == nullptr)
    return fail(Fault::NotSupported, "FHIRPath: conformsTo() knows no profile of this name.");
  return call.give(is_of_type(item, {.fhir = type}));
}

/// https://hl7.org/fhir/R4/narrative.html: no active content, and text at all. The validator looks closer.
Result<> html_checks(Call const& call) {
  auto const text = TRY(call.text());
  if (!text)
    return call.give_nothing();
  constexpr std::array<std::string_view, 8> forbidden{"<script", "<form", "<iframe", "<object",
                                                      "<embed",  "<link", "<base",   "javascript:"};
  bool const active =
      std::ranges::any_of(forbidden, [&](std::string_view word) { return text->contains(word); });
  return call.give(text->starts_with("<div") && !active);
}

constexpr std::array functions{
    Function{"hasValue", 0, 0, has_value_function},
    Function{"getValue", 0, 0, get_value},
    Function{"extension", 1, 1, extension, Flow::Extension},
    Function{"hasExtension", 1, 1, has_extension},
    Function{"resolve", 0, 0, resolve},
    Function{"memberOf", 1, 1, member_of},
    Function{"conformsTo", 1, 1, conforms_to},
    Function{"htmlChecks", 0, 0, html_checks},
};

} // namespace

std::span<Function const> fhir_functions() noexcept {
  return functions;
}

} // namespace tripsis::fhirpath
