// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Procedures that were done to the patient, by SNOMED CT code or category.
#include "clinic/canonical.hh"
#include "clinic/screening/clause.hh"
#include "clinic/screening/facts.hh"
#include "clinic/screening/rules.hh"
#include "clinic/screening/site.hh"

#include <algorithm>
#include <array>

namespace tripsis::clinic::screening {

std::vector<Procedure> gather_procedures(Gathering const& from) {
  constexpr std::array<std::string_view, 3> done{"completed", "in-progress", "stopped"};
  std::vector<Procedure> procedures;
  for (auto const& [ref, resource] : from.record.of_type("Procedure")) {
    auto const start = from.moment(resource, "performedPeriod", "start");
    auto const end = from.moment(resource, "performedPeriod", "end");
    auto const at = from.moment(resource, "performedDateTime");
    auto snomed = codes_of(resource.find("code"), systems::snomed);
    auto category = codes_of(resource.find("category"), systems::snomed);
    if ((snomed.empty() && category.empty()) ||
        std::ranges::find(done, resource.text("status")) == done.end() ||
        !known_on(from.on, std::array{at, start ? start : end}))
      continue;
    auto regions = regions_of(from.rules.site_map, resource.items("bodySite"), {}, snomed);
    procedures.push_back({.origin = {ref, label_of(resource.find("code"))},
                          .snomed = std::move(snomed),
                          .category = std::move(category),
                          .performed = at    ? at
                                       : end ? end
                                             : start,
                          .regions = std::move(regions)});
  }
  return procedures;
}

Truth holds(ProcedureClause const& clause, Question const& question, std::vector<Cause>& causes) {
  auto const shared = [](std::vector<std::string> const& wanted, std::vector<std::string> const& codes) {
    return std::ranges::find_first_of(codes, wanted);
  };
  auto truth = Truth::No;
  for (auto const& procedure : question.facts.procedures) {
    auto const code = shared(clause.codes, procedure.snomed);
    auto const is_coded = code != procedure.snomed.end();
    if (!is_coded && shared(clause.categories, procedure.category) == procedure.category.end())
      continue;
    if (clause.performed_within_days &&
        (!procedure.performed ||
         procedure.performed->age(question.facts.on) > *clause.performed_within_days))
      continue;
    auto const is_unverified =
        is_coded && std::ranges::find(clause.unverified, *code) != clause.unverified.end();
    truth = Truth::Yes;
    causes.push_back({procedure.origin.ref,
                      procedure.origin.label + (is_unverified ? " (code not verified)" : ""),
                      procedure.regions});
  }
  return truth;
}

} // namespace tripsis::clinic::screening
