// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The letter to the referrer: thanks for the referral, what was found, and what is asked, if anything.
#pragma once

#include "clinic/report/report_model.hh"

#include <string>
#include <string_view>
#include <vector>

namespace tripsis::clinic::report {

enum class Ask : unsigned char { Nothing, MoreVisits, Clearance, Discharge, Information };
/// "more-visits", "clearance", "discharge", "information"; nullopt for every other word.
std::optional<Ask> ask_of(std::string_view code) noexcept;

struct Letter {
  ReportModel report;
  Ask ask = Ask::Nothing;
  std::string salutation, about; ///< "Dear Dr Hanna Weiss", "Ana Petrov, born …"
  std::vector<std::string> opening;
  std::string request;             ///< Empty where nothing is asked
  std::vector<std::string> points; ///< What is asked in particular
  std::string closing;
};

struct LetterRequest {
  std::string order; ///< A ServiceRequest's id
  Ask ask = Ask::Nothing;
  std::optional<int> visits; ///< How many more are asked for
  Date today{};
  std::string practice, author;
};

/// Fault::NotFound, Fault::Deleted as for a read of the order; Fault::BusinessRule where it names no
/// patient of this practice.
Result<Letter> make_letter(store::ReadTx& tx, ViewContext const& context, LetterRequest const& request);

} // namespace tripsis::clinic::report
