// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What every practice's store holds from the start: the intake form, and the definitions of our code
// systems, extensions and operations, so that whoever reads the data can look up what a name means.
#pragma once

#include "clinic/knowledge/knowledge.hh"
#include "store/store.hh"

#include <vector>

namespace tripsis::clinic {

/// All of them, each with a fixed id.
std::vector<json::Value> own_resources(Knowledge const& knowledge);

/// The stored form without what the store puts in.
json::Value without_meta(json::Value resource);

/// Writes those that are missing or of another version of the program. Writes nothing where all are there.
/// They are dated before all data of a practice, so that a data folder made twice from the same data is the
/// same.
Result<> ensure_own_resources(store::Store& store, Knowledge const& knowledge);

} // namespace tripsis::clinic
