// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The forms as Questionnaires: complete, valid, and with the instruments' words as they were published.
#include "clinic/canonical.hh"
#include "clinic/forms/questionnaires.hh"
#include "validation/validation.hh"

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include <gtest/gtest.h>

namespace tripsis::clinic::forms {
namespace {

using json::Value;

std::map<std::string, Value> all_forms(Knowledge const& knowledge) {
  std::map<std::string, Value> forms;
  for (auto const make : {practice_forms, instrument_forms})
    for (auto& form : make(knowledge))
      forms.emplace(form.text("id"), form);
  return forms;
}

void walk(Value const& holder, std::function<void(Value const&)> const& visit) {
  for (auto const& item : holder.items("item")) {
    visit(item);
    walk(item, visit);
  }
}

Value const* find_item(Value const& form, std::string_view link_id) {
  Value const* found = nullptr;
  walk(form, [&](Value const& item) {
    if (item.text("linkId") == link_id)
      found = &item;
  });
  return found;
}

TEST(Forms, every_instrument_has_one_and_all_are_valid) {
  auto const knowledge = load_knowledge();
  auto const forms = all_forms(knowledge);
  for (auto const& [id, form] : forms) {
    EXPECT_EQ(form.text("url"), std::string{canonical::base} + "Questionnaire/" + id);
    for (auto const& issue : validation::validate(form))
      ADD_FAILURE() << id << ": " << issue.where << " " << issue.what;
  }
  ASSERT_EQ(knowledge.instruments.size(), 35U);
  for (auto const& instrument : knowledge.instruments)
    EXPECT_TRUE(forms.contains(form_id(instrument.id))) << instrument.id;
  for (auto const* own : {"health-history", "goals-and-comfort", "consent", "journal", "pre-visit"})
    EXPECT_TRUE(forms.contains(own)) << own;
}

TEST(Forms, words_are_shown_only_where_the_licence_lets_them) {
  auto const knowledge = load_knowledge();
  auto const forms = all_forms(knowledge);
  for (auto const& data : knowledge.instrument_data) {
    auto const& form = forms.at(form_id(data.text("id")));
    auto const free = data.find("licence")->text("status");
    if (entry_of(data.text("id")) == Entry::Score) {
      EXPECT_TRUE(data.items("items").empty()) << data.text("id");
      EXPECT_TRUE(form.text("copyright").contains("Its wording is not reproduced here."))
          << data.text("id");
      EXPECT_NE(find_item(form, "date"), nullptr) << data.text("id");
      walk(form, [&](Value const& item) { // numbers alone: "Question 3, 0 to 5"
        if (item.text("linkId").starts_with(form.text("id"))) {
          EXPECT_TRUE(item.text("text").starts_with("Question ") ||
                      item.text("text").starts_with("Component ") || item.text("text").starts_with("Part "))
              << item.text("text");
        }
      });
    } else {
      EXPECT_TRUE(free == "free" || free == "own") << data.text("id");
    }
  }
}

TEST(Forms, a_score_is_entered_within_its_range) {
  auto const forms = all_forms(load_knowledge());
  auto const bounds = [&](char const* form, char const* item) {
    std::string text;
    for (auto const& extension : find_item(forms.at(form), item)->items("extension"))
      for (auto const* element : {"valueInteger", "valueDecimal"})
        if (auto const* value = extension.find(element))
          text += value->lexeme() + " ";
    return text;
  };
  EXPECT_EQ(bounds("odi", "total"), "0 100 ");
  EXPECT_EQ(bounds("odi", "odi-10"), "0 5 ");
  EXPECT_EQ(bounds("promis-pi4a", "total"), "41.6 75.6 ");
  EXPECT_EQ(bounds("promis-pi4a", "raw"), "4 20 ");
  EXPECT_EQ(bounds("spadi", "disability"), "0 100 ");
  EXPECT_EQ(bounds("fiqr", "function"), "0 30 ");
  EXPECT_EQ(bounds("midas", "intensity"), "0 10 ");
  EXPECT_EQ(bounds("vss", "vss-3"), "0 5 ");
  EXPECT_EQ(find_item(forms.at("koos"), "total"), nullptr); // its sub-scores stand each for itself
  EXPECT_EQ(bounds("koos", "quality-of-life"), "0 100 ");
  EXPECT_EQ(bounds("koos", "koos-42"), "0 4 ");
}

TEST(Forms, every_item_can_be_named_and_shown) {
  for (auto const& [id, form] : all_forms(load_knowledge())) {
    std::set<std::string> seen;
    walk(form, [&](Value const& item) {
      EXPECT_TRUE(seen.emplace(item.text("linkId")).second) << id << ": " << item.text("linkId");
      EXPECT_FALSE(item.text("text").empty()) << id << ": " << item.text("linkId");
      EXPECT_TRUE(!item.text("type").ends_with("choice") || item.items("answerOption").size() > 1)
          << id << ": " << item.text("linkId");
    });
    walk(form, [&](Value const& item) {
      for (auto const& when : item.items("enableWhen"))
        EXPECT_TRUE(seen.contains(std::string{when.text("question")})) << id << item.text("linkId");
    });
  }
}

TEST(Forms, only_the_safety_questions_pass_for_findings) {
  auto const knowledge = load_knowledge();
  std::set<std::string> findings;
  for (auto const& form : practice_forms(knowledge))
    walk(form, [&](Value const& item) {
      if (auto const finding = knowledge.rules.find_finding(item.text("linkId"))) {
        findings.emplace(item.text("linkId"));
        EXPECT_EQ(item.text("text"), knowledge.rules.findings[*finding].text);
      }
    });
  EXPECT_EQ(findings, (std::set<std::string>{"pv_infection", "pv_new_medical", "pv_limb", "pv_neuro",
                                             "pv_chest", "pv_after_effect"}));
}

TEST(Forms, the_kinds_of_medicine_are_classes_of_the_safety_rules) {
  auto const knowledge = load_knowledge();
  auto const form = all_forms(knowledge).at("health-history");
  for (auto const& option : find_item(form, "medicine-kind")->items("answerOption")) {
    auto const code = option.at({"valueCoding", "code"})->string();
    EXPECT_TRUE(code == "other" || knowledge.rules.medicine_classes.contains(code)) << code;
  }
}

TEST(Forms, instruments_keep_the_published_words_and_their_order) {
  auto const knowledge = load_knowledge();
  auto const forms = all_forms(knowledge);
  int compared = 0;
  for (auto const& data : knowledge.instrument_data) {
    auto const form = forms.find(form_id(data.text("id")));
    if (form == forms.end() || data.items("items").empty())
      continue;
    std::vector<std::string> words;
    walk(form->second, [&](Value const& item) { words.emplace_back(item.text("text")); });
    auto from = words.begin();
    for (auto const& item : data.items("items")) {
      from = std::find(from, words.end(), std::string{item.text("text")});
      EXPECT_NE(from, words.end()) << form->first << ": " << item.text("text");
      ++compared;
    }
    for (std::string_view const said : {"stem", "instructions"})
      EXPECT_TRUE(data.text(said).empty() || std::ranges::find(words, data.text(said)) != words.end());
    EXPECT_FALSE(form->second.text("copyright").empty()) << form->first;
  }
  EXPECT_EQ(compared, 1 + 1 + 3 + 1 + 24 + 7 + 9 + 1 + 1 + 5);
}

TEST(Forms, say_which_words_nobody_has_compared) {
  auto const forms = all_forms(load_knowledge());
  for (auto const* id : {"rmdq", "gad7", "phq9"})
    EXPECT_FALSE(forms.at(id).text("copyright").contains("Unverified")) << id;
  for (auto const* id : {"nprs", "peg", "psfs", "groc"})
    EXPECT_TRUE(forms.at(id).text("copyright").contains("Unverified")) << id;
}

TEST(Forms, the_roland_morris_offers_a_tick_and_no_yes_or_no) {
  auto const forms = all_forms(load_knowledge());
  int ticks = 0;
  walk(forms.at("rmdq"), [&](Value const& item) {
    if (!item.text("linkId").starts_with("rmdq-"))
      return;
    ++ticks;
    EXPECT_EQ(item.text("type"), "boolean");
    EXPECT_EQ(item.at({"extension", "valueCodeableConcept", "coding", "code"})->string(), "check-box");
    EXPECT_EQ(item.find("required"), nullptr); // An unticked sentence is an answer too
  });
  EXPECT_EQ(ticks, 24);
}

TEST(Forms, phq9_scores_its_answers_and_helps_at_once_at_item_9) {
  auto const forms = all_forms(load_knowledge());
  auto const& last = *find_item(forms.at("phq9"), phq9_item9);
  auto const& options = last.items("answerOption");
  ASSERT_EQ(options.size(), 4U);
  for (std::size_t i = 0; i < 4; ++i)
    EXPECT_EQ(options[i].at({"valueCoding", "extension", "valueDecimal"})->lexeme(), std::to_string(i));
  EXPECT_EQ(options[3].at({"valueCoding", "display"})->string(), "Nearly every day");
  std::string crisis;
  for (auto const& extension : last.items("extension"))
    if (extension.text("url").ends_with("/crisis-text"))
      crisis = extension.text("valueString");
  EXPECT_TRUE(crisis.contains("988"));
}

TEST(Forms, scales_run_as_far_as_their_instrument) {
  auto const forms = all_forms(load_knowledge());
  auto const bounds = [&](char const* form, char const* item) {
    std::string text;
    for (auto const& extension : find_item(forms.at(form), item)->items("extension"))
      if (extension.text("url").ends_with("minValue") || extension.text("url").ends_with("maxValue"))
        text += extension.find("valueInteger")->lexeme() + " ";
    return text;
  };
  EXPECT_EQ(bounds("nprs", "nprs-1"), "0 10 ");
  EXPECT_EQ(bounds("peg", "peg-3"), "0 10 ");
  EXPECT_EQ(bounds("psfs", "activity-score"), "0 10 ");
  EXPECT_EQ(bounds("groc", "groc-1"), "-7 7 ");
}

} // namespace
} // namespace tripsis::clinic::forms
