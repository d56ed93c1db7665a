// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "http/workers.hh"

namespace tripsis::http {

Workers::Workers(std::size_t most_threads, std::size_t most_waiting)
    : most_threads_{most_threads}, most_waiting_{most_waiting} {}

Workers::~Workers() {
  {
    std::lock_guard const lock{mutex_};
    stopping_ = true;
  }
  wake_.notify_all();
  threads_.clear();
}

bool Workers::offer(std::move_only_function<void()> work) {
  {
    std::lock_guard const lock{mutex_};
    if (stopping_ || waiting_.size() >= most_waiting_)
      return false;
    waiting_.push_back(std::move(work));
    if (waiting_.size() > idle_ && threads_.size() < most_threads_)
      threads_.emplace_back([this] { run(); });
  }
  wake_.notify_one();
  return true;
}

void Workers::run() {
  std::unique_lock lock{mutex_};
  for (;;) {
    ++idle_;
    wake_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
    --idle_;
    if (waiting_.empty())
      return;
    auto work = std::move(waiting_.front());
    waiting_.pop_front();
    lock.unlock();
    work();
    work = nullptr; // what the work held is let go before the next wait
    lock.lock();
  }
}

} // namespace tripsis::http
