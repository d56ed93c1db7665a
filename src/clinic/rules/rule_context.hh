// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What each write rule is made with, and what the rules share.
#pragma once

#include "clinic/rules.hh"

#include <optional>

namespace tripsis::clinic::rules {

/// A value that a rule's functions capture.
struct RuleContext {
  std::shared_ptr<CurrentKnowledge const> knowledge;
  TimeZone zone;
  LetThrough* let_through; ///< May be absent

  /// The clinic's day of a date or dateTime; for a partial date its first day; nullopt where there is none.
  std::optional<std::chrono::sys_days> day_of(std::string_view date_time) const;
  std::chrono::sys_days today(store::RuleTx& tx) const {
    return std::chrono::sys_days{zone.date(tx.unit().now)};
  }
  /// What an import brings that lies before today is let through, and noted.
  bool lets_through(store::RuleTx& tx, store::Change const& change, std::string_view rule,
                    std::chrono::sys_days day) const;
  /// Whether the day is within a Period; open where it does not say, and where there is none (nullptr).
  bool covers(json::Value const* period, std::chrono::sys_days day) const;
};

store::WriteRule no_double_booking(RuleContext context);
store::WriteRule no_treatment_under_hard_stop(RuleContext context);
store::WriteRule signed_notes(RuleContext context);
store::WriteRule technique_needs_consent(RuleContext context);
store::WriteRule technique_needs_competency(RuleContext context);
store::WriteRule limits_of_the_screening(RuleContext context);
store::WriteRule mitigations(RuleContext context);
store::WriteRule honest_wording(RuleContext context);
store::WriteRule consultation_first(RuleContext context);
store::WriteRule guardian_consents_for_a_minor(RuleContext context);

class Shipped; // shipped.hh
store::WriteRule what_ships_stays(std::shared_ptr<Shipped> shipped);
store::WriteRule own_knowledge_only_adds(RuleContext context, std::shared_ptr<Shipped> shipped);

} // namespace tripsis::clinic::rules
