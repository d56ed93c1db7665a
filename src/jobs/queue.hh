// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Work that is done after the answer: DATA/jobs.db, a row a job, there until it is done. What was going on
// when the program stopped is done again at the next start, so a job is done at least once. What failed for
// a while is tried again, later and later.
#pragma once

#include "base/clock.hh"
#include "base/json/value.hh"
#include "base/result.hh"
#include "store/sqlite/database.hh"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

namespace tripsis::jobs {

/// What is to be done.
struct Task {
  std::string kind;
  /// "invitation Appointment/x": no second job of this name is taken in, also when the first one is done.
  /// Empty: as often as it is asked for.
  std::string name;
  json::Value what;                       ///< What the kind's handler needs; forgotten when the job is over
  std::optional<Instant> not_before = {}; ///< Otherwise at once
};

struct Job {
  std::int64_t id = 0;
  std::string kind;
  json::Value what;
  int tries = 0; ///< That have failed
};

/// Thread-safe.
class Queue {
public:
  /// Opens or makes the file. Throws where that cannot be done.
  Queue(std::string const& file, Clock const& clock);

  /// Durable on return.
  void add(Task const& task);

  /// The due job that has waited longest; it stays in the queue until one of the next two is said of it.
  std::optional<Job> next();
  void done(std::int64_t id);
  /// Fault::Transient: to be tried again, after a minute, five, thirty … until a day is over. Every other
  /// fault would be the same the next time: the job is given up.
  enum class Then : unsigned char { Again, GivenUp };
  Then failed(Job const& job, Fault fault);

  /// Waits until a job is due or added, or the stop is asked for; at most so long.
  void wait(std::stop_token const& stop, std::chrono::milliseconds most);

  std::int64_t waiting(); ///< How many are to be done
  std::int64_t given_up();

private:
  std::optional<Instant> next_due();

  std::mutex mutex_;
  store::sqlite::Database database_;
  Clock const& clock_;
  std::condition_variable_any added_;
  std::uint64_t additions_ = 0;
};

} // namespace tripsis::jobs
