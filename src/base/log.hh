// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What the operator reads: one line an event on stderr, "2026-11-22T10:20:30.123Z warn  store: …". Never patient data:
// callers pass counts, ids of requests and names of files, no content of resources.
#pragma once

#include <string_view>

namespace tripsis::log {

enum class Level : unsigned char { Debug, Info, Warn, Error };

/// Lines below this level are dropped. Default: Info.
void set_level(Level level);
/// Thread-safe; one write(2) a line.
void write(Level level, std::string_view part, std::string_view message);

inline void info(std::string_view part, std::string_view message) { write(Level::Info, part, message); }
inline void warn(std::string_view part, std::string_view message) { write(Level::Warn, part, message); }
inline void error(std::string_view part, std::string_view message) { write(Level::Error, part, message); }

} // namespace tripsis::log
