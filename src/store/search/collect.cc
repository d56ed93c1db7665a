// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "store/search/collect.hh"

#include <algorithm>
#include <limits>

namespace tripsis::store::search {

namespace {

constexpr std::string_view after_all_text = "\xf4\x8f\xbf\xbf"; ///< U+10FFFF, the greatest character
constexpr double infinite = std::numeric_limits<double>::infinity();

/// Gathers the rows of one match; false where there are too many in all.
class Collector {
public:
  Collector(CompiledCriterion const& criterion, sqlite::Database& index)
      : number_{criterion.parameter->number}, index_{index} {}

  bool add(Match const& match) {
    if (auto const* token = std::get_if<TokenMatch>(&match))
      return add_tokens(*token);
    if (auto const* date = std::get_if<DateMatch>(&match))
      return add_dates(*date);
    if (auto const* string = std::get_if<StringMatch>(&match))
      return add_strings(*string);
    if (auto const* quantity = std::get_if<QuantityMatch>(&match))
      return add_quantities(*quantity);
    return false;
  }

  Collected collected;

private:
  bool put(std::int64_t when, std::int64_t rid) {
    collected.positions.push_back({when, rid});
    return collected.positions.size() <= longest_collection;
  }

  // Beside a whole system there may be codes, each with a system or without one.
  bool add_tokens(TokenMatch const& match) {
    if (!match.systems)
      return put_all(index_.query("SELECT w, r FROM tok WHERE p = ?1 AND h = ?2", number_, *match.code));
    return std::ranges::all_of(*match.systems, [&](std::int64_t system) {
      return put_all(match.code
                         ? index_.query("SELECT w, r FROM tok WHERE p = ?1 AND h = ?2 AND s = ?3", number_,
                                        *match.code, system)
                         : index_.query("SELECT w, r FROM tok WHERE p = ?1 AND s = ?2", number_, system));
    });
  }

  template <class Rows>
  bool put_all(Rows rows) {
    while (rows.next())
      if (!put(rows.integer(0), rows.integer(1)))
        return false;
    return true;
  }

  bool add_dates(DateMatch const& match) {
    auto const low = bounds_of_low(match);
    auto rows = index_.query("SELECT lo, hi, w, r FROM dat WHERE p = ?1 AND lo >= ?2 AND lo < ?3", number_,
                             low.low, low.high);
    while (rows.next())
      if (matches(match, {rows.integer(0), rows.integer(1)}) && !put(rows.integer(2), rows.integer(3)))
        return false;
    return true;
  }

  // A string that was cut for the index may hold more than its row says.
  bool add_strings(StringMatch const& match) {
    auto const begin = index::index_text(match.folded);
    bool const is_cut = begin.size() < match.folded.size();
    collected.must_ask = collected.must_ask || is_cut || match.mode != StringMode::Prefix;
    auto rows = match.mode == StringMode::Contains
                    ? index_.query("SELECT w, r FROM str WHERE p = ?1 AND (instr(v, ?2) > 0 OR "
                                   "length(CAST(v AS BLOB)) > ?3)",
                                   number_, match.folded, index::longest_string - 4)
                : match.mode == StringMode::Exact
                    ? index_.query("SELECT w, r FROM str WHERE p = ?1 AND v = ?2", number_, begin)
                    : index_.query("SELECT w, r FROM str WHERE p = ?1 AND v >= ?2 AND v < ?3", number_,
                                   begin, begin + std::string{after_all_text});
    while (rows.next())
      if (!put(rows.integer(0), rows.integer(1)))
        return false;
    return true;
  }

  bool add_quantities(QuantityMatch const& match) {
    auto const [low, high] = bounds(match);
    auto rows =
        index_.query("SELECT v, u, w, r FROM qty WHERE p = ?1 AND v >= ?2 AND v <= ?3", number_, low, high);
    while (rows.next()) {
      index::Row const row{.table = index::Table::Quantity, .a = rows.integer(1), .number = rows.real(0)};
      if (matches_row(match, row) && !put(rows.integer(2), rows.integer(3)))
        return false;
    }
    return true;
  }

  static std::pair<double, double> bounds(QuantityMatch const& match) {
    switch (match.prefix) {
    case Prefix::Eq:
    case Prefix::Ap:
      return {match.low, match.high};
    case Prefix::Gt:
    case Prefix::Ge:
    case Prefix::Sa:
      return {match.value, infinite};
    case Prefix::Lt:
    case Prefix::Le:
    case Prefix::Eb:
      return {-infinite, match.value};
    case Prefix::Ne:
      break;
    }
    return {-infinite, infinite};
  }

  std::uint32_t number_;
  sqlite::Database& index_;
};

} // namespace

std::optional<Collected> collect(CompiledCriterion const& criterion, sqlite::Database& index) {
  Collector collector{criterion, index};
  for (auto const& match : criterion.matches)
    if (!collector.add(match))
      return std::nullopt;
  return std::move(collector.collected);
}

} // namespace tripsis::store::search
