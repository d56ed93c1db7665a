// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A criterion of a query, compiled: its values as hashes, spans and folded text; and whether a resource
// meets it, judged by the resource itself. The planner (plan.hh) finds candidates by the index and asks
// here only for what the index cannot tell.
#pragma once

#include "store/index/extract.hh"
#include "store/search/date_match.hh"

#include <variant>

namespace tripsis::store::search {

struct TokenMatch {
  std::optional<std::int64_t> code;                 ///< nullopt: any (system|)
  std::optional<std::vector<std::int64_t>> systems; ///< nullopt: any (code alone)
};

struct ReferenceMatch {
  std::int64_t target;
};

enum class StringMode : unsigned char { Prefix, Exact, Contains };
struct StringMatch {
  StringMode mode;
  std::string folded;
  std::string exact; ///< As it was asked
};

/// https://hl7.org/fhir/R4/search.html#number: [low, high) is what the written precision stands for.
struct QuantityMatch {
  Prefix prefix;
  double value, low, high;
  std::optional<std::int64_t> unit; ///< nullopt: any
};

/// _id
struct IdMatch {
  std::string id;
};

using Match = std::variant<TokenMatch, ReferenceMatch, DateMatch, StringMatch, QuantityMatch, IdMatch>;

enum class Sense : unsigned char {
  AnyValue, ///< At least one of the matches holds
  NoValue,  ///< :not — none holds
  Missing,  ///< :missing=true
  Present,  ///< :missing=false
};

struct CompiledCriterion {
  index::IndexedParameter const* parameter = nullptr;
  Sense sense = Sense::AnyValue;
  std::vector<Match> matches; ///< Empty with AnyValue: nothing can meet it
  bool is_column() const;     ///< _id or _lastUpdated
};

/// Fault::Value for what is not of the parameter's type, Fault::NotSupported for a modifier that is not
/// offered; both name the parameter. `now` is what "approximately" is measured from, in milliseconds.
Result<CompiledCriterion> compile(Criterion const& criterion, index::Extractor const& extractor,
                                  std::int64_t now);

/// Whether a row of the index meets the match, as far as rows tell.
bool matches_row(Match const& match, index::Row const& row);
/// Whether the resource meets the criterion. Not for columns.
bool meets(CompiledCriterion const& criterion, index::Extractor const& extractor,
           json::Value const& resource);
/// Whether a column's value does.
bool meets_id(CompiledCriterion const& criterion, std::string_view id);
bool meets_last_updated(CompiledCriterion const& criterion, Instant updated);

/// FHIR's escapes taken out (\, \| \$ \\), and the places where an unescaped `separator` stands.
std::vector<std::string> split_escaped(std::string_view value, char separator);
std::string unescape(std::string_view value);

} // namespace tripsis::store::search
