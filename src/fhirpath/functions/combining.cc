// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// http://hl7.org/fhirpath/N1/#combining, and iif()
#include "fhirpath/functions.hh"

#include <array>

namespace tripsis::fhirpath {
namespace {

Result<> combine(Call const& call) {
  TRY(call.evaluator.evaluate(call.argument(0), call.scope));
  return call.evaluator.charge();
}

Result<> union_of(Call const& call) {
  TRY(call.evaluator.evaluate(call.argument(0), call.scope));
  return call.evaluator.make_distinct(call.base);
}

Result<> coalesce(Call const& call) {
  for (std::size_t i = 0; i < call.argument_count(); ++i)
    if (auto found = TRY(call.collect(i)); !found.empty())
      return call.give(std::move(found));
  return call.give_nothing();
}

/// http://hl7.org/fhirpath/N1/#iifcriterion-expression-true-result-collection-otherwise-result-collection-collection
Result<> iif(Call const& call) {
  auto const* item = TRY(call.single());
  Item const self = item != nullptr ? *item : call.scope.self;
  Scope const scope{self, call.scope.index, call.scope.total};
  auto const criterion = TRY(call.evaluator.collect(call.argument(0), scope));
  if (criterion.size() > 1 || (!criterion.empty() && !criterion[0].value().is_bool()))
    return call.wrong("takes a boolean criterion");
  std::size_t const chosen = !criterion.empty() && criterion[0].value().boolean() ? 1 : 2;
  if (chosen >= call.argument_count())
    return call.give_nothing();
  return call.give(TRY(call.evaluator.collect(call.argument(chosen), scope)));
}

constexpr std::array functions{
    Function{"combine", 1, 1, combine, Flow::Either},
    Function{"union", 1, 1, union_of, Flow::Either},
    Function{"coalesce", 1, 20, coalesce},
    Function{"iif", 2, 3, iif, Flow::Unknown, ArgumentFocus::Item},
};

} // namespace

std::span<Function const> combining_functions() noexcept {
  return functions;
}

} // namespace tripsis::fhirpath
