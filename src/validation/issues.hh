// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Where validation is, and what it has found so far. Private to src/validation.
//
// Most resources have no issue, so a path costs nothing until one is found: it is a chain of frames on the
// stack.
#pragma once

#include "validation/validation.hh"

#include <string>
#include <string_view>
#include <vector>

namespace tripsis::validation {

/// One step of a FHIRPath. Refers to its parent and to `name`, which must outlive it.
class Path {
public:
  explicit Path(std::string_view root) : name_{root} {}
  Path(Path const& parent, std::string_view name) : parent_{&parent}, name_{name} {}
  /// The item of this list.
  Path at(std::size_t index) const {
    auto item = *this;
    item.index_ = static_cast<std::ptrdiff_t>(index);
    return item;
  }

  /// "Patient.contact[0].gender"
  std::string text() const;

private:
  Path const* parent_ = nullptr;
  std::string_view name_;
  std::ptrdiff_t index_ = -1;
};

/// What is wrong with one value. `what` is a sentence in static storage.
struct Problem {
  Fault fault;
  std::string_view what;
  Severity severity = Severity::Error;
};

/// Collects up to max_issues. Warnings never crowd out an Error, which may come last. Not thread-safe.
class Issues {
public:
  bool full() const noexcept { return errors_.size() >= max_issues; }
  void error(Fault fault, Path const& where, std::string what) {
    add(Severity::Error, fault, where, std::move(what));
  }
  void warning(Fault fault, Path const& where, std::string what) {
    add(Severity::Warning, fault, where, std::move(what));
  }
  void report(Problem const& problem, Path const& where) {
    add(problem.severity, problem.fault, where, std::string{problem.what});
  }
  /// All of them, errors first.
  std::vector<Issue> take();

private:
  void add(Severity severity, Fault fault, Path const& where, std::string what);

  std::vector<Issue> errors_;
  std::vector<Issue> others_;
};

} // namespace tripsis::validation
