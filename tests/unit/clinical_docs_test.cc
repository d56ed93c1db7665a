// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// docs/clinical/ names every form and every item that is asked, with its words and why, so that what a
// therapist checks is what patients see.
#include "clinic/forms/questionnaires.hh"

#include <fstream>
#include <iterator>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace tripsis::clinic {
namespace {

using json::Value;

std::string page(char const* name) {
  std::ifstream in{std::string{"docs/clinical/"} + name};
  return {std::istreambuf_iterator<char>{in}, {}};
}

/// The part of the page under the heading of a form or an instrument; "" where it has none.
std::string section(std::string const& page, std::string_view id) {
  auto const at = page.find(fmt::format("\n## `{}`: ", id));
  return at == std::string::npos ? std::string{} : page.substr(at, page.find("\n## ", at + 1) - at);
}

void expect_rows(std::string const& told, Value const& holder) {
  for (auto const& item : holder.items("items")) {
    auto const start = fmt::format("\n| `{}` | ", item.text("id"));
    auto const at = told.find(start);
    ASSERT_NE(at, std::string::npos) << item.text("id");
    auto const row = told.substr(at + 1, told.find('\n', at + 1) - at - 1);
    EXPECT_TRUE(row.contains(item.text("text"))) << row;
    EXPECT_TRUE(row.ends_with(fmt::format("| {} |", item.text("why")))) << row;
    for (auto const& option : item.items("icd10"))
      EXPECT_TRUE(row.contains(
          fmt::format("{} ({})", option.array().at(1).string(), option.array().at(0).string())))
          << row;
    expect_rows(told, item);
  }
}

TEST(ClinicalDocs, every_form_and_item_is_told_with_its_reason) {
  auto const knowledge = load_knowledge();
  auto const text = page("forms.md");
  EXPECT_LT(text.find("## Unverified"), text.find("## `"));
  EXPECT_TRUE(text.contains(knowledge.forms.text("crisis_text")));
  ASSERT_FALSE(knowledge.forms.items("forms").empty());
  for (auto const& form : knowledge.forms.items("forms")) {
    auto const told = section(text, form.text("id"));
    ASSERT_FALSE(told.empty()) << form.text("id");
    expect_rows(told, form);
  }
}

TEST(ClinicalDocs, every_measure_is_told_with_its_thresholds) {
  auto const knowledge = load_knowledge();
  auto const text = page("measures.md");
  EXPECT_LT(text.find("## Unverified"), text.find("## `"));
  ASSERT_EQ(knowledge.instruments.size(), 35U);
  for (auto const& instrument : knowledge.instruments) {
    auto const told = section(text, instrument.id);
    ASSERT_FALSE(told.empty()) << instrument.id;
    EXPECT_TRUE(told.contains(instrument.scoring)) << instrument.id;
    EXPECT_TRUE(told.contains("\n* Licence: ")) << instrument.id;
    for (auto const& change : instrument.changes)
      EXPECT_TRUE(told.contains(
          fmt::format("| {} | {} {} | {} |", change.type, change.value, change.unit, change.population)))
          << instrument.id;
  }
  for (auto const& movement : knowledge.movements)
    EXPECT_TRUE(text.contains(fmt::format("| `{}` | {} ", movement.id, movement.norm))) << movement.id;
}

} // namespace
} // namespace tripsis::clinic
