// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Whether a resource is in the compartment of one of the patients that the caller may see. The row's hash
// says it quickly; the references in the resource itself decide, so that two texts with one hash leak
// nothing.
#pragma once

#include "store/sqlite/context.hh"

namespace tripsis::store::search {

class Access {
public:
  /// Both must outlive it.
  Access(AccessFilter const& filter, index::Extractor const& extractor);

  bool is_limited() const noexcept { return filter_.patients.has_value(); }
  /// By the row alone: false is certain.
  bool may_see(std::int64_t compartment) const;
  /// By the resource.
  bool may_see(Key const& key, json::Value const& resource) const;
  /// "Patient/…" of those who may be seen.
  std::vector<std::string> const& references() const noexcept { return references_; }

private:
  AccessFilter const& filter_;
  index::Extractor const& extractor_;
  std::vector<std::string> references_;
  std::vector<std::int64_t> hashes_;
};

} // namespace tripsis::store::search
