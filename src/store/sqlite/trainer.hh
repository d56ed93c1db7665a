// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Trains the dictionary that bodies are compressed with from the practice's own resources: when it has
// 2,000 of them, and again each time there are ten times as many, because the first ones may all be of one
// type. In the background, once at a time.
#pragma once

#include "store/sqlite/context.hh"

#include <thread>

namespace tripsis::store::sqlite {

/// Not thread-safe.
class Trainer {
public:
  /// Receives the dictionary, on the trainer's thread.
  using Offer = std::function<void(std::string dictionary)>;

  Trainer(Context const& context, std::string truth_path)
      : context_{context}, truth_path_{std::move(truth_path)} {}

  /// Starts training where there are enough resources for the next dictionary, and none is being trained.
  void consider(std::int64_t resources, Offer const& offer);

private:
  void train(std::int64_t resources, Offer const& offer) const;

  Context const& context_;
  std::string truth_path_;
  int attempted_ = -1; ///< The newest dictionary when training was last begun: no second attempt before its
                       ///< result is in use
  std::jthread thread_;
};

} // namespace tripsis::store::sqlite
