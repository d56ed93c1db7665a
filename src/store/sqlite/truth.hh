// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The rows of tripsis.db as values, and the statements that find them. Which columns there are, and why, is
// in docs/formats/store.md; what may be written, and when, is the writer's business (writer.hh).
#pragma once

#include "store/sqlite/body_codec.hh"
#include "store/sqlite/database.hh"
#include "store/store.hh"

#include <unordered_map>

namespace tripsis::store::sqlite {

/// The numbers that stand for resource types in a practice's files. Immutable after opening, thread-safe.
class TypeNumbers {
public:
  /// Reads the table `type`; types of the definitions that are not there yet get the next numbers.
  explicit TypeNumbers(Database& truth);
  /// 0 where there is no such resource type.
  std::int64_t number(std::string_view type) const noexcept;
  std::string_view name(std::int64_t number) const noexcept;

private:
  std::unordered_map<std::string_view, std::int64_t> numbers_; ///< Names lie in the definitions
  std::vector<std::string_view> names_;
};

/// What a practice's secrets are: made with its data folder, kept in the truth, never shown.
struct Secrets {
  std::string store;  ///< Identifies the practice's truth, 16 bytes
  std::string seed;   ///< Key of the index's hashes
  std::string cursor; ///< Key of the page cursors
};

/// One row of `res`.
struct ResourceRow {
  std::int64_t rid = 0;
  std::int64_t type = 0;
  std::uint64_t version = 0;
  Instant updated;
  Method method = Method::Create;
  std::int64_t when = 0;        ///< The clinical instant in seconds
  std::int64_t compartment = 0; ///< `cp`
  std::optional<std::string> body;
};

/// One row of `hist`.
struct HistoryRow {
  std::uint64_t version = 0;
  Instant updated;
  Method method = Method::Create;
  std::optional<std::string> body;
};

/// Makes the file when it is absent, brings its schema up to date, and sets what every connection needs.
void prepare_truth(Database& database);
Secrets ensure_secrets(Database& truth);
void load_dictionaries(Database& truth, BodyCodec& codec);

Instant to_instant(std::int64_t milliseconds);
std::int64_t to_milliseconds(Instant instant);

std::optional<ResourceRow> find_row(Database& truth, std::int64_t type, std::string_view id);
std::optional<ResourceRow> find_row(Database& truth, std::int64_t rid);
/// The id of a resource.
std::string read_id(Database& truth, std::int64_t rid);
std::optional<HistoryRow> find_history(Database& truth, std::int64_t rid, std::uint64_t version);
/// The versions before the present one, newest first.
std::vector<HistoryRow> history(Database& truth, std::int64_t rid, std::size_t count);
/// The last change's number; 0 where nothing was ever written.
std::int64_t last_sequence(Database& truth);

/// How an id is bound and read: 16 bytes for a lower-case UUID.
void bind_id(Rows& rows, int parameter, std::string_view id);
std::string decode_id(Rows const& rows, int column);

} // namespace tripsis::store::sqlite
