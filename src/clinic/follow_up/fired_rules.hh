// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A treatment that is booked, arrived for, or charted leaves in the record which safety rules fired for its
// day, and which of them the note overrode (docs/formats/clinical-resources.md, DetectedIssue).
#pragma once

#include "clinic/follow_up.hh"

namespace tripsis::clinic::follow_up {

extern FollowUp const fired_rules; ///< For clinic/follow_up.cc

} // namespace tripsis::clinic::follow_up
