// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What the rules can ask about a patient, gathered once from the record for one day. Facts that can never
// let a rule fire (refuted, entered in error, first dated after the day …) are not among them; the header
// of knowledge/contraindications.yaml, sections 1 to 5, says which those are. One file a family gathers
// them and tests them.
#pragma once

#include "clinic/screening/moment.hh"
#include "clinic/screening/number.hh"
#include "clinic/screening/record.hh"

#include <optional>
#include <string>
#include <vector>

namespace tripsis::clinic::screening {

struct Rules;

/// What every fact carries: where it stands in the record, and how a person would name it.
struct Origin {
  std::string ref;
  std::string label;
};

struct Diagnosis {
  Origin origin;
  std::vector<std::string> icd10; ///< Without dots, upper case; without Z80 to Z84 (family history)
  std::vector<std::string> snomed;
  bool has_code = false;      ///< Any ICD-10 or SNOMED code, family history too
  std::optional<Moment> date; ///< Onset, else recorded
  bool is_past = false;
  std::optional<Moment> abated;
  std::vector<std::string> regions; ///< By the site map; empty where it gives none
};

struct Procedure {
  Origin origin;
  std::vector<std::string> snomed, category;
  std::optional<Moment> performed;
  std::vector<std::string> regions;
};

struct Medicine {
  Origin origin;
  std::string names;                ///< Text and displays, lower case, one a line
  std::string forms;                ///< The same, and its form and routes
  std::vector<std::string> classes; ///< Told by whoever takes it: codes of CodeSystem/medicine-class
  bool in_use = false;
  std::optional<int>
      ended; ///< Days since it ended, or since its one known date; for medicines no longer in use too
  std::optional<int> newest; ///< Days since its newest date
};

struct Answer {
  enum class Kind : unsigned char { No, Yes, Number };
  Origin origin;
  std::optional<Moment> given; ///< None: an undated yes or number, which counts as given on the day itself
  Kind kind = Kind::No;
  Millionths number = 0;
};

struct Reading {
  Origin origin;
  std::optional<Moment> taken;
  std::optional<Millionths> value; ///< In the measure's own unit; none where its unit cannot be read
  std::optional<Comparison> bound; ///< Quantity.comparator: all that is known is that it lies there
};

struct Allergy {
  Origin origin;
  std::string names; ///< Code text and displays, lower case, one a line
  std::vector<std::string> snomed;
};

/// What an Observation says about a pregnancy; diagnoses and answers say the rest.
struct PregnancyObservation {
  enum class Kind : unsigned char { Pregnant, NotPregnant, Weeks, DueDate };
  Origin origin;
  std::optional<Moment> taken;
  Kind kind = Kind::Pregnant;
  std::optional<int> days; ///< Weeks: how many days along at the time; none where that cannot be read
  Day due;                 ///< DueDate
};

/// A code of a diagnosis, so that a clause looks codes up instead of asking every diagnosis.
struct CodeOf {
  std::string code;
  std::size_t diagnosis; ///< Its place in Facts::diagnoses
  friend auto operator<=>(CodeOf const&, CodeOf const&) = default;
};

/// Immutable once gathered.
struct Facts {
  Day on;
  Origin patient;
  std::optional<Moment> birth;
  std::vector<Diagnosis> diagnoses;
  std::vector<CodeOf> icd10, snomed; ///< Of the diagnoses, sorted
  std::vector<Procedure> procedures;
  std::vector<Medicine> medicines;
  std::vector<std::vector<Answer>>
      answers; ///< By finding (its place in Rules::findings): those valid on the day
  std::vector<std::vector<Reading>> readings; ///< By measure (its place in Rules::measures)
  std::vector<Allergy> allergies;
  std::vector<PregnancyObservation> pregnancy;

  void sort_codes();
  bool is_answered(std::size_t finding) const { return !answers[finding].empty(); }
  /// The newest valid answers to a finding: one, or several that nothing tells apart in time.
  std::vector<Answer const*> newest_answers(std::size_t finding) const;
  bool is_yes(std::size_t finding) const;
};

Facts gather(Rules const& rules, PatientRecord const& record, Day on, TimeZone const* zone);

// The families, each in its own file.
struct Gathering {
  Rules const& rules;
  PatientRecord const& record;
  Day on;
  TimeZone const* zone;
  std::optional<Moment> moment(json::Value const& resource, std::string_view name) const;
  /// Period.start or Period.end of the member `period`.
  std::optional<Moment> moment(json::Value const& resource, std::string_view period,
                               std::string_view edge) const;
};
std::vector<Diagnosis> gather_diagnoses(Gathering const& from);
std::vector<Procedure> gather_procedures(Gathering const& from);
std::vector<Medicine> gather_medicines(Gathering const& from);
std::vector<std::vector<Answer>> gather_answers(Gathering const& from);
std::vector<std::vector<Reading>> gather_readings(Gathering const& from);
std::vector<Allergy> gather_allergies(Gathering const& from);
std::vector<PregnancyObservation> gather_pregnancy(Gathering const& from);

// What the families share.
/// The codes of a CodeableConcept in one code system.
std::vector<std::string> codes_of(json::Value const* concept_, std::string_view system);
bool has_code(json::Value const* concept_, std::string_view code);
/// Its text, else its first display, else its first code, else "".
std::string label_of(json::Value const* concept_);
/// Appends its text and displays in lower case, one a line.
void append_names(json::Value const* concept_, std::string& names);
/// Whether the lower-case text holds the lower-case word (or words) whole: not as part of a longer one.
bool has_word(std::string_view text, std::string_view word) noexcept;
std::string lower(std::string_view text);
/// When an Observation was made: effective[x] (the end of a period, else its start), else issued.
std::optional<Moment> observed(Gathering const& from, json::Value const& observation);
/// Whether an Observation counts: final, amended, corrected or preliminary, and not first dated after the
/// day.
bool is_usable_observation(Gathering const& from, json::Value const& observation);

} // namespace tripsis::clinic::screening
