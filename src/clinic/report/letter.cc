// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/report/letter.hh"

#include "clinic/patient_record.hh"
#include "clinic/screening/screening.hh"

#include <algorithm>
#include <array>
#include <limits>

#include <fmt/format.h>

namespace tripsis::clinic::report {
namespace {

constexpr std::array<std::pair<std::string_view, Ask>, 4> asks{{{"more-visits", Ask::MoreVisits},
                                                                {"clearance", Ask::Clearance},
                                                                {"discharge", Ask::Discharge},
                                                                {"information", Ask::Information}}};

std::string work_sentence(std::vector<Work> const& work) {
  constexpr std::size_t most_regions = 3;
  std::vector<std::string> parts;
  for (auto const& one : work)
    if (parts.size() < most_regions)
      parts.push_back(fmt::format("{} ({} min)", one.region, one.minutes));
  return parts.empty() ? std::string{} : fmt::format("We worked most on: {}.", list_of(parts));
}

std::string visits_sentence(ReportModel const& report) {
  auto const& dates = report.visits.dates;
  if (dates.empty())
    return "No visit was given yet.";
  auto text = dates.size() == 1 ? fmt::format("One visit was given, on {}.", words_of(dates.front()))
                                : fmt::format("{} visits were given, from {} to {}.", dates.size(),
                                              words_of(dates.front()), words_of(dates.back()));
  if (report.order->authorised)
    text +=
        fmt::format(" {} of the {} authorised are used.", report.visits.used, *report.order->authorised);
  return text;
}

std::string visits_left(ReportModel const& report) {
  if (!report.order || !report.order->authorised)
    return {};
  auto const authorised = static_cast<std::size_t>(std::max(*report.order->authorised, 0));
  auto const left = authorised - std::min(authorised, report.visits.used);
  return fmt::format(" {} of the {} authorised {} left.", left, authorised, left == 1 ? "is" : "are");
}

/// What stops or waits for a clinician in today's screening, in the rules' own words.
Result<std::vector<std::string>> clearance_points(store::ReadTx& tx, ViewContext const& context,
                                                  std::string const& patient, Date today) {
  auto const& rules = context.knowledge.rules;
  auto const record = TRY(gather_record(find_in(tx), rules, patient));
  std::vector<std::string> points;
  for (auto const& issue :
       screening::screen(rules, record, std::chrono::sys_days{today}, &context.zone).issues)
    if (!issue.lifted && (issue.rule->level == screening::Level::Absolute ||
                          issue.rule->level == screening::Level::Clearance))
      points.push_back(
          issue.rule->lifts_when.empty()
              ? issue.rule->name
              : fmt::format("{}. What we wait for: {}", issue.rule->name, issue.rule->lifts_when));
  return points;
}

Result<> add_request(store::ReadTx& tx, ViewContext const& context, LetterRequest const& request,
                     std::string const& patient, Letter& letter) {
  switch (request.ask) {
  case Ask::Nothing:
    letter.closing = "This letter is for your information; nothing is asked of you.";
    break;
  case Ask::MoreVisits:
    letter.request =
        request.visits
            ? fmt::format("We ask you to authorise {}.",
                          count_of(static_cast<std::size_t>(*request.visits), "more visit", "more visits"))
            : "We ask you to authorise more visits.";
    letter.request += visits_left(letter.report);
    break;
  case Ask::Clearance:
    letter.points = TRY(clearance_points(tx, context, patient, request.today));
    letter.request = letter.points.empty()
                         ? "Before we go on, we ask whether anything speaks against massage, or limits it."
                         : "Before we go on, we ask for your answer to what our safety screening found:";
    break;
  case Ask::Discharge:
    letter.request = "We propose to finish the treatment. If you see it otherwise, please tell us.";
    break;
  case Ask::Information:
    letter.request = "We ask you to send us, as far as it concerns this complaint:";
    letter.points = {"results of imaging and tests", "present medicines",
                     "limits that we should keep to, such as after surgery"};
    break;
  }
  return {};
}

} // namespace

std::optional<Ask> ask_of(std::string_view code) noexcept {
  for (auto const& [name, ask] : asks)
    if (name == code)
      return ask;
  return std::nullopt;
}

Result<Letter> make_letter(store::ReadTx& tx, ViewContext const& context, LetterRequest const& request) {
  auto const order = TRY(read(tx, {"ServiceRequest", request.order}));
  auto const patient = key_of(order.find("subject"));
  if (!patient || patient->type != "Patient")
    return fail(Fault::BusinessRule, "The referral names no patient of this practice.",
                "ServiceRequest.subject");
  Letter letter{.report = TRY(make_report(tx, context,
                                          {.patient = patient->id,
                                           .order = request.order,
                                           .today = request.today,
                                           .practice = request.practice,
                                           .author = request.author})),
                .ask = request.ask};
  auto const& report = letter.report;
  letter.salutation =
      report.order->requester.empty() ? "To the referring clinician" : "Dear " + report.order->requester;
  auto const who = subject_words(report.subject);
  letter.about = report.subject.name + (who.empty() ? "" : ", " + who);
  auto thanks = fmt::format("Thank you for referring {} to us", report.subject.name);
  thanks += report.complaint.empty() ? "." : fmt::format(" with: {}.", report.complaint);
  letter.opening = {thanks, visits_sentence(report), headline(report)};
  if (auto sentence = work_sentence(report.work); !sentence.empty())
    letter.opening.push_back(std::move(sentence));
  TRY(add_request(tx, context, request, patient->id, letter));
  return letter;
}

} // namespace tripsis::clinic::report
