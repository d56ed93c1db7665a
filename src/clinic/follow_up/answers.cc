// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/follow_up/answers.hh"

#include <charconv>

namespace tripsis::clinic::follow_up {

using json::Value;

namespace {

void collect(Value const& holder, std::string_view link_id, std::vector<Value const*>& found) {
  for (auto const& item : holder.items("item")) {
    if (item.text("linkId") == link_id)
      found.push_back(&item);
    collect(item, link_id, found);
    for (auto const& answer : item.items("answer"))
      collect(answer, link_id, found);
  }
}

Value const* first_answer(Value const& holder, std::string_view link_id) {
  auto const& answers = answers_of(holder, link_id);
  return answers.empty() ? nullptr : &answers.front();
}

Value const* number_in(Value const& answer) {
  for (auto const* number :
       {answer.find("valueInteger"), answer.find("valueDecimal"), answer.at({"valueQuantity", "value"})})
    if (number != nullptr && number->is_number())
      return number;
  return nullptr;
}

std::optional<double> decimal(Value const* number) {
  if (number == nullptr)
    return std::nullopt;
  double value = 0;
  auto const& text = number->lexeme();
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size() ? std::optional{value} : std::nullopt;
}

std::string trimmed(std::string_view text) {
  constexpr std::string_view blank = " \t\r\n";
  auto const first = text.find_first_not_of(blank);
  if (first == std::string_view::npos)
    return {};
  return std::string{text.substr(first, text.find_last_not_of(blank) - first + 1)};
}

} // namespace

std::vector<Value const*> items_of(Value const& holder, std::string_view link_id) {
  std::vector<Value const*> found;
  collect(holder, link_id, found);
  return found;
}

json::Array const& answers_of(Value const& holder, std::string_view link_id) {
  static json::Array const none;
  for (auto const* item : items_of(holder, link_id))
    if (!item->items("answer").empty())
      return item->items("answer");
  return none;
}

std::optional<int> integer_answer(Value const& holder, std::string_view link_id) {
  auto const* answer = first_answer(holder, link_id);
  auto const* number = answer != nullptr ? answer->find("valueInteger") : nullptr;
  if (number == nullptr || !number->is_number())
    return std::nullopt;
  int value = 0;
  auto const& text = number->lexeme();
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size() ? std::optional{value} : std::nullopt;
}

Value const* number_answer(Value const& holder, std::string_view link_id) {
  auto const* answer = first_answer(holder, link_id);
  return answer == nullptr ? nullptr : number_in(*answer);
}

std::optional<double> decimal_answer(Value const& holder, std::string_view link_id) {
  return decimal(number_answer(holder, link_id));
}

std::vector<double> decimal_answers(Value const& holder, std::string_view link_id) {
  std::vector<double> found;
  for (auto const& answer : answers_of(holder, link_id))
    if (auto const value = decimal(number_in(answer)))
      found.push_back(*value);
  return found;
}

std::optional<bool> boolean_answer(Value const& holder, std::string_view link_id) {
  auto const* answer = first_answer(holder, link_id);
  auto const* flag = answer != nullptr ? answer->find("valueBoolean") : nullptr;
  return flag != nullptr && flag->is_bool() ? std::optional{flag->boolean()} : std::nullopt;
}

std::string text_answer(Value const& holder, std::string_view link_id) {
  auto const* answer = first_answer(holder, link_id);
  if (answer == nullptr)
    return {};
  if (auto const* coding = answer->find("valueCoding"))
    return trimmed(coding->text("display").empty() ? coding->text("code") : coding->text("display"));
  return trimmed(answer->text("valueString"));
}

std::string code_answer(Value const& holder, std::string_view link_id) {
  auto const* answer = first_answer(holder, link_id);
  auto const* coding = answer != nullptr ? answer->find("valueCoding") : nullptr;
  return coding != nullptr ? std::string{coding->text("code")} : std::string{};
}

std::string date_answer(Value const& holder, std::string_view link_id) {
  auto const* answer = first_answer(holder, link_id);
  if (answer == nullptr)
    return {};
  auto const date = answer->text("valueDate");
  return std::string{date.empty() ? answer->text("valueDateTime") : date};
}

Value concept_answer(Value const& holder, std::string_view link_id) {
  auto const text = text_answer(holder, link_id);
  if (text.empty())
    return {};
  auto concept_ = json::object({});
  if (auto const* coding = first_answer(holder, link_id)->find("valueCoding"))
    concept_.push("coding", *coding);
  concept_.set("text", text);
  return concept_;
}

} // namespace tripsis::clinic::follow_up
