// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// tripsis plan: the proposal of a plan for one patient's Bundle, without a server, so that anyone can check
// it. Prints what GET Patient/{id}/$propose-plan answers.
#include "app/command.hh"
#include "app/patient_file.hh"
#include "base/clock.hh"
#include "base/json/parse.hh"
#include "clinic/plan/input.hh"
#include "clinic/plan/to_bundle.hh"
#include "clinic/screening/screening.hh"
#include "clinic/views/view.hh"

#include <fmt/format.h>

namespace tripsis::app {
namespace {

Result<Exit> run(Arguments const& arguments) {
  auto const path = arguments.get("patient");
  auto bundle = TRY(read_patient_file(path));
  auto const on = TRY(day_of(arguments, bundle));
  auto const wish = TRY(clinic::plan::parse_wish({.condition = arguments.find("condition"),
                                                  .minutes = arguments.find("minutes"),
                                                  .per_week = arguments.find("per-week"),
                                                  .weeks = arguments.find("weeks"),
                                                  .budget = arguments.find("budget"),
                                                  .price = arguments.find("price")}));
  auto const record = clinic::screening::PatientRecord::from_bundle(std::move(bundle));
  if (!record)
    return fail(record.error().fault, fmt::format("{}: {}", path, record.error().what));
  auto const knowledge = clinic::load_knowledge();
  auto input = TRY(clinic::plan::read_input(*record, knowledge, wish, on, nullptr));
  input.caution = clinic::caution_of(clinic::screening::screen(knowledge.rules, *record, on).decision);
  SystemRandom random;
  fmt::print("{}\n",
             json::write_indented(clinic::plan::to_bundle(clinic::plan::to_entries(
                 clinic::plan::propose(input, knowledge), input, knowledge, SystemClock{}.now(), random))));
  return Exit::Fine;
}

} // namespace

Command plan_command() {
  return {"plan",
          "Proposes a plan of care for one patient's record; prints it as JSON",
          {{"patient", "A Bundle with one Patient and what is known of them", Argument::Kind::Option,
            Argument::Need::Required},
           {"on", "The first day, YYYY-MM-DD; else that of the Bundle's timestamp, else today"},
           {"condition", "A Condition's id, or a key of knowledge/conditions.yaml; else chosen"},
           {"minutes", "Minutes of a visit, instead of those proposed"},
           {"per-week", "Visits a week, instead of those proposed: 2, or 0.5"},
           {"weeks", "Weeks, instead of those proposed"},
           {"budget", "What there is to spend; needs --price"},
           {"price", "What a visit costs; needs --budget"}},
          run};
}

} // namespace tripsis::app
