// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Every resource of HL7's package, definitions and examples alike, must pass validation and come back as it
// was written; and so must the realistic patient records. Those few of the package that break R4's own
// rules are listed, each with its reason.
#include "base/json/parse.hh"
#include "support/shared.hh"
#include "validation/validation.hh"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace tripsis::validation {
namespace {

std::filesystem::path const package = "tools/definitions/node_modules/hl7.fhir.r4.examples";

/// File → why it does not pass.
std::map<std::string, std::string> const known_invalid{
    {"ImplementationGuide-fhir.json", "name and status are missing, and it lists the overlong id below"},
    {"Questionnaire-qs1.json", "display items have no linkId"},
    {"SearchParameter-codesystem-extensions-CodeSystem-author.json", "base is missing"},
    {"SearchParameter-codesystem-extensions-CodeSystem-effective.json", "base is missing"},
    {"SearchParameter-codesystem-extensions-CodeSystem-end.json", "base is missing"},
    {"SearchParameter-codesystem-extensions-CodeSystem-keyword.json", "base is missing"},
    {"SearchParameter-codesystem-extensions-CodeSystem-workflow.json", "base is missing"},
    {"SearchParameter-questionnaireresponse-extensions-QuestionnaireResponse-item-subject.json",
     "its id has more than 64 characters"},
    {"SearchParameter-valueset-extensions-ValueSet-author.json", "base is missing"},
    {"SearchParameter-valueset-extensions-ValueSet-effective.json", "base is missing"},
    {"SearchParameter-valueset-extensions-ValueSet-end.json", "base is missing"},
    {"SearchParameter-valueset-extensions-ValueSet-keyword.json", "base is missing"},
    {"SearchParameter-valueset-extensions-ValueSet-workflow.json", "base is missing"},
    {"ig-r4.json", "the same as ImplementationGuide-fhir.json"},
};

/// File → what it is warned of.
std::map<std::string, std::string> const known_warnings{
    {"ActivityDefinition-blood-tubes-supply.json", "its narrative is empty (txt-2)"},
    {"ActivityDefinition-heart-valve-replacement.json", "its narrative is empty (txt-2)"},
    {"DeviceMetric-example.json", "parent refers to a DeviceDefinition, R4 asks for a Device"},
    {"DeviceUseStatement-example.json", "reasonReference refers to a Procedure, which R4 does not list"},
    {"EventDefinition-example.json", "its narrative is empty (txt-2)"},
    {"MedicationRequest-medrx0301.json",
     "dispenseRequest.performer refers to a Practitioner, R4 asks for an Organization"},
    {"Observation-clinical-gender.json", "performer refers to an Encounter"},
    {"Questionnaire-zika-virus-exposure-assessment.json", "its narrative is empty (txt-2)"},
};

std::string read_file(std::filesystem::path const& path) {
  std::ifstream in{path, std::ios::binary};
  std::ostringstream out;
  out << in.rdbuf();
  return std::move(out).str();
}

std::vector<std::filesystem::path> json_files(std::filesystem::path const& folder) {
  std::vector<std::filesystem::path> files;
  for (auto const& entry : std::filesystem::directory_iterator{folder})
    if (entry.path().extension() == ".json" &&
        entry.path().filename().string().find('-') != std::string::npos)
      files.push_back(entry.path());
  std::ranges::sort(files);
  return files;
}

/// The issues, one a line; empty for a valid resource.
std::string describe(std::vector<Issue> const& issues) {
  std::string text;
  for (auto const& issue : issues)
    text += fmt::format("  {}: {}\n", issue.where, issue.what);
  return text;
}

TEST(OfficialExamples, are_valid_and_come_back_as_they_were_written) {
  auto const files = json_files(package);
  EXPECT_GT(files.size(), 5000U);
  for (auto const& file : files) {
    auto const name = file.filename().string();
    auto const resource = json::parse(read_file(file));
    ASSERT_TRUE(resource) << name << ": " << resource.error().what;
    auto const again = json::parse(json::write(*resource));
    ASSERT_TRUE(again && *again == *resource) << name;
    auto const issues = validate(*resource);
    EXPECT_EQ(has_errors(issues), known_invalid.contains(name)) << name << '\n' << describe(issues);
    EXPECT_EQ(!issues.empty(), known_invalid.contains(name) || known_warnings.contains(name))
        << name << '\n'
        << describe(issues);
  }
}

/// All files of the folder are valid and come back as they were written.
void expect_valid(std::filesystem::path const& folder, std::size_t least) {
  auto const files = json_files(folder);
  EXPECT_GE(files.size(), least);
  for (auto const& file : files) {
    auto const resource = json::parse(read_file(file));
    ASSERT_TRUE(resource) << file << ": " << resource.error().what;
    auto const again = json::parse(json::write(*resource));
    ASSERT_TRUE(again && *again == *resource) << file;
    auto const issues = validate(*resource);
    EXPECT_TRUE(issues.empty()) << file << '\n' << describe(issues);
  }
}

TEST(PatientRecords, are_valid_and_come_back_as_they_were_written) {
  SHARED_OR_SKIP(shared);
  expect_valid(shared / "fhir/patients", 20);
}

TEST(UsCore, its_examples_are_valid_and_come_back_as_they_were_written) {
  SHARED_OR_SKIP(shared);
  expect_valid(shared / "fhir/us-core-6.1.0/package/example", 180);
}

} // namespace
} // namespace tripsis::validation
