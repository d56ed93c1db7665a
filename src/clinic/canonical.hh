// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The names of code systems. Those that are ours live under one canonical base, which stands only here
// (docs/formats/clinical-resources.md lists what each of them holds).
#pragma once

#include <array>
#include <string_view>

#define TRIPSIS_CANONICAL "https://tripsis.org/fhir/"

namespace tripsis::clinic {

namespace canonical {
constexpr std::string_view base = TRIPSIS_CANONICAL;
constexpr std::string_view technique = TRIPSIS_CANONICAL "CodeSystem/technique";
constexpr std::string_view muscle = TRIPSIS_CANONICAL "CodeSystem/muscle";
constexpr std::string_view region = TRIPSIS_CANONICAL "CodeSystem/region";
constexpr std::string_view finding = TRIPSIS_CANONICAL "CodeSystem/finding";
constexpr std::string_view service = TRIPSIS_CANONICAL "CodeSystem/service";
constexpr std::string_view note = TRIPSIS_CANONICAL "CodeSystem/note";
constexpr std::string_view measure = TRIPSIS_CANONICAL "CodeSystem/measure";
constexpr std::string_view medicine_class = TRIPSIS_CANONICAL "CodeSystem/medicine-class";
constexpr std::string_view side = TRIPSIS_CANONICAL "CodeSystem/side";
constexpr std::string_view screening =
    TRIPSIS_CANONICAL "CodeSystem/screening"; ///< The tag that $day puts on an Appointment
constexpr std::string_view movement = TRIPSIS_CANONICAL "CodeSystem/movement";
constexpr std::string_view communication = TRIPSIS_CANONICAL "CodeSystem/communication";
constexpr std::string_view consent = TRIPSIS_CANONICAL "CodeSystem/consent"; ///< treatment
constexpr std::string_view consent_region = TRIPSIS_CANONICAL "CodeSystem/consent-region";
constexpr std::string_view flag = TRIPSIS_CANONICAL "CodeSystem/flag";
/// Extensions of a Procedure: minutes, pressure (0 to 10), and why a rule that may be overridden was
constexpr std::string_view pressure = TRIPSIS_CANONICAL "StructureDefinition/pressure";
constexpr std::string_view override_ = TRIPSIS_CANONICAL "StructureDefinition/override";
/// Extension of a Flag that marks a place not to be worked on: region and side
constexpr std::string_view flag_region = TRIPSIS_CANONICAL "StructureDefinition/region";
constexpr std::string_view activity =
    TRIPSIS_CANONICAL "CodeSystem/activity"; ///< Of a Provenance: merge, entered-in-error
constexpr std::string_view intake = TRIPSIS_CANONICAL "Questionnaire/intake";
/// The extension that $day puts on an Appointment: which visit of its referral it is
constexpr std::string_view visit_number = TRIPSIS_CANONICAL "StructureDefinition/visit-number";
constexpr std::string_view task = TRIPSIS_CANONICAL "CodeSystem/task";
/// The tags of what is computed: `computed` on a Task of the worklist, `form-missing` on an Appointment
constexpr std::string_view attention = TRIPSIS_CANONICAL "CodeSystem/attention";
constexpr std::string_view dose = TRIPSIS_CANONICAL "StructureDefinition/dose";   ///< Of a CarePlan
constexpr std::string_view block = TRIPSIS_CANONICAL "StructureDefinition/block"; ///< Of a phase of it
constexpr std::string_view rule = TRIPSIS_CANONICAL "CodeSystem/rule";            ///< The safety rules
/// What was done about a rule that fired: `cleared`, `overridden` (DetectedIssue.mitigation.action)
constexpr std::string_view mitigation = TRIPSIS_CANONICAL "CodeSystem/mitigation";
constexpr std::string_view override_reason = TRIPSIS_CANONICAL "CodeSystem/override-reason";
/// Extension of a mitigation: who cleared it, with which licence, for what, and until when
constexpr std::string_view clearance = TRIPSIS_CANONICAL "StructureDefinition/clearance";
constexpr std::string_view adverse_event = TRIPSIS_CANONICAL "CodeSystem/adverse-event";
constexpr std::string_view condition =
    TRIPSIS_CANONICAL "CodeSystem/condition"; ///< Of knowledge/conditions.yaml
constexpr std::string_view certainty = TRIPSIS_CANONICAL "CodeSystem/certainty"; ///< Of a claim of effect
/// The tag of what the practice has added itself: `practice`
constexpr std::string_view origin = TRIPSIS_CANONICAL "CodeSystem/origin";
} // namespace canonical

struct NamedCode {
  std::string_view code, display;
};
/// What there is to do: the codes of …/CodeSystem/task.
inline constexpr std::array task_codes{
    NamedCode{"crisis", "Crisis: act now"},          NamedCode{"unsigned-note", "Note to sign"},
    NamedCode{"clearance", "Clearance needed"},      NamedCode{"form-missing", "Forms missing"},
    NamedCode{"referral-expiring", "Referral ends"}, NamedCode{"visits-left", "Few visits left"},
    NamedCode{"licence-expiring", "Licence ends"},   NamedCode{"review-due", "Plan review due"},
    NamedCode{"review", "Review of the plan"},       NamedCode{"form", "Form to fill in"},
    NamedCode{"phase", "Phase of the course"},       NamedCode{"other-phase", "Phase beside the course"},
    NamedCode{"home-care", "Care at home"},          NamedCode{"after-effect", "After-effect to look at"}};

namespace systems {
constexpr std::string_view snomed = "http://snomed.info/sct";
constexpr std::string_view loinc = "http://loinc.org";
constexpr std::string_view icd10_cm = "http://hl7.org/fhir/sid/icd-10-cm";
constexpr std::string_view location_type = "http://terminology.hl7.org/CodeSystem/location-physical-type";
} // namespace systems

constexpr std::string_view nprs_loinc = "72514-3"; ///< Pain severity, 0-10 verbal numeric rating

#undef TRIPSIS_CANONICAL

} // namespace tripsis::clinic
