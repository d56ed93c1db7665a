// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The plot of one measure over time: every reading, the band in which a change is no clear one, first and
// latest value by name.
#pragma once

#include "clinic/report/measure.hh"
#include "clinic/report/pdf.hh"

namespace tripsis::clinic::report {

/// Draws within the box. `highest`: the top of the scale, which begins at 0.
void draw_plot(Pdf& pdf, Box const& box, Measure const& measure, double highest);

} // namespace tripsis::clinic::report
