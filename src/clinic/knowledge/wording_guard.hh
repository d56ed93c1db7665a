// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Finds in a text what research contradicts or nobody has shown ("flushes toxins", "no side effects"), so
// that it is not sent as it is: each finding names the claim, whose honest wording is offered instead. The
// phrases are data (knowledge/wording.yaml). It judges sentences; it does not understand them.
#pragma once

#include "base/json/value.hh"
#include "base/result.hh"
#include "clinic/knowledge/evidence.hh"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tripsis::clinic {

/// A phrase that claims too much. Places count Unicode characters.
struct Overclaim {
  std::string claim;  ///< Its id in the evidence
  std::string phrase; ///< As it is written
  std::size_t start = 0, length = 0;
};

/// Immutable; safe to share between threads. Linear in the text.
class WordingGuard {
public:
  /// From the file `wording` of the packed knowledge. Fault::Structure names what cannot be used: an
  /// unknown claim, a pattern that RE2 refuses.
  static Result<WordingGuard> compile(json::Value const& knowledge, Evidence const& evidence);

  WordingGuard(WordingGuard&&) noexcept;
  ~WordingGuard();

  /// In the order of the text; where two overlap, the one that the file has first.
  std::vector<Overclaim> check(std::string_view text) const;

private:
  struct Phrase;
  WordingGuard();
  std::vector<Phrase> phrases_;
};

} // namespace tripsis::clinic
