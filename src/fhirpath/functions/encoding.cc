// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// encode(), decode(), escape() and unescape() (http://hl7.org/fhirpath/N1/#additional-string-functions).
#include "base/base64.hh"
#include "base/json/parse.hh"
#include "fhirpath/functions.hh"

#include <algorithm>
#include <array>

namespace tripsis::fhirpath {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";

std::string to_hex(std::string_view bytes) {
  std::string out;
  for (char const c : bytes) {
    auto const byte = static_cast<unsigned char>(c);
    (out += hex_digits[byte >> 4]) += hex_digits[byte & 15];
  }
  return out;
}

std::optional<std::string> from_hex(std::string_view text) {
  std::string out;
  if (text.size() % 2 != 0)
    return std::nullopt;
  for (std::size_t i = 0; i < text.size(); i += 2) {
    auto const high = hex_digits.find(static_cast<char>(text[i] | 32)),
               low = hex_digits.find(static_cast<char>(text[i + 1] | 32));
    if (high == hex_digits.npos || low == hex_digits.npos)
      return std::nullopt;
    out += static_cast<char>(high * 16 + low);
  }
  return out;
}

/// The URL-safe alphabet, with padding.
std::string exchange_letters(std::string text, std::string_view from, std::string_view to) {
  for (char& c : text)
    if (auto const i = from.find(c); i != from.npos)
      c = to[i];
  return text;
}

/// Only JSON that our parser takes is UTF-8 for certain, so what is decoded is checked by it.
bool is_utf8(std::string const& text) {
  return json::parse(json::write(json::Value{text})).has_value();
}

Result<> encode(Call const& call) {
  auto const text = TRY(call.text());
  auto const format = TRY(call.text_argument(0));
  if (!text || !format)
    return call.give_nothing();
  if (*format == "hex")
    return call.give(string_item(to_hex(*text)));
  if (*format == "base64")
    return call.give(string_item(base64_encode(*text, Base64::Standard)));
  if (*format == "urlbase64")
    return call.give(string_item(exchange_letters(base64_encode(*text, Base64::Standard), "+/", "-_")));
  return call.give_nothing();
}

Result<> decode(Call const& call) {
  auto const text = TRY(call.text());
  auto const format = TRY(call.text_argument(0));
  if (!text || !format)
    return call.give_nothing();
  std::optional<std::string> out;
  if (*format == "hex")
    out = from_hex(*text);
  else if (*format == "base64")
    out = base64_decode(*text, Base64::Standard);
  else if (*format == "urlbase64")
    out = base64_decode(exchange_letters(std::string{*text}, "-_", "+/"), Base64::Standard);
  return out && is_utf8(*out) ? call.give(string_item(*std::move(out))) : call.give_nothing();
}

struct Entity {
  std::string_view text;
  std::string_view escaped;
};
constexpr std::array entities{Entity{"&", "&amp;"}, Entity{"<", "&lt;"}, Entity{">", "&gt;"},
                              Entity{"\"", "&quot;"}, Entity{"'", "&#39;"}};

std::string escape_html(std::string_view text) {
  std::string out;
  for (char const c : text) {
    auto const found = std::ranges::find(entities, std::string_view{&c, 1}, &Entity::text);
    if (found != entities.end())
      out += found->escaped;
    else
      out += c;
  }
  return out;
}

std::string unescape_html(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    auto const found =
        std::ranges::find_if(entities, [&](Entity const& e) { return text.starts_with(e.escaped); });
    if (found != entities.end()) {
      out += found->text;
      text.remove_prefix(found->escaped.size());
    } else {
      out += text.front();
      text.remove_prefix(1);
    }
  }
  return out;
}

Result<> escape(Call const& call) {
  auto const text = TRY(call.text());
  auto const target = TRY(call.text_argument(0));
  if (!text || !target)
    return call.give_nothing();
  if (*target == "html")
    return call.give(string_item(escape_html(*text)));
  if (*target != "json")
    return call.give_nothing();
  std::string quoted;
  json::write_string(*text, quoted);
  return call.give(string_item(quoted.substr(1, quoted.size() - 2)));
}

Result<> unescape(Call const& call) {
  auto const text = TRY(call.text());
  auto const target = TRY(call.text_argument(0));
  if (!text || !target)
    return call.give_nothing();
  if (*target == "html")
    return call.give(string_item(unescape_html(*text)));
  auto const parsed =
      *target == "json" ? json::parse('"' + std::string{*text} + '"') : Result<json::Value>{};
  return parsed && parsed->is_string() ? call.give(string_item(parsed->string())) : call.give_nothing();
}

constexpr std::array functions{
    Function{"encode", 1, 1, encode},
    Function{"decode", 1, 1, decode},
    Function{"escape", 1, 1, escape},
    Function{"unescape", 1, 1, unescape},
};

} // namespace

std::span<Function const> encoding_functions() noexcept {
  return functions;
}

} // namespace tripsis::fhirpath
