// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Cases of the official validator suite. What the reference validator accepts, we must accept; of what it
// refuses, we refuse what is a matter of structure. (It also knows profiles, invariants and terminology.)
#include "base/json/parse.hh"
#include "support/shared.hh"
#include "validation/validation.hh"

#include <fstream>
#include <gmock/gmock.h>
#include <map>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

namespace tripsis::validation {
namespace {

/// Refused by us, accepted by the reference validator as it was set up for the case.
std::map<std::string, std::string> const stricter{
    {"contained-resource-bad-id-ignore", "its contained id is too long; the case runs with ids unchecked"},
};

/// Refused by both.
std::set<std::string> const structural{"Observation-ex-pain.json",
                                       "ai3",
                                       "ai4",
                                       "bad-json-close-2",
                                       "bad-json-close-3",
                                       "bundle-sig-2",
                                       "bundle-signed-nob64",
                                       "comments-4",
                                       "contained-resource-bad-id",
                                       "empty-array",
                                       "hakan-se-2",
                                       "mr-covid-m",
                                       "pat-security-bad-xhtml",
                                       "patient-id-bad-2 / R4",
                                       "resource-invalid-id-1",
                                       "resource-invalid-id-2",
                                       "resource-invalid-id-3",
                                       "xml-bad-entities-json"};

std::string read_file(std::filesystem::path const& path) {
  std::ifstream in{path, std::ios::binary};
  std::ostringstream out;
  out << in.rdbuf();
  return std::move(out).str();
}

bool is_refused(std::filesystem::path const& file) {
  auto const resource = json::parse(read_file(file));
  return !resource || has_errors(validate(*resource));
}

TEST(ValidatorSuite, we_refuse_what_is_structure_and_nothing_that_is_right) {
  SHARED_OR_SKIP(shared);
  auto const folder = shared / "fhir/validator-r4";
  auto const cases = json::parse(read_file(folder / "cases.json")).value();
  std::set<std::string> refused_by_both;
  std::set<std::string> refused_by_us;
  for (auto const& each : cases.array()) {
    if (!is_refused(folder / "input" / each.text("file")))
      continue;
    auto const name = std::string{each.text("name")};
    (each.find("valid")->boolean() ? refused_by_us : refused_by_both).insert(name);
  }
  EXPECT_THAT(refused_by_both, testing::ContainerEq(structural));
  for (auto const& name : refused_by_us)
    EXPECT_TRUE(stricter.contains(name)) << name;
}

} // namespace
} // namespace tripsis::validation
