// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "base/uuid.hh"

#include <span>

#include <sodium.h>

namespace tripsis {
namespace {

constexpr bool is_hyphen_place(std::size_t i) {
  return i == 8 || i == 13 || i == 18 || i == 23;
}

int hex_value(char c) {
  return '0' <= c && c <= '9' ? c - '0' : 'a' <= c && c <= 'f' ? c - 'a' + 10 : -1;
}

} // namespace

Uuid Uuid::v7(Instant now, Random& random) {
  Uuid id;
  random.fill(std::as_writable_bytes(std::span{id.bytes}));
  auto const ms = static_cast<std::uint64_t>(now.time_since_epoch().count());
  for (std::size_t i = 0; i < 6; ++i)
    id.bytes[i] = static_cast<std::uint8_t>(ms >> (40 - 8 * i));
  id.bytes[6] = static_cast<std::uint8_t>((id.bytes[6] & 0x0fU) | 0x70U);
  id.bytes[8] = static_cast<std::uint8_t>((id.bytes[8] & 0x3fU) | 0x80U);
  return id;
}

Uuid Uuid::named(std::string_view name) {
  Uuid id;
  crypto_generichash(id.bytes.data(), id.bytes.size(), reinterpret_cast<unsigned char const*>(name.data()),
                     name.size(), nullptr, 0);
  id.bytes[6] = static_cast<std::uint8_t>((id.bytes[6] & 0x0fU) | 0x80U);
  id.bytes[8] = static_cast<std::uint8_t>((id.bytes[8] & 0x3fU) | 0x80U);
  return id;
}

std::optional<Uuid> Uuid::parse(std::string_view text) {
  if (text.size() != 36)
    return std::nullopt;
  Uuid id;
  std::size_t nibble = 0;
  for (std::size_t i = 0; i < 36; ++i) {
    if (is_hyphen_place(i)) {
      if (text[i] != '-')
        return std::nullopt;
      continue;
    }
    int const value = hex_value(text[i]);
    if (value < 0)
      return std::nullopt;
    auto& byte = id.bytes[nibble / 2];
    byte = static_cast<std::uint8_t>(byte << 4 | value);
    ++nibble;
  }
  return id;
}

std::string Uuid::text() const {
  static constexpr char digits[] = "0123456789abcdef";
  std::string out(36, '-');
  std::size_t nibble = 0;
  for (std::size_t i = 0; i < 36; ++i) {
    if (is_hyphen_place(i))
      continue;
    auto const byte = bytes[nibble / 2];
    out[i] = digits[nibble % 2 == 0 ? byte >> 4 : byte & 0x0f];
    ++nibble;
  }
  return out;
}

} // namespace tripsis
