// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// For a patient under 18 it is a guardian who consents to treatment: a RelatedPerson of that patient, as a
// performer of the Consent.
#include "clinic/canonical.hh"
#include "clinic/find.hh"
#include "clinic/rules/rule_context.hh"
#include "fhir/date_time.hh"

#include <algorithm>

namespace tripsis::clinic::rules {
namespace {

using json::Value;

constexpr std::string_view rule_name = "guardian consents for a minor";
constexpr auto of_age = std::chrono::years{18};

/// A birth date that is not known to the day is read as late as it may be.
bool is_minor(Value const& patient, std::chrono::sys_days day) {
  auto const text = patient.text("birthDate");
  auto const born = fhir::DateTime::parse_date(text);
  if (!born)
    return false;
  auto date = born->parts().date;
  if (text.size() == 4)
    date = date.year() / std::chrono::December / 31;
  else if (text.size() == 7)
    date = std::chrono::year_month_day{date.year() / date.month() / std::chrono::last};
  auto const birthday = date + of_age;
  return day < (birthday.ok()
                    ? std::chrono::sys_days{birthday}
                    : std::chrono::sys_days{birthday.year() / birthday.month() / std::chrono::last});
}

Result<> check(RuleContext const& context, store::RuleTx& tx, store::Change const& change,
               Value const& consent) {
  auto const key = key_of(consent.find("patient"));
  auto const patient = key && key->type == "Patient" ? tx.read(*key) : fail(Fault::NotFound, "");
  auto const day = context.day_of(consent.text("dateTime")).value_or(context.today(tx));
  if (!patient || !is_minor(*patient, day))
    return {};
  auto const is_guardian = [&](Value const& performer) {
    auto const who = key_of(&performer);
    auto const person = who && who->type == "RelatedPerson" ? tx.read(*who) : fail(Fault::NotFound, "");
    return person && key_of(person->find("patient")) == key;
  };
  if (std::ranges::any_of(consent.items("performer"), is_guardian) ||
      context.lets_through(tx, change, rule_name, day))
    return {};
  return fail(Fault::BusinessRule,
              "The patient is under 18: a guardian consents. Record the guardian (RelatedPerson) and name "
              "them as the performer.",
              "Consent.performer");
}

} // namespace

store::WriteRule guardian_consents_for_a_minor(RuleContext context) {
  return {.name = rule_name,
          .concerns =
              [](store::Change const& change) {
                return change.key.type == "Consent" && change.method != store::Method::Delete &&
                       change.resource.text("status") == "active" &&
                       code_in(change.resource.find("category"), canonical::consent) == "treatment";
              },
          .check = [context](store::RuleTx& tx, store::Change const& change, Value const*,
                             Value const* after) { return check(context, tx, change, *after); }};
}

} // namespace tripsis::clinic::rules
