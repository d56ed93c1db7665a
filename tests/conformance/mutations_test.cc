// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Takes valid examples of HL7's package, spoils every element of each in every way, one at a time, and
// demands an Error that names the element.
#include "base/json/parse.hh"
#include "fhir/definitions.hh"
#include "validation/validation.hh"

#include <algorithm>
#include <fstream>
#include <functional>
#include <sstream>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace tripsis::validation {
namespace {

/// One member of an object somewhere in a resource.
struct Place {
  std::vector<std::variant<std::string, std::size_t>> steps; ///< To the object
  std::string name;                                          ///< Of the member
  std::string object_path;                                   ///< FHIRPath of the object
  fhir::Element const* element;

  std::string path() const { return object_path + '.' + std::string{element->name}; }
};

/// All members of `value`, in depth, that are elements; `type` is the value's.
void collect(json::Value const& value, fhir::Type const& type, Place const& at,
             std::vector<Place>& places) {
  if (!value.is_object())
    return;
  for (auto const& member : value.object()) {
    auto const found = type.find_json(member.name);
    if (!found)
      continue; // resourceType, and the extensions beside primitives
    auto place = at;
    place.name = member.name;
    place.element = found.element;
    places.push_back(place);
    auto const descend = [&](json::Value const& child, std::string path,
                             std::vector<std::variant<std::string, std::size_t>> steps) {
      auto const* inner = found.type->definition;
      if (inner->kind == fhir::TypeKind::Resource)
        inner = fhir::find_type(child.text("resourceType"));
      collect(child, *inner,
              {.steps = std::move(steps), .name = {}, .object_path = std::move(path), .element = nullptr},
              places);
    };
    auto steps = at.steps;
    steps.emplace_back(member.name);
    if (!member.value.is_array()) {
      descend(member.value, place.path(), steps);
      continue;
    }
    for (std::size_t i = 0; i < member.value.array().size(); ++i) {
      auto item_steps = steps;
      item_steps.emplace_back(i);
      descend(member.value.array()[i], fmt::format("{}[{}]", place.path(), i), std::move(item_steps));
    }
  }
}

json::Value& walk_to(json::Value& root, Place const& place) {
  auto* here = &root;
  for (auto const& step : place.steps)
    here = std::holds_alternative<std::string>(step) ? here->find(std::get<std::string>(step))
                                                     : &here->array()[std::get<std::size_t>(step)];
  return *here;
}

/// An Error at the element, at an item of it, or at the resourceType that it should have had.
bool has_error_at(std::vector<Issue> const& issues, std::string_view path) {
  return std::ranges::any_of(issues, [&](Issue const& issue) {
    auto const rest =
        issue.where.starts_with(path) ? std::string_view{issue.where}.substr(path.size()) : "elsewhere";
    return issue.severity == Severity::Error &&
           (rest.empty() || rest.starts_with('[') || rest == ".resourceType");
  });
}

class Mutations : public testing::TestWithParam<char const*> {
protected:
  void SetUp() override {
    std::ifstream in{
        fmt::format("tools/definitions/node_modules/hl7.fhir.r4.examples/{}.json", GetParam())};
    std::ostringstream text;
    text << in.rdbuf();
    example = json::parse(text.view()).value();
    ASSERT_TRUE(validate(example).empty());
    auto const* type = fhir::find_type(example.text("resourceType"));
    collect(example, *type,
            {.steps = {}, .name = {}, .object_path = std::string{type->name}, .element = nullptr}, places);
    ASSERT_GT(places.size(), 10U);
  }

  /// Spoils each place with `mutate` (which says whether it could) and expects an Error at `where`.
  void expect_errors(std::function<bool(json::Value& object, Place const& place)> const& mutate,
                     std::function<std::string(Place const&)> const& where = &Place::path) {
    for (auto const& place : places) {
      auto spoilt = example;
      if (!mutate(walk_to(spoilt, place), place))
        continue;
      EXPECT_TRUE(has_error_at(validate(spoilt), where(place))) << where(place);
      ++count;
    }
    EXPECT_GT(count, 0);
  }

  void expect_errors_for(json::Value const& replacement) {
    expect_errors([&](json::Value& object, Place const& place) {
      *object.find(place.name) = replacement;
      return true;
    });
  }

  json::Value example;
  std::vector<Place> places;
  int count = 0;
};

TEST_P(Mutations, a_renamed_element_is_unknown) {
  expect_errors(
      [](json::Value& object, Place const& place) {
        auto& members = object.object();
        std::ranges::find(members, place.name, &json::Member::name)->name += "X";
        return true;
      },
      [](Place const& place) { return fmt::format("{}.{}X", place.object_path, place.name); });
}

TEST_P(Mutations, a_required_element_is_missed) {
  expect_errors([](json::Value& object, Place const& place) {
    if (place.element->min == 0 || object.object().size() == 1)
      return false;
    object.erase(place.name);
    return true;
  });
}

TEST_P(Mutations, a_wrong_JSON_type_is_found) {
  expect_errors([](json::Value& object, Place const& place) {
    auto& value = *object.find(place.name);
    value = value.is_string() ? json::Value::integer(7) : json::Value{"wrong"};
    return true;
  });
}

TEST_P(Mutations, a_list_is_asked_for_where_there_is_one_and_nowhere_else) {
  expect_errors([](json::Value& object, Place const& place) {
    auto& value = *object.find(place.name);
    value = value.is_array() ? json::Value{value.array().front()} : json::array({value, value});
    return true;
  });
}

TEST_P(Mutations, nothing_is_null_or_empty) {
  expect_errors_for(json::Value{});
  expect_errors_for(json::Value{""});
  expect_errors_for(json::Value{json::Array{}});
  expect_errors_for(json::Value{json::Object{}});
  expect_errors_for(json::array({json::Value{}}));
  expect_errors_for(json::array({json::Value{json::Object{}}}));
  expect_errors_for(json::array({json::Value{json::Array{}}}));
}

TEST_P(Mutations, a_member_may_stand_once) {
  for (auto const& place : places) {
    auto spoilt = example;
    auto& object = walk_to(spoilt, place).object();
    object.push_back(*std::ranges::find(object, place.name, &json::Member::name));
    auto const again = json::parse(json::write(spoilt));
    ASSERT_FALSE(again) << place.path();
    EXPECT_EQ(again.error().fault, Fault::Structure);
  }
}

INSTANTIATE_TEST_SUITE_P(Examples, Mutations,
                         testing::Values("Patient-example", "Patient-ch-example", "Observation-example",
                                         "Observation-blood-pressure", "Questionnaire-f201",
                                         "Appointment-example", "CarePlan-example",
                                         "Bundle-bundle-transaction"),
                         [](auto const& example) {
                           std::string name = example.param;
                           std::ranges::replace(name, '-', '_');
                           return name;
                         });

} // namespace
} // namespace tripsis::validation
