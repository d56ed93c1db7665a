// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/rules/given_technique.hh"

#include "clinic/canonical.hh"
#include "clinic/find.hh"

#include <algorithm>
#include <cmath>

namespace tripsis::clinic::rules {
namespace {

using json::Value;

std::chrono::sys_days day_of(RuleContext const& context, store::RuleTx& tx, Value const& procedure) {
  auto when = procedure.text("performedDateTime");
  if (auto const* start = procedure.at({"performedPeriod", "start"});
      when.empty() && start != nullptr && start->is_string())
    when = start->string();
  return context.day_of(when).value_or(context.today(tx));
}

std::optional<int> pressure_of(Value const& procedure) {
  for (auto const& extension : procedure.items("extension")) {
    auto const* value = extension.find("valueInteger");
    value = value != nullptr ? value : extension.find("valueDecimal");
    if (extension.text("url") == canonical::pressure && value != nullptr && value->is_number())
      return static_cast<int>(std::ceil(std::strtod(value->lexeme().c_str(), nullptr)));
  }
  return std::nullopt;
}

void read_sites(Knowledge const& knowledge, Value const& procedure, GivenTechnique& given) {
  for (auto const& site : procedure.items("bodySite"))
    for (auto const& coding : site.items("coding")) {
      auto const system = coding.text("system"), code = coding.text("code");
      if (system == canonical::side)
        given.side = code;
      else if (system == canonical::region)
        given.regions.emplace_back(code);
      else if (system == canonical::muscle) {
        given.muscles.push_back(code);
        auto const& muscles = knowledge.rules.site_map.muscles;
        if (auto const found = muscles.find(code); found != muscles.end())
          given.regions.push_back(found->second);
      }
    }
}

GivenTechnique read_given(RuleContext const& context, store::RuleTx& tx, store::Change const& change) {
  auto const& procedure = change.resource;
  GivenTechnique given{.change = &change,
                       .technique = code_in(procedure.find("code"), canonical::technique),
                       .day = day_of(context, tx, procedure),
                       .pressure = pressure_of(procedure)};
  if (auto const key = key_of(procedure.find("subject")); key && key->type == "Patient")
    given.patient = key->id;
  read_sites(*context.knowledge->get(), procedure, given);
  return given;
}

bool is_given_change(store::Change const& change) {
  return change.method != store::Method::Delete && is_given(change.resource);
}

} // namespace

bool is_given(Value const& resource) {
  auto const status = resource.text("status");
  return resource.text("resourceType") == "Procedure" &&
         (status == "in-progress" || status == "completed") &&
         !code_in(resource.find("code"), canonical::technique).empty();
}

std::vector<GivenTechnique> judged_together(RuleContext const& context, store::RuleTx& tx,
                                            store::Change const& change) {
  auto own = read_given(context, tx, change);
  auto const& changes = tx.unit().changes;
  bool const alone = tx.unit().origin == store::Origin::Import;
  std::vector<GivenTechnique> together;
  for (std::size_t place = 0; place < changes.size(); ++place) {
    auto const& other = changes[place];
    if (alone ? other.key != change.key : !is_given_change(other))
      continue;
    auto given = read_given(context, tx, other);
    if (given.patient != own.patient || given.day != own.day)
      continue;
    if (together.empty() && other.key != change.key)
      return {};
    given.place = place;
    together.push_back(std::move(given));
  }
  return together;
}

std::unexpected<Error> refuse(store::RuleTx& tx, GivenTechnique const& given, std::string what,
                              std::string_view element) {
  auto const is_alone = tx.unit().changes.size() == 1;
  return fail(Fault::BusinessRule, std::move(what),
              is_alone ? std::string{element} : fmt::format("[{}] {}", given.place, element));
}

store::WriteRule rule_of_given(std::string_view name, RuleContext context,
                               Result<> (*check)(RuleContext const&, store::RuleTx&,
                                                 std::span<GivenTechnique const>)) {
  return {.name = name,
          .concerns = is_given_change,
          .check = [context, check](store::RuleTx& tx, store::Change const& change, Value const*,
                                    Value const*) -> Result<> {
            auto const together = judged_together(context, tx, change);
            return together.empty() ? Result<>{} : check(context, tx, together);
          }};
}

} // namespace tripsis::clinic::rules
