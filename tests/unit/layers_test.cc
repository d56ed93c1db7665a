// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A folder is a layer, and includes only folders above it in this list (ARCHITECTURE.md).
#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <regex>
#include <string>

#include <gtest/gtest.h>

namespace {

constexpr std::array<std::string_view, 12> layers{"base",   "fhir", "fhirpath", "terminology", "validation", "store",
                                                  "clinic", "auth", "jobs",     "rest",        "http",       "app"};

auto place(std::string_view layer) {
  return std::ranges::find(layers, layer) - layers.begin();
}

TEST(Layers, a_folder_includes_only_folders_above_it) {
  std::regex const include{R"re(^#include "([a-z0-9_]+)/)re"};
  int files = 0;
  for (auto const& entry : std::filesystem::recursive_directory_iterator{"src"}) {
    if (entry.path().extension() != ".cc" && entry.path().extension() != ".hh")
      continue;
    ++files;
    auto const own = std::next(entry.path().begin())->string();
    ASSERT_LT(place(own), std::ssize(layers)) << entry.path() << " is in a folder that no layer names";
    std::ifstream in{entry.path()};
    for (std::string line; std::getline(in, line);) {
      std::smatch found;
      if (std::regex_search(line, found, include)) {
        EXPECT_LE(place(found[1].str()), place(own)) << entry.path() << " includes " << found[1] << ", which lies below it";
      }
    }
  }
  EXPECT_GT(files, 10);
}

} // namespace
