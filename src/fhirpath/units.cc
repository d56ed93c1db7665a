// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "fhirpath/units.hh"

#include <algorithm>
#include <cstdint>

namespace tripsis::fhirpath {
namespace {

using Powers = std::array<signed char, 8>;

enum class Metric : unsigned char { No, Yes };

struct Atom {
  std::string_view code;
  Metric metric;
  std::int64_t digits; ///< digits × 10^exponent of the base units
  int exponent;
  Powers powers; ///< m s g rad K C cd mol
};

constexpr Powers none{}, metre{1}, second{0, 1}, gram{0, 0, 1}, kelvin{0, 0, 0, 0, 1},
    mole{0, 0, 0, 0, 0, 0, 0, 1};
constexpr Powers volume{3}, area{2}, pressure{-1, -2, 1}, force{1, -2, 1}, energy{2, -2, 1};

constexpr std::array atoms{
    Atom{"m", Metric::Yes, 1, 0, metre},
    Atom{"s", Metric::Yes, 1, 0, second},
    Atom{"g", Metric::Yes, 1, 0, gram},
    Atom{"rad", Metric::Yes, 1, 0, {0, 0, 0, 1}},
    Atom{"K", Metric::Yes, 1, 0, kelvin},
    Atom{"C", Metric::Yes, 1, 0, {0, 0, 0, 0, 0, 1}},
    Atom{"cd", Metric::Yes, 1, 0, {0, 0, 0, 0, 0, 0, 1}},
    Atom{"mol", Metric::Yes, 1, 0, mole},
    Atom{"eq", Metric::Yes, 1, 0, mole},
    Atom{"osm", Metric::Yes, 1, 0, mole},
    Atom{"l", Metric::Yes, 1, -3, volume},
    Atom{"L", Metric::Yes, 1, -3, volume},
    Atom{"ar", Metric::Yes, 100, 0, area},
    Atom{"t", Metric::Yes, 1, 6, gram},
    Atom{"u", Metric::Yes, 166053906660, -35, gram},
    Atom{"N", Metric::Yes, 1, 3, force},
    Atom{"Pa", Metric::Yes, 1, 3, pressure},
    Atom{"bar", Metric::Yes, 1, 8, pressure},
    Atom{"J", Metric::Yes, 1, 3, energy},
    Atom{"cal", Metric::Yes, 4184, 0, energy},
    Atom{"W", Metric::Yes, 1, 3, {2, -3, 1}},
    Atom{"A", Metric::Yes, 1, 0, {0, -1, 0, 0, 0, 1}},
    Atom{"V", Metric::Yes, 1, 3, {2, -2, 1, 0, 0, -1}},
    Atom{"Ohm", Metric::Yes, 1, 3, {2, -1, 1, 0, 0, -2}},
    Atom{"Hz", Metric::Yes, 1, 0, {0, -1}},
    Atom{"Bq", Metric::Yes, 1, 0, {0, -1}},
    Atom{"Gy", Metric::Yes, 1, 0, {2, -2}},
    Atom{"Sv", Metric::Yes, 1, 0, {2, -2}},
    Atom{"kat", Metric::Yes, 1, 0, {0, -1, 0, 0, 0, 0, 0, 1}},
    Atom{"min", Metric::No, 60, 0, second},
    Atom{"h", Metric::No, 3600, 0, second},
    Atom{"d", Metric::No, 86400, 0, second},
    Atom{"wk", Metric::No, 604800, 0, second},
    Atom{"mo", Metric::No, 2629800, 0, second},
    Atom{"mo_j", Metric::No, 2629800, 0, second},
    Atom{"a", Metric::No, 31557600, 0, second},
    Atom{"a_j", Metric::No, 31557600, 0, second},
    Atom{"deg", Metric::No, 17453292519943296, -18, {0, 0, 0, 1}},
    Atom{"'", Metric::No, 29088820866572160, -20, {0, 0, 0, 1}},
    Atom{"[in_i]", Metric::No, 254, -4, metre},
    Atom{"[ft_i]", Metric::No, 3048, -4, metre},
    Atom{"[yd_i]", Metric::No, 9144, -4, metre},
    Atom{"[mi_i]", Metric::No, 1609344, -3, metre},
    Atom{"[gr]", Metric::No, 6479891, -8, gram},
    Atom{"[oz_av]", Metric::No, 28349523125, -9, gram},
    Atom{"[lb_av]", Metric::No, 45359237, -5, gram},
    Atom{"[stone_av]", Metric::No, 635029318, -5, gram},
    Atom{"[lbf_av]", Metric::No, 44482216152605, -10, force},
    Atom{"[gal_us]", Metric::No, 3785411784, -12, volume},
    Atom{"[qt_us]", Metric::No, 946352946, -12, volume},
    Atom{"[pt_us]", Metric::No, 473176473, -12, volume},
    Atom{"[cup_us]", Metric::No, 2365882365, -13, volume},
    Atom{"[foz_us]", Metric::No, 295735295625, -16, volume},
    Atom{"[tbs_us]", Metric::No, 1478676478125, -17, volume},
    Atom{"[tsp_us]", Metric::No, 492892159375, -17, volume},
    Atom{"[drp]", Metric::No, 5, -8, volume},
    Atom{"m[Hg]", Metric::Yes, 133322, 3, pressure},
    Atom{"m[H2O]", Metric::Yes, 980665, 1, pressure},
    Atom{"[psi]", Metric::No, 68947572931684, -7, pressure},
    Atom{"atm", Metric::No, 101325, 3, pressure},
    Atom{"%", Metric::No, 1, -2, none},
    Atom{"[ppth]", Metric::No, 1, -3, none},
    Atom{"[ppm]", Metric::No, 1, -6, none},
    Atom{"[ppb]", Metric::No, 1, -9, none},
    Atom{"10*", Metric::No, 1, 1, none},
    Atom{"10^", Metric::No, 1, 1, none},
    Atom{"[pi]", Metric::No, 314159265358979324, -17, none},
};

struct Prefix {
  std::string_view code;
  int exponent;
};
constexpr std::array prefixes{Prefix{"da", 1},  Prefix{"Y", 24},  Prefix{"Z", 21},  Prefix{"E", 18},
                              Prefix{"P", 15},  Prefix{"T", 12},  Prefix{"G", 9},   Prefix{"M", 6},
                              Prefix{"k", 3},   Prefix{"h", 2},   Prefix{"d", -1},  Prefix{"c", -2},
                              Prefix{"m", -3},  Prefix{"u", -6},  Prefix{"n", -9},  Prefix{"p", -12},
                              Prefix{"f", -15}, Prefix{"a", -18}, Prefix{"z", -21}, Prefix{"y", -24}};

std::optional<BaseUnits> find_atom(std::string_view code) {
  auto const made = [](Atom const& atom, int prefix) {
    return BaseUnits{{atom.digits, atom.exponent + prefix}, {.digits = 1}, atom.powers};
  };
  for (auto const& atom : atoms)
    if (atom.code == code)
      return made(atom, 0);
  for (auto const& prefix : prefixes)
    if (code.starts_with(prefix.code))
      for (auto const& atom : atoms)
        if (atom.metric == Metric::Yes && atom.code == code.substr(prefix.code.size()))
          return made(atom, prefix.exponent);
  return std::nullopt;
}

bool raise(BaseUnits& into, BaseUnits const& by, int power) {
  for (int i = 0; i < std::abs(power); ++i) {
    auto const numerator = multiply(into.numerator, power > 0 ? by.numerator : by.denominator);
    auto const denominator = multiply(into.denominator, power > 0 ? by.denominator : by.numerator);
    if (!numerator || !denominator)
      return false;
    into.numerator = without_trailing_zeros(*numerator);
    into.denominator = without_trailing_zeros(*denominator);
  }
  for (std::size_t i = 0; i < into.powers.size(); ++i) {
    int const sum = into.powers[i] + by.powers[i] * power;
    if (std::abs(sum) > 100)
      return false;
    into.powers[i] = static_cast<signed char>(sum);
  }
  return true;
}

constexpr int max_power = 9;
constexpr int max_brackets = 8;

class UnitParser {
public:
  explicit UnitParser(std::string_view text) : rest_{text} {}

