// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The resources of the loop, filled as docs/formats/clinical-resources.md says. Pure functions from plain
// values.
#pragma once

#include "base/json/value.hh"
#include "clinic/knowledge/knowledge.hh"

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace tripsis::app::demo {

json::Value coding(std::string_view system, std::string_view code, std::string_view display);
json::Value concept_of(json::Value coding, std::string_view text = {});
json::Value reference(std::string_view to, std::string_view display = {});
/// A resource with its type and id.
json::Value resource(std::string_view type, std::string_view id);

/// One technique on one muscle.
struct Work {
  std::string_view muscle, side, technique;
  int minutes = 0, pressure = 0;
  std::optional<int> tender_before, tender_after;
};

/// Who and when, for everything that a visit writes.
struct VisitContext {
  std::string patient, practitioner, practitioner_name, encounter, appointment, referral,
      room;                                   ///< References
  std::string service, start, end, signed_at; ///< Times as written
};

json::Value appointment(VisitContext const& visit, std::string_view id, std::string_view status,
                        int minutes, std::string_view complaint, std::string_view patient_name,
                        std::string_view room_name);
json::Value encounter(VisitContext const& visit, std::string_view status);
json::Value procedure(VisitContext const& visit, std::string_view id, Work const& work,
                      clinic::Knowledge const& knowledge);
/// `measure`: a code of …/CodeSystem/measure.
json::Value rating(VisitContext const& visit, std::string_view id, std::string_view measure,
                   std::string_view display, int value);
json::Value tenderness(VisitContext const& visit, std::string_view id, std::string_view measure,
                       Work const& work, int value, clinic::Knowledge const& knowledge);
/// Consent to treatment, and to work on every part of the body that needs its own.
json::Value consent(std::string_view patient, std::string_view id, std::string_view at,
                    clinic::Knowledge const& knowledge);
json::Value note(VisitContext const& visit, std::string_view id, std::string_view assessment,
                 std::vector<std::string> const& procedures, std::vector<std::string> const& measures);
json::Value signature(VisitContext const& visit, std::string_view id, std::string_view note);

/// The name of a technique, muscle or region. Throws where the knowledge has no such id: the demo would be
/// broken.
template <class Entry>
std::string_view name_of(std::vector<Entry> const& entries, std::string_view id) {
  auto const found = std::ranges::find(entries, id, &Entry::id);
  if (found == entries.end())
    throw std::logic_error{"The demo names something that the knowledge does not hold: " + std::string{id}};
  return found->name;
}

/// "Levator scapulae, left"
std::string place(std::string_view muscle, std::string_view side, clinic::Knowledge const& knowledge);

} // namespace tripsis::app::demo
