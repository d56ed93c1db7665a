// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Whatever is accepted stands for a span that is not empty, in any zone, and the quick checks agree with
// the parsers.
#include "fhir/date_time.hh"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using tripsis::fhir::DateTime;
  static auto const zone = tripsis::TimeZone::find("America/Havana").value();
  std::string_view const text{reinterpret_cast<char const*>(data), size};
  if (DateTime::parse_date(text).has_value() != tripsis::fhir::is_date(text) ||
      DateTime::parse(text).has_value() != tripsis::fhir::is_date_time(text) ||
      DateTime::parse_instant(text).has_value() != tripsis::fhir::is_instant(text))
    std::abort();
  tripsis::fhir::is_time(text);
  if (auto const parsed = DateTime::parse_search(text)) {
    auto const range = parsed->range(zone);
    if (parsed->text() != text || range.low >= range.high)
      std::abort();
  }
  return 0;
}
