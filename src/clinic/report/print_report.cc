// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The progress report on one page. Every part has a fixed height or a bounded number of lines; the table of
// measures gets what is left, so that nothing can push anything off the page.
#include "clinic/report/measure_table.hh"
#include "clinic/report/plot.hh"
#include "clinic/report/print.hh"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace tripsis::clinic::report {
namespace {

constexpr double margin = 46, top_margin = 38, bottom_margin = 36, gutter = 26;
constexpr double plot_height = 112, most_plot_growth = 70, two_line_row = 25, heading_height = 19,
                 footer_height = 58;
constexpr std::size_t most_rows = 4; ///< Of what was done, and of goals

constexpr Style body{.size = 9, .leading = 13, .lines = 2};
constexpr Style strong{.size = 8.5, .leading = 12, .weight = Weight::Medium};
constexpr Style basis_style{.size = 7, .leading = 9.5, .colour = tide::muted, .lines = 2};
constexpr Style small{.size = 8, .leading = 11, .colour = tide::muted};

class Page {
public:
  Page(ReportModel const& report, Paper paper)
      : report_{report}, pdf_{paper, "Progress report", report.author.name, report.written},
        width_{pdf_.width() - 2 * margin}, column_{(width_ - gutter) / 2} {}

  std::string print() {
    {
      Pdf::Element const document{pdf_, "Document"};
      header();
      people();
      pain();
      measures();
      work_and_goals();
      visits_and_plan();
      harms();
      footer();
    }
    pdf_.end_page();
    return pdf_.finish();
  }

private:
  double right_column() const { return margin + column_ + gutter; }

  void text(char const* element, double x, double top, double width, std::string_view words,
            Style const& style) {
    if (words.empty())
      return;
    Pdf::Element const tagged{pdf_, element};
    pdf_.text(x, top, width, words, style);
  }

  void heading(double x, double top, double width, std::string_view words) {
    text("H2", x, top, width, words,
         {.size = 10.5, .leading = 14, .weight = Weight::SemiBold, .colour = tide::action});
  }

  void header() {
    constexpr double date_width = 150;
    text("P", margin, y_, width_ - date_width, report_.practice,
         {.size = 10, .leading = 14, .weight = Weight::SemiBold, .colour = tide::action});
    auto date = small;
    date.align = Align::Right;
    text("P", margin + width_ - date_width, y_ + 1, date_width, "written " + words_of(report_.written),
         date);
    text("H1", margin, y_ + 17, width_, "Progress report",
         {.size = 21, .leading = 27, .weight = Weight::SemiBold});
    text("P", margin, y_ + 46, width_, period_words(report_),
         {.size = 9.5, .leading = 13, .colour = tide::muted});
    y_ += 66;
    pdf_.line({margin, y_}, {margin + width_, y_}, tide::action, 1.5);
    y_ += 9;
  }

  void person(double x, std::string_view label, std::string_view name, std::string_view detail) {
    text("P", x, y_, column_, label, small);
    text("P", x, y_ + 11, column_, name, {.size = 12, .leading = 16, .weight = Weight::SemiBold});
    text("P", x, y_ + 28, column_, detail, small);
  }

  void people() {
    person(margin, "Patient", report_.subject.name.empty() ? "No name recorded" : report_.subject.name,
           subject_words(report_.subject));
    if (report_.order)
      person(right_column(), "Referred by",
             report_.order->requester.empty() ? "A clinician who is not named" : report_.order->requester,
             order_words(*report_.order));
    else
      person(right_column(), "Referred by", "No referral", "came without an order");
    y_ += 44;
    auto const complaint =
        report_.complaint.empty() ? "No complaint is recorded." : "Complaint: " + report_.complaint;
    auto const lines = pdf_.lines(width_, complaint, body);
    text("P", margin, y_, width_, complaint, body);
    y_ += lines * body.leading + 9;
  }

  void pain() {
    heading(margin, y_, width_, "Pain and measures");
    y_ += heading_height;
    auto const sentence = headline(report_);
    text("P", margin, y_, width_, sentence, body);
    y_ += pdf_.lines(width_, sentence, body) * body.leading + 5;
    auto const* pain = report_.pain();
    if (pain == nullptr || pain->readings.size() < 2)
      return;
    auto const plot_width = width_ * 0.68;
    constexpr double highest = 10;
    auto const height = plot_height + std::clamp(spare_height(), 0.0, most_plot_growth);
    draw_plot(pdf_, {margin, y_, plot_width, height}, *pain, highest);
    figures(margin + plot_width + 18, y_ + 2, width_ - plot_width - 18, *pain);
    y_ += height + 4;
  }

  void figure(double x, double top, double width, std::string_view number, std::string_view meaning) {
    text("P", x, top, width, number, {.size = 24, .leading = 30, .weight = Weight::SemiBold});
    auto style = small;
    style.lines = 2;
    text("P", x, top + 30, width, meaning, style);
  }

  void figures(double x, double top, double width, Measure const& pain) {
    figure(x, top, width, fmt::format("{} → {}", pain.baseline().written, pain.now().written),
           "pain before the visit, first and latest rating");
    auto const& order = report_.order;
    if (order && order->authorised)
      figure(x, top + 58, width, fmt::format("{} of {}", report_.visits.used, *order->authorised),
             "authorised visits used");
    else
      figure(x, top + 58, width, std::to_string(report_.visits.dates.size()), "visits in this period");
  }

  std::size_t rows_below() const {
    return std::max<std::size_t>(1,
                                 std::min(most_rows, std::max(report_.work.size(), report_.aims.size())));
  }

  /// What stands under the table of measures.
  double height_below() const {
    auto const rows = static_cast<double>(rows_below());
    return heading_height + rows * two_line_row + 6 // what was done, goals
           + heading_height + 4 * body.leading + 8  // visits, plan
           + 2 * body.leading + 8                   // adverse events
           + footer_height;
  }

