// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// https://hl7.org/fhir/R4/json.html: how elements, lists, primitives with extensions and resources stand in
// JSON.
#include "validation/structure.hh"

#include "validation/content.hh"
#include "validation/primitives.hh"

#include <algorithm>

#include <fmt/format.h>

namespace tripsis::validation {
namespace {

/// Whether the text may be shown as a step of a path: an element's name, not something that somebody typed.
bool looks_like_a_name(std::string_view text) {
  return !text.empty() && text.size() <= 40 && !('0' <= text.front() && text.front() <= '9') &&
         std::ranges::all_of(text, [](char c) {
           return ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z') || ('0' <= c && c <= '9') || c == '_';
         });
}

bool has_item(json::Value const* list, std::size_t index) {
  return list != nullptr && list->is_array() && index < list->array().size() &&
         !list->array()[index].is_null();
}

} // namespace

/// Which elements of a type an object has, and under which of their names in JSON.
struct Structure::Seen {
  std::array<std::uint8_t, fhir::most_elements>
      name{};           // 0: not seen; else the position of the name plus one
  std::size_t next = 0; // where the next member's element is likely to be
};

namespace {

/// Type::find_json, but starting where members in FHIR's order will be found at once.
fhir::Type::Found find_element(fhir::Type const& type, std::string_view name, std::size_t start) {
  auto const count = type.elements.size();
  for (std::size_t step = 0; step < count; ++step) {
    auto const& element = type.elements[start + step < count ? start + step : start + step - count];
    for (std::size_t i = 0; i < element.json_names.size(); ++i)
      if (element.json_names[i] == name)
        return {.element = &element, .type = &element.types[i]};
  }
  return {};
}

} // namespace

void Structure::resource(json::Value const& value, Path const& path) {
  if (auto const* type = resource_type(value, path)) {
    auto const scope = open_scope(value, path);
    members(value, *type, path, scope);
  }
}

fhir::Type const* Structure::resource_type(json::Value const& value, Path const& path) {
  if (!value.is_object()) {
    issues_.error(Fault::Structure, path, "A resource, which is a JSON object, is expected here.");
    return nullptr;
  }
  auto const* name = value.find("resourceType");
  if (name == nullptr || !name->is_string()) {
    issues_.error(Fault::Required, Path{path, "resourceType"}, "A resource must say its resourceType.");
    return nullptr;
  }
  if (!fhir::is_resource_type(name->string())) {
    issues_.error(Fault::Value, Path{path, "resourceType"}, "FHIR R4 knows no resource of this type.");
    return nullptr;
  }
  return fhir::find_type(name->string());
}

Scope Structure::open_scope(json::Value const& value, Path const& path) {
  Scope scope;
  auto const& list = value.items("contained");
  for (std::size_t i = 0; i < list.size(); ++i) {
    auto const id = list[i].text("id");
    if (!id.empty() && !scope.contained.emplace(id, list[i].text("resourceType")).second)
      issues_.error(Fault::Invariant, Path{Path{path, "contained"}.at(i), "id"},
                    "Another contained resource has this id.");
  }
  return scope;
}

// https://hl7.org/fhir/R4/references.html#contained
void Structure::contained(json::Value const& value, Path const& path, Scope const& scope) {
  auto const* type = resource_type(value, path);
  if (type == nullptr)
    return;
  if (value.find("id") == nullptr)
    issues_.error(Fault::Required, Path{path, "id"},
                  "A contained resource must have an id, or nothing could refer to it.");
  if (value.find("contained") != nullptr)
    issues_.error(Fault::Invariant, Path{path, "contained"},
                  "A contained resource may not contain others.");
  else
    members(value, *type, path, scope);
}

void Structure::inner_resource(json::Value const& value, std::string_view element, Path const& path,
                               Scope const& scope) {
  if (element == "contained")
    contained(value, path, scope);
  else
    resource(value, path);
}

void Structure::members(json::Value const& value, fhir::Type const& type, Path const& path,
                        Scope const& scope) {
  if (!value.is_object())
    return issues_.error(Fault::Structure, path, "A JSON object is expected here.");
  if (value.object().empty())
    return issues_.error(Fault::Structure, path,
                         "An object may not be empty; what is not known is left out.");
  Seen seen;
  for (auto const& each : value.object()) {
    if (issues_.full())
      return;
    member(each, value, type, seen, path, scope);
  }
  missing(type, seen, path);
  if (type.name == "Extension")
    check_extension(value, path, issues_);
}

void Structure::member(json::Member const& member, json::Value const& object, fhir::Type const& type,
                       Seen& seen, Path const& path, Scope const& scope) {
  if (member.name == "resourceType" && type.kind == fhir::TypeKind::Resource)
    return;
  bool const is_sibling = member.name.starts_with('_');
  auto const name = std::string_view{member.name}.substr(is_sibling ? 1 : 0);
  auto const found = find_element(type, name, seen.next);
  if (!found || (is_sibling && found.type->definition->kind != fhir::TypeKind::Primitive))
    return unknown(member.name, path);

  auto const place = static_cast<std::size_t>(found.element - type.elements.data());
  auto const as = static_cast<std::uint8_t>(found.type - found.element->types.data() + 1);
  seen.next = place + 1;
  Path const here{path, found.element->name};
  if (seen.name[place] != 0 && seen.name[place] != as)
    return issues_.error(Fault::Structure, here,
                         "This element may stand in one of its types only, and stands in two.");
  seen.name[place] = as;
  if (is_sibling)
    sibling(member, object, found, here, scope);
  else
    value(member, object, found, here, scope);
}

void Structure::unknown(std::string_view name, Path const& path) {
  constexpr std::string_view what = "FHIR R4 knows no such element here.";
  if (looks_like_a_name(name))
    issues_.report({.fault = Fault::Structure, .what = what}, Path{path, name});
  else
    issues_.report(
        {.fault = Fault::Structure, .what = "An object here has a member whose name is no element's."},
        path);
}

void Structure::value(json::Member const& member, json::Value const& object, fhir::Type::Found found,
                      Path const& path, Scope const& scope) {
  if (found.element->is_list())
    list(member, object, found, path, scope);
  else if (member.value.is_array())
    issues_.error(Fault::Structure, path,
                  "This element may stand once; a single value is expected, not an array.");
  else
    one(member.value, found, path, scope);
}

void Structure::list(json::Member const& member, json::Value const& object, fhir::Type::Found found,
                     Path const& path, Scope const& scope) {
  if (!member.value.is_array())
    return issues_.error(Fault::Structure, path,
                         "This element may stand more than once; an array is expected.");
  auto const& items = member.value.array();
  if (items.empty())
    return issues_.error(Fault::Structure, path,
                         "An array may not be empty; what is not known is left out.");
  json::Value const* extras = nullptr;
  for (std::size_t i = 0; i < items.size() && !issues_.full(); ++i) {
    if (!items[i].is_null()) {
      one(items[i], found, path.at(i), scope);
      continue;
    }
    if (extras == nullptr)
      extras = object.find("_" + member.name);
    if (!has_item(extras, i))
      issues_.error(Fault::Structure, path.at(i),
                    "null may stand here only where the list of extensions beside it has something.");
  }
}

void Structure::one(json::Value const& value, fhir::Type::Found found, Path const& path,
                    Scope const& scope) {
  auto const& element = *found.element;
  auto const& type = *found.type->definition;
  if (type.primitive != fhir::Primitive::None) {
    if (auto const problem = check_primitive(type.primitive, value))
      issues_.report(*problem, path);
    else if (type.primitive == fhir::Primitive::Code && !element.codes.empty())
      check_code(value.string(), element, path, issues_);
    return;
  }
  if (type.kind == fhir::TypeKind::Resource)
    return inner_resource(value, element.name, path, scope);
  members(value, type, path, scope);
  if (type.name == "Reference")
    check_reference(value, *found.type, scope, path, issues_);
  else if (type.name == "CodeableConcept" && !element.codes.empty())
    check_concept(value, element, path, issues_);
}

// https://hl7.org/fhir/R4/json.html#primitive
void Structure::sibling(json::Member const& member, json::Value const& object, fhir::Type::Found found,
                        Path const& path, Scope const& scope) {
  auto const* values = object.find(std::string_view{member.name}.substr(1));
  if (found.element->is_list()) {
    if (member.value.is_array())
      sibling_list(member.value, values, path, scope);
    else
      issues_.error(Fault::Structure, path, "The extensions of a list stand in an array beside it.");
    return;
  }
  members(member.value, *fhir::find_type("Element"), path, scope);
}

void Structure::sibling_list(json::Value const& extras, json::Value const* values, Path const& path,
                             Scope const& scope) {
  auto const& items = extras.array();
  if (items.empty())
    return issues_.error(Fault::Structure, path,
                         "An array may not be empty; what is not known is left out.");
  if (values != nullptr && values->is_array() && values->array().size() != items.size())
    return issues_.error(
        Fault::Structure, path,
        "The array of extensions must be as long as the list beside it; null keeps a place.");
  for (std::size_t i = 0; i < items.size() && !issues_.full(); ++i) {
    if (!items[i].is_null())
      members(items[i], *fhir::find_type("Element"), path.at(i), scope);
    else if (!has_item(values, i))
      issues_.error(Fault::Structure, path.at(i),
                    "null may stand here only where the list beside it has a value.");
  }
}

void Structure::missing(fhir::Type const& type, Seen const& seen, Path const& path) {
  for (std::size_t i = 0; i < type.elements.size(); ++i)
    if (auto const& element = type.elements[i]; element.min > 0 && seen.name[i] == 0)
      issues_.error(Fault::Required, Path{path, element.name}, "This element must be there.");
}

} // namespace tripsis::validation
