// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// From the store to what the schedule of measures needs to know of patients, and to their measures.
#pragma once

#include "base/time_zone.hh"
#include "clinic/find.hh"
#include "clinic/outcome/schedule.hh"
#include "clinic/report/measure.hh"
#include "clinic/screening/record.hh"

#include <span>

namespace tripsis::clinic::outcome {

struct Measured {
  Course course;
  std::vector<report::Measure> measures; ///< All that are known, the diaries' windows too
  std::string overuse; ///< What the headache diary says of medicine on too many days; "" where it does not
};

/// What the record holds besides measures, of one patient or of many.
struct Material {
  std::span<json::Value const> plans, visits,
      coming; ///< Active CarePlans, finished Encounters, Appointments
};
/// Of one patient: what of the material is theirs. `record`: their Conditions and ServiceRequests.
Course course_of(Material const& material, screening::PatientRecord const& record,
                 std::string const& patient, Knowledge const& knowledge, TimeZone const& zone, Day today);

/// Of one patient, in six searches.
Result<Measured> read_measured(Find const& find, Knowledge const& knowledge, TimeZone const& zone,
                               std::string const& patient, Day today);

/// The codes of what patients answer, as a search for Observations has them, and how each is noted in a
/// course.
std::string form_measures(Knowledge const& knowledge);
void note_measured(Course& course, json::Value const& observation, TimeZone const& zone);

/// Of what is due within `days`, the forms that the patient can fill in. Pain before a visit is asked by
/// the questions before it, and not once more.
std::vector<DueMeasure> due_forms(Knowledge const& knowledge, Course const& course, int days);

} // namespace tripsis::clinic::outcome
