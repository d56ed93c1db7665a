// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The table of measures, as the report and the letter print it.
#pragma once

#include "clinic/report/measure.hh"
#include "clinic/report/pdf.hh"

#include <span>

namespace tripsis::clinic::report {

constexpr double measure_row = 17;

/// Draws a heading and at most `most` rows, the last of which counts what is left out. The height used:
/// never more than (most + 1) rows.
double draw_measures(Pdf& pdf, Box const& place, std::span<Measure const> measures, std::size_t most);

} // namespace tripsis::clinic::report
