// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The knowledge as FHIR resources: nothing is lost on the way there and back, and every reference is to
// something that is there.
#include "base/json/parse.hh"
#include "clinic/knowledge/packed.hh"
#include "clinic/library/library.hh"
#include "clinic/own_resources.hh"

#include <map>
#include <set>

#include <gtest/gtest.h>

namespace tripsis::clinic::library {
namespace {

using json::Value;

Knowledge const& shipped() {
  static auto const knowledge = load_knowledge();
  return knowledge;
}

std::map<std::string, Value> by_key() {
  std::map<std::string, Value> all;
  for (auto& one : own_resources(shipped()))
    all.emplace(std::string{one.text("resourceType")} + "/" + std::string{one.text("id")}, one);
  return all;
}

std::size_t count(std::map<std::string, Value> const& all, std::string_view prefix) {
  return static_cast<std::size_t>(
      std::ranges::count_if(all, [&](auto const& one) { return one.first.starts_with(prefix); }));
}

TEST(Library, all_of_the_knowledge_is_there_with_version_date_and_publisher) {
  auto const all = by_key();
  EXPECT_EQ(count(all, "ActivityDefinition/technique-"), 38U);
  EXPECT_EQ(count(all, "PlanDefinition/condition-"), 41U);
  EXPECT_EQ(count(all, "ValueSet/condition-"), 41U);
  EXPECT_EQ(count(all, "PlanDefinition/p-"), 12U);
  EXPECT_EQ(count(all, "PlanDefinition/rule-"), 138U);
  for (auto const& [key, resource] : all)
    for (std::string_view name : {"version", "date", "publisher"})
      EXPECT_FALSE(resource.text(name).empty()) << key << " has no " << name;
}

void collect_canonicals(Value const& value, std::set<std::string>& found) {
  if (value.is_array())
    for (auto const& item : value.array())
      collect_canonicals(item, found);
  if (value.is_object())
    for (auto const& [name, inner] : value.object()) {
      if (inner.is_string() && (name == "definitionCanonical" || name == "resource"))
        found.insert(inner.string());
      collect_canonicals(inner, found);
    }
}

TEST(Library, what_a_definition_refers_to_is_there) {
  auto const all = by_key();
  std::set<std::string> canonicals;
  for (auto const& [key, resource] : all)
    if (resource.text("resourceType") == "PlanDefinition")
      collect_canonicals(resource, canonicals);
  EXPECT_GT(canonicals.size(), 80U);
  for (auto const& canonical : canonicals)
    EXPECT_TRUE(all.contains(canonical.substr(canonical::base.size()))) << canonical;
}

TEST(Library, a_source_that_nobody_has_read_again_says_so) {
  std::size_t known = 0;
  for (auto const& [key, resource] : by_key())
    for (auto const& artifact : resource.items("relatedArtifact"))
      if (artifact.text("label").starts_with("known:")) {
        ++known;
        EXPECT_TRUE(artifact.text("citation").ends_with("(not re-read in a source)"))
            << key << ": " << artifact.text("label");
      }
  EXPECT_GT(known, 50U);
}

TEST(Library, no_rule_that_ships_says_that_somebody_has_approved_it) {
  for (auto const& [key, resource] : by_key())
    EXPECT_EQ(resource.find("approvalDate"), nullptr) << key;
}

TEST(Library, techniques_come_back_as_they_were) {
  for (auto const& technique : shipped().techniques) {
    auto const back = read_technique(to_activity(technique, shipped()));
    ASSERT_TRUE(back) << technique.id << ": " << back.error().what;
    EXPECT_EQ(std::tie(back->id, back->name, back->requires_training, back->family, back->aims,
                       back->tissues, back->cautions, back->pressure_from, back->pressure_to,
                       back->minutes_from, back->minutes_to, back->sources),
              std::tie(technique.id, technique.name, technique.requires_training, technique.family,
                       technique.aims, technique.tissues, technique.cautions, technique.pressure_from,
                       technique.pressure_to, technique.minutes_from, technique.minutes_to,
                       technique.sources));
  }
}

TEST(Library, protocols_come_back_as_they_were) {
  for (auto const& protocol : shipped().care.protocols) {
    auto const resource = to_plan_definition(protocol, shipped());
    auto back = read_protocol(resource, shipped());
    ASSERT_TRUE(back) << protocol.id << ": " << back.error().what;
    EXPECT_EQ(back->id, fhir_id(protocol.id));
    back->id = protocol.id;
    EXPECT_EQ(to_plan_definition(*back, shipped()), resource) << protocol.id;
    ASSERT_EQ(back->phases.size(), protocol.phases.size());
    for (std::size_t i = 0; i < protocol.phases.size(); ++i) {
      EXPECT_EQ(back->phases[i].from_week, protocol.phases[i].from_week) << protocol.id;
      EXPECT_EQ(back->phases[i].per_week, protocol.phases[i].per_week) << protocol.id;
      EXPECT_EQ(back->phases[i].minutes(), protocol.phases[i].minutes()) << protocol.id;
    }
  }
}

TEST(Library, rules_come_back_as_the_file_has_them) {
  auto const packed = packed_knowledge();
  for (auto const& node : packed.find("contraindications")->items("rules")) {
    auto const resource = to_plan_definition(node, shipped());
    auto const back = rule_node(resource);
    ASSERT_TRUE(back) << node.text("id") << ": " << back.error().what;
    EXPECT_EQ(*back, node) << json::write(*back) << "\n" << json::write(node);
    auto const rule = read_rule(resource, shipped());
    auto const asks_what_gateways_ask = node.text("id") == "previsit_followup"; // it names no questions itself
    EXPECT_EQ(rule.has_value(), !asks_what_gateways_ask) << node.text("id") << ": " << (rule ? "" : rule.error().what);
  }
}

} // namespace
} // namespace tripsis::clinic::library
