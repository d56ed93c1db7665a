// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "fhirpath/functions.hh"

#include <unordered_map>

#include <fmt/format.h>

namespace tripsis::fhirpath {
namespace {

std::unordered_map<std::string_view, Function const*> table() {
  std::unordered_map<std::string_view, Function const*> out;
  for (auto const family :
       {existence_functions(), filtering_functions(), subsetting_functions(), combining_functions(),
        conversion_functions(), string_functions(), encoding_functions(), math_functions(),
        boundary_functions(), utility_functions(), fhir_functions()})
    for (auto const& function : family)
      out.emplace(function.name, &function);
  return out;
}

} // namespace

Function const* find_function(std::string_view name) noexcept {
  static auto const functions = table();
  auto const found = functions.find(name);
  return found != functions.end() ? found->second : nullptr;
}

std::string_view Call::name() const noexcept {
  return node_.function->name;
}

std::unexpected<Error> Call::wrong(std::string_view what) const {
  return fail(Fault::Value, fmt::format("FHIRPath: {}() {}.", name(), what));
}

Result<Item const*> Call::single() const {
  auto const items = input();
  if (items.size() > 1)
    return wrong("was given several items where it takes one");
  return items.empty() ? nullptr : &items.front();
}

Result<std::optional<std::string_view>> Call::text() const {
  auto const* item = TRY(single());
  if (item == nullptr || item->value().is_null())
    return std::nullopt;
  if (!item->value().is_string())
    return wrong("takes a string");
  std::string_view const text = item->value().string();
  TRY(evaluator.charge(text.size() / bytes_a_unit_of_work));
  return text;
}

Result<std::optional<Number>> Call::number() const {
  auto const* item = TRY(single());
  if (item == nullptr || item->value().is_null())
    return std::nullopt;
  auto const value = system_value(*item);
  if (auto const* number = std::get_if<Number>(&value))
    return *number;
  return wrong("takes a number");
}

Result<std::optional<std::string>> Call::text_argument(std::size_t i) const {
  auto const items = TRY(collect(i));
  if (items.size() > 1 || (!items.empty() && !items[0].value().is_string()))
    return wrong("takes a string as its argument");
  return items.empty() ? std::nullopt : std::optional{items[0].value().string()};
}

Result<std::optional<Number>> Call::number_argument(std::size_t i) const {
  auto const items = TRY(collect(i));
  if (items.empty())
    return std::nullopt;
  auto const value = system_value(items[0]);
  auto const* number = std::get_if<Number>(&value);
  if (items.size() > 1 || number == nullptr)
    return wrong("takes a number as its argument");
  return *number;
}

Result<std::optional<std::int64_t>> Call::integer_argument(std::size_t i) const {
  auto const number = TRY(number_argument(i));
  if (!number)
    return std::nullopt;
  auto const n = to_integer(number->value);
  if (!number->is_integer || !n)
    return wrong("takes an integer as its argument");
  return *n;
}

Result<Truth> Call::test(std::size_t i, Item const& item, std::size_t index) const {
  TRY(evaluator.charge());
  return evaluator.condition(argument(i), {item, static_cast<std::int64_t>(index), scope.total});
}

Result<> Call::give(Item item) const {
  evaluator.shrink(base);
  evaluator.push(std::move(item));
  return {};
}

Result<> Call::give(Collection items) const {
  evaluator.shrink(base);
  for (auto& item : items)
    evaluator.push(std::move(item));
  return evaluator.charge(items.size());
}

Result<> Call::give_nothing() const {
  evaluator.shrink(base);
  return {};
}

} // namespace tripsis::fhirpath