  double basis_height() {
    return pdf_.lines(width_, measure_basis(report_.measures), basis_style) * basis_style.leading + 8;
  }

  /// What would be left over if the plot were as small as can be and every measure were shown.
  double spare_height() {
    auto const rows = static_cast<double>(report_.measures.size() + 1);
    return pdf_.height() - bottom_margin - height_below() - basis_height() - rows * measure_row -
           plot_height - 4 - y_;
  }

  void measures() {
    auto const room = pdf_.height() - bottom_margin - height_below() - basis_height() - y_;
    auto const rows = std::max(2.0, std::floor(room / measure_row) - 1);
    if (!report_.measures.empty())
      y_ += draw_measures(pdf_, {margin, y_, width_, 0}, report_.measures, static_cast<std::size_t>(rows));
    text("Note", margin, y_ + 2, width_, measure_basis(report_.measures), basis_style);
    y_ += basis_height();
  }

  void two_lines(double x, double top, std::string_view first, std::string_view aside,
                 std::string_view second) {
    constexpr double aside_width = 46;
    auto right = strong;
    right.align = Align::Right;
    text("P", x, top, column_ - (aside.empty() ? 0 : aside_width), first, strong);
    text("P", x + column_ - aside_width, top, aside_width, aside, right);
    text("P", x, top + 11.5, column_, second, small);
  }

  void work_and_goals() {
    heading(margin, y_, column_, "What was done");
    heading(right_column(), y_, column_, "Goals");
    auto const top = y_ + heading_height;
    auto const more = [&](double x, double at, std::size_t left) {
      two_lines(x, at, fmt::format("and {} more in the record", left), "", "");
    };
    auto at = top;
    auto const& work = report_.work;
    for (std::size_t i = 0; i < std::min(work.size(), most_rows); ++i, at += two_line_row)
      if (i + 1 == most_rows && work.size() > most_rows)
        more(margin, at, work.size() - i);
      else
        two_lines(margin, at, work[i].region, fmt::format("{} min", work[i].minutes),
                  list_of(work[i].techniques));
    if (work.empty())
      text("P", margin, top, column_, "No technique is recorded in this period.", small);
    at = top;
    auto const& aims = report_.aims;
    for (std::size_t i = 0; i < std::min(aims.size(), most_rows); ++i, at += two_line_row)
      if (i + 1 == most_rows && aims.size() > most_rows)
        more(right_column(), at, aims.size() - i);
      else
        two_lines(right_column(), at, aims[i].words, "",
                  aims[i].target.empty() ? aims[i].state
                                         : fmt::format("{}: {}", aims[i].target, aims[i].state));
    if (aims.empty())
      text("P", right_column(), top, column_, "No goal is recorded.", small);
    y_ = top + static_cast<double>(rows_below()) * two_line_row + 6;
  }

  void visits_and_plan() {
    heading(margin, y_, column_, "Visits");
    heading(right_column(), y_, column_, "Plan and what is next");
    y_ += heading_height;
    auto const words = visits_words(report_);
    auto const dates = visit_dates(report_.visits);
    auto const words_lines = pdf_.lines(column_, words, body);
    text("P", margin, y_, column_, words, body);
    text("P", margin, y_ + words_lines * body.leading, column_, dates, body);
    auto const dose = report_.plan && !report_.plan->dose.empty() ? "Plan: " + report_.plan->dose
                                                                  : "No plan is recorded.";
    auto one_line = body, three_lines = body;
    one_line.lines = 1;
    three_lines.lines = 3;
    text("P", right_column(), y_, column_, dose, one_line);
    text("P", right_column(), y_ + body.leading, column_, next_words(report_), three_lines);
    auto const lines = std::max(words_lines + pdf_.lines(column_, dates, body),
                                1 + pdf_.lines(column_, next_words(report_), three_lines));
    y_ += lines * body.leading + 8;
  }

  void harms() {
    constexpr double label_width = 92;
    heading(margin, y_, label_width, "Adverse events");
    text("P", margin + label_width, y_ + 0.5, width_ - label_width, harms_words(report_.harms), body);
    y_ += 2 * body.leading + 8;
  }

  void footer() {
    auto const top = pdf_.height() - bottom_margin - footer_height + 6;
    pdf_.line({margin, top}, {margin + width_, top}, tide::line);
    auto two = small;
    two.lines = 2;
    text("P", margin, top + 6, column_, honest_sentence, {.size = 8, .leading = 11, .lines = 3});
    auto const author = report_.author.title.empty()
                            ? report_.author.name
                            : fmt::format("{}, {}", report_.author.name, report_.author.title);
    text("P", right_column(), top + 6, column_, author, strong);
    text("P", right_column(), top + 18, column_,
         fmt::format("{}. Made from the record on {}; not signed by hand.", report_.practice,
                     words_of(report_.written)),
         two);
  }

  ReportModel const& report_;
  Pdf pdf_;
  double width_, column_;
  double y_ = top_margin;
};

} // namespace

std::string print_report(ReportModel const& report, Paper paper) {
  return Page{report, paper}.print();
}

std::optional<Paper> paper_of(std::string_view code) noexcept {
  if (code == "a4")
    return Paper::A4;
  if (code == "letter")
    return Paper::Letter;
  return std::nullopt;
}

Paper paper_in(TimeZone const& zone) {
  auto const name = zone.name();
  auto const american = name.starts_with("America/") || name.starts_with("US/") ||
                        name.starts_with("Canada/") || name == "Pacific/Honolulu";
  return american ? Paper::Letter : Paper::A4;
}

} // namespace tripsis::clinic::report
