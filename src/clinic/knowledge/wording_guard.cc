// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/knowledge/wording_guard.hh"

#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>
#include <re2/re2.h>

namespace tripsis::clinic {
namespace {

using json::Value;

struct Span {
  std::size_t from, to;
};

/// A text with one byte for each of its characters, so that a place in it is a place in the text: lower
/// case, plain quotes, hyphens and spaces; letters beyond ASCII are some letter.
struct Plain {
  std::string text;
  std::vector<std::size_t> places; ///< Where each character begins in the text as written; and its end

  std::string_view written(std::string_view from, Span span) const {
    return from.substr(places[span.from], places[span.to] - places[span.from]);
  }
};

Plain plain(std::string_view text) {
  Plain made;
  auto& out = made.text;
  for (std::size_t i = 0; i < text.size();) {
    auto const lead = static_cast<unsigned char>(text[i]);
    std::size_t const size = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    auto const character = text.substr(i, size);
    made.places.push_back(i);
    i += size;
    constexpr std::array<std::string_view, 6> spaces{"\u00A0", "\u2009", "\u202F",
                                                     "\u2007", "\u200A", "\u3000"};
    constexpr std::array<std::string_view, 4> quotes{"\u2018", "\u2019", "\u02BC", "\u00B4"};
    constexpr std::array<std::string_view, 5> hyphens{"\u2010", "\u2011", "\u2012", "\u2013", "\u2212"};
    // Latin-1's signs, general punctuation and symbols; every other one is a letter.
    auto const is_sign = lead == 0xC2 || lead == 0xE2;
    auto const is_in = [&](auto const& list) { return std::ranges::find(list, character) != list.end(); };
    if (size == 1 && lead < 0x80)
      out += 'A' <= lead && lead <= 'Z' ? static_cast<char>(lead - 'A' + 'a')
             : lead < 0x20              ? (lead == '\n' ? '\n' : ' ')
                                        : static_cast<char>(lead);
    else
      out += is_in(spaces) ? ' ' : is_in(quotes) ? '\'' : is_in(hyphens) ? '-' : is_sign ? ' ' : 'z';
  }
  made.places.push_back(text.size());
  return made;
}

/// Sentences end at . ! ? ; : before a space, at an empty line, and before a line that begins a list's
/// item.
std::vector<Span> sentences_of(std::string& text) {
  std::vector<Span> sentences;
  std::size_t from = 0;
  auto const end_at = [&](std::size_t to) {
    if (to > from)
      sentences.push_back({from, to});
    from = to;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto const next = i + 1 < text.size() ? text[i + 1] : ' ';
    if (std::string_view{".!?;:"}.contains(text[i]) && (next == ' ' || next == '\n'))
      end_at(i + 1);
    else if (text[i] == '\n') {
      if (next == '\n' || next == '-' || next == '*')
        end_at(i + 1);
      text[i] = ' '; // a line that is broken goes on
    }
  }
  end_at(text.size());
  return sentences;
}

/// Whether the sentence denies what it names: before it and in the same breath, within it, or right after.
bool is_denied(std::string_view before, std::string_view phrase, std::string_view after) {
  static re2::RE2 const denial{
      R"(\b(not|never|cannot|neither|nor|hardly|rarely|unproven|myth|unlikely|nobody|no (good |clear |real )?(proof|evidence|stud(y|ies)|trials?|one|reason)|without (proof|evidence)|little or no|false that|untrue|instead of|whether|do not claim|far from)\b|n't\b)"};
  static re2::RE2 const more_than{R"(\bnot (only|just|merely)\b)"};
  static re2::RE2 const taken_back{
      R"(^[^.]{0,40}(\b(is|are|was|were)( only)? (a |an |the )?(myth|wrong|untrue|unproven|false|marketing|legend)|\b(does|do|has|have|is|are|did|was|were)(n't| not)\b|\bno (proof|evidence)\b|\bnot (true|proven|supported|shown)|\bunproven\b))"};
  auto breath = std::string{before};
  for (std::string_view const pause : {", and ", ", but ", " but ", "; ", " and it ", ", it ", ", which "})
    if (auto const at = breath.rfind(pause); at != std::string::npos)
      breath.erase(0, at + pause.size());
  RE2::GlobalReplace(&breath, more_than, "");
  return RE2::PartialMatch(breath, denial) || RE2::PartialMatch(std::string{phrase}, denial) ||
         RE2::PartialMatch(std::string{after}, taken_back);
}

/// Replaces each {name} of a pattern.
std::string expanded(std::string pattern) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 3> names{
      {{"{pct}", R"(( ?%| ?per ?cent\b))"},
       {"{gap}", R"([^.!?;]{0,60}?)"},
       {"{do}",
        R"((?:flush|remov|releas|clear|eliminat|wash|drain|purg|cleans|expel|draw|push|rinse|clean|excret)\w*)"}}};
  for (auto const& [name, with] : names)
    for (auto at = pattern.find(name); at != std::string::npos; at = pattern.find(name, at + with.size()))
      pattern.replace(at, name.size(), with);
  return pattern;
}

std::unique_ptr<re2::RE2> compiled(std::string const& pattern) {
  re2::RE2::Options options;
  options.set_log_errors(false);
  auto regex = std::make_unique<re2::RE2>(expanded(pattern), options);
  return regex->ok() ? std::move(regex) : nullptr;
}

} // namespace

