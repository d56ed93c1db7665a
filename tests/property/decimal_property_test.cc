// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "fhir/decimal.hh"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

namespace tripsis::fhir {
namespace {

struct Written {
  std::string lexeme;
  long long thousandths;
};

/// A decimal of up to three places, spelled in one of several ways, and its value times a thousand.
rc::Gen<Written> written() {
  return rc::gen::map(
      rc::gen::tuple(rc::gen::inRange(-1'000'000LL, 1'000'000LL), rc::gen::inRange(0, 4)),
      [](auto const& drawn) {
        auto const [thousandths, spelling] = drawn;
        auto const* sign = thousandths < 0 ? "-" : "";
        auto const size = std::abs(thousandths);
        switch (spelling) {
        case 0:
          return Written{fmt::format("{}{}.{:03}", sign, size / 1000, size % 1000), thousandths};
        case 1:
          return Written{fmt::format("{}{}.{:03}00", sign, size / 1000, size % 1000), thousandths};
        case 2:
          return Written{fmt::format("{}{}e-3", sign, size), thousandths};
        default:
          return Written{fmt::format("{}{}E-03", sign, size), thousandths};
        }
      });
}

RC_GTEST_PROP(DecimalProperty, comes_back_as_it_was_written, ()) {
  auto const drawn = *written();
  RC_ASSERT(Decimal::parse(drawn.lexeme).value().lexeme() == drawn.lexeme);
}

RC_GTEST_PROP(DecimalProperty, orders_as_its_value_does, ()) {
  auto const a = *written();
  auto const b = *written();
  auto const x = Decimal::parse(a.lexeme).value();
  auto const y = Decimal::parse(b.lexeme).value();
  RC_ASSERT((x <=> y) == (a.thousandths <=> b.thousandths));
  RC_ASSERT((x == y) == (a.thousandths == b.thousandths));
}

RC_GTEST_PROP(DecimalProperty, lies_within_its_own_range_and_not_at_its_end, ()) {
  auto const decimal = Decimal::parse((*written()).lexeme).value();
  auto const range = decimal.implied_range();
  RC_ASSERT(range.contains(decimal.value()));
  RC_ASSERT(range.contains(range.low));
  RC_ASSERT(!range.contains(range.high));
}

RC_GTEST_PROP(DecimalProperty, never_fails_on_any_text, (std::string const& text)) {
  if (auto const decimal = Decimal::parse(text))
    RC_ASSERT(decimal->lexeme() == text);
}

} // namespace
} // namespace tripsis::fhir
