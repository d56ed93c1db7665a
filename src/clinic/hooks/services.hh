// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The decision support that other systems may ask for (https://cds-hooks.hl7.org/2.0/): one service a hook,
// all of them the safety screening.
#pragma once

#include "base/json/value.hh"

#include <array>
#include <string_view>

namespace tripsis::clinic::hooks {

struct Service {
  std::string_view id, hook, title, description;
};

inline constexpr std::array services{
    Service{"tripsis-patient-view", "patient-view", "Safety of massage, for today",
            "Which safety rules of medical massage fire for this patient today, why, and what lifts them."},
    Service{"tripsis-appointment-book", "appointment-book", "Safety of massage, for each appointment",
            "Which safety rules of medical massage fire on the days of the appointments that are being "
            "booked."},
    Service{"tripsis-encounter-start", "encounter-start", "Safety of massage, as the visit begins",
            "Which safety rules of medical massage fire for this patient on the day of the visit."},
};

/// nullptr where there is no such service.
Service const* find_service(std::string_view id) noexcept;

/// What a client may send along, so that a patient of another system can be judged: the same for each hook.
struct Prefetch {
  std::string_view key, query;
  std::string_view what; ///< For people: "medicines that are taken"
};
inline constexpr std::array prefetches{
    Prefetch{"patient", "Patient/{{context.patientId}}", "the patient"},
    Prefetch{"conditions", "Condition?patient={{context.patientId}}", "conditions"},
    Prefetch{"statements", "MedicationStatement?patient={{context.patientId}}", "medicines taken"},
    Prefetch{"prescriptions", "MedicationRequest?patient={{context.patientId}}", "medicines prescribed"},
    Prefetch{"allergies", "AllergyIntolerance?patient={{context.patientId}}", "allergies"},
    Prefetch{"observations", "Observation?patient={{context.patientId}}", "observations"},
    Prefetch{"procedures", "Procedure?patient={{context.patientId}}", "procedures"},
    Prefetch{"referrals", "ServiceRequest?patient={{context.patientId}}", "referrals"},
    Prefetch{"forms", "QuestionnaireResponse?patient={{context.patientId}}", "answered forms"},
};

/// The answer to GET /cds-services.
json::Value discovery();

} // namespace tripsis::clinic::hooks
