// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What a correction makes of a resource. The operations write just this, and the store compares what is
// written with just this, so that a seal gives way to nothing else.
#pragma once

#include "store/store.hh"

namespace tripsis::store {

/// The resource as the correction makes it; nullopt where there is nothing in it to correct. A reference
/// to one version of `from` becomes one to `to`, of which there is no such version.
std::optional<json::Value> corrected_by(Correction const& correction, json::Value resource);

} // namespace tripsis::store
