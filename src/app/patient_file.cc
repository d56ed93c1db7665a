// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "app/patient_file.hh"

#include "base/clock.hh"
#include "base/json/parse.hh"

#include <filesystem>
#include <fstream>
#include <iterator>

#include <fmt/format.h>

namespace tripsis::app {

using clinic::screening::Day;

Result<json::Value> read_patient_file(std::string const& path) {
  std::ifstream in{path, std::ios::binary};
  if (!in || std::filesystem::is_directory(path))
    return fail(Fault::NotFound, fmt::format("{} cannot be read.", path));
  std::string const text{std::istreambuf_iterator<char>{in}, {}};
  auto bundle = json::parse(text);
  if (!bundle)
    return fail(bundle.error().fault, fmt::format("{} is not JSON: {}", path, bundle.error().what));
  return bundle;
}

Result<Day> read_day(std::string_view what, std::string_view text) {
  auto const moment = clinic::screening::parse_moment(text, nullptr);
  if (!moment || text.size() != std::string_view{"YYYY-MM-DD"}.size())
    return fail(Fault::Value, fmt::format("{} {}: give a date as YYYY-MM-DD.", what, text));
  return moment->first;
}

Result<Day> day_of(Arguments const& arguments, json::Value const& bundle) {
  if (auto const* given = arguments.find("on"))
    return read_day("--on", *given);
  if (auto const written = clinic::screening::parse_moment(bundle.text("timestamp"), nullptr))
    return written->first;
  return std::chrono::floor<std::chrono::days>(SystemClock{}.now());
}

} // namespace tripsis::app
