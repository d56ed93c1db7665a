// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Reports, letters and records on paper, as PDF files. A report and a letter are one page, always: what
// does not fit is counted ("and 3 more in the record") or ends in "…".
#pragma once

#include "clinic/report/clearance_letter.hh"
#include "clinic/report/letter.hh"
#include "clinic/report/pdf.hh"
#include "clinic/report/records.hh"
#include "clinic/report/report_model.hh"

#include <string>

namespace tripsis::clinic::report {

std::string print_report(ReportModel const& report, Paper paper);
std::string print_clearance_letter(ClearanceLetter const& letter, Paper paper);
std::string print_letter(Letter const& letter, Paper paper);
/// As many pages as it takes, each with its number and how many there are.
std::string print_records(Records const& records, Paper paper);

/// "a4", "letter"; nullopt for every other word.
std::optional<Paper> paper_of(std::string_view code) noexcept;
/// What a clinic in that time zone prints on.
Paper paper_in(TimeZone const& zone);

} // namespace tripsis::clinic::report
