// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "jobs/runner.hh"

#include "base/log.hh"

#include <condition_variable>
#include <exception>
#include <mutex>

#include <fmt/format.h>

namespace tripsis::jobs {
namespace {

constexpr std::chrono::seconds longest_wait{60};
constexpr std::chrono::seconds pause_when_broken{5};

} // namespace

void Runner::start() {
  thread_ = std::jthread{[this](std::stop_token const& stop) { work(stop); }};
}

void Runner::work(std::stop_token const& stop) {
  while (!stop.stop_requested()) {
    try {
      run_due(stop);
      queue_.wait(stop, longest_wait);
      continue;
    } catch (std::exception const& error) {
      log::error("jobs", fmt::format("a job failed: {}", error.what()));
    }
    std::mutex nobodys;
    std::unique_lock lock{nobodys};
    std::condition_variable_any never;
    never.wait_for(lock, stop, pause_when_broken, [] { return false; });
  }
}

void Runner::run_due(std::stop_token const& stop) {
  if (broken_) // the machine failed it, not what it was about
    queue_.failed(*std::exchange(broken_, std::nullopt), Fault::Transient);
  while (!stop.stop_requested()) {
    auto const job = queue_.next();
    if (!job)
      return;
    broken_ = job;
    run(*job);
    broken_.reset();
  }
}

void Runner::run(Job const& job) {
  auto const handler = handlers_.find(job.kind);
  if (handler == handlers_.end())
    return tell_of_failure(job, {Fault::NotSupported, "this program does not know what to do"});
  if (auto const done = handler->second(job.what); !done)
    return tell_of_failure(job, done.error());
  queue_.done(job.id);
}

void Runner::tell_of_failure(Job const& job, Error const& error) {
  auto const then = queue_.failed(job, error.fault);
  log::warn("jobs",
            fmt::format("{} (job {}) failed, {}: {}", job.kind, job.id,
                        then == Queue::Then::Again ? "it is tried again" : "it is given up", error.what));
}

} // namespace tripsis::jobs
