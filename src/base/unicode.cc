// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "base/unicode.hh"

#include <unicode/locid.h>
#include <unicode/unistr.h>

namespace tripsis {
namespace {

icu::UnicodeString from_utf8(std::string_view text) {
  return icu::UnicodeString::fromUTF8(
      icu::StringPiece{text.data(), static_cast<std::int32_t>(text.size())});
}

} // namespace

std::string to_upper(std::string_view text) {
  std::string out;
  return from_utf8(text).toUpper(icu::Locale::getRoot()).toUTF8String(out);
}

std::string to_lower(std::string_view text) {
  std::string out;
  return from_utf8(text).toLower(icu::Locale::getRoot()).toUTF8String(out);
}

} // namespace tripsis
