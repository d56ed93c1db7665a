// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Where the practice wants it so (the setting clinic.consultation_first), a patient's first treatment comes
// after a consultation: a visit of that kind on an earlier hour or day, or an appointment for one. Who has
// been treated before is no new patient.
#include "clinic/canonical.hh"
#include "clinic/find.hh"
#include "clinic/rules/given_technique.hh"

#include <algorithm>
#include <array>

namespace tripsis::clinic::rules {
namespace {

using json::Value;

constexpr std::string_view rule_name = "consultation first";

constexpr std::array<std::string_view, 3> over{"cancelled", "noshow", "entered-in-error"};

bool is_off(Value const& resource) {
  return std::ranges::find(over, resource.text("status")) != over.end();
}

bool is_booked_treatment(Value const& resource) {
  return resource.text("resourceType") == "Appointment" && !is_off(resource) &&
         code_in(resource.find("serviceType"), canonical::service).starts_with("treatment-");
}

struct First {
  std::vector<std::string> patients; ///< "Patient/x"
  std::chrono::sys_days day;
  std::string_view encounter; ///< "Encounter/x", or ""
};

First read_first(RuleContext const& context, store::RuleTx& tx, Value const& resource) {
  First first{.day = context.today(tx)};
  std::string_view when;
  if (resource.text("resourceType") == "Appointment") {
    for (auto const& key : actors(resource, "Patient"))
      first.patients.push_back(key.reference());
    when = resource.text("start");
  } else {
    if (auto const key = key_of(resource.find("subject")))
      first.patients.push_back(key->reference());
    when = resource.text("performedDateTime");
    if (auto const* start = resource.at({"performedPeriod", "start"});
        start != nullptr && start->is_string())
      when = start->string();
    if (auto const* encounter = resource.find("encounter"))
      first.encounter = encounter->text("reference");
  }
  first.day = context.day_of(when).value_or(first.day);
  return first;
}

/// Whether a visit, or an appointment, lets the treatment be: a consultation until its day, or an earlier
/// treatment.
bool lets(RuleContext const& context, Value const& other, Value const* services, std::string_view start,
          First const& first) {
  auto const day = context.day_of(start);
  auto const service = code_in(services, canonical::service);
  return !is_off(other) && day &&
         ((service == "consultation" && *day <= first.day) ||
          (service.starts_with("treatment-") && *day < first.day &&
           other.text("resourceType") == "Encounter"));
}

Result<bool> was_consulted(RuleContext const& context, store::RuleTx& tx, std::string const& patient,
                           First const& first) {
  for (auto const& visit : TRY(find_in(tx)("Encounter", {{"patient", patient}}))) {
    auto const* start = visit.at({"period", "start"});
    if (reference_to(visit) != first.encounter && start != nullptr && start->is_string() &&
        lets(context, visit, visit.find("type"), start->string(), first))
      return true;
  }
  for (auto const& appointment : TRY(find_in(tx)("Appointment", {{"patient", patient}})))
    if (lets(context, appointment, appointment.find("serviceType"), appointment.text("start"), first))
      return true;
  return false;
}

Result<> check(RuleContext const& context, store::RuleTx& tx, store::Change const& change,
               Value const& after) {
  auto const first = read_first(context, tx, after);
  for (auto const& patient : first.patients)
    if (!TRY(was_consulted(context, tx, patient, first)) &&
        !context.lets_through(tx, change, rule_name, first.day))
      return fail(Fault::BusinessRule,
                  "This practice asks for a consultation before the first treatment: book or record one "
                  "first.",
                  std::string{after.text("resourceType")});
  return {};
}

} // namespace

store::WriteRule consultation_first(RuleContext context) {
  return {.name = rule_name,
          .concerns =
              [](store::Change const& change) {
                return change.method != store::Method::Delete &&
                       (is_given(change.resource) || is_booked_treatment(change.resource));
              },
          .check = [context](store::RuleTx& tx, store::Change const& change, Value const*,
                             Value const* after) { return check(context, tx, change, *after); }};
}

} // namespace tripsis::clinic::rules
