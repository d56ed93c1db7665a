// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Two records of one person become one: every reference to the one, the source, becomes one to the other,
// the target, also in signed notes, in extensions and in contained resources. The source stays, inactive,
// and both say what they are to each other.
#pragma once

#include "base/result.hh"
#include "store/store.hh"

#include <string>
#include <vector>

namespace tripsis::clinic {

struct Merge {
  store::Key source, target;
  store::Correction correction() const { return {store::Correction::Kind::References, source, target}; }
};

/// Fault::BusinessRule for a patient with itself, and where one of the two is inactive or merged already;
/// Fault::NotFound and Deleted as for a read.
Result<> check_merge(Merge const& merge, json::Value const& source, json::Value const& target);

/// The source as it is afterwards: inactive, replaced by the target.
json::Value merged_source(Merge const& merge, json::Value source);
/// The target: it replaces the source, and is also found by the numbers that the source had.
json::Value merged_target(Merge const& merge, json::Value target, json::Value const& source);

/// The changes that turn all references to the source, but those of the two patients themselves. Reads the
/// whole store, because a reference may stand where no search looks: a merge is rare. Documents
/// (Bundle), the log of who did what (AuditEvent) and the Provenance of earlier merges tell what was, and
/// stay.
Result<std::vector<store::Change>> turned_references(store::Store& store, Merge const& merge);

} // namespace tripsis::clinic
