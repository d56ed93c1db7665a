// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "store/search/criterion.hh"

#include "base/unicode.hh"
#include "fhir/date_time.hh"
#include "fhir/reference.hh"

#include <charconv>
#include <cmath>

namespace tripsis::store::search {

namespace {

template <class... F>
struct Overloaded : F... {
  using F::operator()...;
};

/// What compiling needs.
struct Compiling {
  Criterion const& criterion;
  index::IndexedParameter const& parameter;
  index::Converter const& converter;
  std::int64_t now;

  std::string code() const { return std::string{criterion.parameter->code}; }
  auto bad_value(std::string_view wanted) const {
    return fail(Fault::Value, fmt::format("{}: this is not {}", code(), wanted));
  }
  auto not_offered() const {
    return fail(Fault::NotSupported, fmt::format("{}:{} is not offered", code(), criterion.modifier));
  }
};

// --- Token
// ---------------------------------------------------------------------------------------------------------------------

/// The systems of an element that is a plain code, by the value set that it is bound to; empty where that
/// is not known.
std::vector<std::string_view> implied_systems(std::string_view expression) {
  auto dot = expression.find('.');
  auto const* type = fhir::find_type(expression.substr(0, dot));
  fhir::Element const* element = nullptr;
  while (type != nullptr && dot != std::string_view::npos) {
    expression.remove_prefix(dot + 1);
    dot = expression.find('.');
    element = type->find(expression.substr(0, dot));
    type = element != nullptr && !element->types.empty() ? fhir::find_type(element->types.front().code)
                                                         : nullptr;
  }
  std::vector<std::string_view> systems;
  if (element != nullptr)
    for (auto const& code : fhir::required_codes(element->value_set))
      if (std::ranges::find(systems, code.system) == systems.end())
        systems.push_back(code.system);
  return systems;
}

Result<Match> compile_token(Compiling const& in, std::string_view value) {
  auto const parts = split_escaped(value, '|');
  auto const& hasher = in.converter.hasher();
  if (parts.size() == 1)
    return TokenMatch{.code = hasher.hash(unescape(parts[0])), .systems = std::nullopt};
  if (parts.size() > 2 || (parts[0].empty() && parts[1].empty()))
    return in.bad_value("code, system|code, |code or system|");
  auto const system = unescape(parts[0]);
  TokenMatch match{.systems = std::vector{hasher.short_hash(system)}};
  auto const implied = implied_systems(in.parameter.parameter->expression);
  if (system.empty() || implied.empty() || std::ranges::find(implied, system) != implied.end())
    match.systems->push_back(index::implied_system);
  if (!parts[1].empty())
    match.code = hasher.hash(unescape(parts[1]));
  return match;
}

// --- Reference
// -----------------------------------------------------------------------------------------------------------------

/// Values of a reference parameter add themselves: a bare id stands for as many references as there are
/// target types.
Result<> compile_reference(Compiling const& in, std::string_view value, std::vector<Match>& matches) {
  auto const text = unescape(value);
  auto const& targets = in.criterion.parameter->targets;
  auto const only =
      !in.criterion.modifier.empty() ? std::string_view{in.criterion.modifier} : in.parameter.target;
  auto const reference = fhir::Reference::parse(text);
  if (!reference)
    return in.bad_value("a reference");
  auto const fits = [&](std::string_view type) { return only.empty() || type.empty() || type == only; };
  if (reference->kind == fhir::Reference::Kind::Id) {
    std::vector<std::string_view> types{targets.begin(), targets.end()};
    if (!only.empty())
      types = {only};
    if (types.empty() || std::ranges::find(types, "Resource") != types.end())
      return in.bad_value("a reference with its type, such as Patient/123");
    for (auto const type : types)
      matches.emplace_back(ReferenceMatch{in.converter.reference_hash(fmt::format("{}/{}", type, text))});
  } else if (fits(reference->type)) {
    matches.emplace_back(ReferenceMatch{in.converter.reference_hash(text)});
  }
  return {};
}

// --- Date, number, quantity
// ----------------------------------------------------------------------------------------------------

constexpr double approximately = 0.1; ///< Of the distance from now, or of the number

Result<Match> compile_date(Compiling const& in, std::string_view value) {
  auto const [prefix, text] = split_prefix(value);
  auto const date = fhir::DateTime::parse_search(text);
  if (!date)
    return in.bad_value("a date, such as 2026-11-22 or ge2026-11");
  auto const range = date->range(in.converter.zone());
  DateMatch match{.prefix = prefix,
                  .sought = {range.low.time_since_epoch().count(), range.high.time_since_epoch().count()}};
  if (prefix == Prefix::Ap) {
    auto const distance = std::abs(static_cast<double>(in.now - match.sought.low));
    auto const margin = static_cast<std::int64_t>(distance * approximately);
    match.sought = {match.sought.low - margin, match.sought.high + margin};
  }
  return match;
}

/// Half of the last written digit: 0.05 for 5.4, 0.5 for 100, 5 for 1e1.
double half_digit(std::string_view number) {
  auto const exponent = number.find_first_of("eE");
  auto const digits = number.substr(0, exponent);
  auto const dot = digits.find('.');
  double power = dot == std::string_view::npos ? 0 : -static_cast<double>(digits.size() - dot - 1);
  if (exponent != std::string_view::npos) {
    auto text = number.substr(exponent + 1);
    text.remove_prefix(text.starts_with('+') ? 1 : 0);
    int given = 0;
    std::from_chars(text.data(), text.data() + text.size(), given);
    power += given;
  }
  return 0.5 * std::pow(10, power);
}

Result<Match> compile_quantity(Compiling const& in, std::string_view value) {
  auto const parts = split_escaped(value, '|');
  auto const [prefix, text] = split_prefix(parts[0]);
  double number = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  bool const is_number = in.criterion.parameter->kind == fhir::SearchType::Number;
  if (error != std::errc{} || end != text.data() + text.size() ||
      (parts.size() != 1 && (parts.size() != 3 || is_number)))
    return in.bad_value(is_number ? "a number, such as 5.4 or gt100"
                                  : "a quantity, such as 5.4, 5.4||mg or 5.4|system|code");
  auto const margin = prefix == Prefix::Ap ? std::abs(number) * approximately : half_digit(text);
  QuantityMatch match{.prefix = prefix, .value = number, .low = number - margin, .high = number + margin};
  if (parts.size() == 3 && !parts[2].empty())
    match.unit = in.converter.unit_hash(unescape(parts[1]), unescape(parts[2]));
  return match;
}

bool matches_number(QuantityMatch const& match, double value) {
  bool const equal = match.low <= value && value < match.high;
  switch (match.prefix) {
  case Prefix::Eq:
  case Prefix::Ap:
    return equal;
  case Prefix::Ne:
    return !equal;
  case Prefix::Gt:
  case Prefix::Sa:
    return value > match.value;
  case Prefix::Lt:
  case Prefix::Eb:
    return value < match.value;
  case Prefix::Ge:
    return value >= match.value;
  case Prefix::Le:
    return value <= match.value;
  }
  return false;
}

// --- String
// --------------------------------------------------------------------------------------------------------------------

Match compile_string(Compiling const& in, std::string_view value) {
  auto text = unescape(value);
  auto folded = fold(text);
  auto const mode = in.criterion.modifier == "exact"      ? StringMode::Exact
                    : in.criterion.modifier == "contains" ? StringMode::Contains
                                                          : StringMode::Prefix;
  return StringMatch{.mode = mode, .folded = std::move(folded), .exact = std::move(text)};
}

bool matches_text(StringMatch const& match, std::string_view text) {
  switch (match.mode) {
  case StringMode::Exact:
    return text == match.exact;
  case StringMode::Contains:
    return fold(text).find(match.folded) != std::string::npos;
  case StringMode::Prefix:
    break;
  }
  return fold(text).starts_with(match.folded);
}

// --- All
// -----------------------------------------------------------------------------------------------------------------------

Result<> compile_value(Compiling const& in, std::string const& value, std::vector<Match>& matches) {
  if (value.empty())
    return in.bad_value("a value: it is empty");
  switch (in.criterion.parameter->kind) {
  case fhir::SearchType::Token:
    if (in.criterion.parameter->code == "_id")
      matches.emplace_back(IdMatch{unescape(value)});
    else
      matches.push_back(TRY(compile_token(in, value)));
    return {};
  case fhir::SearchType::Uri:
    matches.emplace_back(
        TokenMatch{.code = in.converter.hasher().hash(unescape(value)), .systems = std::nullopt});
    return {};
  case fhir::SearchType::Reference:
    if (in.criterion.modifier == "identifier")
      matches.push_back(TRY(compile_token(in, value)));
    else
      TRY(compile_reference(in, value, matches));
    return {};
  case fhir::SearchType::Date:
    matches.push_back(TRY(compile_date(in, value)));
    return {};
  case fhir::SearchType::Number:
  case fhir::SearchType::Quantity:
    matches.push_back(TRY(compile_quantity(in, value)));
    return {};
  case fhir::SearchType::String:
    matches.push_back(compile_string(in, value));
    return {};
  case fhir::SearchType::Composite:
  case fhir::SearchType::Special:
    break;
  }
  return fail(Fault::NotSupported, in.code() + " is not offered");
}

bool has_match(CompiledCriterion const& criterion, index::Extractor const& extractor,
               json::Value const& resource) {
  auto const& parameter = *criterion.parameter;
  if (parameter.parameter->kind == fhir::SearchType::String) {
    std::vector<index::Found> found;
    std::vector<std::string_view> texts;
    parameter.find(resource, found);
    for (auto const& element : found)
      index::strings(element, texts);
    return std::ranges::any_of(texts, [&](std::string_view text) {
      return std::ranges::any_of(criterion.matches, [&](Match const& match) {
        return matches_text(std::get<StringMatch>(match), text);
      });
    });
  }
  auto const rows = extractor.rows_of(parameter, resource);
  return std::ranges::any_of(rows, [&](index::Row const& row) {
    return std::ranges::any_of(criterion.matches,
                               [&](Match const& match) { return matches_row(match, row); });
  });
}

} // namespace

bool CompiledCriterion::is_column() const {
  return parameter->parameter->code == "_id" || parameter->parameter->code == "_lastUpdated";
}

Result<CompiledCriterion> compile(Criterion const& criterion, index::Extractor const& extractor,
                                  std::int64_t now) {
  auto const* type = extractor.find_type(criterion.parameter->type);
  auto const* parameter = type != nullptr ? type->find(criterion.parameter->code) : nullptr;
  if (parameter == nullptr || !parameter->is_offered)
    return fail(Fault::NotSupported, fmt::format("{} is not offered", criterion.parameter->code));
  Compiling const in{
      .criterion = criterion, .parameter = *parameter, .converter = extractor.converter(), .now = now};
  CompiledCriterion compiled{.parameter = parameter};
  if (criterion.modifier == "missing") {
    auto const value =
        criterion.values.size() == 1 ? std::string_view{criterion.values.front()} : std::string_view{};
    if (value != "true" && value != "false")
      return in.bad_value("true or false");
    if (compiled.is_column())
      return in.not_offered();
    compiled.sense = value == "true" ? Sense::Missing : Sense::Present;
    return compiled;
  }
  if (criterion.modifier == "not")
    compiled.sense = Sense::NoValue;
  if (compiled.is_column() && !criterion.modifier.empty())
    return in.not_offered();
  for (auto const& value : criterion.values)
    TRY(compile_value(in, value, compiled.matches));
  return compiled;
}

bool matches_row(Match const& match, index::Row const& row) {
  return std::visit(Overloaded{[&](TokenMatch const& m) {
                                 return row.table == index::Table::Token && (!m.code || *m.code == row.a) &&
                                        (!m.systems ||
                                         std::ranges::find(*m.systems, row.b) != m.systems->end());
                               },
                               [&](ReferenceMatch const& m) {
                                 return row.table == index::Table::Reference && row.a == m.target;
                               },
                               [&](DateMatch const& m) {
                                 return row.table == index::Table::Date && matches(m, {row.a, row.b});
                               },
                               [&](StringMatch const&) { return false; },
                               [&](QuantityMatch const& m) {
                                 return row.table == index::Table::Quantity &&
                                        (!m.unit || *m.unit == row.a) && matches_number(m, row.number);
                               },
                               [&](IdMatch const&) { return false; }},
                    match);
}

bool meets(CompiledCriterion const& criterion, index::Extractor const& extractor,
           json::Value const& resource) {
  switch (criterion.sense) {
  case Sense::AnyValue:
    return has_match(criterion, extractor, resource);
  case Sense::NoValue:
    return !has_match(criterion, extractor, resource);
  case Sense::Missing:
  case Sense::Present:
    break;
  }
  std::vector<index::Found> found;
  criterion.parameter->find(resource, found);
  return found.empty() == (criterion.sense == Sense::Missing);
}

bool meets_id(CompiledCriterion const& criterion, std::string_view id) {
  return std::ranges::any_of(criterion.matches,
                             [&](Match const& match) { return std::get<IdMatch>(match).id == id; });
}

bool meets_last_updated(CompiledCriterion const& criterion, Instant updated) {
  auto const at = updated.time_since_epoch().count();
  return std::ranges::any_of(criterion.matches, [&](Match const& match) {
    return matches(std::get<DateMatch>(match), {at, at + 1});
  });
}

std::vector<std::string> split_escaped(std::string_view value, char separator) {
  std::vector<std::string> parts(1);
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value[i] == '\\' && i + 1 < value.size()) {
      parts.back() += value[i];
      parts.back() += value[++i];
    } else if (value[i] == separator) {
      parts.emplace_back();
    } else {
      parts.back() += value[i];
    }
  }
  return parts;
}

std::string unescape(std::string_view value) {
  std::string out;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value[i] == '\\' && i + 1 < value.size())
      ++i;
    out += value[i];
  }
  return out;
}

} // namespace tripsis::store::search
