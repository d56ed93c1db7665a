// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Gathers what a proposal of a plan is made of, in eight searches and those of the screening, and proposes.
#include "clinic/canonical.hh"
#include "clinic/find.hh"
#include "clinic/patient_record.hh"
#include "clinic/plan/to_bundle.hh"
#include "clinic/screening/screening.hh"
#include "clinic/views/view.hh"

namespace tripsis::clinic {
namespace {

using screening::PatientRecord;

Result<> add(PatientRecord& record, Find const& find, std::string_view type, Parameters const& parameters) {
  for (auto& resource : TRY(find(type, parameters)))
    record.add(std::move(resource));
  return {};
}

/// The visits that were given under the record's referrals.
Result<> add_visits(PatientRecord& record, Find const& find) {
  std::vector<std::string> referrals;
  for (auto const& entry : record.of_type("ServiceRequest"))
    referrals.push_back(entry.ref);
  return referrals.empty()
             ? Result<>{}
             : add(record, find, "Encounter", {{"based-on", any_of(referrals)}, {"status", "finished"}});
}

} // namespace

plan::Caution caution_of(screening::Decision decision) noexcept {
  switch (decision) {
  case screening::Decision::Stop:
    return plan::Caution::Stop;
  case screening::Decision::Clearance:
    return plan::Caution::Clearance;
  case screening::Decision::Modify:
    return plan::Caution::Modify;
  case screening::Decision::None:
    break;
  }
  return plan::Caution::None;
}

Result<plan::Input> read_plan_input(store::ReadTx& tx, ViewContext const& context,
                                    std::string const& patient, plan::Wish const& wish, Instant now) {
  auto const find = find_in(tx);
  PatientRecord record{TRY(read(tx, {"Patient", patient}))};
  TRY(add(record, find, "Condition", {{"patient", patient}}));
  TRY(add(record, find, "ServiceRequest", {{"patient", patient}, {"status", "active"}}));
  TRY(add_visits(record, find));
  TRY(add(record, find, "Goal", {{"patient", patient}}));
  TRY(add(record, find, "Observation", {{"patient", patient}, {"category", "survey"}}));
  TRY(add(record, find, "Observation",
          {{"patient", patient}, {"code", std::string{systems::loinc} + "|" + std::string{nprs_loinc}}}));
  plan::Day const today = std::chrono::sys_days{context.zone.date(now)};
  auto input = TRY(plan::read_input(record, context.knowledge, wish, today, &context.zone));
  auto const facts = TRY(gather_record(find, context.knowledge.rules, patient));
  input.caution =
      caution_of(screening::screen(context.knowledge.rules, facts, today, &context.zone).decision);
  return input;
}

Result<json::Value> propose_plan(store::ReadTx& tx, ViewContext const& context, std::string const& patient,
                                 plan::Wish const& wish, Instant now, Random& random) {
  auto const input = TRY(read_plan_input(tx, context, patient, wish, now));
  return plan::to_bundle(
      plan::to_entries(plan::propose(input, context.knowledge), input, context.knowledge, now, random));
}

} // namespace tripsis::clinic
