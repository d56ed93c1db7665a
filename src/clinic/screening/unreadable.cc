// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What is in the record and cannot be read by a rule: it is asked for, never guessed at.
#include "clinic/screening/clause.hh"
#include "clinic/screening/facts.hh"

namespace tripsis::clinic::screening {
namespace {

Truth holds_uncoded_diagnosis(Question const& question, std::vector<Cause>& causes) {
  auto truth = Truth::No;
  for (auto const& diagnosis : question.facts.diagnoses) {
    if (diagnosis.is_past || diagnosis.has_code)
      continue;
    truth = Truth::Yes;
    causes.push_back({diagnosis.origin.ref, diagnosis.origin.label, {}});
  }
  return truth;
}

Truth holds_unnamed_medicine(Question const& question, std::vector<Cause>& causes) {
  auto truth = Truth::No;
  for (auto const& medicine : question.facts.medicines) {
    if (!medicine.in_use || !medicine.names.empty())
      continue;
    truth = Truth::Yes;
    causes.push_back({medicine.origin.ref, medicine.origin.label, {}});
  }
  return truth;
}

} // namespace

Truth holds_unreadable_measurement(Question const& question, std::vector<Cause>& causes); // measurement.cc

Truth holds(UnreadableClause const& clause, Question const& question, std::vector<Cause>& causes) {
  switch (clause.kind) {
  case UnreadableClause::Kind::Measurement:
    return holds_unreadable_measurement(question, causes);
  case UnreadableClause::Kind::Diagnosis:
    return holds_uncoded_diagnosis(question, causes);
  case UnreadableClause::Kind::Medicine:
    return holds_unnamed_medicine(question, causes);
  }
  return Truth::No;
}

} // namespace tripsis::clinic::screening
