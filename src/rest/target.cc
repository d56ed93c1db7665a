// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "rest/target.hh"

#include <algorithm>
#include <array>
#include <cstdint>

namespace tripsis::rest {
namespace {

enum class Plus : unsigned char { IsPlus, IsSpace };

int hex_value(char c) {
  return '0' <= c && c <= '9'   ? c - '0'
         : 'a' <= c && c <= 'f' ? c - 'a' + 10
         : 'A' <= c && c <= 'F' ? c - 'A' + 10
                                : -1;
}

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

Result<std::string> decode(std::string_view text, Plus plus) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto c = text[i];
    if (c == '%') {
      auto const high = i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
      auto const low = i + 2 < text.size() ? hex_value(text[i + 2]) : -1;
      if (high < 0 || low < 0)
        return fail(Fault::Value, "The address holds a % that two hexadecimal digits do not follow.");
      c = static_cast<char>(high * 16 + low);
      i += 2;
    } else if (c == '+' && plus == Plus::IsSpace) {
      c = ' ';
    }
    out += c;
  }
  if (std::ranges::any_of(out, is_control))
    return fail(Fault::Value, "The address holds a control character.");
  if (!is_utf8(out))
    return fail(Fault::Value, "The address is not UTF-8.");
  return out;
}

} // namespace

bool is_utf8(std::string_view text) noexcept {
  for (std::size_t i = 0; i < text.size();) {
    auto const lead = static_cast<unsigned char>(text[i]);
    if (lead < 0x80) {
      ++i;
      continue;
    }
    std::size_t const more = lead >= 0xc2 && lead < 0xe0   ? 1
                             : lead >= 0xe0 && lead < 0xf0 ? 2
                             : lead >= 0xf0 && lead < 0xf5 ? 3
                                                           : 0;
    if (more == 0 || i + more >= text.size())
      return false;
    std::uint32_t point = lead & (0x3fU >> more);
    for (std::size_t k = 1; k <= more; ++k) {
      auto const next = static_cast<unsigned char>(text[i + k]);
      if ((next & 0xc0U) != 0x80U)
        return false;
      point = (point << 6U) | (next & 0x3fU);
    }
    constexpr std::array<std::uint32_t, 4> least{0, 0x80, 0x800, 0x10000};
    if (point < least.at(more) || point > 0x10ffff || (point >= 0xd800 && point < 0xe000))
      return false;
    i += more + 1;
  }
  return true;
}

std::string const* Target::find(std::string_view name) const noexcept {
  auto const found = std::find_if(parameters.rbegin(), parameters.rend(),
                                  [&](auto const& pair) { return pair.first == name; });
  return found == parameters.rend() ? nullptr : &found->second;
}

Result<Parameters> parse_parameters(std::string_view text) {
  Parameters parameters;
  while (!text.empty()) {
    auto const end = std::min(text.find('&'), text.size());
    auto const pair = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (pair.empty())
      continue;
    auto const equals = std::min(pair.find('='), pair.size());
    auto name = TRY(decode(pair.substr(0, equals), Plus::IsSpace));
    auto value =
        TRY(decode(equals < pair.size() ? pair.substr(equals + 1) : std::string_view{}, Plus::IsSpace));
    parameters.emplace_back(std::move(name), std::move(value));
  }
  return parameters;
}

Result<Target> parse_target(std::string_view target) {
  Target out;
  auto const question = std::min(target.find('?'), target.size());
  auto path = target.substr(0, question);
  if (!path.starts_with('/'))
    return fail(Fault::Value, "The address must begin with a '/'.");
  path.remove_prefix(1);
  while (!path.empty()) {
    auto const end = std::min(path.find('/'), path.size());
    auto segment = TRY(decode(path.substr(0, end), Plus::IsPlus));
    if (segment.empty() || segment == "." || segment == "..")
      return fail(Fault::Value, "The address holds an empty part, '.' or '..'.");
    out.segments.push_back(std::move(segment));
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  if (question < target.size())
    out.parameters = TRY(parse_parameters(target.substr(question + 1)));
  return out;
}

std::string encode_parameter(std::string_view text) {
  constexpr std::string_view plain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/,$*@";
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (auto const c : text) {
    if (plain.contains(c)) {
      out += c;
      continue;
    }
    auto const byte = static_cast<unsigned char>(c);
    out += '%';
    out += digits[byte >> 4U];
    out += digits[byte & 0xfU];
  }
  return out;
}

} // namespace tripsis::rest
