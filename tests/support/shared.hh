// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Where the outside test data lies (conformance suites, patient records, vignettes). It is not part of the project: tests
// that need it skip with a plain message where it is absent, so that a fresh clone passes.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <optional>

#include <gtest/gtest.h>

namespace tripsis::test {

/// The folder named by TRIPSIS_SHARED, else ../shared beside the project; nullopt where there is none.
inline std::optional<std::filesystem::path> shared_folder() {
  auto const* named = std::getenv("TRIPSIS_SHARED");
  std::filesystem::path const folder = named != nullptr ? named : "../shared";
  if (!std::filesystem::is_directory(folder))
    return std::nullopt;
  return folder;
}

} // namespace tripsis::test

/// Declares `folder`, the shared folder, or skips the test.
#define SHARED_OR_SKIP(folder)                                                                                                   \
  auto const tripsis_shared = ::tripsis::test::shared_folder();                                                                  \
  if (!tripsis_shared)                                                                                                           \
    GTEST_SKIP() << "The outside test data (../shared) is not here.";                                                            \
  auto const& folder = *tripsis_shared
