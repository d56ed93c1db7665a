// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Who did what, when: DATA/audit.log, one line of JSON a request, only ever appended to. Each line holds
// the SHA-256 of the line before it, so that a line that was changed or taken out shows (docs/operating.md
// tells how to check it by hand). No patient data beyond ids: names of search parameters, never their
// values.
#pragma once

#include "base/clock.hh"
#include "base/result.hh"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace tripsis::auth {

struct AuditRow {
  Instant time;
  std::string_view request_id;
  std::string_view who; ///< Username, or "token:" and its jti, or empty
  std::string_view role;
  std::string_view peer;
  std::string_view method;
  std::string_view interaction;
  std::string_view type;
  std::string_view id;
  std::vector<std::string> parameters = {}; ///< Of a search: their names
  std::vector<std::string> entries = {};    ///< Of a batch or transaction: "create Observation/x"
  int status = 0;
  std::chrono::microseconds duration{0};
};

/// When a row must be on the disk.
enum class Durability : unsigned char {
  Now,  ///< Before append() returns
  Soon, ///< Within a second; the row is handed to the operating system before append() returns
};

/// Thread-safe. Rows that must be durable share an fdatasync with all that wait at the same time.
class AuditLog {
public:
  /// Opens or makes the file. A last line without its end (a power cut) was never acknowledged, and is cut
  /// off. Throws where the file cannot be used.
  explicit AuditLog(std::string file);
  ~AuditLog();

  /// A disk that is full or broken is told to the operator, once a minute; the request that was done stays
  /// done.
  void append(AuditRow const& row, Durability durability);

  /// Reads a whole log: the number of its rows; Fault::Invariant with the number of the first line that
  /// does not fit.
  static Result<std::uint64_t> verify(std::string const& file);

private:
  struct Chain;
  void flush_each_second(std::stop_token const& stop);
  void sync_up_to(std::uint64_t row, std::unique_lock<std::mutex>& lock);
  void complain(std::string_view what, int error);

  std::string const path_;
  int file_ = -1;
  std::mutex mutex_;
  std::condition_variable_any synced_changed_;
  std::unique_ptr<Chain> chain_;
  std::uint64_t written_ = 0; // rows of this run handed to the operating system
  std::uint64_t synced_ = 0;  // … and known to be on the disk
  bool syncing_ = false;
  std::chrono::steady_clock::time_point complained_{};
  std::jthread flusher_;
};

} // namespace tripsis::auth
