// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/report/wording.hh"

#include "fhir/date_time.hh"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

namespace tripsis::clinic::report {
namespace {

using json::Value;

constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::string_view month_name(Date date) {
  return months.at(static_cast<unsigned>(date.month()) - 1);
}

Value const* name_element(Value const& resource) {
  auto const& names = resource.items("name");
  for (std::string_view const use : {"official", "usual"})
    for (auto const& name : names)
      if (name.text("use") == use)
        return &name;
  return names.empty() ? nullptr : &names.front();
}

std::string quantity_words(Value const& quantity) {
  auto const* value = quantity.find("value");
  if (value == nullptr || !value->is_number())
    return {};
  auto const unit = quantity.text("unit").empty() ? quantity.text("code") : quantity.text("unit");
  return unit.empty() || unit == "1" ? value->lexeme() : fmt::format("{} {}", value->lexeme(), unit);
}

void append_utf8(unsigned long point, std::string& out) {
  if (point < 0x80) {
    out += static_cast<char>(point);
  } else if (point < 0x800) {
    out += static_cast<char>(0xC0 | point >> 6);
    out += static_cast<char>(0x80 | (point & 0x3F));
  } else if (point < 0x10000) {
    out += static_cast<char>(0xE0 | point >> 12);
    out += static_cast<char>(0x80 | (point >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (point & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | point >> 18);
    out += static_cast<char>(0x80 | (point >> 12 & 0x3F));
    out += static_cast<char>(0x80 | (point >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (point & 0x3F));
  }
}

/// Appends what "&amp;" (given as "amp") stands for; nothing for what is unknown.
void append_entity(std::string_view name, std::string& out) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 6> named{
      {{"amp", "&"}, {"lt", "<"}, {"gt", ">"}, {"quot", "\""}, {"apos", "'"}, {"nbsp", " "}}};
  for (auto const& [entity, text] : named)
    if (entity == name)
      out += text;
  if (!name.starts_with('#'))
    return;
  name.remove_prefix(1);
  auto const hex = name.starts_with('x');
  if (hex)
    name.remove_prefix(1);
  unsigned long point = 0;
  auto const [end, error] = std::from_chars(name.data(), name.data() + name.size(), point, hex ? 16 : 10);
  auto const surrogate = 0xD800 <= point && point <= 0xDFFF;
  if (error == std::errc{} && end == name.data() + name.size() && point <= 0x10FFFF && !surrogate)
    append_utf8(point, out);
}

bool ends_line(std::string_view tag) {
  constexpr std::array<std::string_view, 11> blocks{"p",  "div", "li", "tr", "h1",        "h2",
                                                    "h3", "h4",  "ul", "br", "blockquote"};
  if (tag.starts_with('/'))
    tag.remove_prefix(1);
  tag = tag.substr(0, tag.find_first_of(" \t\r\n/"));
  return std::ranges::find(blocks, tag) != blocks.end();
}

void end_line(std::string& out) {
  while (out.ends_with(' '))
    out.pop_back();
  if (!out.empty() && !out.ends_with('\n'))
    out += '\n';
}

} // namespace

std::string words_of(Date date) {
  return fmt::format("{} {} {}", static_cast<unsigned>(date.day()), month_name(date),
                     static_cast<int>(date.year()));
}

std::string words_of(std::string_view date_time, TimeZone const& zone) {
  auto const parsed = fhir::DateTime::parse(date_time);
  if (!parsed)
    return {};
  auto const written = parsed->parts().date;
  switch (parsed->precision()) {
  case fhir::Precision::Year:
    return fmt::format("{}", static_cast<int>(written.year()));
  case fhir::Precision::Month:
    return fmt::format("{} {}", month_name(written), static_cast<int>(written.year()));
  case fhir::Precision::Day:
    return words_of(written);
  default:
    return words_of(zone.date(parsed->range(zone).low));
  }
}

std::string iso_of(Date date) {
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::string name_of(Value const& resource) {
  if (auto const organisation = resource.text("name"); !organisation.empty())
    return std::string{organisation};
  auto const* name = name_element(resource);
  if (name == nullptr)
    return {};
  std::string joined;
  for (auto const& given : name->items("given"))
    if (given.is_string())
      joined.append(joined.empty() ? "" : " ").append(given.string());
  if (auto const family = name->text("family"); !family.empty())
    joined.append(joined.empty() ? "" : " ").append(family);
  return joined.empty() ? std::string{name->text("text")} : joined;
}

std::string text_of(Value const* concept_) {
  if (concept_ == nullptr)
    return {};
  if (concept_->is_array())
    return concept_->array().empty() ? std::string{} : text_of(&concept_->array().front());
  if (auto const text = concept_->text("text"); !text.empty())
    return std::string{text};
  for (auto const& coding : concept_->items("coding"))
    if (auto const display = coding.text("display"); !display.empty())
      return std::string{display};
  return {};
}

std::string value_of(Value const& observation) {
  if (auto const* whole = observation.find("valueInteger"); whole != nullptr && whole->is_number())
    return whole->lexeme();
  if (auto const* quantity = observation.find("valueQuantity"))
    return quantity_words(*quantity);
  if (auto const* yes = observation.find("valueBoolean"); yes != nullptr && yes->is_bool())
    return yes->boolean() ? "yes" : "no";
  if (auto const* concept_ = observation.find("valueCodeableConcept"))
    return text_of(concept_);
  return std::string{observation.text("valueString")};
}

std::string number_words(double number) {
  auto const rounded = std::round(number * 10) / 10;
  auto const size = std::abs(rounded);
  auto text = size == std::floor(size) ? fmt::format("{:.0f}", size) : fmt::format("{:.1f}", size);
  return rounded < 0 ? "−" + text : text;
}

std::string list_of(std::vector<std::string> const& items) {
  std::string joined;
  for (std::size_t i = 0; i < items.size(); ++i)
    joined.append(i == 0 ? "" : i + 1 == items.size() ? " and " : ", ").append(items[i]);
  return joined;
}

std::string count_of(std::size_t number, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", number, number == 1 ? one : many);
}

std::string plain_text(std::string_view xhtml) {
  constexpr std::size_t longest_entity = 12;
  std::string out;
  while (!xhtml.empty()) {
    auto const next = xhtml.front();
    auto const close = next == '<'   ? xhtml.find('>')
                       : next == '&' ? xhtml.substr(0, longest_entity).find(';')
                                     : std::string_view::npos;
    if (next == '<' && close != std::string_view::npos) {
      auto const tag = xhtml.substr(1, close - 1);
      if (ends_line(tag))
        end_line(out);
      else if ((tag == "/td" || tag == "/th") && !out.ends_with(' '))
        out += ' ';
      xhtml.remove_prefix(close + 1);
    } else if (next == '&' && close != std::string_view::npos) {
      append_entity(xhtml.substr(1, close - 1), out);
      xhtml.remove_prefix(close + 1);
    } else {
      auto const space = next == ' ' || next == '\n' || next == '\r' || next == '\t';
      if (!space)
        out += next;
      else if (!out.empty() && !out.ends_with(' ') && !out.ends_with('\n'))
        out += ' ';
      xhtml.remove_prefix(1);
    }
  }
  end_line(out);
  if (out.ends_with('\n'))
    out.pop_back();
  return out;
}

} // namespace tripsis::clinic::report
