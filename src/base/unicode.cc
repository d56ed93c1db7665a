// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "base/unicode.hh"

#include <algorithm>
#include <stdexcept>

#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
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

namespace {

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

char small(char c) {
  return 'A' <= c && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

icu::UnicodeString decompose(icu::UnicodeString const& text) {
  UErrorCode error = U_ZERO_ERROR;
  auto const* normalizer = icu::Normalizer2::getNFKDInstance(error);
  auto out = U_SUCCESS(error) ? normalizer->normalize(text, error) : icu::UnicodeString{};
  if (U_FAILURE(error))
    throw std::runtime_error{"ICU's normalisation data are missing"};
  return out;
}

} // namespace

std::string fold(std::string_view text) {
  std::string out;
  if (is_ascii(text)) {
    out.resize(text.size());
    std::ranges::transform(text, out.begin(), small);
    return out;
  }
  // Folding may make something that decomposes further, and decomposing something that folds: once around
  // suffices.
  auto unicode = decompose(from_utf8(text)).foldCase();
  unicode = decompose(unicode).foldCase();
  icu::UnicodeString kept;
  for (int i = 0; i < unicode.length(); i = unicode.moveIndex32(i, 1))
    if (auto const c = unicode.char32At(i); u_charType(c) != U_NON_SPACING_MARK)
      kept.append(c);
  kept.toUTF8String(out);
  return out;
}

} // namespace tripsis
