// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "base/log.hh"

#include <atomic>
#include <chrono>
#include <string>

#include <unistd.h>

#include <date/date.h>
#include <fmt/format.h>

namespace tripsis::log {
namespace {

std::atomic<Level> lowest = Level::Info;

std::string_view name(Level level) {
  switch (level) {
  case Level::Debug: return "debug";
  case Level::Info: return "info ";
  case Level::Warn: return "warn ";
  case Level::Error: return "error";
  }
  return "";
}

} // namespace

void set_level(Level level) {
  lowest = level;
}

void write(Level level, std::string_view part, std::string_view message) {
  if (level < lowest)
    return;
  auto const now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  auto const line = fmt::format("{} {} {}: {}\n", date::format("%FT%TZ", now), name(level), part, message);
  [[maybe_unused]] auto const written = ::write(STDERR_FILENO, line.data(), line.size()); // nowhere to report to
}

} // namespace tripsis::log
