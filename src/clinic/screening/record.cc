// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Sorts a Bundle into one patient's record. References come in three spellings: relative, absolute and
// urn:uuid.
#include "clinic/screening/record.hh"

#include <algorithm>
#include <array>

namespace tripsis::clinic::screening {
namespace {

std::string name_of(json::Value const& resource, std::string_view full_url) {
  auto const id = resource.text("id");
  return id.empty() ? std::string{full_url}
                    : std::string{resource.text("resourceType")} + "/" + std::string{id};
}

/// Without "/_history/3", which names a version of the same resource.
std::string_view without_version(std::string_view reference) {
  return reference.substr(0, reference.find("/_history/"));
}

/// The "Type/id" at the end of an absolute reference.
std::string_view last_two_segments(std::string_view reference) {
  auto const last = reference.rfind('/');
  if (last == std::string_view::npos || last == 0)
    return reference;
  auto const before = reference.rfind('/', last - 1);
  return before == std::string_view::npos ? reference : reference.substr(before + 1);
}

/// Whether the resource is about the patient; what names nobody is.
bool concerns(json::Value const& resource, std::string_view patient_ref, std::string_view patient_url) {
  constexpr std::array<std::string_view, 3> subjects{"subject", "patient", "beneficiary"};
  return std::ranges::all_of(subjects, [&](std::string_view subject) {
    auto const* named = resource.find(subject);
    auto const reference = without_version(named != nullptr ? named->text("reference") : "");
    return reference.empty() || reference == patient_ref || reference == patient_url ||
           (reference.contains("://") && last_two_segments(reference) == patient_ref);
  });
}

} // namespace

PatientRecord::PatientRecord(json::Value patient)
    : patient_{name_of(patient, "Patient"), std::move(patient)} {}

Result<PatientRecord> PatientRecord::from_bundle(json::Value bundle) {
  if (bundle.text("resourceType") != "Bundle")
    return fail(Fault::Structure, "This is not a FHIR Bundle.");
  auto* entries = bundle.find("entry");
  if (entries == nullptr || !entries->is_array())
    return fail(Fault::Required, "The Bundle has no entries, so there is no patient to screen.",
                "Bundle.entry");
  auto& list = entries->array();
  auto const is_patient = [](json::Value const& entry) {
    auto const* resource = entry.find("resource");
    return resource != nullptr && resource->text("resourceType") == "Patient";
  };
  auto const patient = std::ranges::find_if(list, is_patient);
  if (patient == list.end())
    return fail(Fault::Required, "The Bundle holds no Patient.", "Bundle.entry");
  auto const patient_url = std::string{patient->text("fullUrl")};
  PatientRecord record{*patient->find("resource")};
  record.patient_.ref = name_of(record.patient_.resource, patient_url);

  for (auto& entry : list) {
    auto* resource = entry.find("resource");
    if (resource == nullptr || !resource->is_object() || is_patient(entry) ||
        !concerns(*resource, record.patient_.ref, patient_url))
      continue;
    record.add(std::move(*resource), entry.text("fullUrl"));
  }
  return record;
}

void PatientRecord::add(json::Value resource, std::string_view full_url) {
  auto const type = std::string{resource.text("resourceType")};
  auto ref = name_of(resource, full_url);
  auto& same = by_type_[type];
  by_name_.emplace(ref, std::pair{type, same.size()});
  if (!full_url.empty())
    by_name_.emplace(full_url, std::pair{type, same.size()});
  same.push_back({std::move(ref), std::move(resource)});
}

std::vector<PatientRecord::Entry> const& PatientRecord::of_type(std::string_view type) const noexcept {
  static std::vector<Entry> const none;
  auto const found = by_type_.find(type);
  return found != by_type_.end() ? found->second : none;
}

json::Value const* PatientRecord::resolve(json::Value const& from,
                                          std::string_view reference) const noexcept {
  if (reference.starts_with('#')) {
    auto const& contained = from.items("contained");
    auto const found =
        std::ranges::find_if(contained, [&](auto const& r) { return r.text("id") == reference.substr(1); });
    return found != contained.end() ? &*found : nullptr;
  }
  reference = without_version(reference);
  auto found = by_name_.find(reference);
  if (found == by_name_.end() && reference.contains("://"))
    found = by_name_.find(last_two_segments(reference));
  return found != by_name_.end() ? &of_type(found->second.first)[found->second.second].resource : nullptr;
}

} // namespace tripsis::clinic::screening
