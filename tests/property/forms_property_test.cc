// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Any valid response to one of our forms, however its answers fit the questions, is refused with a reason
// or gives valid resources; and a score is never out of its instrument's range.
#include "clinic/follow_up.hh"
#include "clinic/forms/questionnaires.hh"
#include "clinic/outcome/score.hh"
#include "validation/validation.hh"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

namespace tripsis::clinic {
namespace {

using json::Value;

Knowledge const& knowledge() {
  static auto const loaded = load_knowledge();
  return loaded;
}

std::vector<Value> const& forms() {
  static auto const all = [] {
    auto made = forms::practice_forms(knowledge());
    for (auto& form : forms::instrument_forms(knowledge()))
      made.push_back(std::move(form));
    return made;
  }();
  return all;
}

/// Often an answer that is offered; else one of any type.
Value answer_to(Value const& item) {
  auto const& options = item.items("answerOption");
  switch (*rc::gen::inRange(0, 9)) {
  case 0:
    return json::object({{"valueBoolean", Value{*rc::gen::arbitrary<bool>()}}});
  case 1:
    return json::object({{"valueString", *rc::gen::element<std::string>("warfarin", "  x ", "Blut", "-")}});
  case 2:
    return json::object({{"valueDate", *rc::gen::element<std::string>("2026", "2026-03", "2026-03-04")}});
  case 3:
    return json::object({{"valueDateTime", "2026-03-04T10:00:00-05:00"}});
  case 4:
    return json::object({{"valueAttachment", json::object({{"title", "ink"}})}});
  case 5:
    return json::object({{"valueCoding", json::object({{"code", "none-such"}})}});
  case 6:
    return json::object({{"valueDecimal", Value{json::Number{"2.5"}}}});
  default:
    if (options.empty())
      return json::object({{"valueInteger", Value::integer(*rc::gen::inRange(-8, 12))}});
    auto const& option = options[*rc::gen::inRange<std::size_t>(0, options.size())];
    return json::object({{"valueCoding", *option.find("valueCoding")}});
  }
}

// NOLINTNEXTLINE(misc-no-recursion): as deep as our forms are.
void fill(Value const& from, Value& holder) {
  for (auto const& item : from.items("item")) {
    if (item.text("type") == "display")
      continue;
    auto const is_group = item.text("type") == "group";
    for (auto rows = *rc::gen::inRange(0, is_group ? 4 : 2); rows > 0; --rows) {
      auto said = json::object({{"linkId", item.text("linkId")}});
      if (is_group)
        fill(item, said);
      else
        said.push("answer", answer_to(item));
      holder.push("item", std::move(said));
    }
  }
}

Value response_to(Value const& form) {
  auto response = json::object({{"resourceType", "QuestionnaireResponse"},
                                {"id", "r"},
                                {"questionnaire", form.text("url")},
                                {"status", *rc::gen::element<std::string>("completed", "amended")},
                                {"subject", json::object({{"reference", "Patient/p"}})},
                                {"authored", "2026-11-23T10:00:00-05:00"}});
  fill(form, response);
  return response;
}

Result<std::vector<Value>> derived(Value const& response) {
  store::Changes unit{.now = {}};
  unit.changes.push_back(
      {.method = store::Method::Create, .key = {"QuestionnaireResponse", "r"}, .resource = response});
  auto const zone = TimeZone::utc();
  Find const nothing = [](std::string_view, Parameters const&) -> Result<std::vector<Value>> {
    return std::vector<Value>{};
  };
  TRY(add_follow_ups(unit, {nothing, knowledge(), zone}));
  std::vector<Value> made;
  for (std::size_t i = 1; i < unit.changes.size(); ++i)
    made.push_back(unit.changes[i].resource);
  return made;
}

RC_GTEST_PROP(FormsProperty, answers_are_refused_with_a_reason_or_give_valid_resources, ()) {
  auto const& form = forms()[*rc::gen::inRange<std::size_t>(0, forms().size())];
  auto const made = derived(response_to(form));
  if (!made) {
    RC_ASSERT(!made.error().what.empty());
    return;
  }
  for (auto const& resource : *made)
    for (auto const& issue : validation::validate(resource))
      RC_FAIL(fmt::format("{}: {} {}", resource.text("resourceType"), issue.where, issue.what));
}

RC_GTEST_PROP(FormsProperty, a_score_is_within_its_range, ()) {
  using outcome::Scale;
  struct Range {
    Scale scale;
    std::size_t items;
    int low, high, least, most; ///< Of an item; of the score
  };
  auto const range =
      *rc::gen::element(Range{Scale::Nprs, 1, 0, 10, 0, 10}, Range{Scale::Peg, 3, 0, 10, 0, 10},
                        Range{Scale::Psfs, 4, 0, 10, 0, 10}, Range{Scale::Rmdq, 24, 0, 1, 0, 24},
                        Range{Scale::Gad7, 7, 0, 3, 0, 21}, Range{Scale::Phq9, 9, 0, 3, 0, 27},
                        Range{Scale::Groc, 1, -7, 7, -7, 7}, Range{Scale::Vas, 1, 0, 100, 0, 100},
                        Range{Scale::Odi, 10, 0, 5, 0, 100}, Range{Scale::Ndi, 10, 0, 5, 0, 50},
                        Range{Scale::QuickDash, 11, 1, 5, 0, 100}, Range{Scale::Spadi, 13, 0, 10, 0, 100},
                        Range{Scale::Lefs, 20, 0, 4, 0, 80}, Range{Scale::Koos, 42, 0, 4, 0, 100},
                        Range{Scale::Fiqr, 21, 0, 10, 0, 100}, Range{Scale::Psqi, 7, 0, 3, 0, 21},
                        Range{Scale::Isi, 7, 0, 4, 0, 28}, Range{Scale::Pss10, 10, 0, 4, 0, 40},
                        Range{Scale::Pgic, 1, 1, 7, 1, 7}, Range{Scale::ComfortAlliance, 5, 0, 10, 0, 100});
  std::vector<std::optional<int>> answers;
  for (std::size_t i = 0; i < range.items; ++i)
    answers.push_back(*rc::gen::inRange(0, 8) == 0
                          ? std::nullopt
                          : std::optional{*rc::gen::inRange(range.low, range.high + 1)});
  auto const scored = outcome::score(range.scale, answers);
  RC_ASSERT(scored.has_value());
  if (*scored)
    RC_ASSERT((*scored)->tenths >= 10 * range.least && (*scored)->tenths <= 10 * range.most);
}

} // namespace
} // namespace tripsis::clinic
