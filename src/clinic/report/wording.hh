// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Names, dates and numbers of a record as a report prints them: in words that cannot be misread in another
// country ("4 Mar 2026"), and no more exactly than they were written.
#pragma once

#include "base/json/value.hh"
#include "base/time_zone.hh"

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace tripsis::clinic::report {

using Date = std::chrono::year_month_day;

/// "4 Mar 2026"
std::string words_of(Date date);
/// A FHIR date or dateTime in words, as precise as it is; "" for what is none.
std::string words_of(std::string_view date_time, TimeZone const& zone);
/// "2026-03-04"
std::string iso_of(Date date);

/// The name of a person or an organisation: the official one where there are many; "" where there is none.
std::string name_of(json::Value const& resource);
/// The concept's text, else the display of its first coding that has one.
std::string text_of(json::Value const* concept_);
/// An Observation's value in words, with its unit; "" where it has none.
std::string value_of(json::Value const& observation);
/// At most one decimal: "3", "3.5", "−2".
std::string number_words(double number);
/// "a, b and c"
std::string list_of(std::vector<std::string> const& items);
/// "1 visit", "3 visits"
std::string count_of(std::size_t number, std::string_view one, std::string_view many);
/// The text of an XHTML narrative: paragraphs and rows become lines.
std::string plain_text(std::string_view xhtml);

} // namespace tripsis::clinic::report
