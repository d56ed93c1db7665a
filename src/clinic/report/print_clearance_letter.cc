// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The letter that asks for a clearance, on one page: the physician answers on it and sends it back.
#include "clinic/report/print.hh"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

namespace tripsis::clinic::report {
namespace {

constexpr double margin = 64, top_margin = 46, bottom_margin = 40;
constexpr double answer_row = 30, paragraph_gap = 7;
constexpr Style body{.size = 10, .leading = 14.5};

class Page {
public:
  Page(ClearanceLetter const& letter, Paper paper)
      : letter_{letter},
        pdf_{paper, "Request for a clearance", letter.report.author.name, letter.report.written},
        width_{pdf_.width() - 2 * margin} {}

  std::string print() {
    {
      Pdf::Element const document{pdf_, "Document"};
      head();
      paragraph(letter_.opening, 3);
      points();
      paragraph(letter_.planned, 2);
      paragraph(letter_.note, 3);
      answer();
      close();
    }
    pdf_.end_page();
    return pdf_.finish();
  }

private:
  static Style style(int lines, Weight weight = Weight::Regular, Colour colour = tide::ink) {
    auto made = body;
    made.lines = lines;
    made.weight = weight;
    made.colour = colour;
    return made;
  }

  void paragraph(std::string_view words, int lines, Weight weight = Weight::Regular,
                 Colour colour = tide::ink) {
    if (words.empty())
      return;
    Pdf::Element const element{pdf_, "P"};
    y_ += pdf_.text(margin, y_, width_, words, style(lines, weight, colour)) + paragraph_gap;
  }

  void head() {
    paragraph(letter_.report.practice, 1, Weight::SemiBold, tide::action);
    pdf_.line({margin, y_}, {margin + width_, y_}, tide::action, 1.5);
    y_ += 16;
    paragraph(letter_.physician.empty() ? "To the treating physician" : "To " + letter_.physician, 1);
    paragraph(words_of(letter_.report.written), 1, Weight::Regular, tide::muted);
    Pdf::Element const element{pdf_, "H1"};
    y_ += pdf_.text(margin, y_, width_, "Request for a clearance: " + letter_.about,
                    {.size = 12, .leading = 16, .weight = Weight::SemiBold, .lines = 2}) +
          paragraph_gap;
  }

  double answer_height() const {
    return answer_row * static_cast<double>(std::size(answer_lines)) + 24 + 40 + bottom_margin;
  }

  /// As many as leave room for the answer; how many more there are is said.
  void points() {
    constexpr double most_height = 5 * 14.5 + paragraph_gap;
    std::size_t shown = 0;
    for (auto const& point : letter_.points) {
      if (y_ + most_height > pdf_.height() - answer_height() - 3 * most_height / 2 && shown > 0)
        break;
      paragraph(point.name, 1, Weight::SemiBold);
      y_ -= paragraph_gap;
      paragraph(point.because.empty() ? point.why
                                      : fmt::format("{} In the record: {}.", point.why, point.because),
                3);
      y_ -= paragraph_gap;
      paragraph(point.lifts.empty() ? "" : "What we wait for: " + point.lifts, 2, Weight::Regular,
                tide::muted);
      ++shown;
    }
    if (shown < letter_.points.size())
      paragraph(fmt::format("and {} more, which we gladly send.", letter_.points.size() - shown), 1);
  }

  void answer() {
    y_ = std::max(y_ + 6, pdf_.height() - answer_height());
    paragraph("Your answer (please send it back to us)", 1, Weight::SemiBold);
    for (auto const line : answer_lines) {
      {
        Pdf::Element const element{pdf_, "P"};
        pdf_.text(margin, y_, width_, line, {.size = 8, .leading = 11, .colour = tide::muted});
      }
      y_ += answer_row;
      pdf_.line({margin, y_ - 4}, {margin + width_, y_ - 4}, tide::line);
    }
  }

  void close() {
    auto const& author = letter_.report.author;
    y_ += 6;
    paragraph(author.name.empty()    ? letter_.report.practice
              : author.title.empty() ? author.name
                                     : fmt::format("{}, {}", author.name, author.title),
              1, Weight::Regular, tide::muted);
  }

  ClearanceLetter const& letter_;
  Pdf pdf_;
  double width_;
  double y_ = top_margin;
};

} // namespace

std::string print_clearance_letter(ClearanceLetter const& letter, Paper paper) {
  return Page{letter, paper}.print();
}

} // namespace tripsis::clinic::report