  std::optional<BaseUnits> run() {
    auto found = product(0);
    return found && rest_.empty() ? found : std::nullopt;
  }

private:
  bool take(char c) {
    bool const found = rest_.starts_with(c);
    rest_.remove_prefix(found ? 1 : 0);
    return found;
  }

  std::optional<BaseUnits> product(int brackets) {
    BaseUnits out;
    int sign = take('/') ? -1 : 1;
    do {
      auto const part = factor(brackets);
      if (!part || !raise(out, part->first, sign * part->second))
        return std::nullopt;
      sign = rest_.starts_with('/') ? -1 : 1;
    } while (take('.') || take('/'));
    return out;
  }

  std::optional<std::pair<BaseUnits, int>> factor(int brackets) {
    if (take('(')) {
      if (brackets == max_brackets)
        return std::nullopt;
      auto inner = product(brackets + 1);
      if (!inner || !take(')'))
        return std::nullopt;
      return std::pair{*inner, 1};
    }
    auto const symbol = take_symbol();
    auto found = known(symbol);
    if (!found)
      return std::nullopt;
    auto const power = take_power();
    take_annotation();
    return power ? std::optional{std::pair{*found, *power}} : std::nullopt;
  }

  /// Up to a dot, a slash, a closing bracket, or the digits of a power; what stands in [] belongs to it.
  std::string_view take_symbol() {
    std::size_t n = 0;
    if (rest_.starts_with("10*") || rest_.starts_with("10^"))
      n = 3;
    else if (!rest_.empty() && is_digit(rest_.front()))
      n = std::min(rest_.find_first_not_of("0123456789"), rest_.size());
    else
      while (n < rest_.size() && !std::string_view{"./(){+-"}.contains(rest_[n]) && !is_digit(rest_[n])) {
        auto const end = rest_[n] == '[' ? rest_.find(']', n) : n;
        n = (end == rest_.npos ? rest_.size() - 1 : end) + 1;
      }
    auto const symbol = rest_.substr(0, n);
    rest_.remove_prefix(n);
    return symbol;
  }

