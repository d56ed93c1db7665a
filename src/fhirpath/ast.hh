// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A parsed expression. Names that follow each other (`Patient.name.given`) are one Path node, so that the
// usual expression is walked without intermediate collections; its steps carry what the binder found out
// about types.
#pragma once

#include "fhir/definitions.hh"
#include "fhirpath/fhirpath.hh"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace re2 {
class RE2;
}

namespace tripsis::fhirpath {

struct Function;

enum class NodeKind : unsigned char {
  Literal,
  Empty, ///< {}
  This,
  Index,
  Total,
  Variable,
  Path,
  Call,
  Indexer,
  Plus,
  Minus,
  Binary,
  Is, ///< `is T` and is(T)
  As, ///< `as T`, as(T) and ofType(T)
};

enum class Operator : unsigned char {
  Multiply,
  Divide,
  IntegerDivide,
  Modulo,
  Add,
  Subtract,
  Concatenate,
  Union,
  Less,
  LessOrEqual,
  Greater,
  GreaterOrEqual,
  Equal,
  Equivalent,
  NotEqual,
  NotEquivalent,
  In,
  Contains,
  And,
  Or,
  Xor,
  Implies,
};

/// How many items an As may have as its input.
enum class Many : unsigned char {
  Allowed, ///< ofType(), and the operator `as`: FHIR R4's search parameters use it on repeating elements
  Refused, ///< as()
};

/// An element as it is found on items of one type.
struct Binding {
  fhir::Type const* owner;
  fhir::Element const* element;
  std::vector<fhir::Type const*> types; ///< One a JSON name; nullptr: the value's own resourceType tells it
};

struct Step {
  std::string name;
  std::size_t position;
  std::vector<Binding> bindings; ///< What is known before evaluation; other owners are looked up then
};

/// A type as an expression names it: `Quantity`, `FHIR.Quantity`, `System.Boolean`.
struct TypeName {
  fhir::Type const* fhir = nullptr;   ///< Of that name in FHIR, where it may be meant
  fhir::Type const* system = nullptr; ///< Of that name in System, where it may be meant
};

struct Node {
  NodeKind kind;
  std::size_t position = 0;
  std::vector<std::unique_ptr<Node>>
      operands;     ///< Call, Indexer, Path, Is, As: the input first, nullptr where it is $this
  std::string name; ///< Variable: its name
  std::optional<Item> literal;
  fhir::Type const* root =
      nullptr; ///< Path: the type that its first name names, when the input may be that type itself
  std::vector<Step> steps;       ///< Path
  TypeName type;                 ///< Is, As
  Many many = Many::Allowed;     ///< As
  Operator op = Operator::Equal; ///< Binary
  Function const* function = nullptr;
  std::shared_ptr<re2::RE2 const> regex; ///< Call of matches() or its kin whose pattern is a literal
  int height = 1;                        ///< Of the tree below, which bounds the recursion of evaluating it
};

} // namespace tripsis::fhirpath
