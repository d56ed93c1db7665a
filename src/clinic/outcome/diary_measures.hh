// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The measures that diaries come to: days with headache, with migraine and with a painkiller in windows of
// 28 days, and the weekly mean of how much of the time in bed was sleep.
#pragma once

#include "base/time_zone.hh"
#include "clinic/outcome/course.hh"

namespace tripsis::clinic::outcome {

/// Adds them to what was found. What staff counted of painkillers (meds) is in the same series.
void add_diaries(Measured& found, std::vector<json::Value> const& observations, Knowledge const& knowledge,
                 TimeZone const& zone);

} // namespace tripsis::clinic::outcome
