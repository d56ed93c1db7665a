// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The intake form, made of the findings that the safety rules ask of patients, so that every answer can be
// judged.
#pragma once

#include "base/json/value.hh"
#include "clinic/knowledge/knowledge.hh"

namespace tripsis::clinic {

/// The Questionnaire `intake`. Its items' linkIds are findings. A follow-up question of the pre-visit
/// screen, or of a complaint, is enabled when that was answered yes.
json::Value intake_questionnaire(Knowledge const& knowledge);

} // namespace tripsis::clinic
