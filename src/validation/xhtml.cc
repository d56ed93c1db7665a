// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "validation/xhtml.hh"

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

namespace tripsis::validation {
namespace {

// https://hl7.org/fhir/R4/narrative.html: chapters 7 to 11 and 15 of HTML 4.0, links, images. Sorted.
constexpr auto elements = std::to_array<std::string_view>(
    {"a",       "abbr",  "acronym", "address", "area",     "b",   "bdo", "big",   "blockquote", "br",
     "caption", "cite",  "code",    "col",     "colgroup", "dd",  "del", "dfn",   "div",        "dl",
     "dt",      "em",    "h1",      "h2",      "h3",       "h4",  "h5",  "h6",    "hr",         "i",
     "img",     "ins",   "kbd",     "li",      "map",      "ol",  "p",   "pre",   "q",          "s",
     "samp",    "small", "span",    "strike",  "strong",   "sub", "sup", "table", "tbody",      "td",
     "tfoot",   "th",    "thead",   "tr",      "tt",       "u",   "ul",  "var"});
constexpr auto attributes = std::to_array<std::string_view>(
    {"abbr",        "accesskey", "align",   "alt",     "axis",  "bgcolor",  "border",   "cellpadding",
     "cellspacing", "char",      "charoff", "charset", "cite",  "class",    "colspan",  "coords",
     "dir",         "frame",     "headers", "height",  "href",  "hreflang", "id",       "ismap",
     "lang",        "longdesc",  "name",    "nowrap",  "rel",   "rev",      "rowspan",  "rules",
     "scope",       "shape",     "span",    "src",     "start", "style",    "summary",  "tabindex",
     "title",       "type",      "usemap",  "valign",  "value", "width",    "xml:lang", "xmlns"});
constexpr std::string_view html_namespace = "http://www.w3.org/1999/xhtml";
constexpr std::size_t deepest = 200;

static_assert(std::ranges::is_sorted(elements) && std::ranges::is_sorted(attributes));

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool is_name_character(char c) {
  return ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z') || ('0' <= c && c <= '9') || c == ':' ||
         c == '-' || c == '_';
}

/// The character that an entity between & and ; stands for; 0 where XML knows none. Only code points below
/// 128 matter to the caller; all others are given as 128.
char32_t entity(std::string_view name) {
  if (name == "amp")
    return '&';
  if (name == "lt")
    return '<';
  if (name == "gt")
    return '>';
  if (name == "quot")
    return '"';
  if (name == "apos")
    return '\'';
  if (!name.starts_with('#'))
    return 0;
  name.remove_prefix(1);
  int const base = name.starts_with('x') ? 16 : 10;
  if (base == 16)
    name.remove_prefix(1);
  std::uint32_t code = 0;
  auto const [end, error] = std::from_chars(name.data(), name.data() + name.size(), code, base);
  if (name.empty() || error != std::errc{} || end != name.data() + name.size() || code > 0x10ffff ||
      (0xd800 <= code && code < 0xe000))
    return 0;
  return std::min<char32_t>(code, 128);
}

/// Text with its entities replaced; false where one is not XML's. Non-ASCII ones become '?', as no check
/// looks at them.
bool decode(std::string_view text, std::string& out) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '&') {
      out += text[i];
      continue;
    }
    auto const end = text.find(';', i);
    auto const code = end != text.npos && end - i < 12 ? entity(text.substr(i + 1, end - i - 1)) : 0;
    if (code == 0)
      return false;
    out += code < 128 ? static_cast<char>(code) : '?';
    i = end;
  }
  return true;
}

/// As a browser reads it: no white space or control characters, small letters.
std::string bare(std::string_view text) {
  std::string out;
  for (char const c : text)
    if (static_cast<unsigned char>(c) > ' ')
      out += 'A' <= c && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return out;
}

/// Relative links, fragments, the web, mail, telephone and FHIR's urns.
bool is_safe_link(std::string_view value) {
  auto const link = bare(value);
  auto const colon = link.find_first_of(":/?#");
  if (colon == link.npos || link[colon] != ':')
    return true;
  auto const scheme = std::string_view{link}.substr(0, colon);
  constexpr auto fine = std::to_array<std::string_view>({"http", "https", "mailto", "tel", "ftp", "urn"});
  return std::ranges::find(fine, scheme) != fine.end();
}

/// As a link, or a picture that is part of the text; not one in SVG, which may hold scripts.
bool is_safe_image(std::string_view value) {
  auto const link = bare(value);
  return is_safe_link(value) || (link.starts_with("data:image/") && !link.starts_with("data:image/svg"));
}

/// What stands between the brackets of a style's url(): a picture that is part of the text or lies beside
/// it.
bool is_safe_picture(std::string_view target) {
  target.remove_prefix(std::min(target.find_first_not_of("'\""), target.size()));
  bool const inside = target.starts_with("data:");
  return !target.starts_with("//") && (inside || !target.contains(':')) && is_safe_image(target);
}

/// A style may not reach outside the text (its pictures are part of it or lie beside it), nor call what
/// some browsers would run.
bool is_safe_style(std::string_view value) {
  auto const style = bare(value);
  constexpr auto refused = std::to_array<std::string_view>(
      {"expression(", "@import", "javascript:", "behavior:", "-moz-binding", "\\", "/*"});
  if (std::ranges::any_of(refused, [&](std::string_view part) { return style.contains(part); }))
    return false;
  constexpr std::string_view url = "url(";
  for (auto at = style.find(url); at != style.npos;) {
    auto const end = style.find(')', at);
    if (end == style.npos ||
        !is_safe_picture(std::string_view{style}.substr(at + url.size(), end - at - url.size())))
      return false;
    at = style.find(url, end);
  }
  return true;
}

