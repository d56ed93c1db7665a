// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Nanoseconds an evaluation, on the 24 expressions of ../shared/bench/fhirpath-cases.json (whose README
// tells what another engine needs for the same) and on search parameters, as indexing uses them:
// build/release/fhirpath_bench
#include "base/json/parse.hh"
#include "fhirpath/fhirpath.hh"

#include <algorithm>
#include <benchmark/benchmark.h>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <memory>

namespace tripsis {
namespace {

constexpr std::size_t copies =
    64; ///< Of each resource, so that one that stays in the nearest cache does not flatter

using Pool = std::vector<json::Value>;

struct Case {
  std::string name;
  fhirpath::Expression expression;
  Pool const* resources;
};

[[noreturn]] void stop(std::string const& why) {
  std::cerr << why << '\n';
  std::exit(1);
}

json::Value read(char const* path) {
  std::ifstream in{path, std::ios::binary};
  std::string const text{std::istreambuf_iterator<char>{in}, {}};
  auto value = json::parse(text);
  if (!value)
    stop(std::string{path} + ": " + value.error().what);
  return *std::move(value);
}

/// Stops when an expression does not give what the file says.
void check(json::Value const& wanted, Case const& one) {
  auto const* expected = wanted.find("expect");
  auto const found = one.expression.evaluate(one.resources->front());
  if (!found)
    stop(one.name + ": " + found.error().what);
  json::Array got;
  for (auto const& item : *found)
    got.push_back(item.value());
  if (expected != nullptr && json::write(*expected) != json::write(json::Value{got}))
    stop(one.name + " gives " + json::write(json::Value{got}));
}

fhirpath::Expression compiled(std::string_view text) {
  auto expression = fhirpath::Expression::parse(text);
  if (!expression)
    stop(expression.error().what);
  return *std::move(expression);
}

void run(benchmark::State& state, Case const& one) {
  std::size_t i = 0;
  for (auto _ : state)
    benchmark::DoNotOptimize(one.expression.evaluate((*one.resources)[i++ % copies]));
}

/// The console's table, and at its end the geometric mean of the file's expressions.
class Reporter final : public benchmark::ConsoleReporter {
public:
  void ReportRuns(std::vector<Run> const& runs) override {
    for (auto const& one : runs)
      if (!one.benchmark_name().starts_with("index")) {
        sum_of_logarithms_ += std::log(one.GetAdjustedCPUTime());
        ++count_;
      }
    ConsoleReporter::ReportRuns(runs);
  }
  void Finalize() override {
    std::cout << "geometric mean of " << count_ << " expressions: " << std::exp(sum_of_logarithms_ / count_)
              << " ns\n";
  }

private:
  double sum_of_logarithms_ = 0;
  int count_ = 0;
};

int main_of_benchmark(int count, char** arguments) {
  auto const* shared = std::getenv("TRIPSIS_SHARED");
  auto const file = std::string{shared != nullptr ? shared : "../shared"} + "/bench/fhirpath-cases.json";
  auto const cases = read(file.c_str());
  std::map<std::string, Pool, std::less<>> pools;
  for (auto const& [name, resource] : cases.find("resources")->object())
    pools[name] = Pool(copies, resource);

  std::vector<std::unique_ptr<Case>> all;
  for (auto const& one : cases.items("expressions")) {
    all.push_back(std::make_unique<Case>(std::string{one.text("id")} + " " + std::string{one.text("expr")},
                                         compiled(one.text("expr")),
                                         &pools.at(std::string{one.text("resource")})));
    check(one, *all.back());
  }
  for (auto const& [resource, text] :
       {std::pair{"observation", "Observation.code"},
        std::pair{"observation", "Observation.subject.where(resolve() is Patient)"},
        std::pair{"observation", "Observation.code | Observation.component.code"},
        std::pair{"observation", "(Observation.value as Quantity) | (Observation.value as SampledData)"},
        std::pair{"patient", "Patient.name"}, std::pair{"patient", "Patient.birthDate"},
        std::pair{"patient", "Patient.telecom.where(system='email')"}})
    all.push_back(
        std::make_unique<Case>(std::string{"index "} + text, compiled(text), &pools.at(resource)));
  for (auto const& one : all)
    benchmark::RegisterBenchmark(one->name.c_str(), [&](benchmark::State& state) { run(state, *one); });

  benchmark::Initialize(&count, arguments);
  Reporter reporter;
  benchmark::RunSpecifiedBenchmarks(&reporter);
  return 0;
}

} // namespace
} // namespace tripsis

int main(int count, char** arguments) {
  return tripsis::main_of_benchmark(count, arguments);
}
