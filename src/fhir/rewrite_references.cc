// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Finds by type, not by name, what may point to another resource: an identifier's value may look like a
// reference and is none.
#include "fhir/definitions.hh"
#include "fhir/reference.hh"

#include <algorithm>

namespace tripsis::fhir {
namespace {

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

std::string escape_attribute(std::string_view text) {
  std::string out;
  for (char const c : text) {
    switch (c) {
    case '&':
      out += "&amp;";
      break;
    case '<':
      out += "&lt;";
      break;
    case '"':
      out += "&quot;";
      break;
    case '\'':
      out += "&#39;";
      break;
    default:
      out += c;
    }
  }
  return out;
}

/// The attribute's value within the tag that spans [from, to) of `html`, as a position and a length; npos
/// where it is absent.
std::pair<std::size_t, std::size_t> find_attribute(std::string const& html, std::size_t from,
                                                   std::size_t to, std::string_view name) {
  for (auto at = html.find(name, from); at < to; at = html.find(name, at + 1)) {
    auto value = at + name.size();
    while (value < to && is_space(html[value]))
      ++value;
    if (!is_space(html[at - 1]) || value >= to || html[value] != '=')
      continue;
    do
      ++value;
    while (value < to && is_space(html[value]));
    if (value >= to || (html[value] != '"' && html[value] != '\''))
      continue;
    auto const end = html.find(html[value], value + 1);
    if (end < to)
      return {value + 1, end - value - 1};
  }
  return {html.npos, 0};
}

/// `<a href>` and `<img src>`.
void rewrite_narrative(std::string& html, Rewrite const& rewrite) {
  for (auto open = html.find('<'); open != html.npos; open = html.find('<', open + 1)) {
    auto const close = html.find('>', open);
    if (close == html.npos)
      return;
    auto const rest = std::string_view{html}.substr(open + 1);
    bool const link = rest.starts_with('a') && is_space(rest[1]);
    bool const image = rest.starts_with("img") && is_space(rest[3]);
    if (!link && !image)
      continue;
    auto const [at, size] = find_attribute(html, open, close, link ? "href" : "src");
    if (at == html.npos)
      continue;
    if (auto const text = rewrite(std::string_view{html}.substr(at, size)))
      html.replace(at, size, escape_attribute(*text));
  }
}

/// One use: walks a value along its type.
class Walk {
public:
  explicit Walk(Rewrite const& rewrite) : rewrite_{rewrite} {}

  void resource(json::Value& value) {
    auto const* type = find_type(value.text("resourceType"));
    if (type != nullptr && type->kind == TypeKind::Resource)
      members(value, *type);
  }

private:
  void members(json::Value& value, Type const& type) {
    if (!value.is_object())
      return;
    bool const reference = type.name == "Reference";
    for (auto& [name, child] : value.object()) {
      bool const sibling = name.starts_with('_');
      auto const found = type.find_json(sibling ? std::string_view{name}.substr(1) : name);
      if (!found)
        continue;
      if (reference && name == "reference")
        text(child);
      else
        each(child, sibling ? *find_type("Element") : *found.type->definition);
    }
  }

  void each(json::Value& value, Type const& type) {
    if (value.is_array())
      for (auto& item : value.array())
        one(item, type);
    else
      one(value, type);
  }

  void one(json::Value& value, Type const& type) {
    switch (type.primitive) {
    case Primitive::Uri:
    case Primitive::Url:
    case Primitive::Oid:
    case Primitive::Uuid:
      text(value);
      break;
    case Primitive::Xhtml:
      if (value.is_string())
        rewrite_narrative(value.string(), rewrite_);
      break;
    case Primitive::None:
      type.kind == TypeKind::Resource ? resource(value) : members(value, type);
      break;
    default:
      break;
    }
  }

  void text(json::Value& value) {
    if (!value.is_string())
      return;
    if (auto replacement = rewrite_(value.string()))
      value.string() = *std::move(replacement);
  }

  Rewrite const& rewrite_;
};

} // namespace

void rewrite_references(json::Value& resource, Rewrite const& rewrite) {
  Walk{rewrite}.resource(resource);
}

} // namespace tripsis::fhir
