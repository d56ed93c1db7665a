// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "base/base64.hh"

#include <sodium.h>

namespace tripsis {
namespace {

int variant(Base64 alphabet) {
  return alphabet == Base64::Url ? sodium_base64_VARIANT_URLSAFE_NO_PADDING : sodium_base64_VARIANT_ORIGINAL;
}

} // namespace

std::string base64_encode(std::string_view bytes, Base64 alphabet) {
  std::string out(sodium_base64_encoded_len(bytes.size(), variant(alphabet)), '\0');
  sodium_bin2base64(out.data(), out.size(), reinterpret_cast<unsigned char const*>(bytes.data()), bytes.size(), variant(alphabet));
  out.pop_back(); // the terminating zero
  return out;
}

std::optional<std::string> base64_decode(std::string_view text, Base64 alphabet) {
  std::string out(text.size() / 4 * 3 + 3, '\0');
  std::size_t length = 0;
  char const* end = nullptr;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(out.data()), out.size(), text.data(), text.size(), nullptr, &length, &end,
                        variant(alphabet)) != 0 ||
      end != text.data() + text.size())
    return std::nullopt;
  out.resize(length);
  return out;
}

} // namespace tripsis
