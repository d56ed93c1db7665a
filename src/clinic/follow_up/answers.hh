// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Reading a QuestionnaireResponse by linkId. What is not there, or of another type, reads as not answered:
// the follow-ups take what fits and leave the rest in the response, where everything stays.
#pragma once

#include "base/json/value.hh"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tripsis::clinic::follow_up {

/// The items of that linkId at any depth, also those within answers, in order: of a repeating group each
/// row.
std::vector<json::Value const*> items_of(json::Value const& holder, std::string_view link_id);
/// The answers of the first item of that linkId; empty where it was not answered.
json::Array const& answers_of(json::Value const& holder, std::string_view link_id);

std::optional<int> integer_answer(json::Value const& holder, std::string_view link_id);
/// The number of a valueInteger, valueDecimal or valueQuantity as it is written; nullptr where there is
/// none.
json::Value const* number_answer(json::Value const& holder, std::string_view link_id);
std::optional<double> decimal_answer(json::Value const& holder, std::string_view link_id);
/// All answers of a question that may have several.
std::vector<double> decimal_answers(json::Value const& holder, std::string_view link_id);
std::optional<bool> boolean_answer(json::Value const& holder, std::string_view link_id);
/// valueString, or a valueCoding's words; trimmed; "" where there is none.
std::string text_answer(json::Value const& holder, std::string_view link_id);
std::string code_answer(json::Value const& holder,
                        std::string_view link_id); ///< A valueCoding's code, or ""
std::string date_answer(json::Value const& holder,
                        std::string_view link_id); ///< valueDate or valueDateTime, or ""
/// The concept that an open-choice says: its coding, and the words; null where it was not answered.
json::Value concept_answer(json::Value const& holder, std::string_view link_id);

} // namespace tripsis::clinic::follow_up
