// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "fhir/reference.hh"

#include "fhir/definitions.hh"

#include <algorithm>
#include <vector>

namespace tripsis::fhir {
namespace {

bool is_alphanumeric(char c) {
  return ('A' <= c && c <= 'Z') || ('a' <= c && c <= 'z') || ('0' <= c && c <= '9');
}

/// The path's segments, of which a reference has at most four: "Patient", "123", "_history", "2".
std::vector<std::string_view> split_path(std::string_view path) {
  std::vector<std::string_view> segments;
  for (std::size_t from = 0; from <= path.size();) {
    auto const to = std::min(path.find('/', from), path.size());
    segments.push_back(path.substr(from, to - from));
    from = to + 1;
  }
  return segments;
}

/// Fills type, id and version from a path that ends in them. Gives the number of segments they took, 0
/// where it does not.
std::size_t take_resource(std::vector<std::string_view> const& segments, Reference& reference) {
  auto const count = segments.size();
  bool const versioned = count >= 4 && segments[count - 2] == "_history";
  auto const used = versioned ? 4U : 2U;
  if (count < used || !is_resource_type(segments[count - used]) || !is_id(segments[count - used + 1]) ||
      (versioned && !is_id(segments.back())))
    return 0;
  reference.type = segments[count - used];
  reference.id = segments[count - used + 1];
  if (versioned)
    reference.version = segments.back();
  return used;
}

/// RFC 3986: a letter, then letters, digits, + - . up to the colon.
bool has_scheme(std::string_view text) {
  auto const colon = text.find(':');
  return colon != text.npos && colon > 0 && !('0' <= text.front() && text.front() <= '9') &&
         std::ranges::all_of(text.substr(0, colon),
                             [](char c) { return is_alphanumeric(c) || c == '+' || c == '-' || c == '.'; });
}

bool has_space(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) <= ' '; });
}

void parse_absolute(std::string_view text, Reference& reference) {
  reference.kind = Reference::Kind::Other;
  if (!text.starts_with("http://") && !text.starts_with("https://"))
    return;
  auto const segments = split_path(text);
  auto const used = take_resource(segments, reference);
  if (used == 0 || segments.size() - used < 3) // "http:", "", and the host
    return;
  reference.kind = Reference::Kind::Absolute;
  reference.base =
      text.substr(0, static_cast<std::size_t>(segments[segments.size() - used].data() - text.data()) - 1);
}

} // namespace

bool is_id(std::string_view text) noexcept {
  return !text.empty() && text.size() <= 64 &&
         std::ranges::all_of(text, [](char c) { return is_alphanumeric(c) || c == '-' || c == '.'; });
}

bool is_uuid_urn(std::string_view text) noexcept {
  constexpr std::string_view prefix = "urn:uuid:";
  if (!text.starts_with(prefix) || text.size() != prefix.size() + 36)
    return false;
  text.remove_prefix(prefix.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    bool const hyphen = i == 8 || i == 13 || i == 18 || i == 23;
    bool const digit = ('0' <= text[i] && text[i] <= '9') || ('a' <= text[i] && text[i] <= 'f');
    if (hyphen ? text[i] != '-' : !digit)
      return false;
  }
  return true;
}

// urn:oid:[0-2](\.(0|[1-9][0-9]*))+
bool is_oid_urn(std::string_view text) noexcept {
  constexpr std::string_view prefix = "urn:oid:";
  if (!text.starts_with(prefix))
    return false;
  text.remove_prefix(prefix.size());
  if (text.size() < 3 || text[0] < '0' || text[0] > '2' || text[1] != '.')
    return false;
  text.remove_prefix(1);
  while (text.starts_with('.')) {
    text.remove_prefix(1);
    auto const end = std::min(text.find('.'), text.size());
    auto const arc = text.substr(0, end);
    if (arc.empty() || (arc.size() > 1 && arc.front() == '0') ||
        !std::ranges::all_of(arc, [](char c) { return '0' <= c && c <= '9'; }))
      return false;
    text.remove_prefix(end);
  }
  return text.empty();
}

Result<Reference> Reference::parse(std::string_view text) {
  auto const malformed = [] {
    return fail(Fault::Value, "A reference such as Patient/123 is expected here.");
  };
  Reference reference;
  reference.text = text;
  if (text.empty() || has_space(text))
    return malformed();
  if (text.starts_with('#')) {
    reference.kind = Kind::Contained;
    reference.id = text.substr(1);
    return reference.id.empty() || is_id(reference.id) ? Result<Reference>{reference} : malformed();
  }
  if (text.starts_with("urn:")) {
    reference.kind = Kind::Urn;
    return reference;
  }
  if (auto const mark = text.find('?'); mark != text.npos && is_resource_type(text.substr(0, mark))) {
    reference.kind = Kind::Conditional;
    reference.type = text.substr(0, mark);
    reference.query = text.substr(mark + 1);
    return reference;
  }
  if (has_scheme(text)) {
    parse_absolute(text, reference);
    return reference;
  }
  if (is_id(text)) {
    reference.kind = Kind::Id;
    reference.id = text;
    return reference;
  }
  auto const segments = split_path(text);
  return take_resource(segments, reference) == segments.size() ? Result<Reference>{reference} : malformed();
}

} // namespace tripsis::fhir
