// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The write rules: what must always be true, on every path by which something is written. rules.cc lists
// them; each has its own file under rules/. The store runs them on its writer's thread.
#pragma once

#include "base/time_zone.hh"
#include "clinic/knowledge/current.hh"
#include "store/store.hh"

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace tripsis::clinic {

/// What was let through because it was imported and lies before today. The writer's thread adds; the
/// importer takes. Thread-safe.
class LetThrough {
public:
  struct Item {
    store::Key key;
    std::string_view rule;
  };
  void add(store::Key const& key, std::string_view rule);
  /// Takes out all that has come in since the last call.
  std::vector<Item> take();

private:
  std::mutex mutex_;
  std::vector<Item> items_;
};

/// What a practice may choose of its rules (docs/operating.md, clinic.*).
struct Practices {
  enum class ConsultationFirst : unsigned char { No, Yes };
  ConsultationFirst consultation_first = ConsultationFirst::No;
};

/// `zone` is the clinic's: an appointment is judged for its own day there. What is let through is noted in
/// `let_through`, where there is one; it must outlive the store that gets the rules.
std::vector<store::WriteRule> write_rules(std::shared_ptr<CurrentKnowledge const> knowledge, TimeZone zone,
                                          LetThrough* let_through, Practices practices = {});

/// The Provenance by which an import says what was let through against the clinic's rules; null where
/// nothing was. `items` are those of resources that were really written. The importer adds an id and writes
/// it, one for each file.
json::Value import_provenance(std::vector<LetThrough::Item> const& items, Instant now);

} // namespace tripsis::clinic
