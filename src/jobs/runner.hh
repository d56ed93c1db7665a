// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Does the jobs of the queue, one after the other, on a thread of its own.
#pragma once

#include "base/result.hh"
#include "jobs/queue.hh"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <thread>

namespace tripsis::jobs {

/// Does a job. Fault::Transient where it should be tried again.
using Handler = std::function<Result<>(json::Value const& what)>;
using Handlers = std::map<std::string, Handler, std::less<>>; ///< By kind

class Runner {
public:
  Runner(Queue& queue, Handlers handlers) : queue_{queue}, handlers_{std::move(handlers)} {}
  Runner(Runner const&) = delete;
  Runner& operator=(Runner const&) = delete;

  /// Starts the thread; it is stopped, after the job that is going on, at the end of this object's life.
  void start();
  /// Does all that is due, on the caller's thread: what the thread does again and again.
  void run_due(std::stop_token const& stop = {});

private:
  void work(std::stop_token const& stop);
  void run(Job const& job);
  void tell_of_failure(Job const& job, Error const& error);

  Queue& queue_;
  Handlers handlers_;
  std::optional<Job> broken_; ///< What was going on when an exception came
  std::jthread thread_;
};

} // namespace tripsis::jobs
