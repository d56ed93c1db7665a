// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The operators between two collections (http://hl7.org/fhirpath/N1/#operations).
#include "fhirpath/evaluator.hh"

#include <algorithm>
#include <iterator>

namespace tripsis::fhirpath {
namespace {

std::unexpected<Error> unfit() {
  return fail(Fault::Value, "FHIRPath: an operator stands between types that it does not take.");
}

Truth implies(Truth a, Truth b) {
  if (a == Truth::False || b == Truth::True)
    return Truth::True;
  return a == Truth::True && b == Truth::False ? Truth::False : Truth::Empty;
}

Truth combine(Operator op, Truth a, Truth b) {
  switch (op) {
  case Operator::And:
    if (a == Truth::False || b == Truth::False)
      return Truth::False;
    return a == Truth::True && b == Truth::True ? Truth::True : Truth::Empty;
  case Operator::Or:
    if (a == Truth::True || b == Truth::True)
      return Truth::True;
    return a == Truth::False && b == Truth::False ? Truth::False : Truth::Empty;
  case Operator::Xor:
    return a == Truth::Empty || b == Truth::Empty ? Truth::Empty : truth(a != b);
  default:
    return implies(a, b);
  }
}

bool holds(Operator op, std::strong_ordering order) {
  switch (op) {
  case Operator::Less:
    return order < 0;
  case Operator::LessOrEqual:
    return order <= 0;
  case Operator::Greater:
    return order > 0;
  default:
    return order >= 0;
  }
}

enum class Kind : unsigned char { Integer, Decimal };

std::optional<Item> as_item(std::optional<Scaled> value, Kind kind) {
  if (!value)
    return std::nullopt;
  constexpr std::int64_t most = 2'147'483'647; // an Integer has 32 bits; what overflows has no result
  if (kind == Kind::Integer && (*value > whole(most) || *value < whole(-most - 1)))
    return std::nullopt;
  return number_item({*value, kind == Kind::Integer});
}

std::optional<Item> as_item(std::optional<Quantity> const& value) {
  return value ? std::optional{quantity_item(*value)} : std::nullopt;
}

std::optional<Item> reckon_numbers(Operator op, Number const& a, Number const& b) {
  auto const kind = a.is_integer && b.is_integer ? Kind::Integer : Kind::Decimal;
  switch (op) {
  case Operator::Multiply:
    return as_item(multiply(a.value, b.value), kind);
  case Operator::Divide:
    return as_item(divide(a.value, b.value), Kind::Decimal);
  case Operator::IntegerDivide:
    return as_item(divide_whole(a.value, b.value), Kind::Integer);
  case Operator::Modulo: {
    auto const times = divide_whole(a.value, b.value);
    auto const whole_part = times ? multiply(*times, b.value) : std::nullopt;
    return as_item(whole_part ? subtract(a.value, *whole_part) : std::nullopt, kind);
  }
  case Operator::Add:
    return as_item(add(a.value, b.value), kind);
  default:
    return as_item(subtract(a.value, b.value), kind);
  }
}

std::optional<Item> reckon_quantities(Operator op, Quantity const& a, Quantity const& b) {
  if (op == Operator::Multiply)
    return as_item(multiply(a, b));
  if (op == Operator::Divide)
    return as_item(divide(a, b));
  auto const other = in_unit_of(b, a, Estimate::Refused);
  auto const value = !other                ? std::nullopt
                     : op == Operator::Add ? add(a.value, *other)
                                           : subtract(a.value, *other);
  return value ? std::optional{quantity_item({*value, a.unit, a.kind})} : std::nullopt;
}

/// A UCUM year or month has another length than the calendar's, so it cannot be added to a date.
Result<std::optional<Item>> shift(Operator op, Temporal const& from, Quantity const& by) {
  auto amount = by.value;
  if (op == Operator::Subtract)
    amount.digits = -amount.digits;
  bool const definite = by.unit == "s" || by.unit == "ms" || by.unit == "min" || by.unit == "h" ||
                        by.unit == "d" || by.unit == "wk";
  if (!definite && !is_calendar_unit(by.unit))
    return fail(Fault::Value, "FHIRPath: only a duration can be added to a date or time.");
  auto const out = later(from, amount, by.unit);
  return out ? std::optional{temporal_item(*out)} : std::nullopt;
}

} // namespace

Result<std::optional<Item>> reckon(Operator op, Item const& a, Item const& b) {
  auto const left = system_value(a), right = system_value(b);
  bool const sum = op == Operator::Add || op == Operator::Subtract;
  auto const *x = std::get_if<Number>(&left), *y = std::get_if<Number>(&right);
  if (x != nullptr && y != nullptr)
    return reckon_numbers(op, *x, *y);
  if (auto const* from = std::get_if<Temporal>(&left); from != nullptr && sum)
    if (auto const* by = std::get_if<Quantity>(&right))
      return shift(op, *from, *by);
  auto const *p = std::get_if<std::string_view>(&left), *q = std::get_if<std::string_view>(&right);
  if (p != nullptr && q != nullptr && op == Operator::Add)
    return string_item(std::string{*p}.append(*q));
  bool const quantities = std::holds_alternative<Quantity>(left) || std::holds_alternative<Quantity>(right);
  bool const by_quantity = sum || op == Operator::Multiply || op == Operator::Divide;
  if (quantities && by_quantity) {
    auto const m = quantity_of(a), n = quantity_of(b);
    if (m && n)
      return reckon_quantities(op, *m, *n);
  }
  return unfit();
}

/// And, or, xor, implies: the right side is not looked at when the left decides.
Result<> Evaluator::logic(Node const& node, Scope const& scope) {
  auto const left = TRY(condition(*node.operands[0], scope));
  bool const decided = (node.op == Operator::And && left == Truth::False) ||
                       (node.op == Operator::Or && left == Truth::True) ||
                       (node.op == Operator::Implies && left == Truth::False);
  auto const right = decided ? Truth::Empty : TRY(condition(*node.operands[1], scope));
  if (auto const out = combine(node.op, left, right); out != Truth::Empty)
    push(Item::boolean(out == Truth::True));
  return {};
}

namespace {

Result<std::optional<Item>> concatenate(std::span<Item const> left, std::span<Item const> right) {
  std::string out;
  for (auto const side : {left, right}) {
    if (side.size() > 1)
      return fail(Fault::Value, "FHIRPath: & was given several items where it takes one.");
    if (!side.empty()) {
      if (!side.front().value().is_string())
        return unfit();
      out += side.front().value().string();
    }
  }
  return string_item(std::move(out));
}

Result<Truth> membership(std::span<Item const> wanted, std::span<Item const> among, Comparing comparing) {
  if (wanted.empty())
    return Truth::Empty;
  if (wanted.size() > 1)
    return fail(Fault::Value, "FHIRPath: in and contains look for one item.");
  return truth(contains(among, wanted.front(), comparing));
}

Result<Truth> ordered(Operator op, std::span<Item const> left, std::span<Item const> right,
                      Comparing comparing) {
  if (left.empty() || right.empty())
    return Truth::Empty;
  if (left.size() > 1 || right.size() > 1)
    return fail(Fault::Value, "FHIRPath: a comparison was given several items where it takes one.");
  auto const found = TRY(order(left.front(), right.front(), comparing));
  return found ? truth(holds(op, *found)) : Truth::Empty;
}

Result<Truth> compare_all(Operator op, std::span<Item const> left, std::span<Item const> right,
                          Comparing comparing) {
  switch (op) {
  case Operator::Equal:
    return equal(left, right, comparing);
  case Operator::NotEqual:
    return negate(equal(left, right, comparing));
  case Operator::Equivalent:
    return truth(equivalent(left, right, comparing));
  case Operator::NotEquivalent:
    return truth(!equivalent(left, right, comparing));
  case Operator::In:
    return membership(left, right, comparing);
  case Operator::Contains:
    return membership(right, left, comparing);
  default:
    return ordered(op, left, right, comparing);
  }
}

} // namespace

Result<> Evaluator::binary(Node const& node, Scope const& scope) {
  auto const base = size();
  TRY(evaluate(*node.operands[0], scope));
  auto const middle = size();
  TRY(evaluate(*node.operands[1], scope));
  TRY(charge());
  if (node.op == Operator::Union)
    return make_distinct(base);
  auto const left = from(base).first(middle - base), right = from(middle);
  if (node.op >= Operator::Less) {
    auto const out = TRY(compare_all(node.op, left, right, comparing()));
    shrink(base);
    if (out != Truth::Empty)
      push(Item::boolean(out == Truth::True));
    return charge();
  }
  std::optional<Item> out;
  if (node.op == Operator::Concatenate) {
    out = TRY(concatenate(left, right));
  } else if (!left.empty() && !right.empty()) {
    if (left.size() > 1 || right.size() > 1)
      return fail(Fault::Value, "FHIRPath: an operator was given several items where it takes one.");
    out = TRY(reckon(node.op, left.front(), right.front()));
  }
  shrink(base);
  if (out)
    push(*std::move(out));
  return charge();
}

} // namespace tripsis::fhirpath
