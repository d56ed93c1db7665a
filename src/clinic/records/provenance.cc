// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/records/provenance.hh"

#include "clinic/canonical.hh"
#include "fhir/date_time.hh"

namespace tripsis::clinic {

json::Value reference_to_actor(std::string_view practitioner, std::string_view name) {
  return practitioner.empty() ? json::object({{"display", name.empty() ? "Tripsis" : name}})
                              : json::object({{"reference", practitioner}});
}

json::Value correction_provenance(std::string_view activity, std::vector<store::Key> const& targets,
                                  json::Value who, Instant now) {
  auto provenance = json::object({{"resourceType", "Provenance"}});
  for (auto const& target : targets)
    provenance.push("target", json::object({{"reference", target.reference()}}));
  provenance.set("recorded", fhir::format_instant(now));
  auto coding = json::object({{"system", canonical::activity}, {"code", activity}});
  provenance.set("activity", json::object({{"coding", json::array({std::move(coding)})}}));
  provenance.push("agent", json::object({{"who", std::move(who)}}));
  return provenance;
}

} // namespace tripsis::clinic
