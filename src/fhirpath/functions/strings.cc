// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// http://hl7.org/fhirpath/N1/#string-manipulation. Positions and lengths count characters (code points),
// not bytes. Regular expressions are RE2's, whose time is linear.
#include "base/unicode.hh"
#include "fhirpath/functions.hh"
#include "fhirpath/regex.hh"

#include <algorithm>
#include <array>

#include <re2/re2.h>

namespace tripsis::fhirpath {
namespace {

bool begins_character(char c) {
  return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
}

std::int64_t length_of(std::string_view text) {
  return std::ranges::count_if(text, begins_character);
}

/// The byte at which the character of that number begins; the size where there are fewer.
std::size_t byte_of(std::string_view text, std::int64_t character) {
  std::size_t at = 0;
  for (; at < text.size(); ++at)
    if (begins_character(text[at]) && character-- == 0)
      break;
  return at;
}

Result<> index_of_match(Call const& call,
                        std::size_t (std::string_view::*find)(std::string_view, std::size_t) const noexcept,
                        std::size_t from) {
  auto const text = TRY(call.text());
  auto const wanted = TRY(call.text_argument(0));
  if (!text || !wanted)
    return call.give_nothing();
  auto const at = ((*text).*find)(*wanted, from);
  return call.give(integer_item(at == text->npos ? -1 : length_of(text->substr(0, at))));
}

Result<> index_of(Call const& call) {
  return index_of_match(call, &std::string_view::find, 0);
}
Result<> last_index_of(Call const& call) {
  return index_of_match(call, &std::string_view::rfind, std::string_view::npos);
}

Result<> substring(Call const& call) {
  auto const text = TRY(call.text());
  auto const start = TRY(call.integer_argument(0));
  std::int64_t count = INT64_MAX;
  if (call.argument_count() > 1)
    count = TRY(call.integer_argument(1)).value_or(count);
  if (!text || !start || *start < 0 || *start >= length_of(*text))
    return call.give_nothing();
  auto const rest = text->substr(byte_of(*text, *start));
  return call.give(string_item(std::string{rest.substr(0, count > 0 ? byte_of(rest, count) : 0)}));
}

using Test = bool (*)(std::string_view text, std::string_view wanted);

template <Test holds>
Result<> test(Call const& call) {
  auto const text = TRY(call.text());
  auto const wanted = TRY(call.text_argument(0));
  if (!text || !wanted)
    return call.give_nothing();
  return call.give(holds(*text, *wanted));
}

bool starts_with(std::string_view text, std::string_view wanted) {
  return text.starts_with(wanted);
}
bool ends_with(std::string_view text, std::string_view wanted) {
  return text.ends_with(wanted);
}
bool contains(std::string_view text, std::string_view wanted) {
  return text.contains(wanted);
}

RE2::Options regex_options() {
  RE2::Options options;
  options.set_dot_nl(true);
  options.set_log_errors(false);
  constexpr std::int64_t memory = 1 << 20;
  options.set_max_mem(memory);
  return options;
}

/// What the parser compiled, or else what the argument gives now; nullptr for {}.
Result<std::shared_ptr<RE2 const>> pattern_argument(Call const& call) {
  if (call.regex() != nullptr)
    return call.regex();
  auto const pattern = TRY(call.text_argument(0));
  if (!pattern)
    return nullptr;
  auto regex = compile_regex(*pattern);
  if (regex == nullptr)
    return call.wrong("takes a regular expression (https://github.com/google/re2/wiki/Syntax)");
  return regex;
}

enum class Extent : unsigned char { Part, Whole };

template <Extent extent>
Result<> matches(Call const& call) {
  auto const text = TRY(call.text());
  auto const regex = TRY(pattern_argument(call));
  if (!text || !regex)
    return call.give_nothing();
  re2::StringPiece const subject{text->data(), text->size()};
  return call.give(extent == Extent::Part ? RE2::PartialMatch(subject, *regex)
                                          : RE2::FullMatch(subject, *regex));
}

/// $1 and ${1} of the other regular expressions are \1 of RE2's; a backslash that is no reference is
/// doubled.
std::string re2_substitution(std::string_view written) {
  std::string out;
  auto const digit = [&](std::size_t i) {
    return i < written.size() && '0' <= written[i] && written[i] <= '9';
  };
  for (std::size_t i = 0; i < written.size(); ++i) {
    if (written[i] == '$' && digit(i + 1))
      (out += '\\') += written[++i];
    else if (written[i] == '$' && i + 3 < written.size() && written[i + 1] == '{' && digit(i + 2) &&
             written[i + 3] == '}')
      (out += '\\') += written[i + 2], i += 3;
    else if (written[i] == '\\')
      out += "\\\\";
    else
      out += written[i];
  }
  return out;
}

constexpr std::size_t longest_text = 10'000'000; ///< Bytes that a replacement may at worst make. Ours.

/// Every character, and the end, may be replaced.
Result<> check_growth(Call const& call, std::string_view text, std::string_view substitution) {
  std::size_t worst = 0;
  if (__builtin_mul_overflow(text.size() + 1, substitution.size() + 1, &worst) || worst > longest_text)
    return fail(Fault::TooLong,
                std::string{"FHIRPath: "}.append(call.name()) + "() would make too long a text.");
  return {};
}

Result<> replace_matches(Call const& call) {
  auto const text = TRY(call.text());
  auto const regex = TRY(pattern_argument(call));
  auto const substitution = TRY(call.text_argument(1));
  if (!text || !regex || !substitution)
    return call.give_nothing();
  TRY(check_growth(call, *text, *substitution));
  std::string out{*text}, problem;
  if (!regex->pattern().empty()) {
    auto const rewrite = re2_substitution(*substitution);
    if (!regex->CheckRewriteString(rewrite, &problem))
      return call.wrong("refers to a group that the regular expression does not have");
    RE2::GlobalReplace(&out, *regex, rewrite);
  }
  return call.give(string_item(std::move(out)));
}

Result<> replace(Call const& call) {
  auto const text = TRY(call.text());
  auto const wanted = TRY(call.text_argument(0));
  auto const substitution = TRY(call.text_argument(1));
  if (!text || !wanted || !substitution)
    return call.give_nothing();
  TRY(check_growth(call, *text, *substitution));
  std::string out;
  if (wanted->empty()) { // around every character
    for (char const c : *text) {
      if (begins_character(c))
        out += *substitution;
      out += c;
    }
    out += *substitution;
    TRY(call.evaluator.charge(out.size()));
    return call.give(string_item(std::move(out)));
  }
  std::size_t from = 0;
  for (auto at = text->find(*wanted); at != text->npos; at = text->find(*wanted, from)) {
    out.append(*text, from, at - from).append(*substitution);
    from = at + wanted->size();
  }
  out.append(*text, from);
  return call.give(string_item(std::move(out)));
}

Result<> upper(Call const& call) {
  auto const text = TRY(call.text());
  return text ? call.give(string_item(to_upper(*text))) : call.give_nothing();
}

Result<> lower(Call const& call) {
  auto const text = TRY(call.text());
  return text ? call.give(string_item(to_lower(*text))) : call.give_nothing();
}

Result<> length(Call const& call) {
  auto const text = TRY(call.text());
  return text ? call.give(integer_item(length_of(*text))) : call.give_nothing();
}

Result<> to_chars(Call const& call) {
  auto const text = TRY(call.text()).value_or("");
  TRY(call.evaluator.charge(text.size()));
  Collection out;
  std::string character;
  for (char const c : text) {
    if (begins_character(c) && !character.empty())
      out.push_back(string_item(std::exchange(character, {})));
    character += c;
  }
  if (!character.empty())
    out.push_back(string_item(character));
  return call.give(std::move(out));
}

Result<> trim(Call const& call) {
  auto const text = TRY(call.text());
  if (!text)
    return call.give_nothing();
  constexpr std::string_view space = " \t\r\n\f";
  auto const first = text->find_first_not_of(space);
  return call.give(string_item(
      first == text->npos ? std::string{}
                          : std::string{text->substr(first, text->find_last_not_of(space) - first + 1)}));
}

Result<> split(Call const& call) {
  auto const text = TRY(call.text());
  auto const separator = TRY(call.text_argument(0));
  if (!text || !separator)
    return call.give_nothing();
  Collection out;
  std::size_t from = 0;
  if (!separator->empty())
    for (auto at = text->find(*separator); at != text->npos; at = text->find(*separator, from)) {
      TRY(call.evaluator.charge(at - from + 1));
      out.push_back(string_item(std::string{text->substr(from, at - from)}));
      from = at + separator->size();
    }
  out.push_back(string_item(std::string{text->substr(from)}));
  return call.give(std::move(out));
}

Result<> join(Call const& call) {
  auto const separator =
      call.argument_count() > 0 ? TRY(call.text_argument(0)).value_or("") : std::string{};
  if (call.is_empty())
    return call.give_nothing();
  std::string out;
  bool first = true;
  for (auto const& item : call.input()) {
    if (!item.value().is_string())
      return call.wrong("takes strings");
    if (!std::exchange(first, false))
      out += separator;
    out += item.value().string();
    TRY(call.evaluator.charge(item.value().string().size()));
  }
  return call.give(string_item(std::move(out)));
}

constexpr std::array functions{
    Function{"indexOf", 1, 1, index_of},
    Function{"lastIndexOf", 1, 1, last_index_of},
    Function{"substring", 1, 2, substring},
    Function{"startsWith", 1, 1, test<starts_with>},
    Function{"endsWith", 1, 1, test<ends_with>},
    Function{"contains", 1, 1, test<contains>},
    Function{"matches", 1, 1, matches<Extent::Part>, Flow::Unknown, ArgumentFocus::Outer, Prepared::Regex},
    Function{"matchesFull", 1, 1, matches<Extent::Whole>, Flow::Unknown, ArgumentFocus::Outer,
             Prepared::Regex},
    Function{"replaceMatches", 2, 2, replace_matches, Flow::Unknown, ArgumentFocus::Outer, Prepared::Regex},
    Function{"replace", 2, 2, replace},
    Function{"upper", 0, 0, upper},
    Function{"lower", 0, 0, lower},
    Function{"length", 0, 0, length},
    Function{"toChars", 0, 0, to_chars},
    Function{"trim", 0, 0, trim},
    Function{"split", 1, 1, split},
    Function{"join", 0, 1, join},
};

} // namespace

std::shared_ptr<RE2 const> compile_regex(std::string_view pattern) {
  auto regex =
      std::make_shared<RE2 const>(re2::StringPiece{pattern.data(), pattern.size()}, regex_options());
  return regex->ok() ? regex : nullptr;
}

std::span<Function const> string_functions() noexcept {
  return functions;
}

} // namespace tripsis::fhirpath
