// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What a resource contributes to the index: rows of the six tables of index.db (docs/formats/store.md),
// before the two columns that all of them share (w and r) are known.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tripsis::store::index {

enum class Table : unsigned char { Token, Reference, PatientCode, Date, String, Quantity };

/// One row. Which columns `a` and `b` stand for, by table: Token h, s · Reference t · PatientCode t, h ·
/// Date lo, hi (milliseconds, hi not included) · Quantity u in a. `text` is String's v, `number` Quantity's
/// v.
struct Row {
  Table table = Table::Token;
  std::uint32_t parameter = 0;
  std::int64_t a = 0;
  std::int64_t b = 0;
  double number = 0;
  std::string text;

  friend auto operator<=>(Row const&, Row const&) = default;
};

/// `compartment` of a resource that is in no patient's compartment, and of one that is in several.
constexpr std::int64_t no_compartment = 0;
constexpr std::int64_t several_compartments = 1;

/// All of a resource's rows, sorted and without repeats.
struct Extracted {
  std::vector<Row> rows;
  std::optional<std::int64_t>
      when; ///< The clinical instant in seconds; nullopt: its lastUpdated stands for it
  std::int64_t compartment = no_compartment;
};

} // namespace tripsis::store::index
