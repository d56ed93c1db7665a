// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/report/plot.hh"

#include <algorithm>

#include <fmt/format.h>

namespace tripsis::clinic::report {
namespace {

constexpr double label_width = 22, right_margin = 26, axis_height = 16;
constexpr Style label{.size = 7, .leading = 9, .colour = tide::muted};

/// From readings to places on the page.
class Scale {
public:
  Scale(Box const& box, Measure const& measure, double highest)
      : area{box.x + label_width, box.y + 4, box.width - label_width - right_margin,
             box.height - axis_height - 4},
        first_{measure.baseline().on}, span_{(std::chrono::sys_days{measure.now().on} - first_).count()},
        highest_{highest} {}

  double x(Date on) const {
    auto const days = static_cast<double>((std::chrono::sys_days{on} - first_).count());
    return span_ == 0 ? area.x + area.width / 2 : area.x + area.width * days / static_cast<double>(span_);
  }
  double y(double value) const {
    return area.y + area.height * (1 - std::clamp(value / highest_, 0.0, 1.0));
  }
  Box area;

private:
  std::chrono::sys_days first_;
  std::chrono::days::rep span_;
  double highest_;
};

void draw_axes(Pdf& pdf, Scale const& scale, Measure const& measure, double highest) {
  auto const& area = scale.area;
  for (int const fifth : {0, 1, 2, 3, 4, 5}) {
    auto const value = highest * fifth / 5;
    pdf.line({area.x, scale.y(value)}, {area.x + area.width, scale.y(value)}, tide::line, 0.5);
    auto style = label;
    style.align = Align::Right;
    pdf.text(area.x - label_width, scale.y(value) - 4.5, label_width - 5, number_words(value), style);
  }
  auto const below = area.y + area.height + 4;
  constexpr double date_width = 70;
  if (measure.baseline().on == measure.now().on)
    return;
  pdf.text(area.x, below, date_width, words_of(measure.baseline().on), label);
  auto style = label;
  style.align = Align::Right;
  pdf.text(area.x + area.width - date_width, below, date_width, words_of(measure.now().on), style);
}

/// Around the first reading: what stays within is no clear change.
void draw_band(Pdf& pdf, Scale const& scale, Measure const& measure) {
  if (!measure.clear_change)
    return;
  auto const& area = scale.area;
  auto const first = measure.baseline().value;
  auto const high = scale.y(first + *measure.clear_change);
  auto const low = scale.y(first - *measure.clear_change);
  pdf.fill({area.x, high, area.width, low - high}, tide::page);
  auto const edge = measure.direction == Direction::HigherIsBetter ? high : low;
  pdf.line({area.x, edge}, {area.x + area.width, edge}, tide::threshold, 0.9, Dash::Dashed);
  auto style = label;
  style.colour = tide::threshold;
  style.align = Align::Right; // where the series has usually left the first reading
  pdf.text(
      area.x + 4, edge + (measure.direction == Direction::HigherIsBetter ? 1.5 : -10), area.width - 8,
      fmt::format("clear change: {} points from the first reading", number_words(*measure.clear_change)),
      style);
}

} // namespace

void draw_plot(Pdf& pdf, Box const& box, Measure const& measure, double highest) {
  Scale const scale{box, measure, highest};
  Pdf::Element const figure{pdf, "Figure"};
  draw_band(pdf, scale, measure);
  draw_axes(pdf, scale, measure, highest);
  std::vector<Point> points;
  for (auto const& reading : measure.readings)
    points.push_back({scale.x(reading.on), scale.y(reading.value)});
  pdf.polyline(points, tide::action, 1.6);
  constexpr std::size_t most_dots = 60;
  for (auto const& point : points)
    if (points.size() <= most_dots)
      pdf.dot(point, 2.4, tide::action);
  pdf.dot(points.back(), 3.6, tide::action);
  pdf.text(points.back().x + 7, points.back().y - 7, right_margin - 7, measure.now().written,
           {.size = 10, .leading = 13, .weight = Weight::SemiBold, .colour = tide::action});
}

} // namespace tripsis::clinic::report
