// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Forms that are to be filled in before somebody comes. The first visit speaks for those after it.
#include "clinic/forms/questionnaires.hh"
#include "clinic/outcome/score.hh"
#include "clinic/worklist/worklist.hh"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace tripsis::clinic::worklist {

std::string form_name(std::string_view id) {
  constexpr std::array names{
      std::pair{std::string_view{"intake"}, std::string_view{"safety questions"}},
      std::pair{std::string_view{"consent"}, std::string_view{"consent to treatment"}}};
  auto const known = std::ranges::find(names, id, [](auto const& one) { return one.first; });
  if (auto const scale = outcome::find_scale(forms::instrument_id(id)))
    return std::string{outcome::short_name(*scale)};
  std::string name{known == names.end() ? id : known->second};
  std::ranges::replace(name, '-', ' ');
  return name;
}

std::vector<Line> missing_forms(Material const& material) {
  std::vector<Line> lines;
  std::set<std::string> listed;
  auto const today = material.today();
  for (auto const& appointment : material.coming) {
    auto const day = day_of(appointment.text("start"), material.zone, today);
    if (day > today + std::chrono::days{form_days})
      break;
    for (auto const& patient : actors(appointment, "Patient")) {
      auto const missing = material.missing_forms.find(patient.id);
      if (missing == material.missing_forms.end() || !listed.insert(patient.id).second)
        continue;
      std::vector<std::string> names;
      std::ranges::transform(missing->second, std::back_inserter(names), form_name);
      auto const therapists = actors(appointment, "Practitioner");
      lines.push_back({.code = "form-missing",
                       .priority = day == today ? Priority::Asap : Priority::Routine,
                       .focus = {"Appointment", std::string{appointment.text("id")}},
                       .patient = patient.id,
                       .owner = therapists.empty() ? "" : therapists.front().reference(),
                       .description = fmt::format("Before the visit on {}, to be filled in: {}.",
                                                  written(day), fmt::join(names, ", ")),
                       .due = day});
    }
  }
  return lines;
}

} // namespace tripsis::clinic::worklist