/// One use: reads one document from its start to its end.
class Reader {
public:
  explicit Reader(std::string_view text) : rest_{text} {}

  std::optional<Problem> read() {
    skip_space();
    if (!rest_.starts_with("<div"))
      return refuse("A narrative is one <div> of XHTML.");
    do {
      if (auto problem = rest_.starts_with('<') ? markup() : content())
        return problem;
    } while (!open_.empty());
    skip_space();
    if (!rest_.empty())
      return refuse("There is something after the end of the narrative's <div>.");
    if (!has_content_)
      return Problem{.fault = Fault::Invariant,
                     .what = "A narrative should have some text or an image.",
                     .severity = Severity::Warning};
    return std::nullopt;
  }

private:
  static std::optional<Problem> refuse(std::string_view what) {
    return Problem{.fault = Fault::Value, .what = what};
  }
  static std::optional<Problem> malformed() { return refuse("This narrative is not well-formed XHTML."); }

  void skip_space() {
    while (!rest_.empty() && is_space(rest_.front()))
      rest_.remove_prefix(1);
  }

  bool take(std::string_view text) {
    if (!rest_.starts_with(text))
      return false;
    rest_.remove_prefix(text.size());
    return true;
  }

  std::string_view take_name() {
    auto const end =
        static_cast<std::size_t>(std::ranges::find_if_not(rest_, is_name_character) - rest_.begin());
    auto const name = rest_.substr(0, end);
    rest_.remove_prefix(end);
    return name;
  }

  std::optional<Problem> content() {
    auto const end = rest_.find('<');
    if (end == rest_.npos)
      return malformed();
    std::string text;
    if (!decode(rest_.substr(0, end), text))
      return refuse(
          "A narrative knows only XML's own entities (&amp; &lt; &gt; &quot; &apos;) and numeric ones.");
    has_content_ = has_content_ || !std::ranges::all_of(text, is_space);
    rest_.remove_prefix(end);
    return std::nullopt;
  }

  std::optional<Problem> markup() {
    if (take("<!--")) {
      auto const end = rest_.find("--");
      if (end == rest_.npos || !rest_.substr(end).starts_with("-->"))
        return malformed();
      rest_.remove_prefix(end + 3);
      return std::nullopt;
    }
    if (take("</")) {
      auto const name = take_name();
      skip_space();
      if (!take(">") || open_.empty() || open_.back() != name)
        return malformed();
      open_.pop_back();
      return std::nullopt;
    }
    return take("<") ? start_tag() : malformed();
  }

  std::optional<Problem> start_tag() {
    auto const name = take_name();
    if (name.empty())
      return malformed();
    if (!std::ranges::binary_search(elements, name))
      return refuse("A narrative may hold only FHIR's basic formatting elements: no scripts, forms, frames "
                    "or objects.");
    if (open_.size() >= deepest)
      return Problem{.fault = Fault::TooLong, .what = "This narrative is more than 200 levels deep."};
    has_content_ = has_content_ || name == "img";
    std::vector<std::string_view> seen;
    for (;;) {
      auto const before = rest_.size();
      skip_space();
      if (take("/>"))
        return std::nullopt;
      if (take(">")) {
        open_.push_back(name);
        return std::nullopt;
      }
      if (rest_.size() == before || rest_.empty())
        return malformed();
      if (auto problem = attribute(seen))
        return problem;
    }
  }

  std::optional<Problem> attribute(std::vector<std::string_view>& seen) {
    auto const name = take_name();
    skip_space();
    if (name.empty() || !take("="))
      return malformed();
    if (!std::ranges::binary_search(attributes, name))
      return refuse("A narrative may hold only FHIR's attributes: no event handlers.");
    if (std::ranges::find(seen, name) != seen.end())
      return malformed();
    seen.push_back(name);
    skip_space();
    if (!rest_.starts_with('"') && !rest_.starts_with('\''))
      return malformed();
    auto const end = rest_.find(rest_.front(), 1);
    if (end == rest_.npos)
      return malformed();
    std::string value;
    if (!decode(rest_.substr(1, end - 1), value) || rest_.substr(1, end - 1).contains('<'))
      return malformed();
    rest_.remove_prefix(end + 1);
    return attribute_value(name, value);
  }

  static std::optional<Problem> attribute_value(std::string_view name, std::string_view value) {
    if (name == "xmlns" && value != html_namespace)
      return refuse("A narrative's namespace is http://www.w3.org/1999/xhtml.");
    bool const link = name == "href" || name == "cite" || name == "longdesc" || name == "usemap";
    if ((link && !is_safe_link(value)) || (name == "src" && !is_safe_image(value)))
      return refuse("A narrative's links may not run anything.");
    if (name == "style" && !is_safe_style(value))
      return refuse("A narrative's styles may not refer to anything outside it.");
    return std::nullopt;
  }

  std::string_view rest_;
  std::vector<std::string_view> open_; // the elements that we are in
  bool has_content_ = false;
};

} // namespace

std::optional<Problem> check_xhtml(std::string_view text) {
  return Reader{text}.read();
}

} // namespace tripsis::validation
