// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// http://hl7.org/fhirpath/N1/#filtering-and-projection, and aggregate() and sort()
#include "fhirpath/functions.hh"

#include <array>
#include <list>

namespace tripsis::fhirpath {
namespace {

Result<> where(Call const& call) {
  auto& evaluator = call.evaluator;
  auto kept = call.base;
  auto const end = evaluator.size();
  for (auto i = call.base; i < end; ++i) {
    Item item = evaluator.at(i);
    if (TRY(call.test(0, item, i - call.base)) == Truth::True)
      evaluator.at(kept++) = std::move(item);
  }
  evaluator.shrink(kept);
  return {};
}

Result<> select(Call const& call) {
  auto& evaluator = call.evaluator;
  auto const end = evaluator.size();
  for (auto i = call.base; i < end; ++i) {
    Item const item = evaluator.at(i);
    TRY(evaluator.evaluate(call.argument(0),
                           {item, static_cast<std::int64_t>(i - call.base), call.scope.total}));
    TRY(evaluator.charge());
  }
  evaluator.erase(call.base, end);
  return {};
}

/// Looks at what it found again, until nothing new is found. The bound on work ends what never would.
Result<> repeat(Call const& call) {
  auto& evaluator = call.evaluator;
  constexpr std::size_t remembering = 32; // an item that is kept costs more than one that is looked at
  Collection pending{call.input().begin(), call.input().end()}, found;
  DistinctItems seen{evaluator.comparing()};
  while (!pending.empty()) {
    Collection fresh;
    for (auto const& item : pending) {
      TRY(evaluator.charge());
      auto const candidates = TRY(evaluator.collect(call.argument(0), {item, 0, call.scope.total}));
      for (auto const& candidate : candidates)
        if (seen.add(candidate)) {
          TRY(evaluator.charge(remembering));
          fresh.push_back(candidate);
        }
    }
    found.insert(found.end(), fresh.begin(), fresh.end());
    pending = std::move(fresh);
  }
  return call.give(std::move(found));
}

Result<> aggregate(Call const& call) {
  auto total = call.argument_count() > 1 ? TRY(call.collect(1)) : Collection{};
  for (std::size_t i = 0; call.base + i < call.evaluator.size(); ++i) {
    Item const item = call.input()[i];
    total = TRY(call.evaluator.collect(call.argument(0), {item, static_cast<std::int64_t>(i), &total}));
    TRY(call.evaluator.charge());
  }
  return call.give(std::move(total));
}

struct Sorted {
  Item item;
  std::vector<Collection> keys;
};

/// A minus before a criterion turns it around; items that lack it come first either way, as the official
/// suite has it.
Result<std::strong_ordering> compare_keys(Call const& call, Sorted const& a, Sorted const& b) {
  for (std::size_t i = 0; i < a.keys.size(); ++i) {
    auto const &x = a.keys[i], &y = b.keys[i];
    if (x.size() > 1 || y.size() > 1)
      return call.wrong("takes criteria of one item");
    bool const down = i < call.argument_count() && call.argument(i).kind == NodeKind::Minus;
    if (x.size() != y.size())
      return x.size() <=> y.size();
    if (x.empty())
      continue;
    TRY(call.evaluator.charge());
    auto const found =
        TRY(order(x[0], y[0], call.evaluator.comparing())).value_or(std::strong_ordering::equal);
    if (found != 0)
      return down ? 0 <=> found : found;
  }
  return std::strong_ordering::equal;
}

Result<> sort(Call const& call) {
  std::list<Sorted>
      all; // its merge sort is stable, and safe where partial dates make the order no strict one
  for (std::size_t i = 0; call.base + i < call.evaluator.size(); ++i) {
    Item const item = call.input()[i];
    std::vector<Collection> keys;
    for (std::size_t k = 0; k < call.argument_count(); ++k) {
      auto const& argument = call.argument(k);
      auto const& key = argument.kind == NodeKind::Minus ? *argument.operands.front() : argument;
      keys.push_back(
          TRY(call.evaluator.collect(key, {item, static_cast<std::int64_t>(i), call.scope.total})));
    }
    if (call.argument_count() == 0)
      keys.push_back({item});
    all.push_back({item, std::move(keys)});
  }
  // What cannot be compared is an error, which the comparison of a sort cannot hand up by itself.
  Result<> problem;
  all.sort([&](Sorted const& a, Sorted const& b) {
    if (!problem)
      return false;
    auto const found = compare_keys(call, a, b);
    if (!found)
      problem = std::unexpected{found.error()};
    return found && *found < 0;
  });
  TRY(problem);
  Collection out;
  for (auto& sorted : all)
    out.push_back(std::move(sorted.item));
  return call.give(std::move(out));
}

constexpr std::array functions{
    Function{"where", 1, 1, where, Flow::Input, ArgumentFocus::Item},
    Function{"select", 1, 1, select, Flow::Argument, ArgumentFocus::Item},
    Function{"repeat", 1, 1, repeat, Flow::Unknown, ArgumentFocus::Item},
    Function{"aggregate", 1, 2, aggregate, Flow::Unknown, ArgumentFocus::Item},
    Function{"sort", 0, 20, sort, Flow::Input, ArgumentFocus::Item},
};

} // namespace

std::span<Function const> filtering_functions() noexcept {
  return functions;
}

} // namespace tripsis::fhirpath
