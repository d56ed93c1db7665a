// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/rules.hh"

#include "clinic/rules/rule_context.hh"
#include "clinic/rules/shipped.hh"
#include "clinic/screening/moment.hh"
#include "fhir/date_time.hh"

#include <set>

namespace tripsis::clinic {

std::vector<store::WriteRule> write_rules(std::shared_ptr<CurrentKnowledge const> knowledge, TimeZone zone,
                                          LetThrough* let_through, Practices practices) {
  auto const shipped = std::make_shared<rules::Shipped>(knowledge);
  rules::RuleContext const context{std::move(knowledge), zone, let_through};
  std::vector<store::WriteRule> all{
      rules::no_double_booking(context),
      rules::no_treatment_under_hard_stop(context),
      rules::technique_needs_consent(context),
      rules::technique_needs_competency(context),
      rules::limits_of_the_screening(context),
      rules::guardian_consents_for_a_minor(context),
      rules::signed_notes(context),
      rules::mitigations(context),
      rules::honest_wording(context),
      rules::what_ships_stays(shipped),
      rules::own_knowledge_only_adds(context, shipped),
  };
  if (practices.consultation_first == Practices::ConsultationFirst::Yes)
    all.push_back(rules::consultation_first(context));
  return all;
}

void LetThrough::add(store::Key const& key, std::string_view rule) {
  std::scoped_lock const lock{mutex_};
  items_.push_back({key, rule});
}

std::vector<LetThrough::Item> LetThrough::take() {
  std::scoped_lock const lock{mutex_};
  return std::exchange(items_, {});
}

json::Value import_provenance(std::vector<LetThrough::Item> const& items, Instant now) {
  if (items.empty())
    return {};
  std::set<std::string> targets;
  std::set<std::string_view> names;
  for (auto const& item : items) {
    targets.insert(item.key.reference());
    names.insert(item.rule);
  }
  auto provenance = json::object({{"resourceType", "Provenance"}});
  for (auto const& target : targets)
    provenance.push("target", json::object({{"reference", target}}));
  provenance.set("recorded", fhir::format_instant(now));
  for (auto const name : names)
    provenance.push(
        "reason",
        json::object({{"text", "Imported although the rule \"" + std::string{name} +
                                   "\" would refuse it now: it is dated before the day of the import."}}));
  provenance.set("activity", json::object({{"text", "Import"}}));
  provenance.push("agent", json::object({{"who", json::object({{"display", "Tripsis import"}})}}));
  return provenance;
}

namespace rules {

std::optional<std::chrono::sys_days> RuleContext::day_of(std::string_view date_time) const {
  auto const moment = screening::parse_moment(date_time, &zone);
  return moment ? std::optional{moment->first} : std::nullopt;
}

bool RuleContext::lets_through(store::RuleTx& tx, store::Change const& change, std::string_view rule,
                               std::chrono::sys_days day) const {
  if (tx.unit().origin != store::Origin::Import || day >= today(tx))
    return false;
  if (let_through != nullptr)
    let_through->add(change.key, rule);
  return true;
}

bool RuleContext::covers(json::Value const* period, std::chrono::sys_days day) const {
  if (period == nullptr)
    return true;
  auto const start = day_of(period->text("start")), end = day_of(period->text("end"));
  return (!start || *start <= day) && (!end || day <= *end);
}

} // namespace rules
} // namespace tripsis::clinic
