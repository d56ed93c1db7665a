// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// http://hl7.org/fhirpath/N1/#existence
#include "fhirpath/functions.hh"

#include <algorithm>
#include <array>

namespace tripsis::fhirpath {
namespace {

Result<> empty(Call const& call) {
  return call.give(call.is_empty());
}

Result<> exists(Call const& call) {
  if (call.argument_count() == 0)
    return call.give(!call.is_empty());
  for (std::size_t i = 0; call.base + i < call.evaluator.size(); ++i)
    if (TRY(call.test(0, Item{call.input()[i]}, i)) == Truth::True)
      return call.give(true);
  return call.give(false);
}

Result<> all(Call const& call) {
  for (std::size_t i = 0; call.base + i < call.evaluator.size(); ++i)
    if (TRY(call.test(0, Item{call.input()[i]}, i)) != Truth::True)
      return call.give(false);
  return call.give(true);
}

enum class Quantifier : unsigned char { All, Any };

/// allTrue, anyTrue, allFalse, anyFalse
template <Quantifier quantifier, bool wanted>
Result<> booleans(Call const& call) {
  std::size_t found = 0;
  for (auto const& item : call.input()) {
    if (!item.value().is_bool())
      return call.wrong("takes booleans");
    found += item.value().boolean() == wanted ? 1 : 0;
  }
  return call.give(quantifier == Quantifier::All ? found == call.input().size() : found > 0);
}

bool is_subset(std::span<Item const> part, std::span<Item const> whole, Comparing comparing) {
  return std::ranges::all_of(part, [&](Item const& item) { return contains(whole, item, comparing); });
}

Result<> subset_of(Call const& call) {
  auto const other = TRY(call.collect(0));
  return call.give(is_subset(call.input(), other, call.evaluator.comparing()));
}

Result<> superset_of(Call const& call) {
  auto const other = TRY(call.collect(0));
  return call.give(is_subset(other, call.input(), call.evaluator.comparing()));
}

Result<> count(Call const& call) {
  return call.give(integer_item(std::ssize(call.input())));
}

Result<> distinct(Call const& call) {
  return call.evaluator.make_distinct(call.base);
}

Result<> is_distinct(Call const& call) {
  auto const before = call.evaluator.size();
  TRY(call.evaluator.make_distinct(call.base));
  return call.give(call.evaluator.size() == before);
}

Result<> negation(Call const& call) {
  auto const value = TRY(to_truth(call.input()));
  if (value == Truth::Empty)
    return call.give_nothing();
  return call.give(value == Truth::False);
}

constexpr std::array functions{
    Function{"empty", 0, 0, empty},
    Function{"exists", 0, 1, exists, Flow::Unknown, ArgumentFocus::Item},
    Function{"all", 1, 1, all, Flow::Unknown, ArgumentFocus::Item},
    Function{"allTrue", 0, 0, booleans<Quantifier::All, true>},
    Function{"anyTrue", 0, 0, booleans<Quantifier::Any, true>},
    Function{"allFalse", 0, 0, booleans<Quantifier::All, false>},
    Function{"anyFalse", 0, 0, booleans<Quantifier::Any, false>},
    Function{"subsetOf", 1, 1, subset_of},
    Function{"supersetOf", 1, 1, superset_of},
    Function{"count", 0, 0, count},
    Function{"distinct", 0, 0, distinct, Flow::Input},
    Function{"isDistinct", 0, 0, is_distinct},
    Function{"not", 0, 0, negation},
};

} // namespace

std::span<Function const> existence_functions() noexcept {
  return functions;
}

} // namespace tripsis::fhirpath
