// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// http://hl7.org/fhirpath/N1/#conversion. Each toX() has a convertsToX() that says whether it would give
// something.
#include "fhirpath/functions.hh"

#include <algorithm>
#include <array>
#include <cctype>

namespace tripsis::fhirpath {
namespace {

using Converted = std::optional<Item>;

std::string lower(std::string_view text) {
  std::string out{text};
  std::ranges::transform(out, out.begin(),
                         [](char c) { return 'A' <= c && c <= 'Z' ? static_cast<char>(c | 32) : c; });
  return out;
}

/// FHIRPath's own grammar of numbers in strings: a sign, digits, and for decimals a point between digits.
std::optional<Scaled> number_in(std::string_view text, std::string_view also) {
  auto const digits = text.starts_with('+') || text.starts_with('-') ? text.substr(1) : text;
  bool const good = !digits.empty() && std::isdigit(static_cast<unsigned char>(digits.front())) != 0 &&
                    std::isdigit(static_cast<unsigned char>(digits.back())) != 0 &&
                    digits.find_first_not_of(also == "." ? "0123456789." : "0123456789") == digits.npos;
  return good ? parse_number(text.starts_with('+') ? digits : text) : std::nullopt;
}

Converted to_boolean_item(Item const& item) {
  auto const value = system_value(item);
  if (auto const* boolean = std::get_if<bool>(&value))
    return Item::boolean(*boolean);
  if (auto const* number = std::get_if<Number>(&value)) {
    if (number->value == whole(1) || number->value == whole(0))
      return Item::boolean(number->value == whole(1));
    return std::nullopt;
  }
  if (auto const* text = std::get_if<std::string_view>(&value)) {
    auto const word = lower(*text);
    for (auto const* yes : {"true", "t", "yes", "y", "1", "1.0"})
      if (word == yes)
        return Item::boolean(true);
    for (auto const* no : {"false", "f", "no", "n", "0", "0.0"})
      if (word == no)
        return Item::boolean(false);
  }
  return std::nullopt;
}

Converted to_integer_item(Item const& item) {
  auto const value = system_value(item);
  std::optional<Scaled> number;
  if (auto const* boolean = std::get_if<bool>(&value))
    number = whole(*boolean ? 1 : 0);
  else if (auto const* own = std::get_if<Number>(&value); own != nullptr && own->is_integer)
    number = own->value;
  else if (auto const* text = std::get_if<std::string_view>(&value))
    number = number_in(*text, "");
  auto const n = number ? to_integer(*number) : std::nullopt;
  if (!n || *n > INT32_MAX || *n < INT32_MIN)
    return std::nullopt;
  return integer_item(*n);
}

Converted to_decimal_item(Item const& item) {
  auto const value = system_value(item);
  if (auto const* boolean = std::get_if<bool>(&value))
    return decimal_item(*boolean ? Scaled{10, -1} : Scaled{0, -1});
  if (auto const* own = std::get_if<Number>(&value))
    return decimal_item(own->value);
  if (auto const* text = std::get_if<std::string_view>(&value))
    if (auto const number = number_in(*text, "."))
      return decimal_item(*number);
  return std::nullopt;
}

Converted to_string_item(Item const& item) {
  auto text = text_of(item);
  return text ? Converted{string_item(*std::move(text))} : std::nullopt;
}

template <System kind>
Converted to_temporal_item(Item const& item) {
  auto const value = system_value(item);
  std::optional<Temporal> out;
  if (auto const* own = std::get_if<Temporal>(&value)) {
    out = *own;
    if ((own->kind == System::Time) != (kind == System::Time))
      return std::nullopt;
    if (kind == System::Date && own->kind == System::DateTime) {
      out->precision = std::min(own->precision, Temporal::Precision::Day);
      out->fraction_digits = 0;
      out->offset_minutes.reset();
      out->zulu = false;
    }
    out->kind = kind;
  } else if (auto const* text = std::get_if<std::string_view>(&value)) {
    auto const read_as = kind == System::Date ? System::DateTime : kind;
    out = Temporal::parse(*text, read_as);
    if (out && kind == System::Date) {
      if (out->precision > Temporal::Precision::Day)
        return std::nullopt;
      out->kind = kind;
    }
  }
  return out ? Converted{temporal_item(*out)} : std::nullopt;
}

/// (+|-)?digits(.digits)? and then nothing, a calendar word, or a unit in single quotes.
std::optional<Quantity> quantity_in(std::string_view text) {
  auto const end = std::min(text.find_first_not_of("+-0123456789."), text.size());
  auto const number = number_in(text.substr(0, end), ".");
  auto unit = text.substr(end);
  unit.remove_prefix(std::min(unit.find_first_not_of(" \t"), unit.size()));
  if (!number)
    return std::nullopt;
  if (unit.empty())
    return Quantity{*number, "1", UnitKind::Ucum};
  if (is_calendar_unit(unit))
    return Quantity{*number, std::string{unit}, UnitKind::Calendar};
  if (unit.size() > 2 && unit.starts_with('\'') && unit.ends_with('\''))
    return Quantity{*number, std::string{unit.substr(1, unit.size() - 2)}, UnitKind::Ucum};
  return std::nullopt;
}

std::optional<Quantity> as_quantity(Item const& item) {
  if (auto own = quantity_of(item))
    return own;
  auto const value = system_value(item);
  if (auto const* boolean = std::get_if<bool>(&value))
    return Quantity{*boolean ? Scaled{10, -1} : Scaled{0, -1}, "1", UnitKind::Ucum};
  if (auto const* text = std::get_if<std::string_view>(&value))
    return quantity_in(*text);
  return std::nullopt;
}

using Conversion = Converted (*)(Item const&);

template <Conversion convert>
Result<> converted(Call const& call) {
  auto const* item = TRY(call.single());
  if (item == nullptr)
    return call.give_nothing();
  auto out = convert(*item);
  return out ? call.give(*std::move(out)) : call.give_nothing();
}

template <Conversion convert>
Result<> converts(Call const& call) {
  auto const* item = TRY(call.single());
  if (item == nullptr)
    return call.give_nothing();
  return call.give(convert(*item).has_value());
}

/// With an argument, in that unit.
Result<std::optional<Quantity>> requested_quantity(Call const& call, Item const& item) {
  auto out = as_quantity(item);
  if (!out || call.argument_count() == 0)
    return out;
  auto const unit = TRY(call.text_argument(0));
  if (!unit)
    return out;
  Quantity const wanted{{}, *unit, is_calendar_unit(*unit) ? UnitKind::Calendar : UnitKind::Ucum};
  auto const value = in_unit_of(*out, wanted, Estimate::Refused);
  return value ? std::optional{Quantity{*value, wanted.unit, wanted.kind}} : std::nullopt;
}

Result<> to_quantity(Call const& call) {
  auto const* item = TRY(call.single());
  if (item == nullptr)
    return call.give_nothing();
  auto const out = TRY(requested_quantity(call, Item{*item}));
  return out ? call.give(quantity_item(*out)) : call.give_nothing();
}

Result<> converts_to_quantity(Call const& call) {
  auto const* item = TRY(call.single());
  if (item == nullptr)
    return call.give_nothing();
  return call.give(TRY(requested_quantity(call, Item{*item})).has_value());
}

constexpr auto to_date_item = to_temporal_item<System::Date>;
constexpr auto to_date_time_item = to_temporal_item<System::DateTime>;
constexpr auto to_time_item = to_temporal_item<System::Time>;

constexpr std::array functions{
    Function{"toBoolean", 0, 0, converted<to_boolean_item>},
    Function{"convertsToBoolean", 0, 0, converts<to_boolean_item>},
    Function{"toInteger", 0, 0, converted<to_integer_item>},
    Function{"convertsToInteger", 0, 0, converts<to_integer_item>},
    Function{"toDecimal", 0, 0, converted<to_decimal_item>},
    Function{"convertsToDecimal", 0, 0, converts<to_decimal_item>},
    Function{"toString", 0, 0, converted<to_string_item>},
    Function{"convertsToString", 0, 0, converts<to_string_item>},
    Function{"toDate", 0, 0, converted<to_date_item>},
    Function{"convertsToDate", 0, 0, converts<to_date_item>},
    Function{"toDateTime", 0, 0, converted<to_date_time_item>},
    Function{"convertsToDateTime", 0, 0, converts<to_date_time_item>},
    Function{"toTime", 0, 0, converted<to_time_item>},
    Function{"convertsToTime", 0, 0, converts<to_time_item>},
    Function{"toQuantity", 0, 1, to_quantity},
    Function{"convertsToQuantity", 0, 1, converts_to_quantity},
};

} // namespace

std::span<Function const> conversion_functions() noexcept {
  return functions;
}

} // namespace tripsis::fhirpath
