// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What is indexed of a resource type: its search parameters with their compiled expressions, which of them
// share rows, which one dates the resource, and which place it in a patient's compartment. Made from the
// definitions when a type is first asked for.
#pragma once

#include "fhir/definitions.hh"
#include "fhirpath/fhirpath.hh"
#include "store/index/search_path.hh"

#include <array>
#include <atomic>
#include <memory>
#include <mutex>
#include <vector>

namespace tripsis::store::index {

struct IndexedParameter {
  fhir::SearchParameter const* parameter = nullptr;
  SearchPath path;
  std::shared_ptr<fhirpath::Expression const> expression; ///< Where it is no path
  std::shared_ptr<std::atomic<bool>> complained;          ///< Its failure has been logged
  std::uint32_t number = 0; ///< `p` of its rows: its own, or that of the parameter whose rows it shares
  bool has_rows = false;    ///< Whether rows are written for it
  bool is_offered = false;  ///< Whether it can be searched by
  std::string_view target; ///< Shares the rows of a wider parameter, and means only references to this type

  /// Appends what the parameter's expression leads to in `resource`, which must outlive it. An expression
  /// that fails leads nowhere, and is logged the first time, by the parameter's name alone.
  void find(json::Value const& resource, std::vector<Found>& found) const;
};

/// Immutable, thread-safe.
class TypeIndex {
public:
  explicit TypeIndex(fhir::Type const& type, std::uint32_t place);

  std::vector<IndexedParameter> const& parameters() const noexcept { return parameters_; }
  IndexedParameter const* find(std::string_view code) const noexcept;
  /// The parameter that gives the clinical instant; nullptr: lastUpdated does.
  IndexedParameter const* main_date() const noexcept { return main_date_; }
  /// The pair of patient and code that has rows of its own; nullptr where the type lacks one of them.
  IndexedParameter const* patient() const noexcept { return code_ != nullptr ? patient_ : nullptr; }
  IndexedParameter const* code() const noexcept { return patient_ != nullptr ? code_ : nullptr; }
  /// The parameters that place a resource in a patient's compartment.
  std::vector<IndexedParameter const*> const& compartment() const noexcept { return compartment_; }
  /// `p` of the rows that each resource of the type has one of.
  std::uint32_t all() const noexcept { return all_; }
  std::string_view name() const noexcept { return name_; }

private:
  void share_rows();

  std::string_view name_;
  std::uint32_t all_;
  std::vector<IndexedParameter> parameters_;
  IndexedParameter const* main_date_ = nullptr;
  IndexedParameter const* patient_ = nullptr;
  IndexedParameter const* code_ = nullptr;
  std::vector<IndexedParameter const*> compartment_;
};

/// All types. Thread-safe.
class TypeIndexes {
public:
  /// nullptr where there is no such resource type.
  TypeIndex const* find(std::string_view type) const;

private:
  struct Entry {
    std::once_flag once;
    std::unique_ptr<TypeIndex const> index;
  };
  mutable std::array<Entry, 256> entries_;
};

} // namespace tripsis::store::index
