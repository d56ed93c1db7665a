// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The sentences of a report, the same in the page, the letter and the document.
#include "clinic/report/report_model.hh"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace tripsis::clinic::report {
namespace {

/// Parts joined with a comma, the empty ones left out.
std::string joined(std::initializer_list<std::string> parts) {
  std::string text;
  for (auto const& part : parts)
    if (!part.empty())
      text.append(text.empty() ? "" : ", ").append(part);
  return text;
}

} // namespace

Measure const* ReportModel::pain() const {
  auto const found = std::ranges::find(measures, "nprs", &Measure::key);
  return found == measures.end() ? nullptr : &*found;
}

std::string period_words(ReportModel const& report) {
  return fmt::format("{} to {}", words_of(report.period.from), words_of(report.period.to));
}

std::string subject_words(Subject const& subject) {
  auto born = subject.born.empty() ? "" : "born " + subject.born;
  if (subject.age)
    born += fmt::format(" ({} years)", *subject.age);
  return joined({born, subject.number.empty() ? "" : "no. " + subject.number});
}

std::string order_words(Order const& order) {
  return joined({order.ordered.empty() ? "" : "ordered " + order.ordered,
                 order.authorised
                     ? count_of(static_cast<std::size_t>(std::max(*order.authorised, 0)), "visit", "visits")
                     : "",
                 order.valid_until.empty() ? "" : "valid until " + order.valid_until});
}

std::string visits_words(ReportModel const& report) {
  auto const& visits = report.visits;
  auto text = count_of(visits.dates.size(), "visit", "visits") + " in this period";
  if (report.order && report.order->authorised)
    text += fmt::format("; {} of {} authorised used", visits.used, *report.order->authorised);
  else if (report.order)
    text += fmt::format("; {} by this order", visits.used);
  text += '.';
  if (visits.unsigned_ > 0)
    text +=
        fmt::format(" {} {} no signed note yet.", visits.unsigned_, visits.unsigned_ == 1 ? "has" : "have");
  return text;
}

std::string visit_dates(Visits const& visits) {
  std::string text;
  for (std::size_t i = 0; i < visits.dates.size(); ++i) {
    auto const& date = visits.dates[i];
    auto const last = i + 1 == visits.dates.size();
    auto const same_year = !last && visits.dates[i + 1].year() == date.year();
    auto const same_month = same_year && visits.dates[i + 1].month() == date.month();
    auto const words = words_of(date);
    auto const first_space = words.find(' ');
    auto const cut = same_month ? first_space : same_year ? words.rfind(' ') : words.size();
    text.append(i == 0 ? "" : last ? " and " : ", ").append(words.substr(0, cut));
  }
  return text;
}

std::string headline(ReportModel const& report) {
  auto const* pain = report.pain();
  if (pain == nullptr)
    return "Pain was not rated in this period.";
  auto const& first = pain->baseline();
  auto const& now = pain->now();
  if (pain->readings.size() < 2)
    return fmt::format("Pain before the visit was {} of 10 on {}; there is no second rating yet.",
                       first.written, words_of(first.on));
  auto const difference = pain->difference();
  auto text = difference == 0
                  ? fmt::format("Pain before the visit was {} of 10 on {} and is {} on {}.", first.written,
                                words_of(first.on), now.written, words_of(now.on))
                  : fmt::format("Pain before the visit went from {} of 10 on {} to {} on {}: {} {}.",
                                first.written, words_of(first.on), now.written, words_of(now.on),
                                number_words(std::abs(difference)) +
                                    (std::abs(difference) == 1 ? " point" : " points"),
                                difference < 0 ? "less" : "more");
  if (pain->clear_change)
    text +=
        fmt::format(" {} points or more count as a clear change; {}.", number_words(*pain->clear_change),
                    pain->verdict() == Verdict::Better  ? "this is one, for the better"
                    : pain->verdict() == Verdict::Worse ? "this is one, for the worse"
                                                        : "this is none");
  return text;
}

std::string harms_words(std::vector<Harm> const& harms) {
  if (harms.empty())
    return "No adverse event is recorded in this period.";
  std::string text;
  for (auto const& harm : harms)
    text.append(text.empty() ? "" : " ")
        .append(harm.on)
        .append(harm.on.empty() ? "" : ": ")
        .append(harm.words);
  return text;
}

std::string next_words(ReportModel const& report) {
  auto text = report.plan ? report.plan->proposal : std::string{};
  auto const& booked = report.visits.booked;
  if (!text.empty())
    text += ' ';
  if (booked.empty())
    text += "No further visit is booked.";
  else
    text += fmt::format("{} booked, the next on {}.",
                        count_of(booked.size(), "further visit is", "further visits are"),
                        words_of(booked.front()));
  return text;
}

std::string measure_basis(std::vector<Measure> const& measures) {
  std::string text;
  for (auto const& measure : measures)
    if (measure.clear_change)
      text += fmt::format("{}{}: {} ({})", text.empty() ? "" : "; ", measure.name,
                          number_words(*measure.clear_change), measure.authors);
  return text.empty() ? text : "A clear change, in points: " + text + ".";
}

} // namespace tripsis::clinic::report
