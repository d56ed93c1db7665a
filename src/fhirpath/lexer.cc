// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "fhirpath/lexer.hh"

#include <algorithm>
#include <array>
#include <cstdint>

#include <fmt/format.h>

namespace tripsis::fhirpath {
namespace {

bool is_digit(char c) {
  return '0' <= c && c <= '9';
}
bool is_letter(char c) {
  return ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z') || c == '_';
}

void append_utf8(std::uint32_t c, std::string& out) {
  auto const tail = [&](int shift) { out += static_cast<char>(0x80 | ((c >> shift) & 0x3f)); };
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xc0 | (c >> 6));
    tail(0);
  } else if (c < 0x10000) {
    out += static_cast<char>(0xe0 | (c >> 12));
    tail(6), tail(0);
  } else {
    out += static_cast<char>(0xf0 | (c >> 18));
    tail(12), tail(6), tail(0);
  }
}

class Lexer {
public:
  explicit Lexer(std::string_view text) : text_{text} {}

  Result<std::vector<Token>> run() {
    while (true) {
      TRY(skip_space());
      if (at_ == text_.size())
        break;
      start_ = at_;
      TRY(token());
    }
    start_ = at_;
    add(TokenKind::End, {});
    return std::move(tokens_);
  }

private:
  char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  void add(TokenKind kind, std::string text) { tokens_.push_back({kind, std::move(text), start_}); }
  auto wrong(std::string_view what) const {
    return fail(Fault::Structure, fmt::format("{} {}", what, place(text_, start_)));
  }

  Result<> skip_space() {
    while (at_ < text_.size()) {
      auto const rest = text_.substr(at_);
      if (std::string_view{" \t\r\n"}.contains(rest.front())) {
        ++at_;
      } else if (rest.starts_with("//")) {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else if (rest.starts_with("/*")) {
        auto const end = text_.find("*/", at_ + 2);
        start_ = at_;
        if (end == text_.npos)
          return wrong("A comment does not end");
        at_ = end + 2;
      } else {
        break;
      }
    }
    return {};
  }

  Result<> token() {
    char const c = peek();
    if (is_letter(c)) {
      add(TokenKind::Identifier, std::string{word()});
      return {};
    }
    if (is_digit(c)) {
      add(TokenKind::Number, std::string{number()});
      return {};
    }
    switch (c) {
    case '\'':
      add(TokenKind::String, TRY(quoted('\'')));
      return {};
    case '`':
      add(TokenKind::Delimited, TRY(quoted('`')));
      return {};
    case '@':
      return date_or_time();
    case '%':
      return variable();
    case '$':
      return special();
    default:
      return symbol();
    }
  }

  std::string_view word() {
    auto const from = at_;
    while (is_letter(peek()) || is_digit(peek()))
      ++at_;
    return text_.substr(from, at_ - from);
  }

  std::string_view number() {
    auto const from = at_;
    while (is_digit(peek()))
      ++at_;
    if (peek() == '.' && is_digit(peek(1))) {
      ++at_;
      while (is_digit(peek()))
        ++at_;
    }
    return text_.substr(from, at_ - from);
  }

  Result<std::string> quoted(char quote) {
    std::string out;
    for (++at_; at_ < text_.size(); ++at_) {
      if (text_[at_] == quote) {
        ++at_;
        return out;
      }
      if (text_[at_] == '\\')
        TRY(escape(out));
      else
        out += text_[at_];
    }
    return wrong("A quotation does not end");
  }

  Result<> escape(std::string& out) {
    static constexpr std::string_view from = "`'\"\\/frnt", to = "`'\"\\/\f\r\n\t";
    char const c = peek(1);
    ++at_;
    if (c == 'u')
      return unicode(out);
    auto const i = from.find(c);
    if (i == from.npos)
      return wrong("An unknown escape stands in the quotation");
    out += to[i];
    return {};
  }

  Result<> unicode(std::string& out) {
    auto const hex = [&]() -> std::int32_t {
      std::int32_t value = 0;
      for (std::size_t i = 1; i <= 4; ++i) {
        char const c = peek(i);
        int const digit = is_digit(c)                          ? c - '0'
                          : 'a' <= (c | 32) && (c | 32) <= 'f' ? (c | 32) - 'a' + 10
                                                               : -1;
        if (digit < 0)
          return -1;
        value = value * 16 + digit;
      }
      at_ += 4;
      return value;
    };
    auto code = hex();
    if (code >= 0xd800 && code < 0xdc00 && peek(1) == '\\' && peek(2) == 'u') {
      at_ += 2;
      auto const low = hex();
      code = low >= 0xdc00 && low < 0xe000 ? 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00) : -1;
    }
    if (code < 0 || (code >= 0xd800 && code < 0xe000))
      return wrong("\\u is not followed by the four hexadecimal digits of a character in the quotation");
    append_utf8(static_cast<std::uint32_t>(code), out);
    return {};
  }

