// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "fhirpath/evaluator.hh"

#include "fhirpath/functions.hh"
#include "fhirpath/model.hh"

#include <algorithm>

#include <fmt/format.h>

namespace tripsis::fhirpath {
namespace {

constexpr std::size_t usual_result = 8;

std::unexpected<Error> several(std::string_view where) {
  return fail(Fault::Value, fmt::format("FHIRPath: {} was given several items where it takes one.", where));
}

std::string_view known_variable(std::string_view name) {
  if (name == "ucum")
    return "http://unitsofmeasure.org";
  if (name == "sct")
    return "http://snomed.info/sct";
  if (name == "loinc")
    return "http://loinc.org";
  return {};
}

} // namespace

Evaluator::Evaluator(Context const& context, Item const& focus) : context_{context}, focus_{focus} {
  stack_.reserve(usual_result);
}

void Evaluator::push(Item item) {
  // Text that was made costs as much as it is long, or doubling it would soon need more memory than there
  // is.
  bool const made_text = !item.is_node() && item.value().is_string();
  work_ += made_text ? item.value().string().size() + 1 : 1;
  stack_.push_back(std::move(item));
}

void Evaluator::erase(std::size_t first, std::size_t last) {
  stack_.erase(stack_.begin() + static_cast<std::ptrdiff_t>(first),
               stack_.begin() + static_cast<std::ptrdiff_t>(last));
}

Result<> Evaluator::charge(std::size_t work) {
  work_ += work;
  if (work_ > max_work || stack_.size() > max_items) [[unlikely]]
    return fail(Fault::TooLong, "FHIRPath: this expression asks for more work than is accepted.");
  return {};
}

json::Value const* Evaluator::resource() const noexcept {
  if (context_.resource != nullptr)
    return context_.resource;
  return focus_.definition().kind == fhir::TypeKind::Resource && focus_.is_node() ? &focus_.value()
                                                                                  : nullptr;
}

json::Value const* Evaluator::root_resource() const noexcept {
  return context_.root_resource != nullptr ? context_.root_resource : resource();
}

int Evaluator::zone_minutes() noexcept {
  if (!zone_minutes_) {
    auto const now = Temporal::parse(context_.now, System::DateTime);
    zone_minutes_ = now ? now->offset_minutes.value_or(0) : 0;
  }
  return *zone_minutes_;
}

Result<> Evaluator::evaluate(Node const& node, Scope const& scope) {
  switch (node.kind) {
  case NodeKind::Literal:
    push(*node.literal);
    return {};
  case NodeKind::Empty:
    return {};
  case NodeKind::This:
    push(scope.self);
    return {};
  case NodeKind::Index:
    push(integer_item(scope.index));
    return {};
  case NodeKind::Total:
    if (scope.total != nullptr)
      for (auto const& item : *scope.total)
        push(item);
    return {};
  case NodeKind::Variable:
    return variable(node);
  case NodeKind::Path:
    return path(node, scope);
  case NodeKind::Call:
    return call(node, scope);
  case NodeKind::Indexer:
    return indexer(node, scope);
  case NodeKind::Plus:
  case NodeKind::Minus:
    return polarity(node, scope);
  case NodeKind::Binary:
    return node.op >= Operator::And ? logic(node, scope) : binary(node, scope);
  case NodeKind::Is:
    return type_test(node, scope);
  case NodeKind::As:
    return type_cast(node, scope);
  }
  std::unreachable();
}

Result<Truth> Evaluator::condition(Node const& node, Scope const& scope) {
  auto const base = size();
  TRY(evaluate(node, scope));
  auto const out = to_truth(from(base));
  shrink(base);
  return out;
}

Result<Collection> Evaluator::collect(Node const& node, Scope const& scope) {
  auto const base = size();
  TRY(evaluate(node, scope));
  Collection out{std::make_move_iterator(stack_.begin() + static_cast<std::ptrdiff_t>(base)),
                 std::make_move_iterator(stack_.end())};
  shrink(base);
  return out;
}

Result<> Evaluator::input(Node const& node, Scope const& scope) {
  if (node.operands.front())
    return evaluate(*node.operands.front(), scope);
  push(scope.self);
  return {};
}

void Evaluator::walk(Item const& item, std::span<Step const> steps) {
  if (steps.empty()) {
    push(item);
    return;
  }
  Navigator::named(item, steps.front(), [&](Item const& child) { walk(child, steps.subspan(1)); });
}

Result<> Evaluator::path(Node const& node, Scope const& scope) {
  if (!node.operands.front()) {
    auto const& type = scope.self.definition();
    bool const is_root =
        node.root == nullptr || &type == node.root || is_of_type(scope.self, {.fhir = node.root});
    if (is_root)
      walk(scope.self, node.steps);
    return charge();
  }
  auto const base = size();
  TRY(evaluate(*node.operands.front(), scope));
  auto const end = size();
  if (end == base)
    return {};
  // Pushing may move the stack, so the item that is walked from is a copy.
  for (auto i = base; i < end; ++i)
    walk(Item{stack_[i]}, node.steps);
  erase(base, end);
  return charge();
}

Result<> Evaluator::call(Node const& node, Scope const& scope) {
  auto const base = size();
  TRY(input(node, scope));
  TRY(charge());
  TRY(node.function->run(Call{*this, node, scope, base}));
  return charge();
}

Result<> Evaluator::indexer(Node const& node, Scope const& scope) {
  auto const base = size();
  TRY(input(node, scope));
  auto const index = TRY(collect(*node.operands[1], scope));
  if (index.empty()) {
    shrink(base);
    return {};
  }
  auto const value = system_value(index.front());
  auto const* number = std::get_if<Number>(&value);
  auto const n = number != nullptr && number->is_integer ? to_integer(number->value) : std::nullopt;
  if (index.size() > 1 || !n)
    return fail(Fault::Value, "FHIRPath: [ ] takes one integer.");
  if (*n < 0 || static_cast<std::size_t>(*n) >= size() - base) {
    shrink(base);
    return {};
  }
  auto const found = base + static_cast<std::size_t>(*n);
  shrink(found + 1);
  erase(base, found);
  return {};
}

Result<> Evaluator::polarity(Node const& node, Scope const& scope) {
  auto const base = size();
  TRY(evaluate(*node.operands.front(), scope));
  if (size() == base)
    return {};
  if (size() - base > 1)
    return several("a sign");
  auto value = system_value(at(base));
  if (auto* number = std::get_if<Number>(&value)) {
    if (node.kind == NodeKind::Minus) {
      number->value.digits = -number->value.digits;
      at(base) = number_item(*number);
    }
    return {};
  }
  if (auto* quantity = std::get_if<Quantity>(&value)) {
    if (node.kind == NodeKind::Minus) {
      quantity->value.digits = -quantity->value.digits;
      at(base) = quantity_item(*quantity);
    }
    return {};
  }
  return fail(Fault::Value, "FHIRPath: a sign stands before what is no number.");
}

Result<> Evaluator::type_test(Node const& node, Scope const& scope) {
  auto const base = size();
  TRY(input(node, scope));
  if (size() == base)
    return {};
  if (size() - base > 1)
    return several("is");
  at(base) = Item::boolean(is_of_type(at(base), node.type));
  return {};
}

Result<> Evaluator::type_cast(Node const& node, Scope const& scope) {
  auto const base = size();
  TRY(input(node, scope));
  if (node.many == Many::Refused && size() - base > 1)
    return several("as()");
  auto const kept = std::remove_if(stack_.begin() + static_cast<std::ptrdiff_t>(base), stack_.end(),
                                   [&](Item const& item) { return !may_become(item, node.type); });
  stack_.erase(kept, stack_.end());
  return {};
}

Result<> Evaluator::variable(Node const& node) {
  std::string_view const name = node.name;
  for (auto const& [known, value] : context_.variables)
    if (known == name) {
      for (auto const& item : value)
        push(item);
      return charge(value.size());
    }
  if (name == "context") {
    push(focus_);
  } else if (name == "resource" || name == "rootResource") {
    if (auto const* found = name == "resource" ? resource() : root_resource(); found != nullptr)
      push(Item::resource(*found));
  } else if (auto const text = known_variable(name); !text.empty()) {
    push(string_item(std::string{text}));
  } else if (name.starts_with("vs-")) {
    push(string_item("http://hl7.org/fhir/ValueSet/" + std::string{name.substr(3)}));
  } else if (name.starts_with("ext-")) {
    push(string_item("http://hl7.org/fhir/StructureDefinition/" + std::string{name.substr(4)}));
  } else {
    return fail(Fault::Value, "FHIRPath: a variable that is not defined is used.");
  }
  return {};
}

Result<> Evaluator::make_distinct(std::size_t base) {
  constexpr std::size_t few = 24; // up to which comparing all with all is faster than remembering hashes
  bool const hashed = size() - base > few;
  DistinctItems seen{comparing()};
  auto kept = base;
  for (auto i = base; i < size(); ++i) {
    TRY(charge());
    bool const is_new =
        hashed ? seen.add(stack_[i]) : !contains(from(base).first(kept - base), stack_[i], comparing());
    if (!is_new)
      continue;
    if (kept != i)
      stack_[kept] = std::move(stack_[i]);
    ++kept;
  }
  shrink(kept);
  return charge();
}

Result<Truth> to_truth(std::span<Item const> items) {
  if (items.empty())
    return Truth::Empty;
  if (items.size() > 1)
    return several("a condition");
  auto const& value = items.front().value();
  return truth(value.is_bool() ? value.boolean() : true);
}

} // namespace tripsis::fhirpath
