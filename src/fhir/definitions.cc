// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Look-ups in the generated tables: binary searches, and a walk over the few elements of one type.
#include "fhir/definitions.hh"

#include "fhir/definitions_tables.hh"

#include <algorithm>
#include <functional>

namespace tripsis::fhir {
namespace {

/// The row whose `key` is `name`, or nullptr. `rows` are sorted by `key`.
template <class Row, class Key>
Row const* find_row(std::span<Row const> rows, std::string_view name, Key key) noexcept {
  auto const row = std::ranges::lower_bound(rows, name, {}, key);
  return row != rows.end() && std::invoke(key, *row) == name ? &*row : nullptr;
}

} // namespace

Type::Found Type::find_json(std::string_view json_name) const noexcept {
  for (auto const& element : elements)
    for (std::size_t i = 0; i < element.json_names.size(); ++i)
      if (element.json_names[i] == json_name)
        return {.element = &element, .type = &element.types[i]};
  return {};
}

Element const* Type::find(std::string_view element_name) const noexcept {
  auto const element = std::ranges::find(elements, element_name, &Element::name);
  return element != elements.end() ? &*element : nullptr;
}

Type const* find_type(std::string_view name) noexcept {
  return find_row(tables::all.types, name, &Type::name);
}

std::span<Type const* const> resource_types() noexcept {
  return tables::all.resources;
}

bool is_resource_type(std::string_view name) noexcept {
  auto const* type = find_type(name);
  return type != nullptr && type->kind == TypeKind::Resource && !type->abstract;
}

bool is_a(std::string_view type, std::string_view ancestor) noexcept {
  while (type != ancestor) {
    auto const* found = find_type(type);
    if (found == nullptr || found->base.empty())
      return false;
    type = found->base;
  }
  return true;
}

std::span<SearchParameter const> search_parameters(std::string_view type) noexcept {
  return std::ranges::equal_range(tables::all.parameters, type, {}, &SearchParameter::type);
}

SearchParameter const* find_search_parameter(std::string_view type, std::string_view code) noexcept {
  return find_row(search_parameters(type), code, &SearchParameter::code);
}

std::string_view definitions_version() noexcept {
  return tables::all.version;
}

std::span<std::string_view const> patient_compartment(std::string_view type) noexcept {
  auto const* row = find_row(tables::all.patient_compartment, type, &tables::Compartment::type);
  return row != nullptr ? row->parameters : std::span<std::string_view const>{};
}

std::span<Code const> required_codes(std::string_view value_set) noexcept {
  auto const* row = find_row(tables::all.value_sets, value_set, &tables::ValueSet::url);
  return row != nullptr ? row->codes : std::span<Code const>{};
}

} // namespace tripsis::fhir
