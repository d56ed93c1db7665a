// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Gathers the facts, and what the families share in doing so: codes, names and times of FHIR elements.
#include "clinic/screening/facts.hh"
#include "clinic/screening/rules.hh"

#include <algorithm>
#include <array>

namespace tripsis::clinic::screening {

using json::Value;

Facts gather(Rules const& rules, PatientRecord const& record, Day on, TimeZone const* zone) {
  Gathering const from{rules, record, on, zone};
  auto const& patient = record.patient();
  Facts facts{.on = on,
              .patient = {patient.ref, "Date of birth"},
              .birth = from.moment(patient.resource, "birthDate"),
              .diagnoses = gather_diagnoses(from),
              .icd10 = {},
              .snomed = {},
              .procedures = gather_procedures(from),
              .medicines = gather_medicines(from),
              .answers = gather_answers(from),
              .readings = gather_readings(from),
              .allergies = gather_allergies(from),
              .pregnancy = gather_pregnancy(from)};
  facts.sort_codes();
  return facts;
}

std::optional<Moment> Gathering::moment(Value const& resource, std::string_view name) const {
  return parse_moment(resource.text(name), zone);
}

std::optional<Moment> Gathering::moment(Value const& resource, std::string_view period,
                                        std::string_view edge) const {
  auto const* found = resource.find(period);
  return found != nullptr ? moment(*found, edge) : std::nullopt;
}

void Facts::sort_codes() {
  for (std::size_t i = 0; i < diagnoses.size(); ++i) {
    for (auto const& code : diagnoses[i].icd10)
      icd10.push_back({code, i});
    for (auto const& code : diagnoses[i].snomed)
      snomed.push_back({code, i});
  }
  std::ranges::sort(icd10);
  std::ranges::sort(snomed);
}

std::vector<std::string> codes_of(Value const* concept_, std::string_view system) {
  std::vector<std::string> codes;
  if (concept_ != nullptr)
    for (auto const& coding : concept_->items("coding"))
      if (coding.text("system") == system && !coding.text("code").empty())
        codes.emplace_back(coding.text("code"));
  return codes;
}

bool has_code(Value const* concept_, std::string_view code) {
  return concept_ != nullptr && std::ranges::any_of(concept_->items("coding"), [&](Value const& coding) {
           return coding.text("code") == code;
         });
}

std::string label_of(Value const* concept_) {
  if (concept_ == nullptr)
    return {};
  if (auto const text = concept_->text("text"); !text.empty())
    return std::string{text};
  for (std::string_view const part : {"display", "code"})
    for (auto const& coding : concept_->items("coding"))
      if (auto const text = coding.text(part); !text.empty())
        return std::string{text};
  return {};
}

void append_names(Value const* concept_, std::string& names) {
  if (concept_ == nullptr)
    return;
  auto const append = [&](std::string_view name) {
    if (!name.empty())
      names.append(lower(name)) += '\n';
  };
  append(concept_->text("text"));
  for (auto const& coding : concept_->items("coding"))
    append(coding.text("display"));
}

std::string lower(std::string_view text) {
  std::string out{text};
  std::ranges::transform(
      out, out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return out;
}

bool has_word(std::string_view text, std::string_view word) noexcept {
  // Bytes beyond ASCII are letters of longer words, so that "plåster" does not hold "ster".
  auto const is_letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (static_cast<unsigned char>(c) & 0x80U) != 0;
  };
  for (auto at = text.find(word); at != std::string_view::npos && !word.empty();
       at = text.find(word, at + 1)) {
    auto const end = at + word.size();
    if ((at == 0 || !is_letter(text[at - 1])) && (end == text.size() || !is_letter(text[end])))
      return true;
  }
  return false;
}

std::optional<Moment> observed(Gathering const& from, Value const& observation) {
  for (std::string_view const name : {"effectiveDateTime", "effectiveInstant"})
    if (auto const moment = from.moment(observation, name))
      return moment;
  for (std::string_view const edge : {"end", "start"})
    if (auto const moment = from.moment(observation, "effectivePeriod", edge))
      return moment;
  return from.moment(observation, "issued");
}

bool is_usable_observation(Gathering const& from, Value const& observation) {
  constexpr std::array<std::string_view, 4> usable{"final", "amended", "corrected", "preliminary"};
  if (std::ranges::find(usable, observation.text("status")) == usable.end())
    return false;
  auto const began = from.moment(observation, "effectivePeriod", "start");
  auto const first = began ? began : observed(from, observation);
  return !first || first->first <= from.on;
}

} // namespace tripsis::clinic::screening
