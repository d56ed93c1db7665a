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
#include "clinic/safety/treatment.hh"
#include "clinic/screening/screening.hh"

namespace tripsis::clinic::rules {
namespace {

using safety::is_hold, safety::is_treatment, safety::read_treatment, safety::Treatment;

constexpr std::string_view rule_name = "no treatment under a hard stop";

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
        read_treatment(other.resource, context.zone, context.today(tx)) == treatment)
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
         !is_hold(*before) && read_treatment(*before, context.zone, context.today(tx)) == treatment;
}

Result<> check(RuleContext const& context, store::RuleTx& tx, store::Change const& change,
               json::Value const* before, json::Value const* after) {
  if (after == nullptr || !is_treatment(*after))
    return {};
  auto const treatment = read_treatment(*after, context.zone, context.today(tx));
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
