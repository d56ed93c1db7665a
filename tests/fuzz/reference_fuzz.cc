// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Whatever a reference is taken apart into can be put together again; decimals ride along.
#include "fhir/decimal.hh"
#include "fhir/reference.hh"

#include <cstdint>
#include <cstdlib>

namespace {

std::string together(tripsis::fhir::Reference const& reference) {
  using Kind = tripsis::fhir::Reference::Kind;
  auto const version = reference.version.empty() ? "" : "/_history/" + reference.version;
  switch (reference.kind) {
  case Kind::Relative:
    return reference.type + '/' + reference.id + version;
  case Kind::Absolute:
    return reference.base + '/' + reference.type + '/' + reference.id + version;
  case Kind::Contained:
    return '#' + reference.id;
  case Kind::Conditional:
    return reference.type + '?' + reference.query;
  case Kind::Id:
    return reference.id;
  case Kind::Other:
  case Kind::Urn:
    break;
  }
  return reference.text;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view const text{reinterpret_cast<char const*>(data), size};
  if (auto const reference = tripsis::fhir::Reference::parse(text);
      reference && together(*reference) != text)
    std::abort();
  if (auto const decimal = tripsis::fhir::Decimal::parse(text)) {
    auto const range = decimal->implied_range();
    if (decimal->lexeme() != text || !range.contains(decimal->value()))
      std::abort();
  }
  return 0;
}
