// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "fhirpath/values.hh"

namespace tripsis::fhirpath {
namespace {

constexpr std::string_view ucum_system = "http://unitsofmeasure.org";

std::optional<Quantity> read_quantity(json::Value const& value) {
  auto const* number = value.find("value");
  auto const parsed =
      number != nullptr && number->is_number() ? parse_number(number->lexeme()) : std::nullopt;
  if (!parsed)
    return std::nullopt;
  auto const code = value.text("code"), unit = value.text("unit"), system = value.text("system");
  if (system == ucum_system && !code.empty())
    return Quantity{*parsed, std::string{code}, UnitKind::Ucum};
  if (system.empty() && is_calendar_unit(unit))
    return Quantity{*parsed, std::string{unit}, UnitKind::Calendar};
  if (code.empty() && unit.empty())
    return Quantity{*parsed, "1", UnitKind::Ucum};
  return Quantity{*parsed, std::string{code.empty() ? unit : code}, UnitKind::Other};
}

SystemValue text_value(Item const& item) {
  std::string_view const text = item.value().string();
  auto const& type = item.definition();
  auto const* system = is_system_type(type) ? &type : system_type_of(type);
  auto const kind = system != nullptr ? kind_of(*system) : System::String;
  if (kind != System::Date && kind != System::DateTime && kind != System::Time)
    return text;
  if (auto const parsed = Temporal::parse(text, kind))
    return *parsed;
  return text;
}

} // namespace

SystemValue system_value(Item const& item) {
  auto const& value = item.value();
  switch (value.kind()) {
  case json::Kind::Bool:
    return value.boolean();
  case json::Kind::Number: {
    auto const parsed = parse_number(value.lexeme());
    if (!parsed)
      return std::string_view{value.lexeme()};
    auto const* system =
        is_system_type(item.definition()) ? &item.definition() : system_type_of(item.definition());
    return Number{*parsed, system == system_type(System::Integer)};
  }
  case json::Kind::String:
    return text_value(item);
  case json::Kind::Object:
    if (&item.definition() == system_type(System::Quantity) ||
        system_type_of(item.definition()) == system_type(System::Quantity))
      if (auto quantity = read_quantity(value))
        return std::move(*quantity);
    return std::monostate{};
  default:
    return std::monostate{};
  }
}

std::optional<Quantity> quantity_of(Item const& item) {
  auto const value = system_value(item);
  if (auto const* quantity = std::get_if<Quantity>(&value))
    return *quantity;
  if (auto const* number = std::get_if<Number>(&value))
    return Quantity{number->value, "1", UnitKind::Ucum};
  return std::nullopt;
}

Item integer_item(std::int64_t n) {
  return Item::computed(json::Value::integer(n), "Integer");
}
Item decimal_item(Scaled value) {
  return Item::computed(json::Value{json::Number{format(value)}}, "Decimal");
}
Item number_item(Number number) {
  return Item::computed(json::Value{json::Number{format(number.value)}},
                        number.is_integer ? "Integer" : "Decimal");
}
Item string_item(std::string text) {
  return Item::computed(json::Value{std::move(text)}, "String");
}
Item temporal_item(Temporal const& value) {
  return Item::computed(json::Value{value.format()}, system_type(value.kind)->name);
}

Item quantity_item(Quantity const& quantity) {
  json::Value out;
  out.set("value", json::Value{json::Number{format(quantity.value)}});
  out.set("unit", json::Value{quantity.unit});
  if (quantity.kind == UnitKind::Ucum) {
    out.set("system", json::Value{ucum_system});
    out.set("code", json::Value{quantity.unit});
  }
  return Item::computed(std::move(out), "Quantity");
}

std::optional<std::string> text_of(Item const& item) {
  auto const value = system_value(item);
  if (auto const* boolean = std::get_if<bool>(&value))
    return *boolean ? "true" : "false";
  if (auto const* quantity = std::get_if<Quantity>(&value)) {
    auto const number = format(quantity->value);
    return quantity->kind == UnitKind::Calendar ? number + ' ' + quantity->unit
                                                : number + " '" + quantity->unit + '\'';
  }
  if (item.value().is_number())
    return item.value().lexeme();
  if (item.value().is_string())
    return item.value().string();
  return std::nullopt;
}

Truth negate(Truth t) {
  return t == Truth::Empty ? t : truth(t == Truth::False);
}

} // namespace tripsis::fhirpath
