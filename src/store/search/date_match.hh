// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Prefixes of date searches over spans (https://hl7.org/fhir/R4/search.html#prefix): what is sought is a
// span, for 2026-11 a month, and what a resource says is one, too. Judged may be a span that is known only
// roughly, from the clinical instant in an index row.
#pragma once

#include "store/index/convert.hh"
#include "store/store.hh"

namespace tripsis::store::search {

enum class Certainty : unsigned char { No, Unknown, Yes };

struct DateMatch {
  Prefix prefix = Prefix::Eq;
  index::Span sought{};
};

/// A number that lies from `least` to `most`, both included.
struct Between {
  std::int64_t least, most;
};

/// Whether a resource's span, of which low and high are known so far, matches.
Certainty judge(DateMatch const& match, Between low, Between high);
bool matches(DateMatch const& match, index::Span const& span);

/// All matching spans have their low within these (the second not included).
index::Span bounds_of_low(DateMatch const& match);

/// "ge2026-11-22": the prefix, and what follows it. Eq where there is none.
std::pair<Prefix, std::string_view> split_prefix(std::string_view value);

} // namespace tripsis::store::search
