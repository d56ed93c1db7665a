// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// FHIRPath (http://hl7.org/fhirpath/N1/) over json::Value, with FHIR's types (https://hl7.org/fhir/R4/fhirpath.html).
//
// An expression is compiled once and evaluated many times. Values are not copied: an Item points into the resource, which must
// outlive the collection; computed values are owned by the Item.
#pragma once

#include "base/json/value.hh"
#include "base/result.hh"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tripsis::fhirpath {

/// One element of a collection.
class Item {
public:
  /// A resource, or an element of the named FHIR type. `value` must outlive the Item.
  static Item node(json::Value const& value, std::string_view type);
  /// A computed value of a System type ("Boolean", "String", "Integer", "Decimal", "Date", "DateTime", "Time", "Quantity").
  static Item computed(json::Value value, std::string_view type);

  json::Value const& value() const noexcept { return node_ != nullptr ? *node_ : *owned_; }
  /// "HumanName", "dateTime", "Patient.contact" …, or a System type's name. Static storage.
  std::string_view type() const noexcept { return type_; }
  bool is_node() const noexcept { return node_ != nullptr; }
  /// The `_name` sibling that carries id and extensions of a primitive, or nullptr.
  json::Value const* extras() const noexcept { return extras_; }

  json::Value const* node_ = nullptr;            // set by the evaluator; read through the accessors
  json::Value const* extras_ = nullptr;
  std::shared_ptr<json::Value const> owned_;
  std::string_view type_;
};

using Collection = std::vector<Item>;

/// What an evaluation may ask of its surroundings. Callbacks may be empty: then resolve() gives {} and memberOf() an error.
struct Context {
  json::Value const* resource = nullptr;         ///< %resource
  json::Value const* root_resource = nullptr;    ///< %rootResource
  std::function<json::Value const*(std::string_view reference)> resolve; ///< The result must outlive the evaluation
  std::function<Result<bool>(json::Value const& coded, std::string_view value_set)> member_of;
  std::string now;                               ///< now() and today(): an ISO instant with offset
};

/// Immutable once parsed; evaluate() may run on many threads at once.
class Expression {
public:
  /// Fault::Structure with the position for what the grammar refuses; Fault::NotSupported for a function that is not known.
  static Result<Expression> parse(std::string_view text);

  /// Fault::Value where the specification asks for an error (a singleton was expected, types do not compare …).
  Result<Collection> evaluate(Context const& context, Item const& focus) const;
  Result<Collection> evaluate(json::Value const& resource) const; ///< On a resource, with default surroundings

  Expression(Expression&&) noexcept;
  Expression& operator=(Expression&&) noexcept;
  ~Expression();

private:
  struct Node;
  explicit Expression(std::unique_ptr<Node const> root);
  std::unique_ptr<Node const> root_;
};

/// A collection as a condition: empty is false, one Boolean is itself, one other item is true; more is an error.
Result<bool> to_boolean(Collection const& collection);

} // namespace tripsis::fhirpath
