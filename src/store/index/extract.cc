// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "store/index/extract.hh"

namespace tripsis::store::index {

namespace {

constexpr std::int64_t milliseconds_a_second = 1'000;

std::int64_t floor_seconds(std::int64_t milliseconds) {
  auto const seconds = milliseconds / milliseconds_a_second;
  return milliseconds % milliseconds_a_second < 0 ? seconds - 1 : seconds;
}

/// The clinical instant and, where the main date is not one short span, the row that says so.
void add_main_date(IndexedParameter const& main, std::vector<Span> const& spans, Extracted& out) {
  bool const simple = spans.size() == 1 && spans.front().high - spans.front().low <= longest_simple_date;
  if (!simple)
    out.rows.push_back({.table = Table::Token,
                        .parameter = main.number,
                        .a = spans.empty() ? no_date : long_or_several_dates});
  if (!spans.empty())
    out.when = floor_seconds(std::ranges::min(spans, {}, &Span::low).low);
}

} // namespace

std::vector<Row> Extractor::rows_of(IndexedParameter const& parameter, json::Value const& resource) const {
  std::vector<Found> found;
  std::vector<Row> rows;
  parameter.find(resource, found);
  for (auto const& element : found)
    converter_.convert(parameter.parameter->kind, parameter.number, element, rows);
  return rows;
}

std::vector<std::pair<std::int64_t, std::string>>
Extractor::compartments(Key const& key, json::Value const& resource) const {
  std::vector<std::pair<std::int64_t, std::string>> patients;
  auto const add = [&](std::string reference) {
    patients.emplace_back(hasher_.hash(reference), std::move(reference));
  };
  if (key.type == "Patient")
    add(key.reference());
  std::vector<Found> found;
  if (auto const* index = types_.find(key.type))
    for (auto const* parameter : index->compartment())
      parameter->find(resource, found);
  for (auto const& element : found) {
    auto const text = element.value->text("reference");
    if (text.starts_with("Patient/"))
      add(std::string{text.substr(0, text.find("/_history/"))});
  }
  std::ranges::sort(patients);
  auto const repeats = std::ranges::unique(patients);
  patients.erase(repeats.begin(), repeats.end());
  return patients;
}

Extracted Extractor::extract(Key const& key, json::Value const& resource) const {
  Extracted out;
  auto const* index = types_.find(key.type);
  if (index == nullptr)
    return out;
  out.rows.push_back({.table = Table::Token, .parameter = index->all()});
  std::vector<Found> found;
  for (auto const& parameter : index->parameters()) {
    if (!parameter.has_rows)
      continue;
    found.clear();
    parameter.find(resource, found);
    for (auto const& element : found)
      converter_.convert(parameter.parameter->kind, parameter.number, element, out.rows);
    if (&parameter == index->main_date()) {
      std::vector<Span> spans;
      for (auto const& element : found)
        converter_.spans(element, spans);
      add_main_date(parameter, spans, out);
    }
  }
  if (index->code() != nullptr) {
    auto const codes = rows_of(*index->code(), resource);
    for (auto const& patient : rows_of(*index->patient(), resource))
      for (auto const& code : codes)
        if (patient.table == Table::Reference)
          out.rows.push_back({.table = Table::PatientCode,
                              .parameter = index->code()->number,
                              .a = patient.a,
                              .b = code.a});
  }
  auto const patients = compartments(key, resource);
  out.compartment = patients.empty()      ? no_compartment
                    : patients.size() > 1 ? several_compartments
                                          : patients.front().first;
  std::ranges::sort(out.rows);
  auto const repeats = std::ranges::unique(out.rows);
  out.rows.erase(repeats.begin(), repeats.end());
  return out;
}

} // namespace tripsis::store::index