struct WordingGuard::Phrase {
  std::string claim;
  bool is_literal = false; ///< The denial is the claim: "no side effects"
  std::vector<std::unique_ptr<re2::RE2>> patterns;
  std::unique_ptr<re2::RE2> unless;

  /// Where the sentence claims it; places are the sentence's.
  std::optional<Span> find(std::string_view sentence) const {
    if (unless && re2::RE2::PartialMatch({sentence.data(), sentence.size()}, *unless))
      return std::nullopt;
    for (auto const& pattern : patterns) {
      re2::StringPiece found;
      if (!pattern->Match({sentence.data(), sentence.size()}, 0, sentence.size(), re2::RE2::UNANCHORED,
                          &found, 1))
        continue;
      auto const from = static_cast<std::size_t>(found.data() - sentence.data());
      Span const span{from, from + found.size()};
      if (is_literal || !is_denied(sentence.substr(0, span.from), sentence.substr(span.from, found.size()),
                                   sentence.substr(span.to)))
        return span;
    }
    return std::nullopt;
  }
};

WordingGuard::WordingGuard() = default;
WordingGuard::WordingGuard(WordingGuard&&) noexcept = default;
WordingGuard::~WordingGuard() = default;

Result<WordingGuard> WordingGuard::compile(Value const& knowledge, Evidence const& evidence) {
  WordingGuard guard;
  auto const* file = knowledge.find("wording");
  if (file == nullptr)
    return fail(Fault::Structure, "There is no file of wordings.");
  for (auto const& node : file->items("phrases")) {
    Phrase phrase{.claim = std::string{node.text("claim")}};
    if (evidence.find_claim(phrase.claim) == nullptr)
      return fail(Fault::Structure, fmt::format("The wordings name no known claim: {}.", phrase.claim));
    auto const* literal = node.find("literal");
    phrase.is_literal = literal != nullptr && literal->is_bool() && literal->boolean();
    for (auto const& pattern : node.items("patterns")) {
      phrase.patterns.push_back(pattern.is_string() ? compiled(pattern.string()) : nullptr);
      if (!phrase.patterns.back())
        return fail(Fault::Structure, fmt::format("A pattern of the claim {} is none.", phrase.claim));
    }
    if (auto const unless = node.text("unless"); !unless.empty()) {
      phrase.unless = compiled(std::string{unless});
      if (!phrase.unless)
        return fail(Fault::Structure, fmt::format("The exception of the claim {} is none.", phrase.claim));
    }
    guard.phrases_.push_back(std::move(phrase));
  }
  return guard;
}

std::vector<Overclaim> WordingGuard::check(std::string_view text) const {
  auto simple = plain(text);
  std::vector<std::pair<Span, Phrase const*>> found;
  for (auto const& sentence : sentences_of(simple.text)) {
    auto const words = std::string_view{simple.text}.substr(sentence.from, sentence.to - sentence.from);
    for (auto const& phrase : phrases_) {
      auto const span = phrase.find(words);
      if (!span)
        continue;
      Span const place{sentence.from + span->from, sentence.from + span->to};
      auto const overlaps = [&](auto const& other) {
        return other.first.from < place.to && place.from < other.first.to;
      };
      if (std::ranges::none_of(found, overlaps))
        found.emplace_back(place, &phrase);
    }
  }
  std::ranges::sort(found, {}, [](auto const& one) { return one.first.from; });
  std::vector<Overclaim> all;
  for (auto const& [place, phrase] : found)
    all.push_back(
        {phrase->claim, std::string{simple.written(text, place)}, place.from, place.to - place.from});
  return all;
}

} // namespace tripsis::clinic