  static std::optional<BaseUnits> known(std::string_view symbol) {
    if (symbol.empty())
      return BaseUnits{}; // an annotation alone, as in {score}
    if (is_digit(symbol.front()) && !symbol.starts_with("10*") && !symbol.starts_with("10^")) {
      auto const number = parse_number(symbol);
      return number ? std::optional{BaseUnits{*number, {.digits = 1}, {}}} : std::nullopt;
    }
    return find_atom(symbol);
  }

  std::optional<int> take_power() {
    int const sign = take('-') ? -1 : 1;
    take('+');
    if (rest_.empty() || !is_digit(rest_.front()))
      return sign;
    int power = 0;
    for (; !rest_.empty() && is_digit(rest_.front()); rest_.remove_prefix(1))
      power = std::min(power * 10 + (rest_.front() - '0'), 100);
    return power <= max_power + 20 ? std::optional{sign * power} : std::nullopt;
  }

  void take_annotation() {
    if (rest_.starts_with('{'))
      rest_.remove_prefix(std::min(rest_.find('}'), rest_.size() - 1) + 1);
  }

  static bool is_digit(char c) { return '0' <= c && c <= '9'; }

  std::string_view rest_;
};

struct CalendarUnit {
  std::string_view word;
  std::string_view ucum; ///< Of the same length, for weeks and below
  int months;            ///< For years and months
};
constexpr std::array calendar_units{
    CalendarUnit{"year", "a", 12},  CalendarUnit{"month", "mo", 1},       CalendarUnit{"week", "wk", 0},
    CalendarUnit{"day", "d", 0},    CalendarUnit{"hour", "h", 0},         CalendarUnit{"minute", "min", 0},
    CalendarUnit{"second", "s", 0}, CalendarUnit{"millisecond", "ms", 0},
};

CalendarUnit const* find_calendar_unit(std::string_view word) {
  for (auto const& unit : calendar_units)
    if (word == unit.word ||
        (word.size() == unit.word.size() + 1 && word.starts_with(unit.word) && word.ends_with('s')))
      return &unit;
  return nullptr;
}

std::string_view ucum_code(Quantity const& quantity) {
  auto const* calendar = quantity.kind == UnitKind::Calendar ? find_calendar_unit(quantity.unit) : nullptr;
  return calendar != nullptr ? calendar->ucum : std::string_view{quantity.unit};
}

int calendar_months(Quantity const& quantity) {
  auto const* calendar = quantity.kind == UnitKind::Calendar ? find_calendar_unit(quantity.unit) : nullptr;
  return calendar != nullptr ? calendar->months : 0;
}

/// A code for base units: "g.m-1" is written as UCUM's customary "g/m" when it is a simple quotient, else
/// with powers.
std::string name_of(BaseUnits const& units) {
  constexpr std::array<std::string_view, 8> names{"m", "s", "g", "rad", "K", "C", "cd", "mol"};
  std::string above, below;
  for (std::size_t i = 0; i < names.size(); ++i) {
    int const power = units.powers[i];
    if (power == 0)
      continue;
    auto& side = power > 0 ? above : below;
    side += power > 0 ? (above.empty() ? "" : ".") : "/";
    side += names[i];
    if (std::abs(power) != 1)
      side += std::to_string(std::abs(power));
  }
  return above.empty() && below.empty() ? "1" : above + below;
}

std::optional<Quantity> combined(Quantity const& a, Quantity const& b, int power) {
  auto const left = parse_unit(ucum_code(a)), right = parse_unit(ucum_code(b));
  if (!left || !right || a.kind == UnitKind::Other || b.kind == UnitKind::Other)
    return std::nullopt;
  auto units = *left;
  if (!raise(units, *right, power))
    return std::nullopt;
  auto const value = power > 0 ? multiply(a.value, b.value) : divide(a.value, b.value);
  auto const scaled = value ? multiply(*value, units.numerator) : std::nullopt;
  auto const out =
      scaled && units.denominator != Scaled{.digits = 1} ? divide(*scaled, units.denominator) : scaled;
  if (!out)
    return std::nullopt;
  return Quantity{*out, name_of(units), UnitKind::Ucum};
}

} // namespace

bool is_calendar_unit(std::string_view word) {
  return find_calendar_unit(word) != nullptr;
}

std::optional<BaseUnits> parse_unit(std::string_view ucum) {
  constexpr std::size_t longest = 100;
  if (ucum.empty() || ucum.size() > longest)
    return std::nullopt;
  return UnitParser{ucum}.run();
}

std::optional<Scaled> in_unit_of(Quantity const& from, Quantity const& to, Estimate estimate) {
  if (from.unit == to.unit && from.kind == to.kind)
    return from.value;
  if (from.kind == UnitKind::Other || to.kind == UnitKind::Other)
    return std::nullopt;
  int const from_months = calendar_months(from), to_months = calendar_months(to);
  if (from_months != 0 && to_months != 0) {
    auto const scaled = multiply(from.value, whole(from_months));
    return scaled ? (to_months == 1 ? scaled : divide(*scaled, whole(to_months))) : std::nullopt;
  }
  if ((from_months != 0) != (to_months != 0) && estimate == Estimate::Refused)
    return std::nullopt;
  auto const left = parse_unit(ucum_code(from)), right = parse_unit(ucum_code(to));
  if (!left || !right || left->powers != right->powers)
    return std::nullopt;
  auto const numerator = multiply(left->numerator, right->denominator);
  auto const denominator = multiply(left->denominator, right->numerator);
  auto const scaled = numerator ? multiply(from.value, *numerator) : std::nullopt;
  if (!scaled || !denominator)
    return std::nullopt;
  return *denominator == Scaled{.digits = 1} ? scaled : divide(*scaled, *denominator);
}

std::optional<Quantity> multiply(Quantity const& a, Quantity const& b) {
  return combined(a, b, 1);
}

std::optional<Quantity> divide(Quantity const& a, Quantity const& b) {
  if (b.value.digits == 0)
    return std::nullopt;
  return combined(a, b, -1);
}

} // namespace tripsis::fhirpath
