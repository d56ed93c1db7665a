// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// tripsis screen: the safety screening of one patient's Bundle, or of a batch of them, without a server, so
// that anyone can check the rules. Prints what section 6 of the header of knowledge/contraindications.yaml
// defines.
#include "app/command.hh"
#include "app/patient_file.hh"
#include "base/json/parse.hh"
#include "clinic/knowledge/knowledge.hh"
#include "clinic/screening/screening.hh"

#include <fstream>

#include <fmt/format.h>

namespace tripsis::app {
namespace {

using clinic::screening::PatientRecord;
using clinic::screening::Rules;

Result<json::Value> judge(Rules const& rules, json::Value bundle, Arguments const& arguments) {
  auto const on = TRY(day_of(arguments, bundle));
  auto const record = TRY(PatientRecord::from_bundle(std::move(bundle)));
  return clinic::screening::to_json(clinic::screening::screen(rules, record, on));
}

Result<Exit> screen_one(Arguments const& arguments) {
  auto const path = arguments.get("patient");
  auto bundle = TRY(read_patient_file(path));
  auto const knowledge = clinic::load_knowledge();
  auto const judged = judge(knowledge.rules, std::move(bundle), arguments);
  if (!judged)
    return fail(judged.error().fault, fmt::format("{}: {}", path, judged.error().what));
  fmt::print("{}\n", json::write_indented(*judged));
  return Exit::Fine;
}

/// {"id"?, "on"?, "patient"}: what the line says of its day goes before --on.
Result<json::Value> judge_line(Rules const& rules, json::Value& line, Arguments arguments) {
  auto* patient = line.find("patient");
  if (patient == nullptr)
    return fail(Fault::Required, "There is no member patient, the Bundle.");
  if (auto const* on = line.find("on")) {
    if (!on->is_string())
      return fail(Fault::Value, "on: give a date as YYYY-MM-DD.");
    TRY(read_day("on", on->string()));
    arguments.set("on", on->string());
  }
  return judge(rules, std::move(*patient), arguments);
}

/// One line of the answer, to one line of the batch; an error names the line, and the others are still
/// judged.
json::Value answer(Result<json::Value> judged, json::Value const* id, std::int64_t number) {
  json::Value out;
  if (id != nullptr)
    out.set("id", *id);
  if (!judged)
    return out.set("error", judged.error().what).set("line", json::Value::integer(number));
  for (auto& member : judged->object())
    out.set(member.name, std::move(member.value));
  return out;
}

Result<Exit> screen_batch(Arguments const& arguments) {
  auto const path = arguments.get("batch");
  std::ifstream in{path, std::ios::binary};
  if (!in || in.peek() == std::ifstream::traits_type::eof())
    return fail(Fault::NotFound, fmt::format("{} cannot be read, or is empty.", path));
  auto const knowledge = clinic::load_knowledge();
  auto exit = Exit::Fine;
  std::string text;
  for (std::int64_t number = 1; std::getline(in, text); ++number) {
    auto line = json::parse(text);
    auto const* given = line ? std::as_const(*line).find("id") : nullptr;
    auto judged = line ? judge_line(knowledge.rules, *line, arguments) : std::unexpected{line.error()};
    if (!judged)
      exit = Exit::InputAtFault;
    fmt::print("{}\n", json::write(answer(std::move(judged), given, number)));
  }
  return exit;
}

Result<Exit> run(Arguments const& arguments) {
  if ((arguments.find("patient") == nullptr) == (arguments.find("batch") == nullptr))
    return fail(Fault::Required, "Give one of --patient FILE and --batch FILE.");
  return arguments.find("batch") == nullptr ? screen_one(arguments) : screen_batch(arguments);
}

} // namespace

Command screen_command() {
  return {"screen",
          "Screens a patient's record by the safety rules; prints the result as JSON",
          {{"patient", "A Bundle with one Patient and what is known of them"},
           {"batch", "Instead of it many, one a line: {\"patient\": Bundle, \"on\": date, \"id\": "
                     "anything}; answers one a line"},
           {"on", "The day to judge, YYYY-MM-DD; else that of the Bundle's timestamp, else today"}},
          run};
}

} // namespace tripsis::app
