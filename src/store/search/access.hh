// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Whether the caller may see a resource: one in the compartment of their patients, and of a type and status
// that is shown to them. The row's hash says quickly what is not; the references in the resource itself
// decide, so that two texts with one hash leak nothing.
#pragma once

#include "store/sqlite/context.hh"

namespace tripsis::store::search {

class Access {
public:
  /// Both must outlive it.
  Access(AccessFilter const& filter, index::Extractor const& extractor);

  bool is_limited() const noexcept { return filter_.patients.has_value(); }
  /// Whether of this type nothing may be seen but what lies in the patients' compartments.
  bool is_by_patient(std::string_view type) const;
  /// By the row alone: false is certain.
  bool may_see(std::string_view type, std::int64_t compartment) const;
  /// By the resource.
  bool may_see(Key const& key, json::Value const& resource) const;
  /// "Patient/…" of those who may be seen.
  std::vector<std::string> const& references() const noexcept { return references_; }

private:
  bool is_in_compartment(Key const& key, json::Value const& resource) const;
  bool is_about_own(Key const& key, json::Value const& resource) const;
  Sight const* find_sight(std::string_view type) const;

  AccessFilter const& filter_;
  index::Extractor const& extractor_;
  std::vector<std::string> references_;
  std::vector<std::int64_t> hashes_;
};

} // namespace tripsis::store::search
