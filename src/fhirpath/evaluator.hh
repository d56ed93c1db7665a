// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Evaluates a tree. All intermediate results lie on one stack of items: a node pushes its result, and an
// operation replaces what its operands pushed. The stack becomes the result at the end, so that a plain
// path allocates nothing else.
#pragma once

#include "fhirpath/ast.hh"
#include "fhirpath/values.hh"

#include <span>

namespace tripsis::fhirpath {

constexpr std::size_t max_items = 1'000'000; ///< On the stack at once. Ours.

/// What $this, $index and $total mean at a place of the expression.
struct Scope {
  Item const& self;
  std::int64_t index = 0;
  Collection const* total = nullptr;
};

/// For one evaluation, on one thread.
class Evaluator {
public:
  Evaluator(Context const& context, Item const& focus);

  /// Pushes the node's result.
  Result<> evaluate(Node const& node, Scope const& scope);
  /// The node's result as a condition. Leaves the stack as it was.
  Result<Truth> condition(Node const& node, Scope const& scope);
  /// The node's result, taken off the stack.
  Result<Collection> collect(Node const& node, Scope const& scope);

  void push(Item item);
  std::size_t size() const noexcept { return stack_.size(); }
  Item& at(std::size_t i) { return stack_[i]; }
  std::span<Item> from(std::size_t base) { return std::span{stack_}.subspan(base); }
  void shrink(std::size_t size) {
    stack_.erase(stack_.begin() + static_cast<std::ptrdiff_t>(size), stack_.end());
  }
  void erase(std::size_t first, std::size_t last);
  Collection take() { return std::move(stack_); }
  /// Keeps the first of equal items among those from `base` on.
  Result<> make_distinct(std::size_t base);

  Context const& context() const noexcept { return context_; }
  Item const& focus() const noexcept { return focus_; }
  json::Value const* resource() const noexcept; ///< %resource, or nullptr
  json::Value const* root_resource() const noexcept;
  Comparing comparing() noexcept { return {zone_minutes(), work_}; }
  Result<> charge(std::size_t work = 1);

private:
  Result<> path(Node const& node, Scope const& scope);
  void walk(Item const& item, std::span<Step const> steps);
  Result<> call(Node const& node, Scope const& scope);
  Result<> indexer(Node const& node, Scope const& scope);
  Result<> polarity(Node const& node, Scope const& scope);
  Result<> type_test(Node const& node, Scope const& scope);
  Result<> type_cast(Node const& node, Scope const& scope);
  Result<> variable(Node const& node);
  Result<> binary(Node const& node, Scope const& scope);
  Result<> logic(Node const& node, Scope const& scope);
  Result<> input(Node const& node, Scope const& scope);
  int zone_minutes() noexcept;

  Context const& context_;
  Item const& focus_;
  Collection stack_;
  std::size_t work_ = 0;
  std::optional<int> zone_minutes_;
};

/// The operators that reckon: * / div mod + - &. Both operands are single.
Result<std::optional<Item>> reckon(Operator op, Item const& a, Item const& b);

/// A collection as a condition, where it may be no answer.
Result<Truth> to_truth(std::span<Item const> items);

} // namespace tripsis::fhirpath
