// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What one write pays before it reaches the store: parsing and validating an Observation of about one
// kilobyte. The aim is below 10 µs for validation: build/release/validation_bench
#include "base/json/parse.hh"
#include "fhir/date_time.hh"
#include "fhir/reference.hh"
#include "validation/validation.hh"

#include <benchmark/benchmark.h>
#include <cstdlib>

namespace tripsis {
namespace {

constexpr std::string_view observation = R"({
  "resourceType": "Observation", "id": "0193515e-7f2c-7b1a-9d3e-5a0c1b2d3e4f",
  "meta": {"versionId": "3", "lastUpdated": "2026-11-22T10:20:30.123Z"},
  "status": "final",
  "category": [{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": "survey", "display": "Survey"}]}],
  "code": {"coding": [{"system": "https://tripsis.org/fhir/CodeSystem/measure", "code": "nprs-before", "display": "Pain before"},
                      {"system": "http://loinc.org", "code": "72514-3", "display": "Pain severity - 0-10 verbal numeric rating"}], "text": "Pain before"},
  "subject": {"reference": "Patient/0193515e-7f2c-7b1a-9d3e-5a0c1b2d3e50", "display": "Anna Example"},
  "encounter": {"reference": "Encounter/0193515e-7f2c-7b1a-9d3e-5a0c1b2d3e51"},
  "effectiveDateTime": "2026-11-22T10:00:00-05:00", "issued": "2026-11-22T10:20:30.123-05:00",
  "performer": [{"reference": "Practitioner/0193515e-7f2c-7b1a-9d3e-5a0c1b2d3e52"}],
  "valueQuantity": {"value": 6.50, "unit": "score", "system": "http://unitsofmeasure.org", "code": "{score}"},
  "bodySite": {"coding": [{"system": "https://tripsis.org/fhir/CodeSystem/muscle", "code": "levator_scapulae", "display": "Levator scapulae"}], "text": "Levator scapulae, left"}
})";

json::Value parsed() {
  auto value = json::parse(observation);
  if (!value || !validation::validate(*value).empty())
    std::abort();
  return *std::move(value);
}

void parse(benchmark::State& state) {
  for (auto _ : state)
    benchmark::DoNotOptimize(json::parse(observation));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(observation.size()));
}
BENCHMARK(parse);

void validate(benchmark::State& state) {
  auto const resource = parsed();
  for (auto _ : state)
    benchmark::DoNotOptimize(validation::validate(resource));
}
BENCHMARK(validate);

void write(benchmark::State& state) {
  auto const resource = parsed();
  for (auto _ : state)
    benchmark::DoNotOptimize(json::write(resource));
}
BENCHMARK(write);

void parse_reference(benchmark::State& state) {
  for (auto _ : state)
    benchmark::DoNotOptimize(fhir::Reference::parse("Patient/0193515e-7f2c-7b1a-9d3e-5a0c1b2d3e50"));
}
BENCHMARK(parse_reference);

void date_time_range(benchmark::State& state) {
  auto const zone = TimeZone::find("America/New_York").value();
  for (auto _ : state)
    benchmark::DoNotOptimize(fhir::DateTime::parse("2026-11-22").value().range(zone));
}
BENCHMARK(date_time_range);

} // namespace
} // namespace tripsis

BENCHMARK_MAIN();
