// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The clinical knowledge that comes with the program: techniques, muscles, regions, instruments and safety
// rules, each with its sources. It lies in knowledge/*.yaml, is packed to JSON and embedded when the
// program is built, and read once at start.
#pragma once

#include "base/json/value.hh"
#include "clinic/knowledge/care.hh"
#include "clinic/knowledge/evidence.hh"
#include "clinic/knowledge/wording_guard.hh"
#include "clinic/screening/rules.hh"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tripsis::clinic {

struct Technique {
  std::string id, name;
  bool requires_training = false; ///< Given only by who has a qualification in it
  std::string family = {};
  std::vector<std::string> aims = {}, tissues = {}, cautions = {};
  int pressure_from = 0, pressure_to = 0; ///< 0 to 10
  int minutes_from = 0, minutes_to = 0;   ///< Of one region
  std::vector<std::string> sources = {};
};

/// A part of the body that is worked on only with consent for it.
struct ConsentRegion {
  std::string id, name;
  std::vector<std::string> regions, muscles, techniques;
};

struct Region {
  std::string id, name;
};

struct Muscle {
  std::string id, name, region;
  std::string side;     ///< "paired" or "midline"
  std::string layer;    ///< "superficial", "intermediate" or "deep"
  std::string referral; ///< Where its trigger points usually refer to, in words; not yet verified
  std::vector<std::string> movements; ///< That fall short when it is short or guarded
};

/// A movement of a joint with the reference value of adults, as it is written: "45".
struct Movement {
  std::string id, norm, low, high; ///< low and high are empty where no range is given
  std::string unit;                ///< "deg" or "mm"
};

/// The smallest change of a measure that is worth acting on, in one population.
struct ChangeThreshold {
  std::string type;  ///< MCID, MIC, MDC …
  std::string value; ///< As it is written: "2", "30"
  std::string unit;  ///< "points", "percent"
  std::string population, source;
};

struct Instrument {
  std::string id, name, loinc;
  std::vector<ChangeThreshold> changes;
  std::string direction; ///< "lower_better" or "higher_better"
  int low = 0, high = 0; ///< The range of its score
  std::string measures;  ///< What it measures, in words
  std::string scoring;   ///< How it is scored, in words
  std::string licence;   ///< free | free_clinical | needs_permission | own | unknown_verify
  std::string licence_note;
  int items = 0; ///< How many it has, whether or not their wording may be shown
};

/// Immutable; safe to share between threads.
struct Knowledge {
  std::vector<Technique> techniques;
  std::vector<Region> regions;
  std::vector<Muscle> muscles;
  std::vector<ConsentRegion> consent_regions;
  std::vector<Instrument> instruments;
  std::vector<Movement> movements;
  std::map<std::string, std::string, std::less<>> sources; ///< "wells1997" → the citation
  screening::Rules rules;
  Care care;
  Evidence evidence;
  std::shared_ptr<WordingGuard const> wording; ///< Never null once it is read
  json::Value forms; ///< knowledge/forms.yaml as it is: src/clinic/forms makes Questionnaires of it
  json::Array instrument_data; ///< The instruments as knowledge/instruments.yaml has them, items and all

  /// The citation for a mark such as "found:wells1997"; a mark "known:" (not re-read in a source) says so.
  /// The mark itself where nothing is known of it.
  std::string citation(std::string_view mark) const;
  /// nullptr where there is no such technique.
  Technique const* find_technique(std::string_view id) const noexcept;
};

/// Reads the embedded knowledge. Throws std::runtime_error where it cannot be used: the program was built
/// from broken data.
Knowledge load_knowledge();
/// The same from JSON, as tools/pack_knowledge.py makes it.
Result<Knowledge> parse_knowledge(std::string_view json);

} // namespace tripsis::clinic
