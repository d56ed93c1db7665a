// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What a client asks when a hook fires (https://cds-hooks.hl7.org/2.0/#calling-a-cds-service): of whom, for
// which days, and what it sends along of the record.
#pragma once

#include "base/json/value.hh"
#include "base/result.hh"
#include "base/time_zone.hh"
#include "clinic/hooks/services.hh"
#include "clinic/screening/moment.hh"
#include "clinic/screening/record.hh"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tripsis::clinic::hooks {

struct Request {
  std::string patient;              ///< The id, in the client's system
  std::string fhir_server;          ///< Whose id it is; empty: not said
  std::vector<screening::Day> days; ///< To judge, in order, each once; empty where no treatment is booked
  std::optional<screening::PatientRecord> record; ///< What was sent along, where the patient is in it
  std::vector<std::string_view> missing;          ///< What of it was not sent, in words
};

/// Takes the body apart; its resources must be valid (rest::cds_hooks). `today` is the clinic's day. An
/// error names the element.
Result<Request> read_request(json::Value body, Service const& service, TimeZone const& zone,
                             screening::Day today);

} // namespace tripsis::clinic::hooks
