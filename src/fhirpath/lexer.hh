// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// FHIRPath's tokens (http://hl7.org/fhirpath/N1/grammar.html). All of a text's tokens are made at once:
// expressions are short, and the parser may then look ahead as it likes.
#pragma once

#include "base/result.hh"

#include <string>
#include <string_view>
#include <vector>

namespace tripsis::fhirpath {

enum class TokenKind : unsigned char {
  Identifier, ///< Also keywords; a word in backticks is Delimited
  Delimited,
  String,
  Number,
  Date,
  DateTime,
  Time,
  Variable, ///< %name; the text is without the sign
  Special,  ///< $this, $index, $total; the text is without the sign
  Symbol,
  End,
};

struct Token {
  TokenKind kind;
  std::string text;     ///< With escapes replaced; dates and times without their @ and T
  std::size_t position; ///< Byte in the expression
};

constexpr std::size_t max_expression = 100'000; ///< Bytes. Ours.

/// Fault::Structure, with line and column, for what is no token; Fault::TooLong for more than
/// max_expression bytes.
Result<std::vector<Token>> tokenize(std::string_view text);

/// "at line 1, column 7"
std::string place(std::string_view text, std::size_t position);

} // namespace tripsis::fhirpath
