// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The walk over a plan's segments: positions where all cursors meet, between them the fresh resources in
// their own places, and of both only those that meet what the index could not tell.
#pragma once

#include "store/search/plan.hh"

namespace tripsis::store::search {

enum class Walk : unsigned char { GoOn, Stop };

/// Receives a match: in which segment, and where.
using Visit = std::function<Walk(std::size_t segment, Position at, Candidate& candidate)>;

/// Where a walk begins: after a position of a segment.
struct Start {
  std::size_t segment = 0;
  std::optional<Position> after;
};

void walk(Plan const& plan, Snapshot& snapshot, Access const& access, Start const& start,
          Visit const& visit);

} // namespace tripsis::store::search
