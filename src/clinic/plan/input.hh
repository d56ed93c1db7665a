// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What a proposal needs to know of a patient, read from their record: the diagnoses that fit the catalogue,
// the newest scores, the referral and what is left of it, the patient's goals.
#pragma once

#include "clinic/plan/plan.hh"
#include "clinic/screening/record.hh"

namespace tripsis::clinic::plan {

/// What is asked for. The numbers are in range: parse_* refuse others.
struct Wish {
  std::string condition; ///< A Condition's id, or a key of the catalogue; empty: chosen from the record
  Edit edit;
  std::optional<Budget> budget;
};

/// Fault::NotFound where the wish names a Condition that the record does not hold.
Result<Input> read_input(screening::PatientRecord const& record, Knowledge const& knowledge,
                         Wish const& wish, Day today, TimeZone const* zone);

/// The parameters as texts (`minutes`, `per-week`, `weeks`, `budget`, `price`, `condition`), each nullptr
/// where it is not given. Fault::Value and Fault::Required name the one at fault.
struct WishTexts {
  std::string const *condition = nullptr, *minutes = nullptr, *per_week = nullptr, *weeks = nullptr,
                    *budget = nullptr, *price = nullptr;
};
Result<Wish> parse_wish(WishTexts const& texts);

} // namespace tripsis::clinic::plan
