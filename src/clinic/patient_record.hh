// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Gathers from the store what the safety rules can read of patients: a search for each type, for all
// patients of a calendar at once. Observations and Procedures are many, so only those with codes that a
// rule reads are fetched.
#pragma once

#include "clinic/find.hh"
#include "clinic/screening/record.hh"
#include "clinic/screening/rules.hh"

#include <map>
#include <string>
#include <vector>

namespace tripsis::clinic {

/// By patient id. Patients that are not there are left out.
using PatientRecords = std::map<std::string, screening::PatientRecord, std::less<>>;

Result<PatientRecords> gather_records(Find const& find, screening::Rules const& rules,
                                      std::vector<std::string> const& patients);
/// Fault::NotFound where the patient is not there.
Result<screening::PatientRecord> gather_record(Find const& find, screening::Rules const& rules,
                                               std::string const& patient);

} // namespace tripsis::clinic
