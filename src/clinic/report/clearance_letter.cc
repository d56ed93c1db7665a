// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/report/clearance_letter.hh"

#include "clinic/canonical.hh"
#include "clinic/safety/clearance_task.hh"
#include "clinic/screening/screening.hh"

#include <algorithm>

#include <fmt/format.h>

namespace tripsis::clinic::report {
namespace {

using json::Value;

std::string because_of(screening::Screening const& screening, std::string_view rule) {
  std::vector<std::string> causes;
  for (auto const& issue : screening.issues)
    if (issue.rule->id == rule)
      for (auto const& cause : issue.because)
        causes.push_back(cause.text);
  return list_of(causes);
}

std::vector<ClearanceLetter::Point> points_of(std::vector<std::string> const& rules,
                                              screening::Screening const& screening,
                                              screening::Rules const& known) {
  std::vector<ClearanceLetter::Point> points;
  for (auto const& id : rules)
    if (auto const* rule = known.find_rule(id))
      points.push_back({rule->name, rule->why, because_of(screening, id), rule->lifts_when});
  return points;
}

} // namespace

Result<ClearanceLetter> make_clearance_letter(store::ReadTx& tx, ViewContext const& context,
                                              ClearanceLetterRequest const& request) {
  auto const task = TRY(read(tx, {"Task", request.task}));
  auto const patient = key_of(task.find("for"));
  auto const rules = safety::rules_of(task);
  if (code_in(task.find("code"), canonical::task) != "clearance" || rules.empty() || !patient ||
      patient->type != "Patient")
    return fail(Fault::BusinessRule, "The Task asks for no clearance of a patient.", "Task.code");
  auto const screening = TRY(screen_on(tx, context, patient->id, std::chrono::sys_days{request.today}));
  ClearanceLetter letter{.report = TRY(make_report(tx, context,
                                                   {.patient = patient->id,
                                                    .today = request.today,
                                                    .practice = request.practice,
                                                    .author = request.author})),
                         .points = points_of(rules, screening, context.knowledge.rules)};
  auto const& subject = letter.report.subject;
  auto const who = subject_words(subject);
  letter.about = subject.name + (who.empty() ? "" : ", " + who);
  if (auto const* owner = task.find("owner"))
    letter.physician = owner->text("display");
  letter.opening = fmt::format(
      "{} comes to us for massage and manual therapy. Our safety screening found what needs your "
      "judgement before we treat. Until we have your answer we do not.",
      subject.name);
  if (letter.report.plan && !letter.report.plan->dose.empty())
    letter.planned = fmt::format("Planned: {}.", letter.report.plan->dose);
  if (auto const& notes = task.items("note"); !notes.empty())
    letter.note = notes.front().text("text");
  return letter;
}

} // namespace tripsis::clinic::report
