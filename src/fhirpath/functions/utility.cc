// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// http://hl7.org/fhirpath/N1/#tree-navigation, #utility-functions, and type()
#include "fhirpath/functions.hh"

#include <array>

namespace tripsis::fhirpath {
namespace {

Result<> children(Call const& call) {
  auto& evaluator = call.evaluator;
  auto const end = evaluator.size();
  for (auto i = call.base; i < end; ++i)
    Navigator::all(Item{evaluator.at(i)}, [&](Item child) { evaluator.push(std::move(child)); });
  evaluator.erase(call.base, end);
  return evaluator.charge();
}

/// JSON's depth is bounded by the parser, and so is this recursion.
void push_descendants(Evaluator& evaluator, Item const& item) {
  Navigator::all(item, [&](Item const& child) {
    evaluator.push(child);
    push_descendants(evaluator, child);
  });
}

Result<> descendants(Call const& call) {
  auto& evaluator = call.evaluator;
  auto const end = evaluator.size();
  for (auto i = call.base; i < end; ++i) {
    push_descendants(evaluator, Item{evaluator.at(i)});
    TRY(evaluator.charge());
  }
  evaluator.erase(call.base, end);
  return {};
}

/// Nothing is written: the items may hold patient data. The input passes through.
Result<> trace(Call const& call) {
  TRY(call.text_argument(0));
  return {};
}

Result<Temporal> now_of(Call const& call) {
  auto const now = Temporal::parse(call.evaluator.context().now, System::DateTime);
  if (!now || now->precision != Temporal::Precision::Second)
    return call.wrong("needs a clock, and none was handed in");
  return *now;
}

Result<> now(Call const& call) {
  return call.give(temporal_item(TRY(now_of(call))));
}

Result<> today(Call const& call) {
  Temporal day;
  day.kind = System::Date;
  day.precision = Temporal::Precision::Day;
  day.day = TRY(now_of(call)).day;
  return call.give(temporal_item(day));
}

Result<> time_of_day(Call const& call) {
  auto time = TRY(now_of(call));
  time.kind = System::Time;
  time.offset_minutes.reset();
  time.zulu = false;
  return call.give(temporal_item(time));
}

Result<> type(Call const& call) {
  Collection out;
  for (auto const& item : call.input()) {
    json::Value info;
    info.set("namespace", json::Value{item.is_node() ? "FHIR" : "System"});
    info.set("name", json::Value{item.type()});
    out.push_back(Item::computed(std::move(info), type_info_type()->name));
  }
  return call.give(std::move(out));
}

constexpr std::array functions{
    Function{"children", 0, 0, children},
    Function{"descendants", 0, 0, descendants},
    Function{"trace", 1, 2, trace, Flow::Input, ArgumentFocus::Item},
    Function{"now", 0, 0, now},
    Function{"today", 0, 0, today},
    Function{"timeOfDay", 0, 0, time_of_day},
    Function{"type", 0, 0, type},
};

} // namespace

std::span<Function const> utility_functions() noexcept {
  return functions;
}

} // namespace tripsis::fhirpath
