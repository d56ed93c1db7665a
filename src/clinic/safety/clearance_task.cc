// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/safety/clearance_task.hh"

#include "clinic/canonical.hh"
#include "clinic/element.hh"
#include "clinic/find.hh"

#include <fmt/format.h>

namespace tripsis::clinic::safety {
namespace {

using json::array;
using json::object;
using json::Value;

} // namespace

Value clearance_task(ClearanceRequest const& request, Value requester) {
  auto task = object({{"resourceType", "Task"}});
  task.set("status", "requested").set("intent", "order").set("priority", "asap");
  task.set("code", concept_of(coding(canonical::task, "clearance", "Clearance needed")));
  std::string names;
  for (auto const* rule : request.rules)
    names += (names.empty() ? "" : "; ") + rule->name;
  task.set("description", fmt::format("A clearance was asked for{}{}: {}. Record it when the answer comes.",
                                      request.physician.empty() ? "" : " from ", request.physician, names));
  if (!request.referral.empty())
    task.set("focus", object({{"reference", request.referral}}));
  task.set("for", object({{"reference", "Patient/" + request.patient}}));
  task.set("authoredOn", request.authored);
  task.set("requester", std::move(requester));
  if (!request.physician.empty())
    task.set("owner", object({{"display", request.physician}}));
  task.set("reasonCode",
           concept_of(coding(canonical::rule, request.rules.front()->id, request.rules.front()->name)));
  if (!request.note.empty())
    task.set("note", array({object({{"text", request.note}})}));
  for (auto const* rule : request.rules)
    task.push("input", object({{"type", concept_of(coding(canonical::rule, rule->id, rule->name))},
                               {"valueString", rule->name}}));
  return task;
}

std::vector<std::string> rules_of(Value const& task) {
  std::vector<std::string> rules;
  for (auto const& input : task.items("input"))
    if (auto const rule = code_in(input.find("type"), canonical::rule); !rule.empty())
      rules.emplace_back(rule);
  return rules;
}

Value completed(Value task, std::string_view at) {
  task.set("status", "completed");
  task.set("executionPeriod", object({{"end", at}}));
  return task;
}

} // namespace tripsis::clinic::safety
