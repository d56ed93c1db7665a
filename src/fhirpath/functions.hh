// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The functions by their names. Each family is a file under functions/; a function finds its input on the
// evaluator's stack and replaces it with its result.
#pragma once

#include "fhirpath/evaluator.hh"

#include <span>
#include <string_view>

namespace tripsis::fhirpath {

/// One call that is being evaluated.
class Call {
public:
  Call(Evaluator& evaluator_, Node const& node, Scope const& scope_, std::size_t base_)
      : evaluator{evaluator_}, scope{scope_}, base{base_}, node_{node} {}

  Evaluator& evaluator;
  Scope const& scope;
  std::size_t const base; ///< The input lies on the stack from here on

  std::span<Item> input() const { return evaluator.from(base); }
  bool is_empty() const { return evaluator.size() == base; }
  /// Fault::Value when there is more than one.
  Result<Item const*> single() const;
  /// The single input that must be a string; nullopt for none. It lives as long as the input.
  Result<std::optional<std::string_view>> text() const;
  /// The single input that must be a number or a quantity.
  Result<std::optional<Number>> number() const;

  std::size_t argument_count() const { return node_.operands.size() - 1; }
  Node const& argument(std::size_t i) const { return *node_.operands[i + 1]; }
  /// An argument that does not look at the input's items.
  Result<Collection> collect(std::size_t i) const { return evaluator.collect(argument(i), scope); }
  Result<std::optional<std::string>> text_argument(std::size_t i) const;
  Result<std::optional<Number>> number_argument(std::size_t i) const;
  Result<std::optional<std::int64_t>> integer_argument(std::size_t i) const;
  /// An argument as a condition on one item of the input.
  Result<Truth> test(std::size_t i, Item const& item, std::size_t index) const;

  Result<> give(Item item) const;
  Result<> give(bool value) const { return give(Item::boolean(value)); }
  Result<> give(Collection items) const;
  Result<> give_nothing() const;

  /// The regular expression that the parser compiled, or nullptr.
  std::shared_ptr<re2::RE2 const> const& regex() const noexcept { return node_.regex; }
  std::string_view name() const noexcept;
  std::unexpected<Error> wrong(std::string_view what) const;

private:
  Node const& node_;
};

/// How the types of a call's result follow from what is known before evaluation.
enum class Flow : unsigned char {
  Unknown,
  Input,    ///< Some of the input
  Argument, ///< What the first argument gives
  Either,   ///< Of both
  Extension,
};

/// What $this is within the arguments.
enum class ArgumentFocus : unsigned char {
  Outer, ///< The same as outside
  Item,  ///< Each item of the input
};

/// What the parser makes ready of a literal first argument.
enum class Prepared : unsigned char { Nothing, Regex };

struct Function {
  std::string_view name;
  int least, most; ///< Numbers of arguments
  Result<> (*run)(Call const&);
  Flow flow = Flow::Unknown;
  ArgumentFocus focus = ArgumentFocus::Outer;
  Prepared prepared = Prepared::Nothing;
};

Function const* find_function(std::string_view name) noexcept;

std::span<Function const> existence_functions() noexcept;
std::span<Function const> filtering_functions() noexcept;
std::span<Function const> subsetting_functions() noexcept;
std::span<Function const> combining_functions() noexcept;
std::span<Function const> conversion_functions() noexcept;
std::span<Function const> string_functions() noexcept;
std::span<Function const> encoding_functions() noexcept;
std::span<Function const> math_functions() noexcept;
std::span<Function const> boundary_functions() noexcept;
std::span<Function const> utility_functions() noexcept;
std::span<Function const> fhir_functions() noexcept;

} // namespace tripsis::fhirpath
