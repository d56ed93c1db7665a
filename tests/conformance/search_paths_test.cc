// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The store walks search parameters instead of evaluating them (docs/decisions/021-search-paths.md): both
// ways must lead to the same elements, on real records.
#include "base/json/parse.hh"
#include "fhirpath/fhirpath.hh"
#include "store/index/search_path.hh"
#include "support/shared.hh"

#include <fstream>
#include <map>

namespace tripsis::store::index {
namespace {

struct BothWays {
  SearchPath path;
  fhirpath::Expression expression;
};

/// The parameters of a type that are paths.
std::vector<std::pair<std::string, BothWays>> parameters_of(std::string_view type) {
  std::vector<std::pair<std::string, BothWays>> all;
  for (auto const& parameter : fhir::search_parameters(type)) {
    auto path = SearchPath::compile(parameter.expression);
    auto expression = fhirpath::Expression::parse(parameter.expression);
    if (path && expression && !parameter.expression.empty())
      all.emplace_back(parameter.code, BothWays{*std::move(path), *std::move(expression)});
  }
  return all;
}

std::vector<std::string> written(std::vector<std::string> texts) {
  std::ranges::sort(texts);
  return texts;
}

/// A resource of the type that a reference names: enough for "resolve() is Patient".
json::Value const* stub_of(std::string_view reference) {
  static std::map<std::string, json::Value, std::less<>> stubs;
  auto const type = std::string{target_type(json::Value{reference})};
  if (type.empty())
    return nullptr;
  return &stubs.try_emplace(type, json::object({{"resourceType", json::Value{type}}})).first->second;
}

std::size_t compare(json::Value const& resource,
                    std::map<std::string, std::vector<std::pair<std::string, BothWays>>>& known) {
  std::string const type{resource.text("resourceType")};
  auto const place =
      known.find(type) != known.end() ? known.find(type) : known.emplace(type, parameters_of(type)).first;
  std::size_t compared = 0;
  for (auto const& [code, ways] : place->second) {
    fhirpath::Context context{.resource = &resource, .root_resource = &resource, .resolve = stub_of};
    auto const items =
        ways.expression.evaluate(context, fhirpath::Item::node(resource, fhir::find_type(type)->name));
    if (!items) // `as` on several items: FHIRPath refuses, the walk goes on
      continue;
    std::vector<std::string> evaluated, walked;
    for (auto const& item : *items)
      if (!item.value().is_null())
        evaluated.push_back(json::write(item.value()));
    std::vector<Found> found;
    ways.path.walk(resource, found);
    for (auto const& element : found)
      walked.push_back(json::write(*element.value));
    EXPECT_EQ(written(walked), written(evaluated)) << type << "." << code;
    compared += walked.size();
  }
  return compared;
}

TEST(SearchPaths, lead_where_fhirpath_leads) {
  SHARED_OR_SKIP(shared);
  std::map<std::string, std::vector<std::pair<std::string, BothWays>>> known;
  std::size_t resources = 0, elements = 0;
  for (auto const& file : std::filesystem::directory_iterator{shared / "fhir/patients"}) {
    std::ifstream in{file.path()};
    auto const bundle = json::parse(std::string{std::istreambuf_iterator<char>{in}, {}});
    ASSERT_TRUE(bundle) << file.path();
    auto const& entries = bundle->items("entry");
    for (std::size_t i = 0; i < entries.size() && i < 150; ++i) {
      elements += compare(*entries[i].find("resource"), known);
      ++resources;
    }
  }
  EXPECT_GT(resources, 500U);
  EXPECT_GT(elements, resources * 5);
}

TEST(SearchPaths, all_but_a_few_parameters_are_paths) {
  int others = 0;
  for (auto const* type : fhir::resource_types())
    for (auto const& parameter : fhir::search_parameters(type->name))
      others += SearchPath::compile(parameter.expression) ||
                        parameter.kind == fhir::SearchType::Composite ||
                        parameter.kind == fhir::SearchType::Special
                    ? 0
                    : 1;
  EXPECT_EQ(others, 3);
}

} // namespace
} // namespace tripsis::store::index
