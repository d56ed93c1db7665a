// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The knowledge as it was packed (tools/pack_knowledge.py): for what is shown of it word by word. What
// works with it reads knowledge.hh.
#pragma once

#include "base/json/value.hh"

namespace tripsis::clinic {

/// One member a file of knowledge/*.yaml, named like it.
json::Value packed_knowledge();

} // namespace tripsis::clinic
