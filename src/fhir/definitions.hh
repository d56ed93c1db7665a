// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What FHIR R4 says about its types: elements, cardinalities, search parameters, compartments.
//
// The tables are compiled at build time by tools/compile_definitions.py from HL7's package
// hl7.fhir.r4.examples@4.0.1 (CC0) and lie read-only in the program; nothing is parsed at start. Everything
// here is immutable and thread-safe.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace tripsis::fhir {

enum class TypeKind : unsigned char {
  Resource,  ///< Patient, Observation …
  Complex,   ///< HumanName, Quantity …
  Backbone,  ///< An element defined inside a resource, named by its path: Patient.contact
  Primitive, ///< string, dateTime …
};

/// The primitive types by name, so that a caller can switch on them.
enum class Primitive : unsigned char {
  None, ///< Not a primitive type.
  Base64Binary,
  Boolean,
  Canonical,
  Code,
  Date,
  DateTime,
  Decimal,
  Id,
  Instant,
  Integer,
  Markdown,
  Oid,
  PositiveInt,
  String,
  Time,
  UnsignedInt,
  Uri,
  Url,
  Uuid,
  Xhtml,
};

struct Type;

/// One code of a code system.
struct Code {
  std::string_view system, code;
};

/// One type that an element may have.
struct ElementType {
  /// "HumanName", "string", "Reference", "Resource" (contained), "Patient.contact" …
  std::string_view code;
  /// Reference and canonical only: types referred to ("Patient", "Resource" = any).
  std::span<std::string_view const> targets;
  Type const* definition = nullptr; ///< What find_type(code) gives; never null in the tables.
};

/// How strictly a coded element is tied to its value set.
enum class Binding : unsigned char { None, Example, Preferred, Extensible, Required };

/// One child element of a type. A choice such as value[x] is one Element whose name is "value" and whose
/// json_names are "valueQuantity", "valueString" … in the order of `types`.
struct Element {
  std::string_view name; ///< "birthDate"; for a choice without [x]: "value"
  std::span<ElementType const> types;
  std::span<std::string_view const> json_names; ///< As in JSON; one, or one a type for a choice
  std::uint16_t min = 0;
  std::uint16_t max = 0; ///< 0xffff: *
  Binding binding = Binding::None;
  std::string_view value_set;  ///< Canonical of the bound value set without its version, or empty
  std::span<Code const> codes; ///< What required_codes(value_set) gives when the binding is required
  bool is_choice() const noexcept {
    return json_names.size() > 1 || (!json_names.empty() && json_names.front() != name);
  }
  bool is_list() const noexcept { return max > 1; }
};

struct Type {
  std::string_view name;
  TypeKind kind = TypeKind::Complex;
  bool abstract = false;
  std::string_view base; ///< "DomainResource", "Element", …; empty at the top
  /// All of them, inherited ones first (id, extension, meta …), in FHIR's order.
  std::span<Element const> elements;
  Primitive primitive = Primitive::None; ///< None unless kind is Primitive

  struct Found {
    Element const* element = nullptr;
    ElementType const* type = nullptr;
    explicit operator bool() const noexcept { return element != nullptr; }
  };
  /// By the name that stands in JSON ("valueQuantity", "birthDate"); not for "_birthDate".
  Found find_json(std::string_view json_name) const noexcept;
  /// By the name of FHIRPath ("value", "birthDate").
  Element const* find(std::string_view name) const noexcept;
};

/// No type has more elements than this, so that callers can keep something for each of them on the stack.
constexpr std::size_t most_elements = 64;

/// Any type by its name ("Patient", "HumanName", "Patient.contact", "string"); nullptr for none.
Type const* find_type(std::string_view name) noexcept;
/// The concrete resource types (146), sorted by name.
std::span<Type const* const> resource_types() noexcept;
/// Whether `name` is a concrete resource type.
bool is_resource_type(std::string_view name) noexcept;
/// Whether `type` is `ancestor` or descends from it (Age is a Quantity, Patient a DomainResource and a
/// Resource).
bool is_a(std::string_view type, std::string_view ancestor) noexcept;

enum class SearchType : unsigned char {
  Number,
  Date,
  String,
  Token,
  Reference,
  Composite,
  Quantity,
  Uri,
  Special
};

/// https://hl7.org/fhir/R4/searchparameter.html, one row for each (resource type, code).
struct SearchParameter {
  /// Stable for one version of the tables: stored in index rows (`p` of store.md). Never 0.
  std::uint16_t number = 0;
  std::string_view type; ///< "Observation"
  std::string_view code; ///< "subject"
  SearchType kind = SearchType::String;
  std::string_view expression; ///< FHIRPath, only the branches for this type: "Observation.subject"
  std::span<std::string_view const> targets; ///< Reference parameters: the types that may be referred to
  /// Composite: "code|expression-relative-to-the-composite's".
  std::span<std::string_view const> components;
};

/// Of one resource type, own and inherited (_id, _lastUpdated, _tag, _profile, _security, _source), sorted
/// by code.
std::span<SearchParameter const> search_parameters(std::string_view type) noexcept;
SearchParameter const* find_search_parameter(std::string_view type, std::string_view code) noexcept;
/// Identifies the tables: changes whenever numbers or expressions do, and then the index is rebuilt.
std::string_view definitions_version() noexcept;

/// The search parameters by which a resource of `type` belongs to a Patient's compartment
/// (https://hl7.org/fhir/R4/compartmentdefinition-patient.html).
/// A Patient also belongs to their own compartment, by id; that stands in no parameter.
std::span<std::string_view const> patient_compartment(std::string_view type) noexcept;

/// The codes of a value set that is bound as required and is small enough to be shipped (enumerations such
/// as administrative-gender); empty for others.
std::span<Code const> required_codes(std::string_view value_set) noexcept;

} // namespace tripsis::fhir
