// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Notes that are not finished: DATA/drafts.db, apart from the records. A draft is its writer's alone: one
// row for each key, overwritten, never searched, never exported.
#pragma once

#include "base/clock.hh"
#include "store/sqlite/database.hh"

#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tripsis::store {

struct Draft {
  std::string key; ///< Names what it will be: "note." and an appointment's id
  Instant updated;
  std::string title;
};

/// Thread-safe.
class Drafts {
public:
  /// Opens or makes the file. Throws where that cannot be done.
  explicit Drafts(std::string const& file);

  std::vector<Draft> list(std::string_view username); ///< Newest first
  std::optional<std::string> find(std::string_view username, std::string_view key);
  void put(std::string_view username, Draft const& draft, std::string_view body);
  void erase(std::string_view username, std::string_view key);

private:
  std::mutex mutex_;
  sqlite::Database database_;
};

} // namespace tripsis::store
