// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// tripsis screen: the safety screening of one patient's Bundle, without a server, so that anyone can check
// the rules. Prints what section 6 of the header of knowledge/contraindications.yaml defines.
#include "app/command.hh"
#include "app/patient_file.hh"
#include "base/json/parse.hh"
#include "clinic/knowledge/knowledge.hh"
#include "clinic/screening/screening.hh"

#include <fmt/format.h>

namespace tripsis::app {
namespace {

Result<Exit> run(Arguments const& arguments) {
  auto const path = arguments.get("patient");
  auto bundle = TRY(read_patient_file(path));
  auto const on = TRY(day_of(arguments, bundle));
  auto const record = clinic::screening::PatientRecord::from_bundle(std::move(bundle));
  if (!record)
    return fail(record.error().fault, fmt::format("{}: {}", path, record.error().what));
  auto const knowledge = clinic::load_knowledge();
  fmt::print("{}\n", json::write_indented(clinic::screening::to_json(
                         clinic::screening::screen(knowledge.rules, *record, on))));
  return Exit::Fine;
}

} // namespace

Command screen_command() {
  return {"screen",
          "Screens one patient's record by the safety rules; prints the result as JSON",
          {{"patient", "A Bundle with one Patient and what is known of them", Argument::Kind::Option,
            Argument::Need::Required},
           {"on", "The day to judge, YYYY-MM-DD; else that of the Bundle's timestamp, else today"}},
          run};
}

} // namespace tripsis::app
