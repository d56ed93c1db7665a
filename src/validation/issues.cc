// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "validation/issues.hh"

#include <algorithm>
#include <iterator>

namespace tripsis::validation {

std::string Path::text() const {
  auto text = parent_ != nullptr ? parent_->text() + '.' : std::string{};
  text += name_;
  if (index_ >= 0)
    text += '[' + std::to_string(index_) + ']';
  return text;
}

void Issues::add(Severity severity, Fault fault, Path const& where, std::string what) {
  auto& list = severity == Severity::Error ? errors_ : others_;
  if (list.size() < max_issues)
    list.push_back({.severity = severity, .fault = fault, .where = where.text(), .what = std::move(what)});
}

std::vector<Issue> Issues::take() {
  others_.resize(std::min(others_.size(), max_issues - errors_.size()));
  std::ranges::move(others_, std::back_inserter(errors_));
  return std::move(errors_);
}

} // namespace tripsis::validation
