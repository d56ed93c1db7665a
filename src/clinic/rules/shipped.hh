// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The definitions that come with the program (own_resources.hh), by key.
#pragma once

#include "clinic/own_resources.hh"

#include <map>

namespace tripsis::clinic::rules {

/// Made when they are first asked for: most starts never do. Only the writer's thread asks.
class Shipped {
public:
  explicit Shipped(std::shared_ptr<CurrentKnowledge const> knowledge) : knowledge_{std::move(knowledge)} {}

  /// As it ships; nullptr where it does not.
  json::Value const* find(store::Key const& key);

private:
  std::shared_ptr<CurrentKnowledge const> knowledge_;
  std::map<store::Key, json::Value> resources_;
};

} // namespace tripsis::clinic::rules
