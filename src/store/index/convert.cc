// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "store/index/convert.hh"

#include "base/unicode.hh"
#include "fhir/date_time.hh"

#include <charconv>

namespace tripsis::store::index {

namespace {

constexpr std::array name_parts{"text", "family", "given", "prefix", "suffix"};
constexpr std::array address_parts{"text", "line", "city", "district", "state", "postalCode", "country"};

void add_texts(json::Value const& value, std::vector<std::string_view>& texts) {
  if (value.is_string())
    texts.push_back(value.string());
  else if (value.is_array())
    for (auto const& item : value.array())
      add_texts(item, texts);
}

std::optional<Span> span_of(json::Value const* value, TimeZone const& zone) {
  if (value == nullptr || !value->is_string())
    return std::nullopt;
  auto const parsed = fhir::DateTime::parse(value->string());
  if (!parsed)
    return std::nullopt;
  auto const range = parsed->range(zone);
  return Span{range.low.time_since_epoch().count(), range.high.time_since_epoch().count()};
}

std::optional<Span> period(json::Value const& value, TimeZone const& zone) {
  auto const start = span_of(value.find("start"), zone);
  auto const end = span_of(value.find("end"), zone);
  if (!start && !end)
    return std::nullopt;
  return Span{start ? start->low : far_past, end ? end->high : far_future};
}

} // namespace

void Converter::convert(fhir::SearchType kind, std::uint32_t number, Found const& found,
                        std::vector<Row>& rows) const {
  switch (kind) {
  case fhir::SearchType::Token:
    return tokens(number, found, rows);
  case fhir::SearchType::Uri:
    if (found.value->is_string())
      token(number, {}, found.value->string(), rows);
    return;
  case fhir::SearchType::Reference:
    return references(number, found, rows);
  case fhir::SearchType::Number:
  case fhir::SearchType::Quantity:
    return quantities(number, found, rows);
  case fhir::SearchType::Date: {
    std::vector<Span> all;
    spans(found, all);
    for (auto const& span : all)
      rows.push_back({.table = Table::Date, .parameter = number, .a = span.low, .b = span.high});
    return;
  }
  case fhir::SearchType::String: {
    std::vector<std::string_view> texts;
    strings(found, texts);
    for (auto const text : texts)
      rows.push_back({.table = Table::String, .parameter = number, .text = index_text(text)});
    return;
  }
  case fhir::SearchType::Composite:
  case fhir::SearchType::Special:
    return;
  }
}

// --- Token: https://hl7.org/fhir/R4/search.html#token
// --------------------------------------------------------------------------

void Converter::token(std::uint32_t number, std::string_view system, std::string_view code,
                      std::vector<Row>& rows) const {
  if (!code.empty())
    rows.push_back({.table = Table::Token,
                    .parameter = number,
                    .a = hasher_.hash(code),
                    .b = hasher_.short_hash(system)});
}

void Converter::tokens(std::uint32_t number, Found const& found, std::vector<Row>& rows) const {
  auto const& value = *found.value;
  if (found.type == "CodeableConcept") {
    for (auto const& coding : value.items("coding"))
      token(number, coding.text("system"), coding.text("code"), rows);
  } else if (found.type == "Coding") {
    token(number, value.text("system"), value.text("code"), rows);
  } else if (found.type == "Identifier") {
    token(number, value.text("system"), value.text("value"), rows);
  } else if (found.type == "ContactPoint") {
    token(number, {}, value.text("value"), rows);
  } else if (auto const text = primitive_text(value)) {
    token(number, {}, *text, rows);
    if (!rows.empty() && found.type == "code")
      rows.back().b = implied_system;
  }
}

// --- Reference: https://hl7.org/fhir/R4/search.html#reference
// ------------------------------------------------------------------

std::int64_t Converter::reference_hash(std::string_view reference) const {
  return hasher_.hash(reference.substr(0, reference.find("/_history/")));
}

// A reference by identifier alone has a token row under the same number, for subject:identifier.
void Converter::references(std::uint32_t number, Found const& found, std::vector<Row>& rows) const {
  auto const& value = *found.value;
  auto const text = value.is_string() ? std::string_view{value.string()} : value.text("reference");
  if (!text.empty() && !text.starts_with('#')) {
    rows.push_back({.table = Table::Reference, .parameter = number, .a = reference_hash(text)});
    if (auto const bar = text.find('|');
        value.is_string() && bar != std::string_view::npos) // a canonical with a version
      rows.push_back(
          {.table = Table::Reference, .parameter = number, .a = reference_hash(text.substr(0, bar))});
  }
  if (auto const* identifier = value.find("identifier"))
    token(number, identifier->text("system"), identifier->text("value"), rows);
}

// --- Number and quantity: https://hl7.org/fhir/R4/search.html#quantity
// ---------------------------------------------------------

std::int64_t Converter::unit_hash(std::string_view system, std::string_view code) const {
  return code.empty() ? 0 : hasher_.short_hash(std::string{system}.append("|").append(code));
}

void Converter::quantity(std::uint32_t number, json::Value const& quantity, std::vector<Row>& rows) const {
  auto const* given = quantity.find("value");
  auto const value = given != nullptr ? number_value(*given) : std::nullopt;
  if (!value)
    return;
  auto const add = [&](std::int64_t unit) {
    rows.push_back({.table = Table::Quantity, .parameter = number, .a = unit, .number = *value});
  };
  auto const code = quantity.text("code"), unit = quantity.text("unit"),
             currency = quantity.text("currency");
  if (!code.empty()) {
    add(unit_hash(quantity.text("system"), code));
    add(unit_hash({}, code));
  }
  if (!unit.empty() && unit != code)
    add(unit_hash({}, unit));
  if (!currency.empty()) {
    add(unit_hash("urn:iso:std:iso:4217", currency));
    add(unit_hash({}, currency));
  }
  if (code.empty() && unit.empty() && currency.empty())
    add(0);
}

void Converter::quantities(std::uint32_t number, Found const& found, std::vector<Row>& rows) const {
  auto const& value = *found.value;
  if (auto const plain = number_value(value)) {
    rows.push_back({.table = Table::Quantity, .parameter = number, .number = *plain});
  } else if (found.type == "Range") {
    for (auto const* end : {"low", "high"})
      if (auto const* limit = value.find(end))
        quantity(number, *limit, rows);
  } else if (found.type == "SampledData") {
    if (auto const* origin = value.find("origin"))
      quantity(number, *origin, rows);
  } else {
    quantity(number, value, rows);
  }
}

// --- Date: https://hl7.org/fhir/R4/search.html#date
// ----------------------------------------------------------------------------

void Converter::spans(Found const& found, std::vector<Span>& spans) const {
  auto const& value = *found.value;
  if (auto const span = span_of(&value, zone_)) {
    spans.push_back(*span);
  } else if (found.type == "Period") {
    if (auto const whole = period(value, zone_))
      spans.push_back(*whole);
  } else if (found.type == "Timing") {
    for (auto const& event : value.items("event"))
      if (auto const at = span_of(&event, zone_))
        spans.push_back(*at);
    if (auto const* bounds = value.at({"repeat", "boundsPeriod"}))
      if (auto const whole = period(*bounds, zone_))
        spans.push_back(*whole);
  }
}

// --- String: https://hl7.org/fhir/R4/search.html#string
// ------------------------------------------------------------------------

void strings(Found const& found, std::vector<std::string_view>& texts) {
  auto const add_parts = [&](auto const& names) {
    for (auto const* name : names)
      if (auto const* part = found.value->find(name))
        add_texts(*part, texts);
  };
  if (found.type == "HumanName")
    add_parts(name_parts);
  else if (found.type == "Address")
    add_parts(address_parts);
  else
    add_texts(*found.value, texts);
}

std::string index_text(std::string_view text) {
  auto folded = fold(text);
  if (folded.size() > longest_string) {
    auto end = longest_string;
    while (end > 0 && (static_cast<unsigned char>(folded[end]) & 0xc0) == 0x80)
      --end;
    folded.resize(end);
  }
  return folded;
}

std::optional<std::string> primitive_text(json::Value const& value) {
  if (value.is_string())
    return value.string();
  if (value.is_bool())
    return value.boolean() ? "true" : "false";
  if (value.is_number())
    return value.lexeme();
  return std::nullopt;
}

std::optional<double> number_value(json::Value const& value) {
  if (!value.is_number())
    return std::nullopt;
  auto const& text = value.lexeme();
  double number = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} ? std::optional{number} : std::nullopt;
}

} // namespace tripsis::store::index
