// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What the commands read that judge one patient's record without a server: `tripsis screen`, `tripsis plan`.
#pragma once

#include "app/command.hh"
#include "base/json/value.hh"
#include "clinic/screening/moment.hh"

namespace tripsis::app {

/// The file as JSON; the error names it.
Result<json::Value> read_patient_file(std::string const& path);
/// A date as YYYY-MM-DD; the error says `what` it was given for.
Result<clinic::screening::Day> read_day(std::string_view what, std::string_view text);
/// --on; else the date that the Bundle's timestamp has where it was written; else today.
Result<clinic::screening::Day> day_of(Arguments const& arguments, json::Value const& bundle);

} // namespace tripsis::app
