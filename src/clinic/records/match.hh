// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Whether a person may be here already: for the warning before a second record is made of them. It compares
// names, birth date, telephone and e-mail, and says how sure it is; a person decides.
#pragma once

#include "base/result.hh"
#include "clinic/find.hh"

#include <string_view>
#include <vector>

namespace tripsis::clinic {

/// 0 to 100. Names count half, the birth date 30, a shared telephone number or e-mail address 20; another
/// birth date takes 30 away, unless day and month are only swapped.
int match_score(json::Value const& a, json::Value const& b);

/// https://hl7.org/fhir/R4/extension-match-grade.html: certain from 95, probable from 70, possible from 45,
/// else certainly-not.
std::string_view match_grade(int score);

struct PatientMatch {
  json::Value patient;
  int score = 0;
};

/// Patients in use that may be the same person, surest first; the one with the same id is left out. Found
/// by what the store indexes: the birth date, the telecoms as written, the beginnings of the names.
Result<std::vector<PatientMatch>> match_patients(Find const& find, json::Value const& wanted);

} // namespace tripsis::clinic
