// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "app/demo/forms.hh"

#include "app/demo/resources.hh"
#include "clinic/canonical.hh"
#include "clinic/forms/questionnaires.hh"

#include <array>

#include <fmt/format.h>

namespace tripsis::app::demo {
namespace {

using json::Value;

std::string own(std::string_view what) {
  return std::string{clinic::canonical::base} + std::string{what};
}

Value response(Sender const& sender, std::string_view form) {
  auto result = resource("QuestionnaireResponse", sender.id);
  result.set("questionnaire", own("Questionnaire/") + std::string{form}).set("status", "completed");
  result.set("subject", reference(sender.patient)).set("authored", sender.at);
  return result;
}

void answer(Value& holder, std::string_view link_id, std::string_view value_name, Value value) {
  holder.push("item",
              json::object({{"linkId", link_id},
                            {"answer", json::array({json::object({{value_name, std::move(value)}})})}}));
}

void say(Value& holder, std::string_view link_id, std::string_view words) {
  answer(holder, link_id, "valueString", words);
}

void rate(Value& holder, std::string_view link_id, int rating) {
  answer(holder, link_id, "valueInteger", Value::integer(rating));
}

void choose(Value& holder, std::string_view link_id, std::string_view system, std::string_view code,
            std::string_view display) {
  answer(holder, link_id, "valueCoding", coding(own("CodeSystem/") + std::string{system}, code, display));
}

} // namespace

Value health_history(Sender const& sender, History const& history) {
  auto result = response(sender, "health-history");
  auto condition = json::object({{"linkId", "conditions"}});
  answer(condition, "condition-what", "valueCoding",
         coding(clinic::systems::icd10_cm, history.icd10, history.condition));
  choose(condition, "condition-still", "answer", "current", "Yes, now");
  auto taken = json::object({{"linkId", "medicines"}});
  say(taken, "medicine-name", history.medicine);
  if (!history.kind.empty())
    choose(taken, "medicine-kind", "medicine-class", history.kind, "Blood thinner");
  answer(taken, "medicine-taking", "valueBoolean", Value{true});
  auto operation = json::object({{"linkId", "surgeries"}});
  say(operation, "surgery-what", "Appendix taken out");
  answer(operation, "surgery-date", "valueDate", "2009-05");
  for (auto* group : {&condition, &taken, &operation})
    result.push("item", std::move(*group));
  say(result, "occupation", history.work);
  say(result, "tried-before", "Heat and stretching; it helped for a day or two.");
  return result;
}

Value goals_and_comfort(Sender const& sender, std::string_view goal, std::string_view pressure,
                        std::string_view talk) {
  auto result = response(sender, "goals-and-comfort");
  say(result, "goal", goal);
  choose(result, "goal-type", "answer", "function", "Do more");
  choose(result, "pressure", "answer", pressure, pressure);
  choose(result, "talk", "answer", talk, talk);
  choose(result, "draping", "answer", "full", "Fully covered but for the part worked on");
  answer(result, "chaperone", "valueBoolean", Value{false});
  return result;
}

Value journal(Sender const& sender, int pain, int sleep, int stress) {
  auto result = response(sender, "journal");
  rate(result, "pain", pain);
  rate(result, "sleep", sleep);
  rate(result, "stress", stress);
  answer(result, "medicines", "valueBoolean", Value{pain >= 5});
  return result;
}

Value peg(Sender const& sender, int pain, int enjoyment, int activity) {
  auto result = response(sender, "peg");
  rate(result, "peg-1", pain);
  rate(result, "peg-2", enjoyment);
  rate(result, "peg-3", activity);
  return result;
}

Value rmdq(Sender const& sender, int ticked) {
  auto result = response(sender, "rmdq");
  for (int number = 1; number <= ticked; ++number)
    answer(result, fmt::format("rmdq-{}", number), "valueBoolean", Value{true});
  return result;
}

Value psfs(Sender const& sender, std::string_view activity, int score) {
  auto result = response(sender, "psfs");
  auto row = json::object({{"linkId", "activity"}});
  say(row, "activity-name", activity);
  rate(row, "activity-score", score);
  result.push("item", std::move(row));
  return result;
}

Value phq9(Sender const& sender, std::vector<int> const& answers) {
  constexpr std::array<std::string_view, 4> codes{"LA6568-5", "LA6569-3", "LA6570-1", "LA6571-9"};
  auto result = response(sender, "phq9");
  auto const items = clinic::forms::scored_items("phq9");
  for (std::size_t i = 0; i < items.size() && i < answers.size(); ++i)
    answer(result, items[i], "valueCoding",
           json::object({{"system", clinic::systems::loinc},
                         {"code", codes.at(static_cast<std::size_t>(answers[i]))}}));
  return result;
}

} // namespace tripsis::app::demo
