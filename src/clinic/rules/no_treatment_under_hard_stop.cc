// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// No treatment is booked, or charted as given, for a day on which an absolute safety rule fires, or one
// that needs a clearance which is not recorded. What a treatment is: docs/formats/clinical-resources.md. It
// never blocks a consultation, a cancellation, or a note that the session was not given; while a clearance
// is waited for, the time may be held (proposed, pending, waitlist) and the patient may arrive.
#include "clinic/canonical.hh"
#include "clinic/find.hh"
#include "clinic/patient_record.hh"
#include "clinic/rules/rule_context.hh"
#include "clinic/screening/screening.hh"

#include <algorithm>
#include <initializer_list>

namespace tripsis::clinic::rules {
namespace {

constexpr std::string_view rule_name = "no treatment under a hard stop";

bool is_one_of(std::string_view status, std::initializer_list<std::string_view> statuses) {
  return std::ranges::find(statuses, status) != statuses.end();
}

bool is_treatment(json::Value const& resource) {
  auto const status = resource.text("status");
  if (resource.text("resourceType") == "Appointment")
    return code_in(resource.find("serviceType"), canonical::service).starts_with("treatment-") &&
           is_one_of(status, {"proposed", "pending", "booked", "arrived", "checked-in", "waitlist"});
  return resource.text("resourceType") == "Procedure" &&
         !code_in(resource.find("code"), canonical::technique).empty() &&
         is_one_of(status, {"in-progress", "completed"});
}

/// Whether it only holds a time, which a clearance may still allow.
bool is_hold(json::Value const& treatment) {
  return is_one_of(treatment.text("status"), {"proposed", "pending", "waitlist"});
}

/// Whom it is given to, and on which day of the clinic.
struct Treatment {
  std::vector<std::string> patients;
  std::chrono::sys_days day;
  friend bool operator==(Treatment const&, Treatment const&) = default;
};

Treatment read_treatment(RuleContext const& context, store::RuleTx& tx, json::Value const& resource) {
  Treatment treatment{.day = context.today(tx)};
  std::string_view when;
  if (resource.text("resourceType") == "Appointment") {
    for (auto const& key : actors(resource, "Patient"))
      treatment.patients.push_back(key.id);
    when = resource.text("start");
    if (auto const* wished = resource.at({"requestedPeriod", "start"});
        when.empty() && wished != nullptr && wished->is_string())
      when = wished->string();
  } else {
    if (auto const key = key_of(resource.find("subject")); key && key->type == "Patient")
      treatment.patients.push_back(key->id);
    when = resource.text("performedDateTime");
    if (auto const* start = resource.at({"performedPeriod", "start"});
        when.empty() && start != nullptr && start->is_string())
      when = start->string();
  }
  treatment.day = context.day_of(when).value_or(treatment.day);
  return treatment;
}

/// Whether the record of each patient can be found by what the treatment says.
bool names_patients(json::Value const& treatment) {
  if (treatment.text("resourceType") == "Appointment")
    return !refers_elsewhere(treatment);
  auto const key = key_of(treatment.find("subject"));
  return key && key->type == "Patient";
}

/// Whether an earlier change of the unit is a treatment of the same patient on the same day: then it has
/// been judged. (What is imported is judged one by one, because each that is let through is noted.)
bool is_judged(RuleContext const& context, store::RuleTx& tx, store::Change const& change,
               Treatment const& treatment) {
  if (tx.unit().origin == store::Origin::Import)
    return false;
  for (auto const& other : tx.unit().changes) {
    if (other.key == change.key)
      return false;
    if (other.method != store::Method::Delete && is_treatment(other.resource) &&
        read_treatment(context, tx, other.resource) == treatment)
      return true;
  }
  return false;
}

/// In one line: what is refused, because of which rules, and what lifts them.
std::string describe(screening::Screening const& screening, std::chrono::sys_days day) {
  auto const stops = screening.decision == screening::Decision::Stop;
  auto text = fmt::format("Treatment on {} {}.", screening::iso_of(day),
                          stops ? "is stopped" : "needs a clearance first");
  auto const level = stops ? screening::Level::Absolute : screening::Level::Clearance;
  for (auto const& issue : screening.issues)
    if (issue.rule->level == level && !issue.lifted)
      text += fmt::format(" {} ({}). It is lifted by: {}", issue.rule->name, issue.rule->id,
                          issue.rule->lifts_when);
  return text;
}

/// Whether the same treatment was booked before: then who waits for a clearance may still arrive.
bool was_booked(RuleContext const& context, store::RuleTx& tx, json::Value const* before,
                Treatment const& treatment) {
  return before != nullptr && is_treatment(*before) && before->text("resourceType") == "Appointment" &&
         !is_hold(*before) && read_treatment(context, tx, *before) == treatment;
}

Result<> check(RuleContext const& context, store::RuleTx& tx, store::Change const& change,
               json::Value const* before, json::Value const* after) {
  if (after == nullptr || !is_treatment(*after))
    return {};
  auto const treatment = read_treatment(context, tx, *after);
  if (is_judged(context, tx, change, treatment))
    return {};
  if (!names_patients(*after)) {
    if (context.lets_through(tx, change, rule_name, treatment.day))
      return {};
    return fail(Fault::BusinessRule,
                "A treatment names its patient as Patient/id, or it could not be judged by the record.",
                std::string{after->text("resourceType")});
  }
  auto const may_wait = is_hold(*after) || was_booked(context, tx, before, treatment);
  auto const knowledge = context.knowledge->get();
  auto const records = TRY(gather_records(find_in(tx), knowledge->rules, treatment.patients));
  for (auto const& [id, record] : records) {
    auto const screening = screening::screen(knowledge->rules, record, treatment.day, &context.zone);
    auto const refused = screening.decision == screening::Decision::Stop ||
                         (screening.decision == screening::Decision::Clearance && !may_wait);
    if (refused && !context.lets_through(tx, change, rule_name, treatment.day))
      return fail(Fault::BusinessRule, describe(screening, treatment.day),
                  std::string{after->text("resourceType")});
  }
  return {};
}

} // namespace

store::WriteRule no_treatment_under_hard_stop(RuleContext context) {
  return {
      .name = rule_name,
      .concerns =
          [](store::Change const& change) {
            return change.method != store::Method::Delete && is_treatment(change.resource);
          },
      .check = [context](store::RuleTx& tx, store::Change const& change, json::Value const* before,
                         json::Value const* after) { return check(context, tx, change, before, after); }};
}

} // namespace tripsis::clinic::rules
