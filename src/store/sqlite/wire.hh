// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// How a resource's JSON text is kept and given back. On the wire it begins with what the store itself says:
//   {"resourceType":"Patient","id":"…","meta":{"versionId":"3","lastUpdated":"2026-11-22T10:20:30.123Z"
// Kept is only what follows, "tail" from here on. So a read is one concatenation, two versions with equal
// content have equal tails, and a tail can be made and compressed before the writer has given version and
// time.
#pragma once

#include "base/clock.hh"
#include "base/json/value.hh"
#include "store/store.hh"

#include <string>
#include <string_view>

namespace tripsis::store::sqlite {

/// The tail of a resource: its own resourceType, id, meta.versionId and meta.lastUpdated are left out, the
/// rest keeps its order and spelling.
std::string make_tail(json::Value const& resource);

/// The text of the wire.
std::string make_wire(Key const& key, std::uint64_t version, Instant updated, std::string_view tail);

} // namespace tripsis::store::sqlite
