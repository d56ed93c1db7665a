// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/safety/treatment.hh"

#include "clinic/canonical.hh"
#include "clinic/find.hh"
#include "clinic/screening/moment.hh"

#include <algorithm>
#include <initializer_list>

namespace tripsis::clinic::safety {
namespace {

using json::Value;

bool is_one_of(std::string_view status, std::initializer_list<std::string_view> statuses) {
  return std::ranges::find(statuses, status) != statuses.end();
}

/// The text of the first of the two places that has one.
std::string_view first_text(Value const& resource, std::string_view element, std::string_view period) {
  if (auto const text = resource.text(element); !text.empty())
    return text;
  auto const* start = resource.at({period, "start"});
  return start != nullptr && start->is_string() ? std::string_view{start->string()} : std::string_view{};
}

} // namespace

bool is_treatment(Value const& resource) {
  auto const status = resource.text("status");
  if (resource.text("resourceType") == "Appointment")
    return code_in(resource.find("serviceType"), canonical::service).starts_with("treatment-") &&
           is_one_of(status, {"proposed", "pending", "booked", "arrived", "checked-in", "waitlist"});
  return resource.text("resourceType") == "Procedure" &&
         !code_in(resource.find("code"), canonical::technique).empty() &&
         is_one_of(status, {"in-progress", "completed"});
}

bool is_hold(Value const& treatment) {
  return treatment.text("resourceType") == "Appointment" &&
         is_one_of(treatment.text("status"), {"proposed", "pending", "waitlist"});
}

Treatment read_treatment(Value const& resource, TimeZone const& zone, std::chrono::sys_days otherwise) {
  Treatment treatment{.day = otherwise};
  std::string_view when;
  if (resource.text("resourceType") == "Appointment") {
    for (auto const& key : actors(resource, "Patient"))
      treatment.patients.push_back(key.id);
    when = first_text(resource, "start", "requestedPeriod");
  } else {
    if (auto const key = key_of(resource.find("subject")); key && key->type == "Patient")
      treatment.patients.push_back(key->id);
    when = first_text(resource, "performedDateTime", "performedPeriod");
  }
  if (auto const moment = screening::parse_moment(when, &zone))
    treatment.day = moment->first;
  return treatment;
}

} // namespace tripsis::clinic::safety
