// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The parts of which Questionnaire items are made.
#pragma once

#include "base/json/value.hh"

#include <string>
#include <string_view>

namespace tripsis::clinic::forms {

/// {linkId, text, type}
json::Value item(std::string_view link_id, std::string_view text, std::string_view type);
/// Adds an extension with one value, such as "valueInteger".
void extend(json::Value& element, std::string_view url, std::string_view name, json::Value value);
/// https://hl7.org/fhir/R4/extension-questionnaire-itemcontrol.html
void control(json::Value& item, std::string_view code);
/// An integer on a bar from `low` to `high`, with what the two ends mean.
json::Value slider(std::string_view link_id, std::string_view text, int low, int high,
                   std::string_view low_text, std::string_view high_text);
/// "integer" or "decimal" from `low` to `high`; the ends as they are written.
json::Value number(std::string_view link_id, std::string_view text, std::string_view type,
                   std::string_view low, std::string_view high);
json::Value number(std::string_view link_id, std::string_view text, int low, int high); ///< An integer
/// A read-only score:
/// https://hl7.org/fhir/uv/sdc/StructureDefinition-sdc-questionnaire-calculatedExpression.html
json::Value score_item(std::string_view expression);
/// The name of a definition, from its id: "quickdash", "limb-volume" → "Quickdash", "LimbVolume".
std::string computable_name(std::string_view id);
json::Value coding(std::string_view system, std::string_view code, std::string_view display);

} // namespace tripsis::clinic::forms
