// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// http://hl7.org/fhirpath/N1/#subsetting
#include "fhirpath/functions.hh"

#include <algorithm>
#include <array>

namespace tripsis::fhirpath {
namespace {

/// Keeps the items from `first` to before `last`, counted within the input.
Result<> keep(Call const& call, std::size_t first, std::size_t last) {
  auto const count = call.input().size();
  last = std::min(last, count);
  first = std::min(first, last);
  call.evaluator.shrink(call.base + last);
  call.evaluator.erase(call.base, call.base + first);
  return {};
}

Result<> single(Call const& call) {
  [[maybe_unused]] auto const* item = TRY(call.single());
  return {};
}
Result<> first(Call const& call) {
  return keep(call, 0, 1);
}
Result<> last(Call const& call) {
  auto const count = call.input().size();
  return keep(call, count == 0 ? 0 : count - 1, count);
}
Result<> tail(Call const& call) {
  return keep(call, 1, call.input().size());
}

Result<> skip(Call const& call) {
  auto const n = TRY(call.integer_argument(0));
  return keep(call, static_cast<std::size_t>(std::max<std::int64_t>(n.value_or(0), 0)),
              call.input().size());
}

Result<> take(Call const& call) {
  auto const n = TRY(call.integer_argument(0));
  return keep(call, 0, static_cast<std::size_t>(std::max<std::int64_t>(n.value_or(0), 0)));
}

Result<> intersect(Call const& call) {
  auto const other = TRY(call.collect(0));
  Collection out;
  for (auto const& item : call.input())
    if (contains(other, item, call.evaluator.comparing()) &&
        !contains(out, item, call.evaluator.comparing()))
      out.push_back(item);
  return call.give(std::move(out));
}

Result<> exclude(Call const& call) {
  auto const other = TRY(call.collect(0));
  Collection out;
  for (auto const& item : call.input())
    if (!contains(other, item, call.evaluator.comparing()))
      out.push_back(item);
  return call.give(std::move(out));
}

constexpr std::array functions{
    Function{"single", 0, 0, single, Flow::Input},       Function{"first", 0, 0, first, Flow::Input},
    Function{"last", 0, 0, last, Flow::Input},           Function{"tail", 0, 0, tail, Flow::Input},
    Function{"skip", 1, 1, skip, Flow::Input},           Function{"take", 1, 1, take, Flow::Input},
    Function{"intersect", 1, 1, intersect, Flow::Input}, Function{"exclude", 1, 1, exclude, Flow::Input},
};

} // namespace

std::span<Function const> subsetting_functions() noexcept {
  return functions;
}

} // namespace tripsis::fhirpath
