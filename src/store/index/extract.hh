// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// All that a resource contributes to the index, and parts of it on demand: the planner re-checks with the
// same code what the index cannot answer.
#pragma once

#include "store/index/convert.hh"
#include "store/index/type_index.hh"
#include "store/store.hh"

namespace tripsis::store::index {

/// The `a` of a resource's rows in the token table under its main date's number, where there is one: its
/// date is not simply one span of a day at most.
constexpr std::int64_t long_or_several_dates = 0;
constexpr std::int64_t no_date = 1;
constexpr std::int64_t longest_simple_date = 86'400'000; ///< In milliseconds

/// Changes whenever the same resources and definitions would give other rows: then indexes are rebuilt.
constexpr int extraction_version = 1;

/// Thread-safe.
class Extractor {
public:
  Extractor(std::string_view seed, TimeZone zone) : hasher_{seed}, converter_{hasher_, zone} {}
  Extractor(Extractor const&) = delete;
  Extractor& operator=(Extractor const&) = delete;

  /// The resource's own resourceType and id are not looked at.
  Extracted extract(Key const& key, json::Value const& resource) const;
  /// The rows of one parameter, also of one that shares another's.
  std::vector<Row> rows_of(IndexedParameter const& parameter, json::Value const& resource) const;
  /// The hashes of the patients in whose compartments the resource is, and their references themselves.
  std::vector<std::pair<std::int64_t, std::string>> compartments(Key const& key,
                                                                 json::Value const& resource) const;

  TypeIndex const* find_type(std::string_view type) const { return types_.find(type); }
  Converter const& converter() const noexcept { return converter_; }

private:
  Hasher hasher_;
  Converter converter_;
  TypeIndexes types_;
};

} // namespace tripsis::store::index
