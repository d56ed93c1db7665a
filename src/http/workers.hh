// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Threads for work that may wait. Started one by one as they are needed, up to a bound, because an idle
// clinic needs three and a burst of writes that all wait for the same fsync needs many.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace tripsis::http {

/// Thread-safe.
class Workers {
public:
  Workers(std::size_t most_threads, std::size_t most_waiting);
  /// Finishes what waits, then joins.
  ~Workers();

  /// False where too much waits already; then the work was not taken. The work must not throw.
  [[nodiscard]] bool offer(std::move_only_function<void()> work);

private:
  void run();

  std::size_t const most_threads_;
  std::size_t const most_waiting_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::move_only_function<void()>> waiting_;
  std::size_t idle_ = 0;
  bool stopping_ = false;
  std::vector<std::jthread> threads_;
};

} // namespace tripsis::http
