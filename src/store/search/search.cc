// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "store/search/search.hh"

#include "store/search/page_cursor.hh"
#include "store/search/sort.hh"
#include "store/search/walk.hh"

namespace tripsis::store::search {

namespace {

Version version_of(Candidate& candidate) {
  auto const& row = *candidate.row();
  return {.key = candidate.key(),
          .version = row.version,
          .updated = row.updated,
          .method = row.method,
          .json = candidate.wire()};
}

std::uint64_t count(Query const& query, Plan const& plan, Snapshot& snapshot, Access const& access) {
  if (query.criteria.empty() && !access.is_limited()) {
    auto rows = snapshot.truth.query("SELECT present FROM type WHERE name = ?1", query.type);
    return rows.next() ? static_cast<std::uint64_t>(rows.integer(0)) : 0;
  }
  std::uint64_t total = 0;
  walk(plan, snapshot, access, {}, [&](std::size_t, Position, Candidate&) {
    ++total;
    return Walk::GoOn;
  });
  return total;
}

/// A page ends early beyond this, so that a thousand large records do not have to be held at once.
constexpr std::size_t most_page_bytes = std::size_t{32} * 1024 * 1024;

void add_walked(Query const& query, Plan const& plan, Snapshot& snapshot, Access const& access,
                std::optional<PageMark> const& mark, Page& page) {
  Start start;
  if (mark)
    start = {.segment = mark->segment, .after = mark->position};
  PageMark last;
  std::size_t bytes = 0;
  walk(plan, snapshot, access, start, [&](std::size_t segment, Position at, Candidate& candidate) {
    if (candidate.row() == nullptr)
      return Walk::GoOn;
    if (page.matches.size() == query.count || bytes > most_page_bytes) {
      page.next = encode_mark(last, query, snapshot.context.secrets.cursor);
      return Walk::Stop;
    }
    page.matches.push_back(version_of(candidate));
    bytes += page.matches.back().json.size();
    last = {.segment = segment, .position = at};
    return Walk::GoOn;
  });
}

Result<std::vector<Sortable>> sorted(Query const& query, Plan const& plan, Snapshot& snapshot,
                                     Access const& access) {
  std::vector<Position> positions;
  walk(plan, snapshot, access, {}, [&](std::size_t, Position at, Candidate&) {
    positions.push_back(at);
    return positions.size() > longest_sorted ? Walk::Stop : Walk::GoOn;
  });
  if (positions.size() > longest_sorted)
    return fail(Fault::TooLong,
                fmt::format("_sort: more than {} resources match; add criteria", longest_sorted));
  return sort_matches(positions, query, plan, snapshot);
}

Result<> add_sorted(Query const& query, Plan const& plan, Snapshot& snapshot, Access const& access,
                    std::optional<PageMark> const& mark, Page& page) {
  auto const matches = TRY(sorted(query, plan, snapshot, access));
  auto at = matches.begin();
  if (mark) {
    Sortable const last{.position = mark->position, .by = mark->sorted_by};
    at = std::ranges::upper_bound(
        matches, last, [&](Sortable const& a, Sortable const& b) { return comes_before(a, b, query); });
  }
  std::size_t bytes = 0;
  for (; at != matches.end(); ++at) {
    Candidate candidate{snapshot, at->position.rid};
    if (candidate.row() == nullptr)
      continue;
    if (page.matches.size() == query.count || bytes > most_page_bytes) {
      auto const& last = *std::prev(at);
      page.next = encode_mark({.position = last.position, .sorted_by = last.by}, query,
                              snapshot.context.secrets.cursor);
      break;
    }
    page.matches.push_back(version_of(candidate));
    bytes += page.matches.back().json.size();
  }
  return {};
}

} // namespace

Result<Page> search(Query const& query, Snapshot& snapshot, Access const& access) {
  auto const plan = TRY(make_plan(query, snapshot, access));
  std::optional<PageMark> mark;
  if (!query.cursor.empty())
    mark = TRY(decode_mark(query.cursor, query, snapshot.context.secrets.cursor));
  Page page;
  if (query.count_only || query.total == Total::Accurate)
    page.total = count(query, plan, snapshot, access);
  if (query.count_only || query.count == 0)
    return page;
  if (plan.is_sorted_by_walk)
    add_walked(query, plan, snapshot, access, mark, page);
  else
    TRY(add_sorted(query, plan, snapshot, access, mark, page));
  return page;
}

Result<std::vector<json::Value>> search_all(Query const& query, Snapshot& snapshot, Access const& access) {
  auto const plan = TRY(make_plan(query, snapshot, access));
  std::vector<json::Value> documents;
  if (!plan.is_sorted_by_walk) {
    auto const matches = TRY(sorted(query, plan, snapshot, access));
    for (auto const& match : matches)
      if (Candidate candidate{snapshot, match.position.rid}; candidate.row() != nullptr)
        documents.push_back(candidate.document());
    return documents;
  }
  walk(plan, snapshot, access, {}, [&](std::size_t, Position, Candidate& candidate) {
    if (candidate.row() != nullptr)
      documents.push_back(candidate.document());
    return Walk::GoOn;
  });
  return documents;
}

} // namespace tripsis::store::search
