// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Scenarios as text that users can read: what is asked, and what must come back. README.md in this folder
// tells the format.
#pragma once

#include "base/result.hh"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tripsis::test {

struct Step {
  int line = 0;
  std::string as = "owner"; ///< owner, therapist, patient, nobody, session
  int wait_seconds = 0;     ///< How far the clock goes on before
  std::string method, target;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;

  int status = 0;
  std::vector<std::pair<std::string, std::string>>
      expected_headers;                ///< '*' stands for anything; a value of "(none)" for absence
  std::vector<std::string> conditions; ///< FHIRPath, each must be true
  std::vector<std::string> texts;      ///< What the body must be; '*' stands for anything
  std::vector<std::pair<std::string, std::string>> saved; ///< Name, FHIRPath
};

struct Scenario {
  std::string name;
  int line = 0;
  std::vector<Step> steps;
};

/// Fault::Structure with the line that is not of the format.
Result<std::vector<Scenario>> parse_script(std::string_view text);

/// Whether the text is of the pattern, in which '*' stands for anything.
bool matches_pattern(std::string_view pattern, std::string_view text);

} // namespace tripsis::test