  /// Digits in the numbers given, each after the sign of the same place; the first sign is what `first`
  /// says.
  std::string_view digits(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i)
      if (!is_digit(peek(i)))
        return {};
    at_ += count;
    return text_.substr(at_ - count, count);
  }

  bool part(char sign, std::size_t count) {
    if (peek() != sign)
      return false;
    ++at_;
    if (!digits(count).empty())
      return true;
    --at_;
    return false;
  }

  void time() { // hh(:mm(:ss(.fff)?)?)?
    if (digits(2).empty() || !part(':', 2) || !part(':', 2))
      return;
    if (peek() == '.' && is_digit(peek(1))) {
      ++at_;
      while (is_digit(peek()))
        ++at_;
    }
  }

  Result<> date_or_time() {
    ++at_;
    auto const from = at_;
    if (peek() == 'T') {
      ++at_;
      time();
      if (at_ == from + 1)
        return wrong("A time such as @T10:30 is expected");
      add(TokenKind::Time, std::string{text_.substr(from + 1, at_ - from - 1)});
      return {};
    }
    if (digits(4).empty())
      return wrong("A date such as @2026-11-22 is expected");
    if (part('-', 2))
      part('-', 2);
    if (peek() != 'T') {
      add(TokenKind::Date, std::string{text_.substr(from, at_ - from)});
      return {};
    }
    ++at_;
    auto const time_from = at_;
    time();
    if (peek() == 'Z')
      ++at_;
    else if (at_ != time_from && (peek() == '+' || peek() == '-') && is_digit(peek(1)) &&
             is_digit(peek(2)) && peek(3) == ':' && is_digit(peek(4)) && is_digit(peek(5)))
      at_ += 6;
    auto literal = text_.substr(from, at_ - from);
    if (literal.ends_with('T'))
      literal.remove_suffix(1);
    add(TokenKind::DateTime, std::string{literal});
    return {};
  }

  Result<> variable() {
    ++at_;
    std::string name;
    if (peek() == '`' || peek() == '\'')
      name = TRY(quoted(peek()));
    else
      name = std::string{word()};
    if (name.empty())
      return wrong("A name is expected after %");
    add(TokenKind::Variable, std::move(name));
    return {};
  }

  Result<> special() {
    ++at_;
    auto const name = word();
    if (name != "this" && name != "index" && name != "total")
      return wrong("$this, $index or $total is expected");
    add(TokenKind::Special, std::string{name});
    return {};
  }

  Result<> symbol() {
    auto const rest = text_.substr(at_);
    for (std::string_view const s : {"<=", ">=", "!=", "!~", "<", ">", "=", "~", "+", "-", "*",
                                     "/",  "&",  "|",  "(",  ")", "[", "]", "{", "}", ",", "."})
      if (rest.starts_with(s)) {
        at_ += s.size();
        add(TokenKind::Symbol, std::string{s});
        return {};
      }
    return wrong("A character that FHIRPath does not use stands");
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t start_ = 0;
  std::vector<Token> tokens_;
};

} // namespace

Result<std::vector<Token>> tokenize(std::string_view text) {
  if (text.size() > max_expression)
    return fail(Fault::TooLong, "This FHIRPath expression has more than 100,000 bytes.");
  return Lexer{text}.run();
}

std::string place(std::string_view text, std::size_t position) {
  auto const before = text.substr(0, position);
  auto const lines = std::ranges::count(before, '\n');
  auto const line_start = before.rfind('\n') + 1; // npos + 1 is 0
  return fmt::format("at line {}, column {}", lines + 1, position - line_start + 1);
}

} // namespace tripsis::fhirpath
