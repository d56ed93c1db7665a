// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What a note is made of: the rules that seal it and the operations that correct it read it the same way
// (docs/formats/clinical-resources.md, Signing).
#pragma once

#include "base/json/value.hh"
#include "store/store.hh"

#include <optional>
#include <vector>

namespace tripsis::clinic {

/// A Composition with one of our kinds of note.
bool is_note(json::Value const& resource);
/// Whether a note's status says that it is signed.
bool is_signed(json::Value const& note);
/// A Provenance by which somebody legally authenticates what it targets.
bool is_signature(json::Value const& resource);

/// What is sealed with a note: its Encounter first, then its sections' entries. A reference that is none of
/// ours gives nullopt.
std::vector<std::optional<store::Key>> parts_of(json::Value const& note);
/// The notes that it amends: relatesTo with the code appends or replaces.
std::vector<std::optional<store::Key>> amended_by(json::Value const& note);

} // namespace tripsis::clinic
