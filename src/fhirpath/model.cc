// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "fhirpath/model.hh"

#include <array>
#include <functional>

namespace tripsis::fhirpath {
namespace {

constexpr fhir::Type system(std::string_view name) {
  return {.name = name, .kind = fhir::TypeKind::Primitive};
}

// In the order of System.
constexpr std::array system_types{system("Boolean"), system("String"),  system("Integer"),
                                  system("Decimal"), system("Date"),    system("DateTime"),
                                  system("Time"),    system("Quantity")};
constexpr fhir::Type unknown{.name = ""};
constexpr fhir::Type type_info{.name = "SimpleTypeInfo"};

bool is_descendant(fhir::Type const& type, fhir::Type const& ancestor) {
  return &type == &ancestor || fhir::is_a(type.name, ancestor.name);
}

} // namespace

fhir::Type const* system_type(System kind) noexcept {
  return &system_types[static_cast<std::size_t>(kind)];
}

fhir::Type const* find_system_type(std::string_view name) noexcept {
  for (auto const& type : system_types)
    if (type.name == name)
      return &type;
  return nullptr;
}

bool is_system_type(fhir::Type const& type) noexcept {
  return std::less_equal<>{}(system_types.data(), &type) &&
         std::less<>{}(&type, system_types.data() + system_types.size());
}

fhir::Type const* unknown_type() noexcept {
  return &unknown;
}
fhir::Type const* type_info_type() noexcept {
  return &type_info;
}

fhir::Type const* system_type_of(fhir::Type const& type) noexcept {
  if (type.kind != fhir::TypeKind::Primitive)
    return type.name == "Quantity" || type.base == "Quantity" ? system_type(System::Quantity) : nullptr;
  auto const name = type.name;
  if (name == "boolean")
    return system_type(System::Boolean);
  if (name == "integer" || name == "positiveInt" || name == "unsignedInt")
    return system_type(System::Integer);
  if (name == "decimal")
    return system_type(System::Decimal);
  if (name == "date")
    return system_type(System::Date);
  if (name == "dateTime" || name == "instant")
    return system_type(System::DateTime);
  if (name == "time")
    return system_type(System::Time);
  return system_type(System::String);
}

json::Value const& null_value() noexcept {
  static json::Value const null;
  return null;
}

bool is_of_type(Item const& item, TypeName const& name) {
  auto const& type = item.definition();
  if (is_system_type(type))
    return &type == name.system;
  return name.fhir != nullptr && is_descendant(type, *name.fhir);
}

bool may_become(Item const& item, TypeName const& name) {
  auto const& type = item.definition();
  if (is_system_type(type))
    return &type == name.system;
  if (name.fhir == nullptr)
    return system_type_of(type) == name.system && type.kind == fhir::TypeKind::Primitive;
  return type.kind == fhir::TypeKind::Primitive ? &type == name.fhir : is_descendant(type, *name.fhir);
}

fhir::Type const* element_type(std::string_view code) noexcept {
  return code == "Resource" ? nullptr : fhir::find_type(code);
}

Binding bind(fhir::Type const& owner, fhir::Element const& element) {
  Binding out{&owner, &element, {}};
  out.types.reserve(element.types.size());
  for (auto const& type : element.types)
    out.types.push_back(element_type(type.code));
  return out;
}

fhir::Type const* Navigator::type_by_content(json::Value const& value) noexcept {
  switch (value.kind()) {
  case json::Kind::Object: {
    auto const* found = fhir::find_type(value.text("resourceType"));
    return found != nullptr ? found : unknown_type();
  }
  case json::Kind::Bool:
    return system_type(System::Boolean);
  case json::Kind::String:
    return system_type(System::String);
  case json::Kind::Number:
    return system_type(value.lexeme().find_first_of(".eE") == std::string::npos ? System::Integer
                                                                                : System::Decimal);
  default:
    return unknown_type();
  }
}

} // namespace tripsis::fhirpath
