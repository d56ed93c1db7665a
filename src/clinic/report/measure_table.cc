// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/report/measure_table.hh"

#include <array>

#include <fmt/format.h>

namespace tripsis::clinic::report {
namespace {

struct Column {
  std::string_view title;
  double from, to; ///< Shares of the width
};
constexpr std::array columns{Column{"Measure", 0, 0.33}, Column{"First", 0.34, 0.515},
                             Column{"Latest", 0.525, 0.705}, Column{"Change", 0.715, 0.81},
                             Column{"Clear change?", 0.82, 1}};
constexpr double text_drop = 2.5; ///< From a row's rule to its text

Colour verdict_colour(Verdict verdict) {
  switch (verdict) {
  case Verdict::Better:
    return tide::goal;
  case Verdict::Worse:
    return tide::worse;
  default:
    return tide::muted;
  }
}

std::string reading_words(Reading const& reading) {
  return fmt::format("{}  ({})", reading.written, words_of(reading.on));
}

void draw_row(Pdf& pdf, Box const& place, Measure const& measure) {
  auto const one = measure.readings.size() < 2;
  auto const verdict = measure.verdict();
  std::array<std::string, columns.size()> const cells{
      measure.name, reading_words(measure.baseline()), one ? "" : reading_words(measure.now()),
      change_words(measure), std::string{words_of(verdict)}};
  Pdf::Element const row{pdf, "TR"};
  for (std::size_t i = 0; i < cells.size(); ++i) {
    Style style{.size = 8.5, .leading = 12};
    if (i == 0)
      style.weight = Weight::Medium;
    if (i == 4) {
      style.colour = verdict_colour(verdict);
      style.weight = Weight::Medium;
    }
    Pdf::Element const cell{pdf, "TD"};
    pdf.text(place.x + columns.at(i).from * place.width, place.y + text_drop,
             (columns.at(i).to - columns.at(i).from) * place.width, cells.at(i), style);
  }
}

} // namespace

double draw_measures(Pdf& pdf, Box const& place, std::span<Measure const> measures, std::size_t most) {
  Pdf::Element const table{pdf, "Table"};
  auto top = place.y;
  {
    Pdf::Element const row{pdf, "TR"};
    for (auto const& column : columns) {
      Pdf::Element const cell{pdf, "TH"};
      pdf.text(place.x + column.from * place.width, top + text_drop,
               (column.to - column.from) * place.width, column.title,
               {.size = 7.5, .leading = 11, .colour = tide::muted});
    }
  }
  top += measure_row;
  auto const shown = measures.size() <= most ? measures.size() : most - 1;
  for (auto const& measure : measures.first(shown)) {
    pdf.line({place.x, top}, {place.x + place.width, top}, tide::line);
    draw_row(pdf, {place.x, top, place.width, measure_row}, measure);
    top += measure_row;
  }
  if (shown < measures.size()) {
    pdf.line({place.x, top}, {place.x + place.width, top}, tide::line);
    Pdf::Element const row{pdf, "TR"};
    Pdf::Element const cell{pdf, "TD"};
    pdf.text(place.x, top + text_drop, place.width,
             fmt::format("and {} more in the record", measures.size() - shown),
             {.size = 8.5, .leading = 12, .colour = tide::muted});
    top += measure_row;
  }
  return top - place.y;
}

} // namespace tripsis::clinic::report
