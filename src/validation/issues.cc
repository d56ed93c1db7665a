// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "validation/issues.hh"

namespace tripsis::validation {

std::string Path::text() const {
  auto text = parent_ != nullptr ? parent_->text() + '.' : std::string{};
  text += name_;
  if (index_ >= 0)
    text += '[' + std::to_string(index_) + ']';
  return text;
}

void Issues::add(Severity severity, Fault fault, Path const& where, std::string what) {
  if (!full())
    found_.push_back({severity, fault, where.text(), std::move(what)});
}

} // namespace tripsis::validation
