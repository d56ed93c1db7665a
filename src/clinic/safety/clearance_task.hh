// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The Task by which a practice asks a physician for a clearance (docs/formats/clinical-resources.md): it
// stays open until the clearance is recorded.
#pragma once

#include "base/json/value.hh"
#include "clinic/screening/rules.hh"

#include <string>
#include <vector>

namespace tripsis::clinic::safety {

struct ClearanceRequest {
  std::string patient; ///< Its id
  std::vector<screening::Rule const*> rules;
  std::string physician, referral, note; ///< Each may be empty; `referral` is "ServiceRequest/x"
  std::string authored;                  ///< A dateTime
};

/// Without an id. `requester` is who asks.
json::Value clearance_task(ClearanceRequest const& request, json::Value requester);
/// The rules' ids that such a Task asks about.
std::vector<std::string> rules_of(json::Value const& task);
/// The same Task, done at that dateTime.
json::Value completed(json::Value task, std::string_view at);

} // namespace tripsis::clinic::safety
