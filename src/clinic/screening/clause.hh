// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The conditions that a trigger is made of (section 4 of the header of knowledge/contraindications.yaml),
// compiled. Each family has its own file (diagnosis.cc, medicine.cc …), which gathers its facts (facts.hh)
// and tests its clause against them.
#pragma once

#include "base/json/value.hh"
#include "base/result.hh"
#include "clinic/screening/number.hh"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace tripsis::clinic::screening {

struct Rules;
struct Facts;
struct Diagnosis;
struct Procedure;
struct Clause;

/// Whether past diagnoses count (section 3).
struct History {
  enum class Mode : unsigned char { Ignored, Counts, CountsWithinDays };
  Mode mode = Mode::Ignored;
  int days = 0;
};

struct Group {
  enum class Kind : unsigned char { Any, All, Not };
  Kind kind = Kind::Any;
  std::vector<Clause> parts;
};

struct DiagnosisClause {
  enum class Undated : unsigned char {
    Misses,
    Fires,
    Only
  }; ///< What a diagnosis without a date does where an onset is asked; Only: dated: false
  std::vector<std::string> icd10, exclude; ///< Prefixes, without dots
  std::vector<std::string> seventh;        ///< 7th characters; "-": has none
  std::vector<std::string> snomed, unverified;
  std::optional<int> onset_within_days, onset_after_days;
  Undated undated = Undated::Misses;
  bool only_past = false;
};

struct MedicineClause {
  std::string medicine; ///< A class, or empty for any
  std::vector<std::string> forms;
  std::optional<int> within_days, started_within_days;
};

struct MeasurementClause {
  enum class Pick : unsigned char { Latest, Any };
  std::size_t measure = 0;
  std::optional<Comparison> comparison; ///< None: that a value exists is enough
  Millionths limit = 0;
  int within_days = 0;
  Pick pick = Pick::Latest;
};

struct AnswerClause {
  std::vector<std::size_t> findings;
  std::optional<Comparison> comparison;
  Millionths limit = 0;
};

struct ProcedureClause {
  std::vector<std::string> codes, categories, unverified;
  std::optional<int> performed_within_days;
};

struct ScreenClause {
  std::string screen, reading;
};

struct PregnancyClause {
  enum class Kind : unsigned char { Any, Stale, Weeks, WeeksUnknown };
  Kind kind = Kind::Any;
  int from = 0, to = 0;
};

struct AgeClause {
  Comparison comparison = Comparison::GreaterOrEqual;
  int years = 0;
};

struct AllergyClause {
  std::vector<std::string> words, snomed;
};

struct UnreadableClause {
  enum class Kind : unsigned char { Measurement, Diagnosis, Medicine };
  Kind kind = Kind::Measurement;
};

/// A condition that this engine does not know.
struct UnknownClause {};

struct Clause {
  std::variant<UnknownClause, Group, DiagnosisClause, MedicineClause, MeasurementClause, AnswerClause,
               ProcedureClause, ScreenClause, PregnancyClause, AgeClause, AllergyClause, UnreadableClause>
      what;
};

Result<Clause> compile_clause(Rules const& rules, json::Value const& node);
/// Whether the clause, or one within it, is of a kind that is not known.
bool uses_unknown(Clause const& clause) noexcept;

// --- Testing
// -------------------------------------------------------------------------------------------------------------------

/// One fact because of which a rule fires.
struct Cause {
  std::string ref, text;
  std::vector<std::string>
      regions; ///< Diagnoses and procedures: where they are; empty where nothing says it
  friend bool operator==(Cause const&, Cause const&) = default;
};

/// Three values: what depends on an unknown condition is neither true nor false (Kleene's logic).
enum class Truth : unsigned char { No, Yes, Unknown };

/// What a clause is tested against.
struct Question {
  Rules const& rules;
  Facts const& facts;
  History history;
};

/// Tests the clause, and adds what made it true to `causes`. What is found under a negation is no cause.
Truth holds(Clause const& clause, Question const& question, std::vector<Cause>& causes);

Truth holds(UnknownClause const& clause, Question const& question, std::vector<Cause>& causes);
Truth holds(Group const& clause, Question const& question, std::vector<Cause>& causes);
Truth holds(DiagnosisClause const& clause, Question const& question, std::vector<Cause>& causes);
Truth holds(MedicineClause const& clause, Question const& question, std::vector<Cause>& causes);
Truth holds(MeasurementClause const& clause, Question const& question, std::vector<Cause>& causes);
Truth holds(AnswerClause const& clause, Question const& question, std::vector<Cause>& causes);
Truth holds(ProcedureClause const& clause, Question const& question, std::vector<Cause>& causes);
Truth holds(ScreenClause const& clause, Question const& question, std::vector<Cause>& causes);
Truth holds(PregnancyClause const& clause, Question const& question, std::vector<Cause>& causes);
Truth holds(AgeClause const& clause, Question const& question, std::vector<Cause>& causes);
Truth holds(AllergyClause const& clause, Question const& question, std::vector<Cause>& causes);
Truth holds(UnreadableClause const& clause, Question const& question, std::vector<Cause>& causes);

} // namespace tripsis::clinic::screening
