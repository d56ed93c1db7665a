// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/patient_record.hh"

#include "clinic/canonical.hh"

#include <algorithm>
#include <set>

namespace tripsis::clinic {
namespace {

using screening::Rules;

struct Source {
  std::string type;
  Parameters narrowed; ///< Besides the patient
};

void add_procedures(screening::Clause const& clause, std::set<std::string>& codes,
                    std::set<std::string>& categories) {
  if (auto const* group = std::get_if<screening::Group>(&clause.what))
    for (auto const& part : group->parts)
      add_procedures(part, codes, categories);
  if (auto const* procedure = std::get_if<screening::ProcedureClause>(&clause.what)) {
    codes.insert(procedure->codes.begin(), procedure->codes.end());
    categories.insert(procedure->categories.begin(), procedure->categories.end());
  }
}

std::string tokens(std::string_view system, std::vector<std::string> const& codes) {
  std::vector<std::string> values;
  for (auto const& code : codes)
    values.push_back(std::string{system} + "|" + code);
  return any_of(values);
}

/// The codes of all measurements that a rule may read.
std::string measurement_codes(Rules const& rules) {
  std::vector<std::string> loinc;
  auto const add = [&](std::vector<std::string> const& codes) {
    loinc.insert(loinc.end(), codes.begin(), codes.end());
  };
  for (auto const& measure : rules.measures)
    add(measure.loinc);
  add(rules.pregnancy.status_loinc);
  add(rules.pregnancy.due_date_loinc);
  add(rules.pregnancy.weeks_loinc);
  return tokens(systems::loinc, loinc);
}

std::vector<Source> sources_of(Rules const& rules) {
  std::set<std::string> codes, categories;
  for (auto const& rule : rules.rules) {
    add_procedures(rule.trigger, codes, categories);
    if (rule.ask_when)
      add_procedures(*rule.ask_when, codes, categories);
  }
  std::vector<Source> sources;
  for (auto const* type : {"Condition", "ServiceRequest", "MedicationStatement", "MedicationRequest",
                           "QuestionnaireResponse", "AllergyIntolerance", "DetectedIssue"})
    sources.push_back({type, {}});
  std::vector<std::string> findings;
  for (auto const& finding : rules.findings)
    findings.push_back(finding.id);
  sources.push_back(
      {"Observation",
       {{"combo-code", tokens(canonical::finding, findings) + "," + measurement_codes(rules)}}});
  if (!codes.empty())
    sources.push_back({"Procedure", {{"code", tokens(systems::snomed, {codes.begin(), codes.end()})}}});
  if (!categories.empty())
    sources.push_back(
        {"Procedure", {{"category", tokens(systems::snomed, {categories.begin(), categories.end()})}}});
  return sources;
}

/// Whose it is: the patient named as subject or patient.
std::string patient_of(json::Value const& resource) {
  for (std::string_view const name : {"subject", "patient"})
    if (auto const key = key_of(resource.find(name)); key && key->type == "Patient")
      return key->id;
  return {};
}

/// Fetches the Medications that the records' medicines refer to.
Result<> add_medications(Find const& find, PatientRecords& records) {
  std::set<std::string> ids;
  for (auto const& [id, record] : records)
    for (std::string_view const type : {"MedicationStatement", "MedicationRequest"})
      for (auto const& entry : record.of_type(type))
        if (auto const key = key_of(entry.resource.find("medicationReference")))
          ids.insert(key->id);
  if (ids.empty())
    return {};
  auto const medications = TRY(find("Medication", {{"_id", any_of({ids.begin(), ids.end()})}}));
  for (auto& [id, record] : records)
    for (auto const& medication : medications)
      record.add(medication);
  return {};
}

} // namespace

Result<PatientRecords> gather_records(Find const& find, Rules const& rules,
                                      std::vector<std::string> const& patients) {
  PatientRecords records;
  if (patients.empty())
    return records;
  auto people = TRY(find("Patient", {{"_id", any_of(patients)}}));
  for (auto& patient : people) {
    auto id = std::string{patient.text("id")};
    records.emplace(std::move(id), screening::PatientRecord{std::move(patient)});
  }
  std::set<std::string> seen; // Two searches may find the same.
  for (auto& [type, parameters] : sources_of(rules)) {
    parameters.emplace_back("patient", any_of(patients));
    auto found = TRY(find(type, parameters));
    for (auto& resource : found)
      if (auto const record = records.find(patient_of(resource));
          record != records.end() && seen.insert(reference_to(resource)).second)
        record->second.add(std::move(resource));
  }
  TRY(add_medications(find, records));
  return records;
}

Result<screening::PatientRecord> gather_record(Find const& find, Rules const& rules,
                                               std::string const& patient) {
  auto records = TRY(gather_records(find, rules, {patient}));
  if (records.empty())
    return fail(Fault::NotFound, "There is no such patient.");
  return std::move(records.begin()->second);
}

} // namespace tripsis::clinic
