// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What all canonical resources of ours begin with.
#pragma once

#include "base/json/value.hh"
#include "clinic/canonical.hh"

namespace tripsis::clinic {

/// The version of what comes with the program, and the day on which its sources were last read.
constexpr std::string_view definitions_version = "2026.11", definitions_date = "2026-11-21";

/// The id is the last part of the URL.
inline json::Value definition(std::string_view type, std::string_view id, std::string_view name,
                              std::string_view title) {
  return json::object({{"resourceType", type},
                       {"id", id},
                       {"url", std::string{canonical::base} + std::string{type} + "/" + std::string{id}},
                       {"version", definitions_version},
                       {"name", name},
                       {"title", title},
                       {"status", "active"},
                       {"date", definitions_date},
                       {"publisher", "Tripsis"}});
}

} // namespace tripsis::clinic
