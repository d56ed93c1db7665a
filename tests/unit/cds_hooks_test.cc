// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Cards of the decision support: what they may hold, whatever the record and the rules say. Requests and
// answers as a whole are in tests/scenario/cds_hooks.scenario.
#include "clinic/hooks/cards.hh"

#include <gtest/gtest.h>

namespace tripsis::clinic::hooks {
namespace {

using screening::Day, screening::Level, screening::Rule;

std::vector<Judged> judged(Rule const& rule, screening::Cause cause = {"Condition/c", "Clot", {}}) {
  screening::Screening screening{.decision = screening::decision_of(rule.level), .issues = {}};
  screening.issues.push_back({&rule, {}, {std::move(cause)}, std::nullopt});
  return {{Day{std::chrono::year{2026} / 11 / 23}, std::move(screening)}};
}

json::Value card_of(Rule const& rule, screening::Cause cause = {"Condition/c", "Clot", {}}) {
  static Knowledge const knowledge;
  Request const request{.patient = "p", .fhir_server = {}, .days = {}, .record = {}, .missing = {}};
  auto all = cards(request, services.front(), judged(rule, std::move(cause)),
                   {.knowledge = knowledge, .base = "http://localhost/fhir/R4", .chart = {}});
  EXPECT_EQ(all.size(), 1U);
  return all.empty() ? json::Value{} : all.front();
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

TEST(Cards, have_a_summary_below_140_characters) {
  Rule rule{.id = "own", .level = Level::Absolute};
  for (std::string const letter : {"a", "ü", "痛"}) {
    for (std::size_t const length : {1, 124, 125, 126, 500}) {
      rule.name.clear();
      for (std::size_t i = 0; i < length; ++i)
        rule.name += letter;
      auto const summary = std::string{card_of(rule).text("summary")};
      EXPECT_EQ(characters(summary), std::min<std::size_t>(139, 14 + length)) << summary;
      EXPECT_EQ(summary.ends_with("…"), length > 125) << summary;
    }
  }
}

TEST(Cards, say_how_strict_the_rule_is) {
  EXPECT_EQ(card_of({.id = "r", .level = Level::Absolute}).text("indicator"), "critical");
  EXPECT_EQ(card_of({.id = "r", .level = Level::Clearance}).text("indicator"), "warning");
  EXPECT_EQ(card_of({.id = "r", .level = Level::Local}).text("indicator"), "warning");
  EXPECT_EQ(card_of({.id = "r", .level = Level::Precaution}).text("indicator"), "info");
  EXPECT_EQ(card_of({.id = "r", .level = Level::Ask}).text("indicator"), "info");
}

TEST(Cards, offer_reasons_only_where_the_rule_may_be_overridden) {
  EXPECT_EQ(
      card_of({.id = "r", .level = Level::Ask, .overridable = "reason"}).items("overrideReasons").size(),
      screening::override_reasons.size());
  EXPECT_EQ(card_of({.id = "r", .level = Level::Absolute, .overridable = "no"}).find("overrideReasons"),
            nullptr);
  EXPECT_EQ(
      card_of({.id = "r", .level = Level::Clearance, .overridable = "clearance"}).find("overrideReasons"),
      nullptr);
}

TEST(Cards, show_the_records_text_as_it_is) {
  EXPECT_EQ(escaped("Pain 7/10, left knee (2026-11-20)"), "Pain 7/10, left knee (2026-11-20)");
  EXPECT_EQ(escaped("[x](javascript:y)"), R"(\[x\](javascript\:y))");
  EXPECT_EQ(escaped("<img> www.evil.example a@b"), R"(\<img\> www\.evil.example a\@b)");
  EXPECT_EQ(escaped("a\n# b"), R"(a \# b)");
  auto const card = card_of({.id = "r"}, {"Condition/c", "**x** ![y](http://z)", {}});
  EXPECT_NE(card.text("detail").find(R"(\*\*x\*\* !\[y\](http\://z))"), std::string_view::npos)
      << card.text("detail");
}

TEST(Cards, are_none_for_what_is_lifted) {
  static Knowledge const knowledge;
  Rule const rule{.id = "r"};
  auto all = judged(rule);
  all.front().screening.issues.front().lifted.emplace();
  Request const request{.patient = "p", .fhir_server = {}, .days = {}, .record = {}, .missing = {}};
  EXPECT_TRUE(
      cards(request, services.front(), all, {.knowledge = knowledge, .base = {}, .chart = {}}).empty());
}

} // namespace
} // namespace tripsis::clinic::hooks
