// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The forms that the knowledge has as FHIR resources share: names, sources, our extensions of several
// parts.
#pragma once

#include "clinic/definition.hh"
#include "clinic/element.hh"
#include "clinic/knowledge/knowledge.hh"

namespace tripsis::clinic::library {

/// FHIR's ids know no underscore: "deep_tissue" → "deep-tissue".
std::string fhir_id(std::string_view code);
/// A definition whose id is `prefix` and the code: "technique-deep-tissue", named "TechniqueDeepTissue".
json::Value definition_of(std::string_view type, std::string_view prefix, std::string_view code,
                          std::string_view title);
/// The canonical URL of such a one.
std::string url_of(std::string_view type, std::string_view prefix, std::string_view code);

/// Adds the sources, each once, with its mark as the label.
void cite(json::Value& resource, Knowledge const& knowledge, std::vector<std::string> const& marks);
/// The marks of the sources; where a source has no mark, its citation.
std::vector<std::string> cited(json::Value const& resource);

/// …/StructureDefinition/{id}
std::string extension_url(std::string_view id);
/// The extension of ours with that id, or null.
json::Value const& find_extension(json::Value const& element, std::string_view id);

/// An extension of ours that has parts.
class Parts {
public:
  explicit Parts(std::string_view id) : extension_{json::object({{"url", extension_url(id)}})} {}

  Parts& add(std::string_view name, std::string_view element, json::Value value);
  /// Not at all where it is empty.
  Parts& text(std::string_view name, std::string_view value, std::string_view element = "valueString");
  Parts& texts(std::string_view name, std::vector<std::string> const& values,
               std::string_view element = "valueString");
  Parts& range(std::string_view name, int low, int high, std::string_view unit = {});
  Parts& whole(std::string_view name, int value);
  json::Value take() && { return std::move(extension_); }

private:
  json::Value extension_;
};

// What is read of such an extension; empty where it has no such part.
json::Value const& part_of(json::Value const& extension, std::string_view name);
std::string text_of(json::Value const& extension, std::string_view name);
std::vector<std::string> texts_of(json::Value const& extension, std::string_view name);
/// The code of a part's valueCoding.
std::vector<std::string> codes_of(json::Value const& extension, std::string_view name);
std::optional<int> whole_of(json::Value const& extension, std::string_view name);
std::vector<int> wholes_of(json::Value const& extension, std::string_view name);
/// A whole number as it is written; nullopt for anything else.
std::optional<int> whole(json::Value const* number);

/// A property of a concept: its definition and its values.
void define_property(json::Value& system, std::string_view code, std::string_view description,
                     std::string_view type);
void add_property(json::Value& concept_, std::string_view code, std::string_view element,
                  json::Value value);
void add_properties(json::Value& concept_, std::string_view code, std::string_view element,
                    std::vector<std::string> const& values);
json::Value code_system(std::string_view id, std::string_view name, std::string_view title);
json::Value concept_with(std::string_view code, std::string_view display);

/// plan-definition-type: eca-rule, clinical-protocol, order-set.
json::Value plan_type(std::string_view code);
std::string_view plan_type_of(json::Value const& plan_definition);
/// A useContext: what it is for.
json::Value focus(json::Value concept_);

} // namespace tripsis::clinic::library
