// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A note that was written in error, such as on the wrong patient: it, its amendments, its Encounter and the
// Procedures and Observations that were charted with it get the status entered-in-error. Nothing else of
// them changes, and every version stays.
#pragma once

#include "base/result.hh"
#include "clinic/find.hh"
#include "store/store.hh"

#include <string>
#include <vector>

namespace tripsis::clinic {

struct InError {
  std::vector<store::Change> changes; ///< Of what is in error; the note's comes first
  json::Value note;                   ///< As it stands before
};

/// What a signed note that is not in error still refers to is left as it is, and so is what belongs to
/// another visit. Fault::BusinessRule where the note is in error already, or is no note.
Result<InError> entered_in_error(store::ReadTx& tx, store::Key const& note);

/// Whether the practitioner wrote the note.
bool is_author(json::Value const& note, std::string_view practitioner);

} // namespace tripsis::clinic
