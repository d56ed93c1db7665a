// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The letter that asks a physician for a clearance: which safety rules fired and why, what is planned, and
// a form to answer on. It asks; it proposes no answer.
#pragma once

#include "clinic/report/report_model.hh"

#include <string>
#include <vector>

namespace tripsis::clinic::report {

struct ClearanceLetter {
  /// One rule that is asked about.
  struct Point {
    std::string name, why, because, lifts;
  };
  ReportModel report;
  std::string physician;        ///< To whom; empty where not named
  std::string about;            ///< "Ana Petrov, born …"
  std::string opening, planned; ///< In sentences
  std::vector<Point> points;
  std::string note; ///< The practice's own words; may be empty
};

/// What the physician fills in, in this order.
inline constexpr std::string_view answer_lines[] = {
    "Cleared for (techniques, regions, pressure; or: nothing)", "Limits to keep to", "Until (date)",
    "Name and licence number", "Date and signature"};

struct ClearanceLetterRequest {
  std::string task; ///< Its id
  Date today{};
  std::string practice, author; ///< As of a ReportRequest
};

/// Fault::NotFound, Fault::Deleted as for a read of the Task; Fault::BusinessRule where it asks for no
/// clearance of a patient of this practice.
Result<ClearanceLetter> make_clearance_letter(store::ReadTx& tx, ViewContext const& context,
                                              ClearanceLetterRequest const& request);

} // namespace tripsis::clinic::report
