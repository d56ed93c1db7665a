// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "store/search/cursors.hh"

#include <algorithm>

namespace tripsis::store::search {

namespace {

/// So many rows are stepped over before the range is sought anew (a step costs a tenth of a seek).
constexpr int steps_before_seek = 8;
constexpr std::size_t estimate_limit = 256;

struct RangeSql {
  std::string_view ascending, descending, count;
};

// In the order of RangeKind; parameters: 1 p, 2 and 3 the key, 4 and 5 the position.
constexpr std::array<RangeSql, 3> range_sql{{
    {"SELECT w, r FROM tok WHERE p = ?1 AND h = ?2 AND s = ?3 AND (w, r) >= (?4, ?5) ORDER BY w, r",
     "SELECT w, r FROM tok WHERE p = ?1 AND h = ?2 AND s = ?3 AND (w, r) <= (?4, ?5) ORDER BY w DESC, r "
     "DESC",
     "SELECT count(*) FROM (SELECT 1 FROM tok WHERE p = ?1 AND h = ?2 AND s = ?3 LIMIT ?4)"},
    {"SELECT w, r FROM ref WHERE p = ?1 AND t = ?2 AND ?3 = 0 AND (w, r) >= (?4, ?5) ORDER BY w, r",
     "SELECT w, r FROM ref WHERE p = ?1 AND t = ?2 AND ?3 = 0 AND (w, r) <= (?4, ?5) ORDER BY w DESC, r "
     "DESC",
     "SELECT count(*) FROM (SELECT 1 FROM ref WHERE p = ?1 AND t = ?2 AND ?3 = 0 LIMIT ?4)"},
    {"SELECT w, r FROM cc WHERE p = ?1 AND t = ?2 AND h = ?3 AND (w, r) >= (?4, ?5) ORDER BY w, r",
     "SELECT w, r FROM cc WHERE p = ?1 AND t = ?2 AND h = ?3 AND (w, r) <= (?4, ?5) ORDER BY w DESC, r "
     "DESC",
     "SELECT count(*) FROM (SELECT 1 FROM cc WHERE p = ?1 AND t = ?2 AND h = ?3 LIMIT ?4)"},
}};

class RangeCursor final : public Cursor {
public:
  RangeCursor(sqlite::Database& index, Range const& range, Direction direction)
      : index_{index}, range_{range}, direction_{direction} {}

  std::optional<Position> seek(Position at) override {
    if (!rows_)
      start(at);
    // A range whose rows lie far apart from what is sought is sought in at once the next time.
    for (int step = 0; here_ && comes_before(*here_, at, direction_); ++step) {
      if (step >= steps_)
        restart(at);
      else
        advance();
      bool const arrived = !here_ || !comes_before(*here_, at, direction_);
      if (arrived)
        steps_ = step < steps_ ? steps_before_seek : steps_ / 2;
    }
    return here_;
  }

  std::size_t estimate(std::size_t limit) override {
    auto rows = index_.query(sql().count, range_.parameter, range_.a, range_.b, limit);
    return rows.next() ? static_cast<std::size_t>(rows.integer(0)) : 0;
  }

private:
  RangeSql const& sql() const { return range_sql[static_cast<std::size_t>(range_.kind)]; }

  void start(Position at) {
    rows_.emplace(index_.query(direction_ == Direction::Ascending ? sql().ascending : sql().descending,
                               range_.parameter, range_.a, range_.b, at.when, at.rid));
    advance();
  }

  void restart(Position at) {
    rows_->rewind();
    rows_->bind(4, at.when);
    rows_->bind(5, at.rid);
    advance();
  }

  void advance() {
    here_ = rows_->next() ? std::optional{Position{rows_->integer(0), rows_->integer(1)}} : std::nullopt;
  }

  sqlite::Database& index_;
  Range range_;
  Direction direction_;
  std::optional<sqlite::Rows> rows_;
  std::optional<Position> here_;
  int steps_ = steps_before_seek;
};

class ListCursor final : public Cursor {
public:
  ListCursor(std::vector<Position> positions, Direction direction)
      : positions_{std::move(positions)}, direction_{direction} {
    std::ranges::sort(positions_, [&](Position a, Position b) { return comes_before(a, b, direction_); });
    auto const repeats = std::ranges::unique(positions_);
    positions_.erase(repeats.begin(), repeats.end());
  }

  std::optional<Position> seek(Position at) override {
    auto const found =
        std::ranges::lower_bound(positions_.begin() + next_, positions_.end(), at,
                                 [&](Position a, Position b) { return comes_before(a, b, direction_); });
    next_ = found - positions_.begin();
    return found != positions_.end() ? std::optional{*found} : std::nullopt;
  }

  std::size_t estimate(std::size_t limit) override { return std::min(limit, positions_.size()); }

private:
  std::vector<Position> positions_;
  Direction direction_;
  std::ptrdiff_t next_ = 0;
};

class UnionCursor final : public Cursor {
public:
  UnionCursor(std::vector<std::unique_ptr<Cursor>> cursors, Direction direction)
      : cursors_{std::move(cursors)}, direction_{direction} {}

  std::optional<Position> seek(Position at) override {
    std::optional<Position> first;
    for (auto const& cursor : cursors_)
      if (auto const here = cursor->seek(at); here && (!first || comes_before(*here, *first, direction_)))
        first = here;
    return first;
  }

  std::size_t estimate(std::size_t limit) override {
    std::size_t sum = 0;
    for (auto const& cursor : cursors_)
      if (sum < limit)
        sum += cursor->estimate(limit - sum);
    return sum;
  }

private:
  std::vector<std::unique_ptr<Cursor>> cursors_;
  Direction direction_;
};

} // namespace

std::unique_ptr<Cursor> range_cursor(sqlite::Database& index, Range const& range, Direction direction) {
  return std::make_unique<RangeCursor>(index, range, direction);
}

std::unique_ptr<Cursor> list_cursor(std::vector<Position> positions, Direction direction) {
  return std::make_unique<ListCursor>(std::move(positions), direction);
}

std::unique_ptr<Cursor> union_cursor(std::vector<std::unique_ptr<Cursor>> cursors, Direction direction) {
  if (cursors.size() == 1)
    return std::move(cursors.front());
  return std::make_unique<UnionCursor>(std::move(cursors), direction);
}

Meeting::Meeting(std::vector<std::unique_ptr<Cursor>> cursors, Direction direction)
    : direction_{direction} {
  std::vector<std::pair<std::size_t, std::unique_ptr<Cursor>>> counted;
  for (auto& cursor : cursors) {
    auto const count =
        cursors.size() > 2 ? cursor->estimate(estimate_limit) : 0; // two meet in any order alike
    counted.emplace_back(count, std::move(cursor));
  }
  std::ranges::stable_sort(counted, {}, [](auto const& pair) { return pair.first; });
  for (auto& [count, cursor] : counted)
    cursors_.push_back(std::move(cursor));
}

std::optional<Position> Meeting::seek(Position at) {
  std::size_t agreed = 0;
  for (std::size_t i = 0; agreed < cursors_.size(); i = (i + 1) % cursors_.size()) {
    auto const here = cursors_[i]->seek(at);
    if (!here)
      return std::nullopt;
    agreed = *here == at && agreed > 0 ? agreed + 1 : 1;
    at = *here;
  }
  return at;
}

} // namespace tripsis::store::search
