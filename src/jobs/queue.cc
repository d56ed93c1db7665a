// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "jobs/queue.hh"

#include "base/json/parse.hh"
#include "store/migrate/migrate.hh"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace tripsis::jobs {
namespace {

using store::sqlite::Null;

constexpr std::array<std::string_view, 1> steps{R"sql(
CREATE TABLE job(
  id INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT UNIQUE, what TEXT NOT NULL, due INT NOT NULL,
  tries INT NOT NULL DEFAULT 0, state TEXT NOT NULL DEFAULT 'waiting');
CREATE INDEX job_due ON job(state, due);
)sql"};

using std::chrono::hours;
using std::chrono::minutes;
constexpr std::array<minutes, 7> pauses{minutes{1}, minutes{5}, minutes{30}, hours{2},
                                        hours{4},   hours{8},   hours{10}};
constexpr hours kept{90 * 24}; // how long the name of what is over is remembered

std::int64_t milliseconds(Instant at) {
  return at.time_since_epoch().count();
}

} // namespace

Queue::Queue(std::string const& file, Clock const& clock)
    : database_{file, store::sqlite::OpenMode::Create}, clock_{clock} {
  database_.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;");
  store::migrate::migrate(database_, steps, "jobs.db");
}

void Queue::add(Task const& task) {
  std::lock_guard const lock{mutex_};
  auto const now = clock_.now();
  auto const due = milliseconds(std::max(now, task.not_before.value_or(now)));
  auto const what = json::write(task.what);
  database_.run("DELETE FROM job WHERE state <> 'waiting' AND due < ?1",
                milliseconds(now - Instant::duration{kept}));
  if (task.name.empty())
    database_.run("INSERT INTO job(kind, name, what, due) VALUES(?1, ?2, ?3, ?4)", task.kind, Null{}, what,
                  due);
  else
    database_.run("INSERT OR IGNORE INTO job(kind, name, what, due) VALUES(?1, ?2, ?3, ?4)", task.kind,
                  task.name, what, due);
  ++additions_;
  added_.notify_all();
}

std::optional<Job> Queue::next() {
  std::lock_guard const lock{mutex_};
  auto rows = database_.query("SELECT id, kind, what, tries FROM job WHERE state = 'waiting' AND due <= ?1 "
                              "ORDER BY due, id LIMIT 1",
                              milliseconds(clock_.now()));
  if (!rows.next())
    return std::nullopt;
  auto what = json::parse(rows.text(2));
  if (!what)
    throw std::runtime_error{"jobs.db holds a job that is not JSON"};
  return Job{rows.integer(0), std::string{rows.text(1)}, *std::move(what),
             static_cast<int>(rows.integer(3))};
}

void Queue::done(std::int64_t id) {
  std::lock_guard const lock{mutex_};
  database_.run("UPDATE job SET state = 'done', what = 'null' WHERE id = ?1", id);
}

Queue::Then Queue::failed(Job const& job, Fault fault) {
  std::lock_guard const lock{mutex_};
  auto const tries = static_cast<std::size_t>(job.tries);
  if (fault != Fault::Transient || tries >= pauses.size()) {
    database_.run("UPDATE job SET state = 'given-up', what = 'null' WHERE id = ?1", job.id);
    return Then::GivenUp;
  }
  database_.run("UPDATE job SET tries = tries + 1, due = ?2 WHERE id = ?1", job.id,
                milliseconds(clock_.now() + Instant::duration{pauses.at(tries)}));
  return Then::Again;
}

std::optional<Instant> Queue::next_due() {
  auto rows = database_.query("SELECT min(due) FROM job WHERE state = 'waiting'");
  if (!rows.next() || rows.is_null(0))
    return std::nullopt;
  return Instant{std::chrono::milliseconds{rows.integer(0)}};
}

void Queue::wait(std::stop_token const& stop, std::chrono::milliseconds most) {
  std::unique_lock lock{mutex_};
  auto patience = most;
  if (auto const due = next_due())
    patience = std::clamp(std::chrono::duration_cast<std::chrono::milliseconds>(*due - clock_.now()),
                          std::chrono::milliseconds{0}, most);
  auto const before = additions_;
  added_.wait_for(lock, stop, patience, [&] { return additions_ != before; });
}

std::int64_t Queue::waiting() {
  std::lock_guard const lock{mutex_};
  auto rows = database_.query("SELECT count(*) FROM job WHERE state = 'waiting'");
  return rows.next() ? rows.integer(0) : 0;
}

std::int64_t Queue::given_up() {
  std::lock_guard const lock{mutex_};
  auto rows = database_.query("SELECT count(*) FROM job WHERE state = 'given-up'");
  return rows.next() ? rows.integer(0) : 0;
}

} // namespace tripsis::jobs
