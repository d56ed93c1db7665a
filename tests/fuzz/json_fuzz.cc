// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Whatever parses is written again as something that parses to the same.
#include "base/json/parse.hh"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  namespace json = tripsis::json;
  auto const value = json::parse({reinterpret_cast<char const*>(data), size});
  if (!value)
    return 0;
  auto const written = json::write(*value);
  auto const again = json::parse(written);
  if (!again || !(*again == *value) || json::write(*again) != written)
    std::abort();
  auto const indented = json::parse(json::write_indented(*value));
  if (!indented || !(*indented == *value))
    std::abort();
  return 0;
}
