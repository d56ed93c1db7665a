// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// From elements to index rows, by the type of the search parameter
// (https://hl7.org/fhir/R4/search.html#ptypes). Searching uses the same hashes and spans, so both sides
// stand here. What is not as FHIR says gives no row: extraction never fails a write.
#pragma once

#include "base/time_zone.hh"
#include "store/index/hash.hh"
#include "store/index/rows.hh"
#include "store/index/search_path.hh"

namespace tripsis::store::index {

/// The `s` of a token that is a plain code, whose system its value set implies.
constexpr std::int64_t implied_system = 1;

/// Longer strings are cut for the index, at a character's end; searches for more than this look at the
/// resource.
constexpr std::size_t longest_string = 200;

/// Milliseconds since 1970, `high` not included. Open ends are the far ends.
struct Span {
  std::int64_t low, high;
  friend bool operator==(Span const&, Span const&) = default;
};
constexpr std::int64_t far_past = -200'000'000'000'000;  ///< Before the year 1, and exact as a double
constexpr std::int64_t far_future = 400'000'000'000'000; ///< After the year 9999

/// Immutable, thread-safe.
class Converter {
public:
  Converter(Hasher const& hasher, TimeZone zone) : hasher_{hasher}, zone_{zone} {}

  /// Appends the rows of one element for a parameter of that kind, under the number `number`.
  void convert(fhir::SearchType kind, std::uint32_t number, Found const& found,
               std::vector<Row>& rows) const;

  /// The spans of a date, dateTime, instant, Period or Timing.
  void spans(Found const& found, std::vector<Span>& spans) const;
  /// Hash of what a reference points to: "Patient/1" without base and version of its own server, or the
  /// whole URL.
  std::int64_t reference_hash(std::string_view reference) const;
  /// Hash of a unit, by system and code, or by code (or unit) alone with an empty system.
  std::int64_t unit_hash(std::string_view system, std::string_view code) const;

  Hasher const& hasher() const noexcept { return hasher_; }
  TimeZone const& zone() const noexcept { return zone_; }

private:
  void tokens(std::uint32_t number, Found const& found, std::vector<Row>& rows) const;
  void token(std::uint32_t number, std::string_view system, std::string_view code,
             std::vector<Row>& rows) const;
  void references(std::uint32_t number, Found const& found, std::vector<Row>& rows) const;
  void quantities(std::uint32_t number, Found const& found, std::vector<Row>& rows) const;
  void quantity(std::uint32_t number, json::Value const& quantity, std::vector<Row>& rows) const;

  Hasher const& hasher_;
  TimeZone zone_;
};

/// The texts of a string parameter's element: of a HumanName or an Address each part, else the string
/// itself.
void strings(Found const& found, std::vector<std::string_view>& texts);
/// As it stands in the index: folded and cut.
std::string index_text(std::string_view text);
/// The text of a primitive as a token is compared: strings as they are, true and false, numbers as written.
std::optional<std::string> primitive_text(json::Value const& value);
/// A number's value; nullopt where it is none.
std::optional<double> number_value(json::Value const& value);

} // namespace tripsis::store::index
