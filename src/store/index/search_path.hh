// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The expression of a search parameter, compiled to walks over a JSON document.
//
// All but three of R4's expressions are unions of paths with at most one condition, in the few forms that
// search_path.cc lists. Walking them takes some 0.1 µs each, which is what a store that extracts forty
// parameters a resource needs; it also takes
// "(Observation.component.value as Quantity)" as it is meant, where FHIRPath's `as` wants a single item.
#pragma once

#include "base/json/value.hh"
#include "fhir/definitions.hh"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tripsis::store::index {

/// What an expression leads to: an element of the resource and the name of its FHIR type.
struct Found {
  json::Value const* value;
  std::string_view type;
  std::shared_ptr<json::Value const> owner = nullptr; ///< Of a computed value
};

/// Immutable, thread-safe.
class SearchPath {
public:
  /// Leads nowhere.
  SearchPath() = default;

  /// nullopt where the expression is not of the forms that can be walked.
  static std::optional<SearchPath> compile(std::string_view expression);

  /// Appends what the expression leads to in `resource`, which must outlive it.
  void walk(json::Value const& resource, std::vector<Found>& found) const;

  /// One way from an element to its children of one JSON name. `next` is empty at the end of the path.
  struct Step {
    std::string_view json_name;
    std::string_view type;
    std::string member;   ///< Only elements of which this member …
    std::string constant; ///< … has this value; no such condition where `member` is empty
    std::string target;   ///< Only references to resources of this type; empty: all
    std::vector<Step> next;
  };

private:
  std::vector<Step> steps_;
};

/// The type of the resource that a Reference (or canonical) points to, as far as its text or `type` says;
/// empty where unknown.
std::string_view target_type(json::Value const& reference);

} // namespace tripsis::store::index
