// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The practice's own knowledge: techniques, safety rules and templates that it has written as FHIR
// resources (docs/formats/clinical-resources.md), put together with what ships. They only add: nothing that
// ships is changed, switched off or lowered by them (docs/decisions/034-knowledge-as-fhir.md).
#pragma once

#include "clinic/find.hh"
#include "clinic/knowledge/current.hh"

#include <vector>

namespace tripsis::clinic::library {

enum class Kind : unsigned char {
  None, ///< Not knowledge of ours: whatever FHIR makes of it
  Technique,
  Rule,
  Template,
};
/// By its shape.
Kind kind_of(json::Value const& resource);
/// Whether it is marked as the practice's own.
bool is_own(json::Value const& resource);
/// The code of a technique or rule; of a template its id.
std::string code_of(json::Value const& resource);

/// Own knowledge that is not in force, and why.
struct Unusable {
  std::string reference; ///< "PlanDefinition/x"
  Error error;
};

struct Composed {
  std::shared_ptr<Knowledge const> knowledge;
  std::vector<Unusable> unusable;
};

/// What ships and, of the practice's own, what is active and can be used.
Composed compose(Knowledge const& shipped, std::vector<json::Value> const& own);
/// Whether one that depends on nothing else of the practice's could be added; says why not.
Result<> can_be_used(Knowledge const& shipped, json::Value const& resource);
/// What ships and all techniques of the practice, also those that are not in force: what an own rule or
/// template may name.
Knowledge with_all_techniques(Knowledge const& shipped, std::vector<json::Value> const& own);
/// All that is marked as the practice's own, by type and id.
Result<std::vector<json::Value>> find_own(Find const& find);

/// Whether a unit changes what could be the practice's own knowledge.
bool touches_knowledge(store::Changes const& unit);
/// Puts in force what the store holds. Thread-safe: the newest state wins.
Result<std::vector<Unusable>> reload(store::Store& store, CurrentKnowledge& current);

} // namespace tripsis::clinic::library
