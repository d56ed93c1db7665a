// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The letter to the referrer on one page: every paragraph has its most lines, the table its most rows.
#include "clinic/report/measure_table.hh"
#include "clinic/report/print.hh"

#include <algorithm>

#include <fmt/format.h>

namespace tripsis::clinic::report {
namespace {

constexpr double margin = 64, top_margin = 46, bottom_margin = 36;
constexpr double closing_height = 76, paragraph_gap = 7, point_gap = 3, point_indent = 14;
constexpr std::size_t most_measures = 6, most_points = 4, most_goals = 2;
constexpr int sentence_lines = 3;
constexpr Style body{.size = 10, .leading = 14.5};

class Page {
public:
  Page(Letter const& letter, Paper paper)
      : letter_{letter}, report_{letter.report},
        pdf_{paper, "Letter to the referrer", report_.author.name, report_.written},
        width_{pdf_.width() - 2 * margin} {}

  std::string print() {
    {
      Pdf::Element const document{pdf_, "Document"};
      head();
      for (auto const& sentence : letter_.opening)
        paragraph(sentence, sentence_lines);
      measures();
      goals();
      paragraph(harms_words(report_.harms), 2);
      request();
      paragraph(honest_sentence, 2);
      close();
    }
    pdf_.end_page();
    return pdf_.finish();
  }

private:
  static Style style(int lines, Weight weight = Weight::Regular) {
    auto made = body;
    made.lines = lines;
    made.weight = weight;
    return made;
  }

  void paragraph(std::string_view words, int lines, Weight weight = Weight::Regular) {
    if (words.empty())
      return;
    Pdf::Element const element{pdf_, "P"};
    y_ += pdf_.text(margin, y_, width_, words, style(lines, weight)) + paragraph_gap;
  }

  double height_of(std::string_view words, int lines) {
    return words.empty() ? 0 : pdf_.lines(width_, words, style(lines)) * body.leading + paragraph_gap;
  }

  /// What is left between here and what must still follow.
  double room() {
    auto const points = static_cast<double>(std::min(letter_.points.size(), most_points));
    auto const after = height_of(harms_words(report_.harms), 2) + height_of(letter_.request, 3) +
                       body.leading + points * (2 * body.leading + point_gap) +
                       height_of(letter_.closing, 2) +
                       (letter_.points.size() > most_points ? body.leading + paragraph_gap : 0) +
                       height_of(honest_sentence, 2) + closing_height;
    return pdf_.height() - bottom_margin - after - y_;
  }

  void head() {
    {
      Pdf::Element const element{pdf_, "P"};
      pdf_.text(margin, y_, width_, report_.practice,
                {.size = 13, .leading = 18, .weight = Weight::SemiBold, .colour = tide::action});
    }
    y_ += 24;
    pdf_.line({margin, y_}, {margin + width_, y_}, tide::action, 1.5);
    y_ += 20;
    {
      Pdf::Element const element{pdf_, "P"};
      constexpr double date_width = 110;
      pdf_.text(margin, y_, width_ - date_width, report_.order->requester, {.size = 10, .leading = 14.5});
      pdf_.text(margin + width_ - date_width, y_, date_width, words_of(report_.written),
                {.size = 10, .leading = 14.5, .colour = tide::muted, .align = Align::Right});
    }
    y_ += 34;
    {
      Pdf::Element const element{pdf_, "H1"};
      y_ += pdf_.text(margin, y_, width_, "About " + letter_.about,
                      {.size = 12, .leading = 16, .weight = Weight::SemiBold, .lines = 2});
    }
    if (auto const order = order_words(*report_.order); !order.empty()) {
      Pdf::Element const element{pdf_, "P"};
      y_ += pdf_.text(margin, y_ + 1, width_, "Your referral: " + order,
                      {.size = 9, .leading = 13, .colour = tide::muted});
    }
    y_ += 13;
    paragraph(letter_.salutation + ",", 1);
  }

  void measures() {
    auto const rows =
        std::min(most_measures, static_cast<std::size_t>(std::max(0.0, room() / measure_row)));
    if (report_.measures.empty() || rows < 3) // a heading and two rows at least
      return;
    y_ += draw_measures(pdf_, {margin, y_, width_, 0}, report_.measures, rows - 1) + 8;
  }

  void goals() {
    for (std::size_t i = 0; i < std::min(report_.aims.size(), most_goals); ++i) {
      auto const& aim = report_.aims[i];
      auto const words = fmt::format("Goal: {}. {}{}{}.", aim.words, aim.target,
                                     aim.target.empty() ? "State: " : ": ", aim.state);
      if (height_of(words, 2) <= room())
        paragraph(words, 2);
    }
  }

  void request() {
    paragraph(letter_.request, 3, Weight::SemiBold);
    for (std::size_t i = 0; i < std::min(letter_.points.size(), most_points); ++i) {
      Pdf::Element const element{pdf_, "P"};
      pdf_.dot({margin + 4, y_ + 7}, 1.6, tide::action);
      y_ += pdf_.text(margin + point_indent, y_, width_ - point_indent, letter_.points[i], style(2)) +
            point_gap;
    }
    if (letter_.points.size() > most_points)
      paragraph(fmt::format("and {} more, which we gladly send.", letter_.points.size() - most_points), 1);
    if (!letter_.points.empty())
      y_ += 4;
    paragraph(letter_.closing, 2);
  }

  void close() {
    y_ += 4;
    paragraph("Yours sincerely,", 1);
    y_ += 22; // to sign by hand
    paragraph(report_.author.name, 1, Weight::SemiBold);
    y_ -= 6;
    Pdf::Element const element{pdf_, "P"};
    pdf_.text(margin, y_, width_,
              report_.author.title.empty() ? report_.practice
                                           : fmt::format("{}, {}", report_.author.title, report_.practice),
              {.size = 9, .leading = 13, .colour = tide::muted});
  }

  Letter const& letter_;
  ReportModel const& report_;
  Pdf pdf_;
  double width_;
  double y_ = top_margin;
};

} // namespace

std::string print_letter(Letter const& letter, Paper paper) {
  return Page{letter, paper}.print();
}

} // namespace tripsis::clinic::report
