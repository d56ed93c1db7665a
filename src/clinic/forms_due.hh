// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Which forms a patient should fill in before a visit on a day: those never sent, and those that are too
// old.
#pragma once

#include "base/time_zone.hh"
#include "clinic/find.hh"
#include "clinic/patient_record.hh"

#include <chrono>
#include <map>
#include <string>
#include <vector>

namespace tripsis::clinic {

/// By patient id: the ids of the Questionnaires.
using FormsDue = std::map<std::string, std::vector<std::string>, std::less<>>;

/// By patient id, only for those of whom a form is due; the Questionnaires' ids in the order in which they
/// are asked. The health history is asked once a year, the safety questions every 180 days, goals and
/// comfort once, consent while no Consent of the last year is active (a refusal is one, too). (Conventions
/// of the project, not of a source.)
Result<FormsDue> forms_due(Find const& find, std::vector<std::string> const& patients,
                           std::chrono::sys_days on, TimeZone const& zone);
/// The same where the patients' records have been gathered for the screening: what they sent is in them,
/// and is not read again. A patient without a record is asked for nothing.
Result<FormsDue> forms_due(Find const& find, PatientRecords const& records,
                           std::vector<std::string> const& patients, std::chrono::sys_days on,
                           TimeZone const& zone);

} // namespace tripsis::clinic
