// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Allergies and intolerances, by the words of their code and by SNOMED CT code.
#include "clinic/canonical.hh"
#include "clinic/screening/clause.hh"
#include "clinic/screening/facts.hh"

#include <algorithm>
#include <array>

namespace tripsis::clinic::screening {

std::vector<Allergy> gather_allergies(Gathering const& from) {
  std::vector<Allergy> allergies;
  for (auto const& [ref, resource] : from.record.of_type("AllergyIntolerance")) {
    auto const* status = resource.find("clinicalStatus");
    auto const* verification = resource.find("verificationStatus");
    auto const onset = from.moment(resource, "onsetDateTime");
    auto const recorded = from.moment(resource, "recordedDate");
    if ((status != nullptr && !has_code(status, "active")) || has_code(verification, "refuted") ||
        has_code(verification, "entered-in-error") || !known_on(from.on, std::array{onset, recorded}))
      continue;
    auto const* code = resource.find("code");
    Allergy allergy{.origin = {ref, label_of(code)}, .snomed = codes_of(code, systems::snomed)};
    append_names(code, allergy.names);
    allergies.push_back(std::move(allergy));
  }
  return allergies;
}

Truth holds(AllergyClause const& clause, Question const& question, std::vector<Cause>& causes) {
  auto truth = Truth::No;
  for (auto const& allergy : question.facts.allergies) {
    auto const is_named =
        std::ranges::any_of(clause.words, [&](auto const& word) { return has_word(allergy.names, word); });
    if (!is_named && std::ranges::find_first_of(allergy.snomed, clause.snomed) == allergy.snomed.end())
      continue;
    truth = Truth::Yes;
    causes.push_back({allergy.origin.ref, allergy.origin.label, {}});
  }
  return truth;
}

} // namespace tripsis::clinic::screening
