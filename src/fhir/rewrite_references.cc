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

/// The attribute's value within `tag`, the text between < and >; nullopt where it is absent.
std::optional<std::string_view> find_attribute(std::string_view tag, std::string_view name) {
  for (auto at = tag.find(name, 1); at != tag.npos; at = tag.find(name, at + 1)) {
    auto const skip_space = [&](std::size_t from) {
      return std::min(tag.find_first_not_of(" \t\n\r", from), tag.size());
    };
    auto value = skip_space(at + name.size());
    if (!is_space(tag[at - 1]) || value == tag.size() || tag[value] != '=')
      continue;
    value = skip_space(value + 1);
    if (value == tag.size() || (tag[value] != '"' && tag[value] != '\''))
      continue;
    auto const end = tag.find(tag[value], value + 1);
    if (end != tag.npos)
      return tag.substr(value + 1, end - value - 1);
  }
  return std::nullopt;
}

/// What the tag points to: `<a href>` and `<img src>`.
std::optional<std::string_view> find_link(std::string_view tag) {
  if (tag.size() > 1 && tag.front() == 'a' && is_space(tag[1]))
    return find_attribute(tag, "href");
  if (tag.size() > 3 && tag.starts_with("img") && is_space(tag[3]))
    return find_attribute(tag, "src");
  return std::nullopt;
}

/// One pass: what is kept is copied, so that many links cost no more than their text.
void rewrite_narrative(std::string& html, Rewrite const& rewrite) {
  std::string_view const text{html};
  std::string out;
  std::size_t copied = 0;
  for (auto open = text.find('<'); open != text.npos;) {
    auto const close = text.find('>', open);
    if (close == text.npos)
      break;
    auto const link = find_link(text.substr(open + 1, close - open - 1));
    if (auto const replacement = link ? rewrite(*link) : std::nullopt) {
      auto const at = static_cast<std::size_t>(link->data() - text.data());
      out.append(text, copied, at - copied);
      out += escape_attribute(*replacement);
      copied = at + link->size();
    }
    open = text.find('<', close);
  }
  if (copied == 0)
    return;
  out.append(text, copied);
  html = std::move(out);
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
