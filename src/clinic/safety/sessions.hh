// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Sessions that were given: those with a signed note that says so. What patients are asked after a visit,
// and how often something unwanted followed, is counted by them.
#pragma once

#include "base/time_zone.hh"
#include "clinic/find.hh"

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tripsis::clinic::safety {

struct GivenSession {
  std::string patient;   ///< "Patient/x"
  std::string encounter; ///< "Encounter/x"
  std::string therapist; ///< "Practitioner/x", who wrote the note; or empty
  Instant end;
};

/// Those that ended in the span, oldest first: of one patient ("Patient/x"), or of all where it is empty.
Result<std::vector<GivenSession>> given_sessions(Find const& find, std::string const& patient,
                                                 InstantRange span, TimeZone const& zone);

/// The form that asks how it was after a visit.
constexpr std::string_view after_visit_form = "after-visit";
std::string after_visit_url();
/// When it is asked, from the end of the session on; and for how long an answer counts as one about it.
/// (Conventions of the project: docs/clinical/safety.md)
constexpr std::chrono::hours asked_from{24}, asked_until{72};
constexpr std::chrono::days answer_counts{14};

/// The session of the patient that an answer of that moment is about: the last one that had ended.
GivenSession const* session_before(std::span<GivenSession const> sessions, std::string_view patient,
                                   Instant at) noexcept;

/// The session after which the patient is to be asked now: the last one, where it ended 24 to 72 hours ago
/// and nothing was answered since.
Result<std::optional<GivenSession>> session_to_ask_about(Find const& find, std::string const& patient,
                                                         Instant now, TimeZone const& zone);

/// When a response was filled in; nullopt where it does not say.
std::optional<Instant> answered_at(json::Value const& response, TimeZone const& zone);

} // namespace tripsis::clinic::safety
