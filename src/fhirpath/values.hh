// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Items as values that can be reckoned with and compared, and back
// (http://hl7.org/fhirpath/N1/#conversion).
#pragma once

#include "fhirpath/fhirpath.hh"
#include "fhirpath/model.hh"
#include "fhirpath/numbers.hh"
#include "fhirpath/temporal.hh"
#include "fhirpath/units.hh"

#include <optional>
#include <span>
#include <unordered_map>
#include <variant>

namespace tripsis::fhirpath {

struct Number {
  Scaled value;
  bool is_integer;
};

/// What an item stands for: monostate for elements that are no values (HumanName …) and for primitives
/// without a value. A string view lives as long as the item's JSON.
using SystemValue = std::variant<std::monostate, bool, Number, std::string_view, Temporal, Quantity>;

SystemValue system_value(Item const& item);
std::optional<Quantity> quantity_of(Item const& item); ///< Also of a number, with the unit 1

Item integer_item(std::int64_t n);
Item decimal_item(Scaled value);
Item number_item(Number number);
Item string_item(std::string text);
Item temporal_item(Temporal const& value);
Item quantity_item(Quantity const& quantity);

/// As toString() writes it; nullopt for what has no written form.
std::optional<std::string> text_of(Item const& item);

/// Yes, no, or nothing at all: FHIRPath's third truth value is the empty collection.
enum class Truth : unsigned char { False, True, Empty };
inline Truth truth(bool b) {
  return b ? Truth::True : Truth::False;
}
Truth negate(Truth t);

constexpr std::size_t max_work =
    20'000'000; ///< Items, comparisons and bytes of text made in one evaluation. Ours.

constexpr std::size_t bytes_a_unit_of_work = 64; ///< Of text that is only looked at

struct Comparing {
  int zone_minutes = 0; ///< The zone of dateTimes that name none
  std::size_t& work;    ///< Counted up; once it is beyond max_work, answers are cheap and mean nothing
  bool is_exhausted() const noexcept { return work > max_work; }
};

/// `=` (http://hl7.org/fhirpath/N1/#equals)
Truth equal(Item const& a, Item const& b, Comparing comparing);
Truth equal(std::span<Item const> a, std::span<Item const> b, Comparing comparing);
/// Whether one of `items` is equal to `wanted`.
bool contains(std::span<Item const> items, Item const& wanted, Comparing comparing);

/// Remembers items. Not thread-safe.
class DistinctItems {
public:
  explicit DistinctItems(Comparing comparing) : comparing_{comparing} {}
  /// Whether no item equal to this one was added before.
  bool add(Item const& item);

private:
  Comparing comparing_;
  std::vector<Item> items_;
  std::unordered_multimap<std::size_t, std::size_t>
      places_; // by hash, as long as all that was added can be hashed
  bool hashed_ = true;
};

/// `~` (http://hl7.org/fhirpath/N1/#equivalent)
bool equivalent(Item const& a, Item const& b, Comparing comparing);
bool equivalent(std::span<Item const> a, std::span<Item const> b, Comparing comparing);
/// `<` and its kin; nullopt where precisions or units forbid an answer. Fault::Value for types that have no
/// order between them.
Result<std::optional<std::strong_ordering>> order(Item const& a, Item const& b, Comparing comparing);

} // namespace tripsis::fhirpath
