// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Equality, equivalence and order (http://hl7.org/fhirpath/N1/#equality, #comparison).
#include "fhirpath/values.hh"

#include <algorithm>

namespace tripsis::fhirpath {
namespace {

constexpr std::size_t longest_unordered = 200;

std::size_t work_of(json::Value const& value) {
  return value.is_string() ? 1 + value.string().size() / bytes_a_unit_of_work : 1;
}

using SameValue = bool (*)(json::Value const&, json::Value const&, Comparing);

/// Members in any order.
bool same_members(json::Value const& a, json::Value const& b, Comparing comparing, SameValue same) {
  return a.object().size() == b.object().size() &&
         std::ranges::all_of(a.object(), [&](json::Member const& member) {
           auto const* other = b.find(member.name);
           return other != nullptr && same(member.value, *other, comparing);
         });
}

bool same_json(json::Value const& a, json::Value const& b, Comparing comparing) {
  comparing.work += work_of(a);
  if (a.kind() != b.kind() || comparing.is_exhausted())
    return false;
  if (a.is_number()) {
    auto const left = parse_number(a.lexeme()), right = parse_number(b.lexeme());
    return left && right ? *left == *right : a.lexeme() == b.lexeme();
  }
  if (a.is_array())
    return std::ranges::equal(a.array(), b.array(),
                              [&](auto const& x, auto const& y) { return same_json(x, y, comparing); });
  return a.is_object() ? same_members(a, b, comparing, same_json) : a == b;
}

/// Case and runs of white space do not matter.
std::string folded(std::string_view text) {
  std::string out;
  for (char const c : text) {
    bool const space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (!space)
      out += 'A' <= c && c <= 'Z' ? static_cast<char>(c | 32) : c;
    else if (!out.empty() && out.back() != ' ')
      out += ' ';
  }
  if (out.ends_with(' '))
    out.pop_back();
  return out;
}

/// To the precision of the less precise one.
bool roughly_equal(Scaled a, Scaled b, int places_a, int places_b) {
  int const places = std::min(places_a, places_b);
  auto const left = round_to(a, places, Rounding::HalfAwayFromZero),
             right = round_to(b, places, Rounding::HalfAwayFromZero);
  return left && right ? *left == *right : a == b;
}
bool roughly_equal(Scaled a, Scaled b) {
  return roughly_equal(a, b, decimals(without_trailing_zeros(a)), decimals(without_trailing_zeros(b)));
}

bool alike_json(json::Value const& a, json::Value const& b, Comparing comparing) {
  comparing.work += work_of(a);
  if (a.kind() != b.kind() || comparing.is_exhausted())
    return false;
  if (a.is_string())
    return a.string() == b.string() || folded(a.string()) == folded(b.string());
  if (a.is_number()) {
    auto const left = parse_number(a.lexeme()), right = parse_number(b.lexeme());
    return left && right ? roughly_equal(*left, *right) : a.lexeme() == b.lexeme();
  }
  if (a.is_array()) {
    // The order does not matter; in lists beyond all use it does, because every pair may have to be looked
    // at.
    auto const alike = [&](auto const& x, auto const& y) { return alike_json(x, y, comparing); };
    return a.array().size() <= longest_unordered ? std::ranges::is_permutation(a.array(), b.array(), alike)
                                                 : std::ranges::equal(a.array(), b.array(), alike);
  }
  return a.is_object() ? same_members(a, b, comparing, alike_json) : a == b;
}

Truth equal_temporals(Temporal const& a, Temporal const& b, Comparing const& comparing) {
  if ((a.kind == System::Time) != (b.kind == System::Time))
    return Truth::False;
  auto const order = compare(a, b, comparing.zone_minutes);
  return order ? truth(*order == 0) : Truth::Empty;
}

Truth equal_quantities(Quantity const& a, Quantity const& b) {
  auto const converted = in_unit_of(a, b, Estimate::Refused);
  if (converted)
    return truth(*converted == b.value);
  // Years and months have no fixed length, so beside a and mo there is no answer.
  return in_unit_of(a, b, Estimate::Allowed) ? Truth::Empty : truth(false);
}

bool holds_quantity(SystemValue const& v) {
  return std::holds_alternative<Quantity>(v);
}

bool alike_values(Item const& a, Item const& b, SystemValue const& left, SystemValue const& right,
                  Comparing const& comparing) {
  if (holds_quantity(left) || holds_quantity(right)) {
    auto const x = quantity_of(a), y = quantity_of(b);
    auto const converted = x && y ? in_unit_of(*x, *y, Estimate::Allowed) : std::nullopt;
    if (!converted)
      return false;
    auto const in_x = in_unit_of(*y, *x, Estimate::Allowed);
    return roughly_equal(*converted, y->value) || (in_x && roughly_equal(*in_x, x->value));
  }
  if (left.index() != right.index())
    return false;
  if (auto const* number = std::get_if<Number>(&left))
    return roughly_equal(number->value, std::get<Number>(right).value);
  if (auto const* text = std::get_if<std::string_view>(&left))
    return *text == std::get<std::string_view>(right) ||
           folded(*text) == folded(std::get<std::string_view>(right));
  if (auto const* temporal = std::get_if<Temporal>(&left)) {
    auto const order = compare(*temporal, std::get<Temporal>(right), comparing.zone_minutes);
    return order && *order == 0;
  }
  return left.index() == 0 ? alike_json(a.value(), b.value(), comparing)
                           : std::get<bool>(left) == std::get<bool>(right);
}

constexpr std::size_t golden = 0x9e3779b97f4a7c15; ///< Spreads sums over all bits

std::size_t hash_of_number(Scaled value) {
  auto const plain = without_trailing_zeros(value);
  return static_cast<std::size_t>(plain.digits) * golden + static_cast<std::size_t>(plain.exponent);
}

std::size_t hash_of_json(json::Value const& value, Comparing comparing) {
  comparing.work += work_of(value);
  auto out = static_cast<std::size_t>(value.kind());
  if (value.is_string())
    return std::hash<std::string_view>{}(value.string());
  if (value.is_number())
    if (auto const number = parse_number(value.lexeme()))
      return hash_of_number(*number);
  if (value.is_array())
    for (auto const& item : value.array())
      out = out * golden + hash_of_json(item, comparing);
  if (value.is_object()) // in any order
    for (auto const& member : value.object())
      out += (std::hash<std::string_view>{}(member.name) ^ hash_of_json(member.value, comparing)) * golden;
  return out;
}

/// The same for all that are equal; nullopt for quantities, dates and times, which are also equal in other
/// spellings.
std::optional<std::size_t> hash_of(Item const& item, Comparing comparing) {
  auto const value = system_value(item);
  if (std::holds_alternative<Temporal>(value) || std::holds_alternative<Quantity>(value))
    return std::nullopt;
  return hash_of_json(item.value(), comparing);
}

} // namespace

bool DistinctItems::add(Item const& item) {
  auto const hash = hashed_ ? hash_of(item, comparing_) : std::nullopt;
  hashed_ = hash.has_value();
  if (!hashed_) {
    if (contains(items_, item, comparing_))
      return false;
  } else {
    auto const [first, last] = places_.equal_range(*hash);
    auto const same = [&](auto const& place) {
      return equal(items_[place.second], item, comparing_) == Truth::True;
    };
    if (std::any_of(first, last, same))
      return false;
    places_.emplace(*hash, items_.size());
  }
  items_.push_back(item);
  return true;
}

bool contains(std::span<Item const> items, Item const& wanted, Comparing comparing) {
  return !comparing.is_exhausted() && std::ranges::any_of(items, [&](Item const& other) {
    return equal(other, wanted, comparing) == Truth::True;
  });
}

Truth equal(Item const& a, Item const& b, Comparing comparing) {
  comparing.work += work_of(a.value());
  if (&a.value() == &b.value() && a.value().is_object())
    return Truth::True;
  // OPTIMIZATION: most comparisons are of a code or a string with a literal.
  if (a.value().is_string() && b.value().is_string() && a.value().string() == b.value().string() &&
      &a.definition() == &b.definition())
    return Truth::True;
  auto const left = system_value(a), right = system_value(b);
  if (holds_quantity(left) || holds_quantity(right)) {
    auto const x = quantity_of(a), y = quantity_of(b);
    return x && y ? equal_quantities(*x, *y) : Truth::False;
  }
  if (left.index() != right.index())
    return Truth::False;
  if (auto const* boolean = std::get_if<bool>(&left))
    return truth(*boolean == std::get<bool>(right));
  if (auto const* number = std::get_if<Number>(&left))
    return truth(number->value == std::get<Number>(right).value);
  if (auto const* text = std::get_if<std::string_view>(&left))
    return truth(*text == std::get<std::string_view>(right));
  if (auto const* temporal = std::get_if<Temporal>(&left))
    return equal_temporals(*temporal, std::get<Temporal>(right), comparing);
  auto const same_extras = [&] {
    bool const both = a.extras() != nullptr && b.extras() != nullptr;
    return both ? same_json(*a.extras(), *b.extras(), comparing) : a.extras() == b.extras();
  };
  return truth(same_json(a.value(), b.value(), comparing) && (!a.value().is_null() || same_extras()));
}

Truth equal(std::span<Item const> a, std::span<Item const> b, Comparing comparing) {
  if (a.empty() || b.empty())
    return Truth::Empty;
  if (a.size() != b.size())
    return Truth::False;
  Truth out = Truth::True;
  for (std::size_t i = 0; i < a.size(); ++i) {
    auto const one = equal(a[i], b[i], comparing);
    if (one == Truth::False)
      return one;
    if (one == Truth::Empty)
      out = one;
  }
  return out;
}

bool equivalent(Item const& a, Item const& b, Comparing comparing) {
  comparing.work += work_of(a.value());
  return alike_values(a, b, system_value(a), system_value(b), comparing);
}

bool equivalent(std::span<Item const> a, std::span<Item const> b, Comparing comparing) {
  if (a.size() != b.size() || comparing.is_exhausted())
    return false;
  // Each of `a` finds a partner of its own in `b`; equivalence is close enough to transitive for the first
  // one to do.
  std::vector<bool> taken(b.size());
  for (auto const& item : a) {
    std::size_t i = 0;
    while (i < b.size() && !comparing.is_exhausted() && (taken[i] || !equivalent(item, b[i], comparing)))
      ++i;
    if (i == b.size())
      return false;
    taken[i] = true;
  }
  return true;
}

Result<std::optional<std::strong_ordering>> order(Item const& a, Item const& b, Comparing comparing) {
  using Order = std::optional<std::strong_ordering>;
  comparing.work += work_of(a.value());
  auto const left = system_value(a), right = system_value(b);
  if (holds_quantity(left) || holds_quantity(right)) {
    auto const x = quantity_of(a), y = quantity_of(b);
    if (!x || !y)
      return fail(Fault::Value, "FHIRPath: a quantity is compared with what is none.");
    auto const converted = in_unit_of(*x, *y, Estimate::Refused);
    return converted ? Order{*converted <=> y->value} : Order{};
  }
  if (left.index() == right.index()) {
    if (auto const* number = std::get_if<Number>(&left))
      return Order{number->value <=> std::get<Number>(right).value};
    if (auto const* text = std::get_if<std::string_view>(&left))
      return Order{*text <=> std::get<std::string_view>(right)};
    if (auto const* temporal = std::get_if<Temporal>(&left)) {
      auto const& other = std::get<Temporal>(right);
      if ((temporal->kind == System::Time) == (other.kind == System::Time))
        return compare(*temporal, other, comparing.zone_minutes);
    }
  }
  return fail(Fault::Value, "FHIRPath: these types have no order between them.");
}

} // namespace tripsis::fhirpath
