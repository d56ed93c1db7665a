// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/truth.hh"

#include "base/random.hh"
#include "base/uuid.hh"
#include "store/migrate/migrate.hh"

#include <charconv>
#include <stdexcept>

namespace tripsis::store::sqlite {

namespace {

constexpr std::size_t uuid_size = 16;
constexpr std::string_view dictionary_key = "dictionary:";

// An id is 16 bytes exactly when it is a canonical UUID: text of 16 characters stays text, and the two
// never compare equal.
std::optional<Uuid> uuid_of(std::string_view id) {
  return id.size() == 36 ? Uuid::parse(id) : std::nullopt;
}

std::string_view bytes_of(Uuid const& uuid) {
  return {reinterpret_cast<char const*>(uuid.bytes.data()), uuid_size};
}

ResourceRow row_of(Rows const& rows) {
  ResourceRow row{.rid = rows.integer(0),
                  .type = rows.integer(1),
                  .version = static_cast<std::uint64_t>(rows.integer(2)),
                  .updated = to_instant(rows.integer(3)),
                  .method = static_cast<Method>(rows.integer(4)),
                  .when = rows.integer(5),
                  .compartment = rows.integer(6)};
  if (!rows.is_null(7))
    row.body.emplace(rows.text(7));
  return row;
}

HistoryRow history_of(Rows const& rows) {
  HistoryRow row{.version = static_cast<std::uint64_t>(rows.integer(0)),
                 .updated = to_instant(rows.integer(1)),
                 .method = static_cast<Method>(rows.integer(2))};
  if (!rows.is_null(3))
    row.body.emplace(rows.text(3));
  return row;
}

std::string ensure_bytes(Database& truth, std::string_view key, std::size_t size) {
  auto rows = truth.query("SELECT v FROM meta WHERE k = ?1", key);
  if (rows.next())
    return std::string{rows.text(0)};
  std::string bytes(size, '\0');
  SystemRandom random;
  random.fill(std::as_writable_bytes(std::span{bytes}));
  truth.run("INSERT INTO meta (k, v) VALUES (?1, ?2)", key, Blob{bytes});
  return bytes;
}

} // namespace

// --- Types
// ---------------------------------------------------------------------------------------------------------------------

TypeNumbers::TypeNumbers(Database& truth) {
  Transaction transaction{truth, TransactionKind::Immediate};
  for (auto const* type : fhir::resource_types())
    truth.run("INSERT OR IGNORE INTO type (name) VALUES (?1)", type->name);
  auto rows = truth.query("SELECT number, name FROM type ORDER BY number");
  while (rows.next()) {
    auto const number = static_cast<std::size_t>(rows.integer(0));
    names_.resize(std::max(names_.size(), number + 1));
    if (auto const* type = fhir::find_type(rows.text(1)))
      numbers_.emplace(names_[number] = type->name, rows.integer(0));
  }
  transaction.commit();
}

std::int64_t TypeNumbers::number(std::string_view type) const noexcept {
  auto const found = numbers_.find(type);
  return found != numbers_.end() ? found->second : 0;
}

std::string_view TypeNumbers::name(std::int64_t number) const noexcept {
  return number >= 0 && number < std::ssize(names_) ? names_[static_cast<std::size_t>(number)]
                                                    : std::string_view{};
}

// --- Opening
// -------------------------------------------------------------------------------------------------------------------

void prepare_truth(Database& database) {
  database.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = OFF;");
  migrate::migrate(database, migrate::truth_steps(), "tripsis.db");
}

Secrets ensure_secrets(Database& truth) {
  Transaction transaction{truth, TransactionKind::Immediate};
  Secrets secrets{.store = ensure_bytes(truth, "store", 16),
                  .seed = ensure_bytes(truth, "seed", 16),
                  .cursor = ensure_bytes(truth, "cursor", 32)};
  transaction.commit();
  return secrets;
}

void load_dictionaries(Database& truth, BodyCodec& codec) {
  auto rows = truth.query("SELECT k, v FROM meta WHERE k GLOB 'dictionary:*'");
  while (rows.next()) {
    auto const digits = rows.text(0).substr(dictionary_key.size());
    int number = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (number < BodyCodec::first_dictionary || number > BodyCodec::last_dictionary)
      throw std::runtime_error{"tripsis.db holds a dictionary with a number that cannot be"};
    codec.add_dictionary(number, rows.text(1));
  }
}

// --- Rows
// ----------------------------------------------------------------------------------------------------------------------

Instant to_instant(std::int64_t milliseconds) {
  return Instant{std::chrono::milliseconds{milliseconds}};
}

std::int64_t to_milliseconds(Instant instant) {
  return instant.time_since_epoch().count();
}

std::optional<ResourceRow> find_row(Database& truth, std::int64_t type, std::string_view id) {
  auto rows =
      truth.query("SELECT rid, type, ver, upd, method, w, cp, body FROM res WHERE type = ?1 AND id = ?2");
  rows.bind(1, type);
  bind_id(rows, 2, id);
  return rows.next() ? std::optional{row_of(rows)} : std::nullopt;
}

std::optional<ResourceRow> find_row(Database& truth, std::int64_t rid) {
  auto rows = truth.query("SELECT rid, type, ver, upd, method, w, cp, body FROM res WHERE rid = ?1", rid);
  return rows.next() ? std::optional{row_of(rows)} : std::nullopt;
}

std::string read_id(Database& truth, std::int64_t rid) {
  auto rows = truth.query("SELECT id FROM res WHERE rid = ?1", rid);
  if (!rows.next())
    throw std::runtime_error{"a resource that the log names is missing"};
  return decode_id(rows, 0);
}

std::optional<HistoryRow> find_history(Database& truth, std::int64_t rid, std::uint64_t version) {
  auto rows =
      truth.query("SELECT ver, upd, method, body FROM hist WHERE rid = ?1 AND ver = ?2", rid, version);
  return rows.next() ? std::optional{history_of(rows)} : std::nullopt;
}

std::vector<HistoryRow> history(Database& truth, std::int64_t rid, std::size_t count) {
  std::vector<HistoryRow> found;
  auto rows = truth.query(
      "SELECT ver, upd, method, body FROM hist WHERE rid = ?1 ORDER BY ver DESC LIMIT ?2", rid, count);
  while (rows.next())
    found.push_back(history_of(rows));
  return found;
}

std::int64_t last_sequence(Database& truth) {
  auto rows = truth.query("SELECT max(seq) FROM log");
  return rows.next() ? rows.integer(0) : 0;
}

void bind_id(Rows& rows, int parameter, std::string_view id) {
  if (auto const uuid = uuid_of(id))
    rows.bind(parameter, Blob{bytes_of(*uuid)});
  else
    rows.bind(parameter, id);
}

std::string decode_id(Rows const& rows, int column) {
  auto const bytes = rows.text(column);
  if (!rows.is_blob(column))
    return std::string{bytes};
  Uuid uuid;
  std::ranges::copy(bytes.substr(0, uuid_size), uuid.bytes.begin());
  return uuid.text();
}

} // namespace tripsis::store::sqlite
