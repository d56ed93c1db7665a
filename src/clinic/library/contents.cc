// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Library/knowledge: which files the knowledge is made of, of which version, and how much each holds.
#include "clinic/library/library.hh"

#include <fmt/format.h>

namespace tripsis::clinic::library {
namespace {

using json::Value;

std::string version_of(Value const& file) {
  auto const* version = file.at({"schema", "version"});
  return version != nullptr && version->is_number() ? version->lexeme() : "1";
}

/// "138 rules, 180 findings": its lists.
std::string counts_of(Value const& file) {
  std::string text;
  for (auto const& [name, value] : file.object())
    if (value.is_array() && !value.array().empty())
      text += fmt::format("{}{} {}", text.empty() ? "" : ", ", value.array().size(), name);
  return text;
}

} // namespace

Value contents(Value const& packed) {
  constexpr std::string_view types = "http://terminology.hl7.org/CodeSystem/library-type";
  auto resource = definition("Library", "knowledge", "Knowledge", "The clinical knowledge of Tripsis");
  resource.set("type", concept_of(json::object({{"system", types}, {"code", "asset-collection"}})));
  resource.set(
      "description",
      "The files of knowledge/. No clinician has signed any of it yet; a source whose mark is known: "
      "was not re-read.");
  for (auto const& [name, file] : packed.object())
    resource.push("relatedArtifact",
                  json::object({{"type", "composed-of"},
                                {"label", name},
                                {"display", fmt::format("{}.yaml, version {}: {}", name, version_of(file),
                                                        counts_of(file))}}));
  return resource;
}

} // namespace tripsis::clinic::library
