// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/follow_up.hh"

#include "clinic/follow_up/fired_rules.hh"
#include "clinic/follow_up/form.hh"

#include <algorithm>
#include <array>
#include <span>

namespace tripsis::clinic {
namespace {

std::span<FollowUp const> follow_ups() noexcept {
  static std::array const all{follow_up::form_answers, follow_up::fired_rules};
  return all;
}

} // namespace

bool has_follow_ups(store::Changes const& unit) {
  if (unit.correction.kind != store::Correction::Kind::None)
    return false; // What is corrected has had its consequences.
  return std::ranges::any_of(unit.changes, [](store::Change const& change) {
    return std::ranges::any_of(follow_ups(),
                               [&](FollowUp const& follow_up) { return follow_up.concerns(change); });
  });
}

Result<> add_follow_ups(store::Changes& unit, FollowUpContext const& context) {
  auto const own = unit.changes.size();
  for (std::size_t place = 0; place < own; ++place)
    for (auto const& follow_up : follow_ups())
      if (follow_up.concerns(unit.changes[place]))
        TRY(follow_up.add(unit, place, context));
  return {};
}

} // namespace tripsis::clinic
