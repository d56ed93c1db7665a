// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What a treatment is (docs/formats/clinical-resources.md): a booked Appointment for one of our treatment
// services, or a Procedure with one of our techniques that is given or was. A consultation and a note that
// nothing was given are none.
#pragma once

#include "base/json/value.hh"
#include "base/time_zone.hh"

#include <chrono>
#include <string>
#include <vector>

namespace tripsis::clinic::safety {

bool is_treatment(json::Value const& resource);
/// Whether a treatment's Appointment only holds a time: proposed, pending, on the waiting list.
bool is_hold(json::Value const& treatment);

/// Whom it is given to, and on which day of the clinic.
struct Treatment {
  std::vector<std::string> patients; ///< Ids
  std::chrono::sys_days day;
  friend bool operator==(Treatment const&, Treatment const&) = default;
};

/// `otherwise` is the day of one that names none.
Treatment read_treatment(json::Value const& treatment, TimeZone const& zone,
                         std::chrono::sys_days otherwise);

} // namespace tripsis::clinic::safety
