// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Where a page ended, as text for the client to hand back: encrypted and authenticated with a key of the
// practice, because a sorted search remembers what it sorted by, which may be a name, and because nobody
// shall make one up.
#pragma once

#include "store/search/position.hh"
#include "store/store.hh"

#include <optional>

namespace tripsis::store::search {

/// What a resource is sorted by. A resource without the value comes last in both directions.
struct SortValue {
  enum class Kind : unsigned char { Number, Text, Missing } kind = Kind::Missing;
  double number = 0;
  std::string text;
  friend bool operator==(SortValue const&, SortValue const&) = default;
};

/// The last match of a page.
struct PageMark {
  std::size_t segment = 0;
  Position position;
  std::vector<SortValue> sorted_by; ///< Where the walk does not give the order
};

std::string encode_mark(PageMark const& mark, Query const& query, std::string_view key);
/// Fault::Value where the text is damaged, made up, or of another search.
Result<PageMark> decode_mark(std::string_view text, Query const& query, std::string_view key);

} // namespace tripsis::store::search
