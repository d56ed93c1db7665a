// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// FHIRPath (http://hl7.org/fhirpath/N1/) over json::Value, with FHIR's types
// (https://hl7.org/fhir/R4/fhirpath.html).
//
// An expression is compiled once and evaluated many times. Values are not copied: an Item points into the
// resource, which must outlive the collection; computed values are owned by the Item.
#pragma once

#include "base/json/value.hh"
#include "base/result.hh"
#include "fhir/definitions.hh"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tripsis::fhirpath {

/// One element of a collection. A value type; const access from many threads is safe.
class Item {
public:
  /// A resource, or an element of the named FHIR type. `value` must outlive the Item. A name that is no
  /// FHIR type makes a node whose members are found by their JSON names and have no FHIR type themselves.
  static Item node(json::Value const& value, std::string_view type, json::Value const* extras = nullptr);
  /// A resource, of the type that its resourceType names.
  static Item resource(json::Value const& resource);
  /// A computed value of a System type ("Boolean", "String", "Integer", "Decimal", "Date", "DateTime",
  /// "Time", "Quantity"). Dates and times are JSON strings without the literals' @; a Quantity is an object
  /// as FHIR writes it.
  static Item computed(json::Value value, std::string_view type);
  static Item boolean(bool value) noexcept;

  /// JSON null for a primitive that has only an id or extensions, and for a resource that resolve() could
  /// only tell the type of.
  json::Value const& value() const noexcept { return *value_; }
  /// "HumanName", "dateTime", "Patient.contact" …, or a System type's name; "" for a node of no known type.
  /// Static storage.
  std::string_view type() const noexcept { return type_->name; }
  fhir::Type const& definition() const noexcept { return *type_; }
  /// Whether this is a FHIR element or resource, and not a value of a System type.
  bool is_node() const noexcept;
  /// The `_name` sibling that carries id and extensions of a primitive, or nullptr.
  json::Value const* extras() const noexcept { return extras_; }

private:
  friend class Navigator;
  Item(json::Value const* value, json::Value const* extras, std::shared_ptr<json::Value const> owned,
       fhir::Type const* type) noexcept
      : value_{value}, extras_{extras}, owned_{std::move(owned)}, type_{type} {}

  json::Value const* value_;
  json::Value const* extras_;
  std::shared_ptr<json::Value const>
      owned_; // keeps what value_ points into, where that is no resource of the caller's
  fhir::Type const* type_;
};

using Collection = std::vector<Item>;

/// What an evaluation may ask of its surroundings. Callbacks may be empty.
struct Context {
  json::Value const* resource = nullptr; ///< %resource; where it is absent, the focus if that is a resource
  json::Value const* root_resource =
      nullptr; ///< %rootResource, which also holds what "#id" refers to; where absent, %resource
  /// The result must outlive the evaluation. Where there is no callback, or it finds nothing, resolve()
  /// gives an empty node of the type that the reference itself names, so that `resolve() is Patient` can be
  /// judged; nothing when it names none.
  std::function<json::Value const*(std::string_view reference)> resolve;
  /// Whether a code, Coding or CodeableConcept is in a value set. Without it memberOf() is an error.
  std::function<Result<bool>(json::Value const& coded, std::string_view value_set)> member_of;
  std::string now; ///< now() and today(): an ISO instant with offset; without it they are errors
  std::vector<std::pair<std::string, Collection>>
      variables; ///< %name, beside those that FHIRPath and FHIR define
};

/// What a name that no possible type of its input has is taken for.
enum class Checking : unsigned char {
  Lenient, ///< Nothing is found there.
  Strict,  ///< parse() refuses it, as far as types are known from the expression alone.
};

struct Node;

/// Immutable once parsed; evaluate() may run on many threads at once.
class Expression {
public:
  /// Fault::Structure with line and column for what the grammar refuses; Fault::NotSupported, naming it,
  /// for a function that is not known; Fault::Value for a type that is not known; Fault::TooLong for more
  /// nesting than 200. `focus_type` is the type that the expression will mostly be evaluated on, where it
  /// is known: it makes evaluation faster, and names can be checked. Evaluating on other types stays
  /// allowed.
  static Result<Expression> parse(std::string_view text, std::string_view focus_type = {},
                                  Checking checking = Checking::Lenient);

  /// Fault::Value where the specification asks for an error (a singleton was expected, types do not compare
  /// …); Fault::TooLong when the work goes beyond a fixed bound.
  Result<Collection> evaluate(Context const& context, Item const& focus) const;
  Result<Collection>
  evaluate(json::Value const& resource) const; ///< On a resource, with default surroundings

  Expression(Expression&&) noexcept;
  Expression& operator=(Expression&&) noexcept;
  ~Expression();

private:
  explicit Expression(std::unique_ptr<Node const> root);
  std::unique_ptr<Node const> root_;
};

/// A collection as a condition: empty is false, one Boolean is itself, one other item is true; more is an
/// error.
Result<bool> to_boolean(Collection const& collection);

} // namespace tripsis::fhirpath
