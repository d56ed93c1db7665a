// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The records as pages. First all is broken into lines, so that the number of pages is known; then each
// page is drawn.
#include "clinic/report/print.hh"

#include <fmt/format.h>

namespace tripsis::clinic::report {
namespace {

constexpr double margin = 56, top_margin = 62, bottom_margin = 60;

constexpr Style title_style{.size = 19, .leading = 26, .weight = Weight::SemiBold};
constexpr Style part_style{.size = 14, .leading = 20, .weight = Weight::SemiBold, .colour = tide::action};
constexpr Style note_style{.size = 11, .leading = 16, .weight = Weight::SemiBold};
constexpr Style section_style{.size = 9, .leading = 13, .weight = Weight::Medium, .colour = tide::muted};
constexpr Style body_style{.size = 9.5, .leading = 13.5};
constexpr Style small_style{.size = 8.5, .leading = 12, .colour = tide::muted};

struct Line {
  double top;
  std::string text;
  Style style;
  char const* element;
};

class Pages {
public:
  Pages(Records const& records, Paper paper)
      : records_{records}, pdf_{paper, "Records", records.author.name, records.written},
        width_{pdf_.width() - 2 * margin} {}

  std::string print() {
    cover();
    notes();
    measures();
    consents();
    {
      Pdf::Element const document{pdf_, "Document"};
      for (std::size_t i = 0; i < pages_.size(); ++i)
        draw(pages_[i], i + 1);
    }
    return pdf_.finish();
  }

private:
  /// `keep`: so much must fit on the page after the first line, or all goes to the next one.
  void add(std::string_view text, Style const& style, double before, char const* element = "P",
           double keep = 0) {
    auto const bottom = pdf_.height() - bottom_margin;
    auto const lines = pdf_.wrap(width_, text, style);
    y_ += before;
    if (y_ + style.leading + keep > bottom)
      start_page();
    for (auto const& line : lines) {
      if (y_ + style.leading > bottom)
        start_page();
      pages_.back().push_back({y_, line, style, element});
      y_ += style.leading;
    }
  }

  void start_page() {
    pages_.emplace_back();
    y_ = top_margin;
  }

  void cover() {
    add("Records", title_style, 0, "H1");
    auto const who = subject_words(records_.subject);
    add(records_.subject.name, note_style, 6);
    add(who, body_style, 0);
    add(fmt::format("From {} to {}", words_of(records_.period.from), words_of(records_.period.to)),
        body_style, 6);
    add(fmt::format("For: {}", records_.recipient), body_style, 0);
    add(fmt::format("Purpose: {}", records_.purpose), body_style, 0);
    add(fmt::format("Put together on {} by {}. This handing over is entered in the record.",
                    words_of(records_.written), records_.author.name),
        small_style, 6);
  }

  void notes() {
    add(count_of(records_.notes.size(), "signed note", "signed notes"), part_style, 18, "H2", 60);
    if (records_.withdrawn > 0)
      add(count_of(records_.withdrawn, "note was entered in error and is left out.",
                   "notes were entered in error and are left out."),
          small_style, 0);
    for (auto const& note : records_.notes) {
      add(note.heading, note_style, 12, "H3", 50);
      add(note.signature, small_style, 0);
      if (!note.amends.empty())
        add(note.amends, small_style, 0);
      for (auto const& section : note.sections) {
        add(section.title, section_style, 5, "P", 26);
        for (auto const& line : section.lines)
          add(line, body_style, 1);
      }
    }
  }

  void measures() {
    add("Measures", part_style, 18, "H2", 40);
    if (records_.measures.empty())
      add("None is recorded in this span of days.", body_style, 2);
    for (auto const& row : records_.measures)
      add(fmt::format("{}   {}: {}", row[0], row[1], row[2]), body_style, 1);
  }

  void consents() {
    add("Consents", part_style, 18, "H2", 40);
    if (records_.consents.empty())
      add("None is recorded in this span of days.", body_style, 2);
    for (auto const& line : records_.consents)
      add(line, body_style, 2);
    add("Earlier disclosures", part_style, 18, "H2", 40);
    if (records_.disclosures.empty())
      add("None is recorded in this span of days.", body_style, 2);
    for (auto const& line : records_.disclosures)
      add(line, body_style, 2);
  }

  void draw(std::vector<Line> const& page, std::size_t number) {
    auto right = small_style;
    right.align = Align::Right;
    {
      Pdf::Element const element{pdf_, "P"};
      pdf_.text(margin, 32, width_, records_.practice,
                {.size = 9, .leading = 13, .weight = Weight::SemiBold, .colour = tide::action});
    }
    pdf_.line({margin, 50}, {margin + width_, 50}, tide::line);
    for (auto const& line : page) {
      Pdf::Element const element{pdf_, line.element};
      constexpr double slack = 4; // a line that just fits is not to end in an ellipsis
      pdf_.text(margin, line.top, width_ + slack, line.text, line.style);
    }
    auto const foot = pdf_.height() - 42;
    {
      Pdf::Element const element{pdf_, "P"};
      constexpr double number_width = 110;
      pdf_.text(margin, foot, width_ - number_width, records_.subject.name, small_style);
      pdf_.text(margin + width_ - number_width, foot, number_width,
                fmt::format("page {} of {}", number, pages_.size()), right);
    }
    pdf_.end_page();
  }

  Records const& records_;
  Pdf pdf_;
  double width_;
  double y_ = top_margin;
  std::vector<std::vector<Line>> pages_{1};
};

} // namespace

std::string print_records(Records const& records, Paper paper) {
  return Pages{records, paper}.print();
}

} // namespace tripsis::clinic::report
