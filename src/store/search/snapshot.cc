// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "store/search/snapshot.hh"

#include "base/json/parse.hh"

#include <stdexcept>

namespace tripsis::store::search {

bool Snapshot::is_fresh(std::int64_t rid) const {
  return std::ranges::binary_search(fresh, rid);
}

std::vector<std::int64_t> touched_between(sqlite::Database& truth, std::int64_t type, std::int64_t after,
                                          std::int64_t up_to) {
  std::vector<std::int64_t> rids;
  auto rows =
      truth.query("SELECT rid FROM log WHERE seq > ?1 AND seq <= ?2 AND type = ?3", after, up_to, type);
  while (rows.next())
    rids.push_back(rows.integer(0));
  std::ranges::sort(rids);
  auto const repeats = std::ranges::unique(rids);
  rids.erase(repeats.begin(), repeats.end());
  return rids;
}

sqlite::ResourceRow const* Candidate::row() {
  if (!fetched_) {
    fetched_ = true;
    auto rows = snapshot_.truth.query(
        "SELECT type, id, ver, upd, method, w, cp, body FROM res WHERE rid = ?1 AND body IS NOT NULL",
        rid_);
    if (rows.next()) {
      key_ = {.type = std::string{snapshot_.context.types.name(rows.integer(0))},
              .id = sqlite::decode_id(rows, 1)};
      row_ = sqlite::ResourceRow{.rid = rid_,
                                 .type = rows.integer(0),
                                 .version = static_cast<std::uint64_t>(rows.integer(2)),
                                 .updated = sqlite::to_instant(rows.integer(3)),
                                 .method = static_cast<Method>(rows.integer(4)),
                                 .when = rows.integer(5),
                                 .compartment = rows.integer(6),
                                 .body = std::string{rows.text(7)}};
    }
  }
  return row_ ? &*row_ : nullptr;
}

std::string const& Candidate::wire() {
  if (wire_.empty())
    wire_ = sqlite::wire_of(snapshot_.context, key_, row_->version, row_->updated, *row_->body);
  return wire_;
}

json::Value const& Candidate::document() {
  if (!document_) {
    auto parsed = json::parse(wire());
    if (!parsed)
      throw std::runtime_error{"a stored resource is not JSON"};
    document_ = *std::move(parsed);
  }
  return *document_;
}

} // namespace tripsis::store::search
