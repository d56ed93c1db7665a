// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "store/search/walk.hh"

namespace tripsis::store::search {

namespace {

bool is_inside(Segment const& segment, Position at, DateKind kind) {
  return segment.first <= at.when && at.when <= segment.last && (!segment.only || *segment.only == kind) &&
         (!segment.without || *segment.without != kind);
}

DateKind kind_of(index::Extracted const& extracted, index::TypeIndex const& type) {
  for (auto const& row : extracted.rows)
    if (type.main_date() != nullptr && row.table == index::Table::Token &&
        row.parameter == type.main_date()->number)
      return row.a == index::no_date ? DateKind::None : DateKind::LongOrSeveral;
  return DateKind::Simple;
}

struct FreshMatch {
  Position position;
  DateKind kind;
};

/// The fresh resources that meet everything.
std::vector<FreshMatch> fresh_matches(Plan const& plan, Snapshot& snapshot, Access const& access) {
  std::vector<FreshMatch> matches;
  for (auto const rid : snapshot.fresh) {
    Candidate candidate{snapshot, rid};
    if (!meets_all(plan, snapshot, candidate) || !access.may_see(candidate.key(), candidate.document()))
      continue;
    auto const extracted = snapshot.context.extractor.extract(candidate.key(), candidate.document());
    matches.push_back({{candidate.row()->when, rid}, kind_of(extracted, *plan.type)});
  }
  return matches;
}

/// One segment on the way.
class SegmentWalk {
public:
  SegmentWalk(Plan const& plan, Snapshot& snapshot, Access const& access, std::size_t place,
              std::vector<FreshMatch> const& fresh)
      : plan_{plan}, snapshot_{snapshot}, access_{access}, segment_{plan.segments[place]}, place_{place},
        meeting_{make_cursors(), plan.direction}, fresh_{list_cursor(inside(fresh), plan.direction)} {
    if (plan.type->main_date() == nullptr)
      return;
    without_date_ = range_cursor(snapshot.index, plan.range_of(DateKind::None), plan.direction);
    long_date_ = range_cursor(snapshot.index, plan.range_of(DateKind::LongOrSeveral), plan.direction);
  }

  Walk go(std::optional<Position> const& after_position, Visit const& visit) {
    auto const direction = plan_.direction;
    auto at = direction == Direction::Ascending ? Position{segment_.first, least}
                                                : Position{segment_.last, greatest};
    if (after_position)
      at = after(*after_position, direction);
    auto met = meeting_.seek(at);
    auto fresh = fresh_->seek(at);
    while (met || fresh) {
      bool const takes_fresh = fresh && (!met || !search::comes_before(*met, *fresh, direction));
      auto const here = takes_fresh ? *fresh : *met;
      if (here.when < segment_.first || here.when > segment_.last)
        break;
      Candidate candidate{snapshot_, here.rid};
      if ((takes_fresh || accepts(here, candidate)) && visit(place_, here, candidate) == Walk::Stop)
        return Walk::Stop;
      auto const next = after(here, direction);
      if (met && *met == here)
        met = meeting_.seek(next);
      if (takes_fresh)
        fresh = fresh_->seek(next);
    }
    return Walk::GoOn;
  }

private:
  std::vector<std::unique_ptr<Cursor>> make_cursors() {
    std::vector<std::unique_ptr<Cursor>> cursors;
    for (auto const& make : plan_.cursors)
      cursors.push_back(make());
    if (segment_.only)
      cursors.push_back(range_cursor(snapshot_.index, plan_.range_of(*segment_.only), plan_.direction));
    return cursors;
  }

  std::vector<Position> inside(std::vector<FreshMatch> const& fresh) const {
    std::vector<Position> positions;
    for (auto const& match : fresh)
      if (is_inside(segment_, match.position, match.kind))
        positions.push_back(match.position);
    return positions;
  }

  // These cursors hold few positions and mostly stand far ahead of the walk: asking them is a comparison.
  DateKind kind_at(Position at) {
    if (without_date_ && without_date_->seek(at) == at)
      return DateKind::None;
    if (long_date_ && long_date_->seek(at) == at)
      return DateKind::LongOrSeveral;
    return DateKind::Simple;
  }

  bool accepts(Position at, Candidate& candidate) {
    if (snapshot_.is_fresh(at.rid))
      return false;
    auto const kind = segment_.without || !plan_.questions.empty() ? kind_at(at) : DateKind::Simple;
    if (segment_.without == kind)
      return false;
    if (access_.is_limited() &&
        (candidate.row() == nullptr || !access_.may_see(plan_.type->name(), candidate.row()->compartment) ||
         !access_.may_see(candidate.key(), candidate.document())))
      return false;
    return meets_rest(plan_, snapshot_, candidate, at, kind);
  }

  Plan const& plan_;
  Snapshot& snapshot_;
  Access const& access_;
  Segment const& segment_;
  std::size_t place_;
  Meeting meeting_;
  std::unique_ptr<Cursor> fresh_;
  std::unique_ptr<Cursor> without_date_, long_date_;
};

} // namespace

void walk(Plan const& plan, Snapshot& snapshot, Access const& access, Start const& start,
          Visit const& visit) {
  auto const fresh = fresh_matches(plan, snapshot, access);
  for (auto place = start.segment; place < plan.segments.size(); ++place) {
    SegmentWalk segment{plan, snapshot, access, place, fresh};
    if (segment.go(place == start.segment ? start.after : std::nullopt, visit) == Walk::Stop)
      return;
  }
}

} // namespace tripsis::store::search
