// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "fhirpath/binder.hh"

#include "fhirpath/functions.hh"
#include "fhirpath/lexer.hh"
#include "fhirpath/model.hh"

#include <algorithm>

#include <fmt/format.h>

namespace tripsis::fhirpath {
namespace {

/// The types that items at some place can have; nullopt: any. Items of System types are left out: they have
/// no members.
using Types = std::optional<std::vector<fhir::Type const*>>;

constexpr std::size_t most_types = 60; ///< Beyond it, looking one up costs more than it saves

void merge(Types& into, Types const& more) {
  if (!into || !more) {
    into.reset();
    return;
  }
  for (auto const* type : *more)
    if (std::ranges::find(*into, type) == into->end())
      into->push_back(type);
  if (into->size() > most_types)
    into.reset();
}

class Binder {
public:
  Binder(fhir::Type const* focus, Checking checking, std::string_view text)
      : focus_{only(focus)}, checking_{checking}, text_{text} {}

  Result<Types> types_of(Node& node, Types const& self) {
    switch (node.kind) {
    case NodeKind::Literal:
    case NodeKind::Empty:
    case NodeKind::Index:
      return Types{std::in_place};
    case NodeKind::This:
      return self;
    case NodeKind::Variable:
      return node.name == "context" ? focus_ : Types{};
    case NodeKind::Path:
      return path(node, self);
    case NodeKind::Call:
      return call(node, self);
    case NodeKind::Is:
      TRY(input_of(node, self));
      return Types{std::in_place};
    case NodeKind::As:
      TRY(input_of(node, self));
      return as(node);
    case NodeKind::Indexer: {
      auto const input = TRY(input_of(node, self));
      TRY(types_of(*node.operands[1], self));
      return input;
    }
    case NodeKind::Binary: {
      auto out = TRY(types_of(*node.operands[0], self));
      merge(out, TRY(types_of(*node.operands[1], self)));
      return node.op == Operator::Union ? out : Types{std::in_place};
    }
    default:
      for (auto const& operand : node.operands)
        TRY(types_of(*operand, self));
      return Types{};
    }
  }

  Types const& focus() const { return focus_; }

private:
  static Types only(fhir::Type const* type) { return type != nullptr ? Types{std::vector{type}} : Types{}; }

  Result<Types> input_of(Node& node, Types const& self) {
    if (node.operands.front())
      return types_of(*node.operands.front(), self);
    return self;
  }

  /// Descendants of a type that has any (Quantity, Resource …) are not enumerated.
  static Types as(Node const& node) {
    auto const* type = node.type.fhir;
    if (type == nullptr || type->abstract || type->kind == fhir::TypeKind::Primitive ||
        type->name == "Quantity")
      return Types{};
    return only(type);
  }

  Result<Types> path(Node& node, Types const& self) {
    auto types = TRY(input_of(node, self));
    if (node.root != nullptr)
      types = node.root->abstract ? Types{} : only(node.root);
    for (auto& step : node.steps)
      types = TRY(member(step, types));
    return types;
  }

  Result<Types> member(Step& step, Types const& owners) {
    if (!owners)
      return Types{};
    Types out{std::in_place};
    bool found = owners->empty();
    for (auto const* owner : *owners) {
      auto const* element = owner->find(step.name);
      bool const typed = !owner->elements.empty();
      if (!typed)
        out.reset();
      found = found || element != nullptr || !typed;
      if (element == nullptr)
        continue;
      step.bindings.push_back(bind(*owner, *element));
      for (auto const* type : step.bindings.back().types)
        merge(out, only(type));
    }
    if (!found && checking_ == Checking::Strict)
      return fail(Fault::Value, fmt::format("FHIRPath: {} is no element of what stands before it, {}.",
                                            step.name, place(text_, step.position)));
    return out;
  }

  Result<Types> call(Node& node, Types const& self) {
    auto const input = TRY(input_of(node, self));
    // What repeat() and aggregate() give back is looked at by them again.
    bool const again = node.function->name == "repeat" || node.function->name == "repeatAll";
    auto const& focus = again ? any_ : node.function->focus == ArgumentFocus::Item ? input : self;
    Types first{std::in_place};
    for (std::size_t i = 1; i < node.operands.size(); ++i) {
      auto const types = TRY(types_of(*node.operands[i], focus));
      if (i == 1)
        first = types;
    }
    switch (node.function->flow) {
    case Flow::Input:
      return input;
    case Flow::Argument:
      return first;
    case Flow::Either:
      merge(first, input);
      return first;
    case Flow::Extension:
      return only(fhir::find_type("Extension"));
    default:
      return Types{};
    }
  }

  Types const focus_;
  Types const any_;
  Checking checking_;
  std::string_view text_;
};

} // namespace

Result<> bind_tree(Node& root, fhir::Type const* focus, Checking checking, std::string_view text) {
  Binder binder{focus, checking, text};
  TRY(binder.types_of(root, binder.focus()));
  return {};
}

} // namespace tripsis::fhirpath
