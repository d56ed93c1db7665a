// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The safety rules, compiled once from knowledge/contraindications.yaml. They stay data: a rule is a
// trigger (clause.hh) with what it says and asks, and no rule has code of its own.
#pragma once

#include "base/json/value.hh"
#include "base/result.hh"
#include "clinic/screening/clause.hh"
#include "clinic/screening/number.hh"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tripsis::clinic::screening {

enum class Level : unsigned char { Absolute, Clearance, Local, Precaution, Ask }; ///< Strictest first
enum class Decision : unsigned char { Stop, Clearance, Modify, None };            ///< Strictest first
std::string_view name(Level level) noexcept;
std::string_view name(Decision decision) noexcept;
Decision decision_of(Level level) noexcept;

/// A question that patients, therapists or clinicians answer.
struct Finding {
  std::string id, text;
  std::string asked; ///< pre_visit | intake | therapist | clinician
  bool is_number = false;
  std::optional<int> valid_days;                          ///< 1: until midnight; nullopt: until changed
  std::vector<std::string> link_ids;                      ///< Other linkIds that ask it
  std::map<std::string, Millionths, std::less<>> answers; ///< Codes that stand for numbers
};

/// What a vital or laboratory clause reads.
struct Measure {
  std::string id;
  std::vector<std::string> loinc;
  std::map<std::string, Conversion, std::less<>> units;
  std::map<std::string, std::string, std::less<>> units_text;
  std::map<std::string, Millionths, std::less<>> answers;
};

struct MedicineClass {
  std::vector<std::string> words, forms, not_forms;
};

struct PregnancyCodes {
  std::vector<std::string> icd10, exclude, snomed;
  std::vector<std::string> status_loinc, pregnant, not_pregnant, due_date_loinc, weeks_loinc;
  std::vector<std::string> trimesters[3]; ///< ICD-10 without dots
  std::string weeks_icd10_prefix;
  int longest_days = 0;
};

/// Where on the body a diagnosis or procedure is.
struct SiteMap {
  using Regions = std::vector<std::string>;
  std::map<std::string, Regions, std::less<>> words, icd10, snomed, body_structure;
  std::map<std::string, std::string, std::less<>> muscles; ///< Our own body sites: muscle → its region
};

struct Screen {
  struct Item {
    std::size_t finding;
    Millionths points = 0;
    bool counts_in_readings = true;
    std::vector<std::size_t> follow_up;
  };
  struct ReadingRule {
    std::string id;
    bool needs_entry = false;
    std::vector<std::size_t> any_of, or_count_of, gateways;
    int min = 0;
    std::optional<Millionths> score_min;
  };
  std::string id;
  std::vector<Item> items;
  std::optional<Clause> entry;
  std::vector<ReadingRule> readings;
};

struct Rule {
  enum class Site : unsigned char { None, Needed };
  std::string id;
  Level level = Level::Ask;
  std::string urgency, name, why;
  History history;
  Clause trigger;
  std::optional<Clause> ask_when;
  std::vector<std::size_t> asks;
  std::vector<std::string> techniques, regions;
  Site site = Site::None;
  std::string extent;                ///< "site", "limb", "quadrant", or empty
  std::optional<int> pressure_limit; ///< The highest pressure at its regions, 0 to 10
  std::string action_therapist, action_patient, lifts_when, valid_for, overridable, pathway, strength,
      owner, review_by;
  std::vector<std::string> references;
  bool is_judged = true; ///< false: uses a condition that this engine does not know
};

/// Immutable; safe to share between threads.
struct Rules {
  std::vector<Finding> findings;
  std::vector<Measure> measures;
  std::map<std::string, std::vector<std::string>, std::less<>> medicine_forms;
  std::map<std::string, MedicineClass, std::less<>> medicine_classes;
  PregnancyCodes pregnancy;
  SiteMap site_map;
  std::vector<Screen> screens;
  std::vector<Rule> rules; ///< In the order of the file
  std::vector<std::string> icd10_systems;

  std::optional<std::size_t> find_finding(std::string_view id) const noexcept;
  std::optional<std::size_t> find_measure(std::string_view id) const noexcept;
  Screen const* find_screen(std::string_view id) const noexcept;
  Rule const* find_rule(std::string_view id) const noexcept;
};

/// Compiles the rules. Fault::Structure names the rule and what is wrong with it. A clause of a kind that
/// this engine does not know is no error: its rule is compiled and marked as not judged.
Result<Rules> compile_rules(json::Value const& contraindications);

} // namespace tripsis::clinic::screening
