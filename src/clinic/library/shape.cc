// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/library/shape.hh"

#include "clinic/find.hh"

#include <algorithm>
#include <charconv>
#include <set>

namespace tripsis::clinic::library {
namespace {

using json::Value;

constexpr std::string_view plan_types = "http://terminology.hl7.org/CodeSystem/plan-definition-type";
Value const nothing;

/// "technique-deep-tissue" → "TechniqueDeepTissue"
std::string name_of(std::string_view id) {
  std::string name;
  bool starts = true;
  for (char const c : id) {
    if (c != '-')
      name += starts && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    starts = c == '-';
  }
  return name;
}

template <class Read>
auto read_parts(Value const& extension, std::string_view name, Read const& read) {
  std::vector<std::remove_cvref_t<decltype(*read(extension))>> found;
  for (auto const& one : extension.items("extension"))
    if (one.text("url") == name)
      if (auto value = read(one))
        found.push_back(*std::move(value));
  return found;
}

} // namespace

std::string fhir_id(std::string_view code) {
  std::string id{code};
  std::ranges::replace(id, '_', '-');
  return id;
}

Value definition_of(std::string_view type, std::string_view prefix, std::string_view code,
                    std::string_view title) {
  auto const id = std::string{prefix} + fhir_id(code);
  return definition(type, id, name_of(id), title);
}

std::string url_of(std::string_view type, std::string_view prefix, std::string_view code) {
  return std::string{canonical::base} + std::string{type} + "/" + std::string{prefix} + fhir_id(code);
}

void cite(Value& resource, Knowledge const& knowledge, std::vector<std::string> const& marks) {
  std::set<std::string_view> seen;
  for (auto const& mark : marks)
    if (seen.insert(mark).second)
      resource.push(
          "relatedArtifact",
          json::object({{"type", "citation"}, {"label", mark}, {"citation", knowledge.citation(mark)}}));
}

std::vector<std::string> cited(Value const& resource) {
  std::vector<std::string> marks;
  for (auto const& artifact : resource.items("relatedArtifact"))
    if (artifact.text("type") == "citation")
      marks.emplace_back(artifact.text("label").empty() ? artifact.text("citation")
                                                        : artifact.text("label"));
  return marks;
}

std::string extension_url(std::string_view id) {
  return std::string{canonical::base} + "StructureDefinition/" + std::string{id};
}

Value const& find_extension(Value const& element, std::string_view id) {
  auto const url = extension_url(id);
  for (auto const& one : element.items("extension"))
    if (one.text("url") == url)
      return one;
  return nothing;
}

Parts& Parts::add(std::string_view name, std::string_view element, Value value) {
  extension_.push("extension", part(name, element, std::move(value)));
  return *this;
}

Parts& Parts::text(std::string_view name, std::string_view value, std::string_view element) {
  return value.empty() ? *this : add(name, element, value);
}

Parts& Parts::texts(std::string_view name, std::vector<std::string> const& values,
                    std::string_view element) {
  for (auto const& value : values)
    add(name, element, value);
  return *this;
}

Parts& Parts::range(std::string_view name, int low, int high, std::string_view unit) {
  auto const end = [&](int value) {
    auto quantity = json::object({{"value", Value::integer(value)}});
    if (!unit.empty())
      quantity.set("unit", unit);
    return quantity;
  };
  return add(name, "valueRange", json::object({{"low", end(low)}, {"high", end(high)}}));
}

Parts& Parts::whole(std::string_view name, int value) {
  return add(name, "valueInteger", Value::integer(value));
}

Value const& part_of(Value const& extension, std::string_view name) {
  for (auto const& one : extension.items("extension"))
    if (one.text("url") == name)
      return one;
  return nothing;
}

std::string text_of(Value const& extension, std::string_view name) {
  auto const all = texts_of(extension, name);
  return all.empty() ? std::string{} : all.front();
}

std::vector<std::string> texts_of(Value const& extension, std::string_view name) {
  return read_parts(extension, name, [](Value const& one) -> std::optional<std::string> {
    auto const text = one.text("valueString").empty() ? one.text("valueCode") : one.text("valueString");
    return text.empty() ? std::nullopt : std::optional{std::string{text}};
  });
}

std::vector<std::string> codes_of(Value const& extension, std::string_view name) {
  return read_parts(extension, name, [](Value const& one) -> std::optional<std::string> {
    auto const* found = one.find("valueCoding");
    return found == nullptr ? std::nullopt : std::optional{std::string{found->text("code")}};
  });
}

std::optional<int> whole_of(Value const& extension, std::string_view name) {
  return whole(part_of(extension, name).find("valueInteger"));
}

std::vector<int> wholes_of(Value const& extension, std::string_view name) {
  return read_parts(extension, name, [](Value const& one) { return whole(one.find("valueInteger")); });
}

std::optional<int> whole(Value const* number) {
  if (number == nullptr || !number->is_number())
    return std::nullopt;
  int value = 0;
  auto const& text = number->lexeme();
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size() ? std::optional{value} : std::nullopt;
}

void define_property(Value& system, std::string_view code, std::string_view description,
                     std::string_view type) {
  system.push("property", json::object({{"code", code}, {"description", description}, {"type", type}}));
}

void add_property(Value& concept_, std::string_view code, std::string_view element, Value value) {
  concept_.push("property", json::object({{"code", code}, {element, std::move(value)}}));
}

void add_properties(Value& concept_, std::string_view code, std::string_view element,
                    std::vector<std::string> const& values) {
  for (auto const& value : values)
    add_property(concept_, code, element, value);
}

Value code_system(std::string_view id, std::string_view name, std::string_view title) {
  auto system = definition("CodeSystem", id, name, title);
  system.set("content", "complete");
  return system;
}

Value concept_with(std::string_view code, std::string_view display) {
  return json::object({{"code", code}, {"display", display}});
}

Value plan_type(std::string_view code) {
  return json::object({{"coding", json::array({json::object({{"system", plan_types}, {"code", code}})})}});
}

std::string_view plan_type_of(Value const& plan_definition) {
  return code_in(plan_definition.find("type"), plan_types);
}

Value focus(Value concept_) {
  constexpr std::string_view context_types = "http://terminology.hl7.org/CodeSystem/usage-context-type";
  return json::object({{"code", json::object({{"system", context_types}, {"code", "focus"}})},
                       {"valueCodeableConcept", std::move(concept_)}});
}

} // namespace tripsis::clinic::library
