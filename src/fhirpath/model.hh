// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// FHIR's types as FHIRPath sees them (https://hl7.org/fhir/R4/fhirpath.html#types), the System types beside
// them, and the way from an item to its children.
#pragma once

#include "fhirpath/ast.hh"
#include "fhirpath/temporal.hh"

#include <algorithm>

namespace tripsis::fhirpath {

fhir::Type const* system_type(System kind) noexcept;
fhir::Type const* find_system_type(std::string_view name) noexcept;
inline System kind_of(fhir::Type const& system) noexcept; ///< Of a System type
bool is_system_type(fhir::Type const& type) noexcept;
/// Of a node whose type is not known.
fhir::Type const* unknown_type() noexcept;
/// System.SimpleTypeInfo, what type() gives.
fhir::Type const* type_info_type() noexcept;
/// The System type that values of a FHIR primitive are converted to; nullptr for other types.
fhir::Type const* system_type_of(fhir::Type const& fhir) noexcept;
json::Value const& null_value() noexcept;

/// Whether an item of that type is of the named type or of one that descends from it.
bool is_of_type(Item const& item, TypeName const& name);
/// The stricter rule of as() and ofType(): a primitive must be of just that type (a code is no string), or
/// of one that converts to the System type of that name.
bool may_become(Item const& item, TypeName const& name);

/// The type of that code; nullptr where the resource itself tells it.
fhir::Type const* element_type(std::string_view code) noexcept;

/// Where an element of `owner` leads to.
Binding bind(fhir::Type const& owner, fhir::Element const& element);

/// Makes items; the only one who may set their parts.
class Navigator {
public:
  static Item item(json::Value const* value, json::Value const* extras,
                   std::shared_ptr<json::Value const> owned, fhir::Type const* type) noexcept {
    return Item{value, extras, std::move(owned), type};
  }

  /// Calls sink(Item) for each child of that name.
  template <class Sink>
  static void named(Item const& item, Step const& step, Sink&& sink);
  /// Calls sink(Item) for each child, in the order of the JSON.
  template <class Sink>
  static void all(Item const& item, Sink&& sink);

private:
  /// The object that holds the members: a primitive's are in its sibling.
  static json::Object const* members(Item const& item) noexcept {
    auto const* source = item.value_->is_object() ? item.value_ : item.extras_;
    return source != nullptr && source->is_object() ? &source->object() : nullptr;
  }

  /// One item, or one for each entry of an array.
  template <class Sink>
  static void emit(Item const& parent, json::Value const* value, json::Value const* extras,
                   fhir::Type const* type, Sink& sink) {
    bool const many = (value != nullptr && value->is_array()) || (extras != nullptr && extras->is_array());
    if (!many) {
      emit_one(parent, value, extras, type, sink);
      return;
    }
    auto const count = [](json::Value const* v) {
      return v != nullptr && v->is_array() ? v->array().size() : 0;
    };
    for (std::size_t i = 0; i < std::max(count(value), count(extras)); ++i)
      emit_one(parent, i < count(value) ? &value->array()[i] : nullptr,
               i < count(extras) ? &extras->array()[i] : nullptr, type, sink);
  }

  template <class Sink>
  static void emit_one(Item const& parent, json::Value const* value, json::Value const* extras,
                       fhir::Type const* type, Sink& sink) {
    if (extras != nullptr && !extras->is_object())
      extras = nullptr;
    if (value == nullptr || value->is_null()) {
      if (extras == nullptr)
        return;
      value = &null_value();
    }
    sink(Item{value, extras, parent.owned_, type != nullptr ? type : type_by_content(*value)});
  }

  /// Of a resource within a resource, and of what lies in a node of unknown type.
  static fhir::Type const* type_by_content(json::Value const& value) noexcept;

  /// `type_of(i)` is the type that the element has under its i-th JSON name.
  template <class TypeOf, class Sink>
  static void element(Item const& item, json::Object const& object, fhir::Element const& element,
                      TypeOf type_of, Sink& sink);
  template <class Sink>
  static void untyped(Item const& item, json::Object const& object, std::string_view name, Sink& sink);
};

inline System kind_of(fhir::Type const& system) noexcept {
  return static_cast<System>(&system - system_type(System::Boolean));
}

template <class TypeOf, class Sink>
void Navigator::element(Item const& item, json::Object const& object, fhir::Element const& element,
                        TypeOf type_of, Sink& sink) {
  auto const& names = element.json_names;
  // Only primitives have a sibling `_name`, so for others the search ends at the first find.
  auto const* only = names.size() == 1 ? type_of(0) : nullptr;
  bool const first_only = only != nullptr && only->kind != fhir::TypeKind::Primitive;
  json::Value const *value = nullptr, *extras = nullptr;
  std::size_t which = 0;
  for (auto const& member : object) {
    std::string_view key = member.name;
    bool const sibling = key.starts_with('_');
    key.remove_prefix(sibling ? 1 : 0);
    if (!key.starts_with(element.name))
      continue;
    auto const found = std::ranges::find(names, key);
    if (found == names.end())
      continue;
    which = static_cast<std::size_t>(found - names.begin());
    (sibling ? extras : value) = &member.value;
    if (first_only)
      break;
  }
  if (value != nullptr || extras != nullptr)
    emit(item, value, extras, only != nullptr ? only : type_of(which), sink);
}

template <class Sink>
void Navigator::untyped(Item const& item, json::Object const& object, std::string_view name, Sink& sink) {
  json::Value const *value = nullptr, *extras = nullptr;
  for (auto const& member : object) {
    if (member.name == name)
      value = &member.value;
    else if (member.name.size() == name.size() + 1 && member.name.front() == '_' &&
             member.name.ends_with(name))
      extras = &member.value;
  }
  if (value != nullptr || extras != nullptr)
    emit(item, value, extras, nullptr, sink);
}

template <class Sink>
void Navigator::named(Item const& item, Step const& step, Sink&& sink) {
  auto const* object = members(item);
  if (object == nullptr)
    return;
  for (auto const& binding : step.bindings)
    if (binding.owner == item.type_)
      return element(
          item, *object, *binding.element, [&](std::size_t i) { return binding.types[i]; }, sink);
  if (item.type_->elements.empty())
    return untyped(item, *object, step.name, sink);
  if (auto const* found = item.type_->find(step.name); found != nullptr)
    element(item, *object, *found, [&](std::size_t i) { return element_type(found->types[i].code); }, sink);
}

template <class Sink>
void Navigator::all(Item const& item, Sink&& sink) {
  auto const* object = members(item);
  if (object == nullptr)
    return;
  auto const sibling_of = [&](std::string_view name) -> json::Value const* {
    for (auto const& member : *object)
      if (member.name.size() == name.size() + 1 && member.name.front() == '_' &&
          member.name.ends_with(name))
        return &member.value;
    return nullptr;
  };
  auto const has = [&](std::string_view name) {
    return std::ranges::find(*object, name, &json::Member::name) != object->end();
  };
  for (auto const& member : *object) {
    std::string_view name = member.name;
    bool const sibling = name.starts_with('_');
    name.remove_prefix(sibling ? 1 : 0);
    if (name == "resourceType" || (sibling && has(name)))
      continue;
    fhir::Type const* type = nullptr;
    if (auto const found = item.type_->find_json(name); found)
      type = element_type(found.type->code);
    emit(item, sibling ? nullptr : &member.value, sibling ? &member.value : sibling_of(name), type, sink);
  }
}

} // namespace tripsis::fhirpath
