// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Whether the two files are whole and say the same. Problems name resources by type and rid, never by
// content.
#pragma once

#include "store/sqlite/context.hh"

namespace tripsis::store::sqlite {

/// Both connections stand in read transactions, in which the index is complete up to the truth's last
/// change. Takes some 20 µs a resource.
Store::Check check_files(Context const& context, Database& truth, Database& index);

} // namespace tripsis::store::sqlite
