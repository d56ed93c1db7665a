// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What is known of one patient: resources, each with the name by which a rule's reasons refer to it. It
// comes from a Bundle (the command `screen`, the vignettes) or from the store's searches
// (views/patient_record.cc); the engine cannot tell.
#pragma once

#include "base/json/value.hh"
#include "base/result.hh"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tripsis::clinic::screening {

/// Owns its resources. Immutable once filled; const access from many threads is safe.
class PatientRecord {
public:
  struct Entry {
    std::string ref; ///< "Condition/123", else the entry's fullUrl
    json::Value resource;
  };

  explicit PatientRecord(json::Value patient);

  /// The patient and whatever else the Bundle holds. Where it holds several patients, the first; what is
  /// about another one is left out. Fault::Structure where it is no Bundle, Fault::Required where no
  /// Patient is in it.
  static Result<PatientRecord> from_bundle(json::Value bundle);

  /// Adds a resource that is about the patient. It is named "Type/id", or by `full_url` where it has no id.
  void add(json::Value resource, std::string_view full_url = {});

  Entry const& patient() const noexcept { return patient_; }
  /// All of a type, in the order in which they were added.
  std::vector<Entry> const& of_type(std::string_view type) const noexcept;
  /// What a reference points to: contained in `from` ("#a"), or any resource of the record. nullptr for
  /// what is not here.
  json::Value const* resolve(json::Value const& from, std::string_view reference) const noexcept;

private:
  Entry patient_;
  std::map<std::string, std::vector<Entry>, std::less<>> by_type_;
  std::map<std::string, std::pair<std::string, std::size_t>, std::less<>>
      by_name_; ///< "Medication/1" and full URLs → type and position
};

} // namespace tripsis::clinic::screening
