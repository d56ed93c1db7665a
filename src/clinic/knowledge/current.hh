// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The knowledge in force: what comes with the program and what the practice has added to it. It is replaced
// as a whole when the practice changes its own; who works with it holds one state of it.
#pragma once

#include "clinic/knowledge/knowledge.hh"

#include <memory>
#include <mutex>
#include <utility>

namespace tripsis::clinic {

/// Thread-safe.
class CurrentKnowledge {
public:
  explicit CurrentKnowledge(std::shared_ptr<Knowledge const> shipped)
      : shipped_{std::move(shipped)}, current_{shipped_} {}

  /// Never null. Stays as it is for as long as it is held.
  std::shared_ptr<Knowledge const> get() const {
    std::scoped_lock const lock{mutex_};
    return current_;
  }
  /// What comes with the program, without the practice's own.
  Knowledge const& shipped() const noexcept { return *shipped_; }

  void replace(std::shared_ptr<Knowledge const> with) {
    std::scoped_lock const lock{mutex_};
    current_ = std::move(with);
  }

private:
  std::shared_ptr<Knowledge const> shipped_;
  mutable std::mutex mutex_;
  std::shared_ptr<Knowledge const> current_;
};

} // namespace tripsis::clinic
