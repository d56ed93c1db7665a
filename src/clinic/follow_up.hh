// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What follows from a change, written in the same unit: a form that is sent becomes scores and records, an
// answer that must not wait becomes a task. follow_up.cc lists them; each has its own file under
// follow_up/. The write rules say no; a follow-up adds. An import brings its own consequences and gets none
// of these.
#pragma once

#include "base/time_zone.hh"
#include "clinic/find.hh"
#include "clinic/knowledge/knowledge.hh"
#include "store/store.hh"

#include <string_view>

namespace tripsis::clinic {

struct FollowUpContext {
  Find find; ///< What was there before the unit
  Knowledge const& knowledge;
  TimeZone const& zone; ///< The clinic's
};

struct FollowUp {
  std::string_view name;
  bool (*concerns)(store::Change const& change); ///< Cheap, without the store
  /// Appends to the unit what follows from its change at `place`. Their ids are made of the change's own
  /// key (base/uuid.hh), so that doing it twice changes nothing.
  Result<> (*add)(store::Changes& unit, std::size_t place, FollowUpContext const& context);
};

/// Whether anything may follow from the unit: only then a reader is needed.
bool has_follow_ups(store::Changes const& unit);
/// Appends what follows from the unit's changes. A follow-up of a follow-up there is none.
Result<> add_follow_ups(store::Changes& unit, FollowUpContext const& context);

} // namespace tripsis::clinic
