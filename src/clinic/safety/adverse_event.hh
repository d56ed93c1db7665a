// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What may follow a treatment and was not wanted: the codes of …/CodeSystem/adverse-event.
#pragma once

#include "clinic/canonical.hh"

#include <array>

namespace tripsis::clinic::safety {

inline constexpr std::array adverse_event_codes{
    NamedCode{"soreness-over-48h", "Soreness for more than 48 hours"},
    NamedCode{"bruise", "Bruise"},
    NamedCode{"more-pain", "More pain than before"},
    NamedCode{"dizziness", "Dizziness"},
    NamedCode{"faintness", "Faintness"},
    NamedCode{"headache", "Headache"},
    NamedCode{"numbness-or-weakness", "Numbness or weakness"},
    NamedCode{"skin-reaction", "Skin reaction"},
    NamedCode{"breathing", "Trouble breathing"},
    NamedCode{"fall", "A fall"},
    NamedCode{"other", "Something else"}};

} // namespace tripsis::clinic::safety
