// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What a Patient says of itself that mails and sign-in need: a name to call them by, where mail reaches
// them.
#pragma once

#include "base/json/value.hh"

#include <string>
#include <string_view>

namespace tripsis::clinic {

/// "Anna Berg": the official name, else the first one; its text where it has one. Empty where there is
/// none.
std::string display_name(json::Value const& patient);

/// The first e-mail address that is in use, or empty.
std::string_view email_of(json::Value const& patient);

/// Whether the record is in use: not merged into another one, not closed.
bool is_active(json::Value const& patient);

} // namespace tripsis::clinic
