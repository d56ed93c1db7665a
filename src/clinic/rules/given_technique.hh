// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A technique that a Procedure charts as given: what the rules of notes judge.
#pragma once

#include "clinic/rules/rule_context.hh"

#include <span>

namespace tripsis::clinic::rules {

/// Whether it is a Procedure with one of our techniques that was given, or is being given.
bool is_given(json::Value const& resource);

/// Refers to the unit that it was read from.
struct GivenTechnique {
  store::Change const* change = nullptr;
  std::size_t place = 0; ///< Of the change in its unit
  std::string_view technique;
  std::string patient; ///< An id; empty where the Procedure does not say it as Patient/id
  std::chrono::sys_days day;
  std::vector<std::string> regions; ///< Also those of its muscles; empty where none is coded
  std::vector<std::string_view> muscles;
  std::string_view side;       ///< "left", "right", "midline" or ""
  std::optional<int> pressure; ///< 0 to 10, rounded up

  json::Value const& procedure() const { return change->resource; }
};

/// All that is judged together with the change: everything given to that patient on that day in its unit,
/// so that the record is read once. Empty where an earlier change of the unit has been judged with it.
/// What is imported is judged one by one, because each that is let through is noted.
std::vector<GivenTechnique> judged_together(RuleContext const& context, store::RuleTx& tx,
                                            store::Change const& change);

/// A refusal that names the Procedure: by its place where the unit has more than one change.
std::unexpected<Error> refuse(store::RuleTx& tx, GivenTechnique const& given, std::string what,
                              std::string_view element);

/// A rule about what is given: `check` is asked for what is judged together.
store::WriteRule rule_of_given(std::string_view name, RuleContext context,
                               Result<> (*check)(RuleContext const&, store::RuleTx&,
                                                 std::span<GivenTechnique const>));

} // namespace tripsis::clinic::rules
