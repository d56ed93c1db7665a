// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/records/note.hh"

#include "clinic/canonical.hh"
#include "clinic/find.hh"

namespace tripsis::clinic {
namespace {

using json::Value;

void collect_entries(json::Array const& sections, std::vector<Value const*>& entries) {
  for (auto const& section : sections) {
    for (auto const& entry : section.items("entry"))
      entries.push_back(&entry);
    collect_entries(section.items("section"), entries);
  }
}

} // namespace

bool is_note(Value const& resource) {
  return resource.text("resourceType") == "Composition" &&
         !code_in(resource.find("type"), canonical::note).empty();
}

bool is_signed(Value const& note) {
  auto const status = note.text("status");
  return status == "final" || status == "amended";
}

bool is_signature(Value const& resource) {
  return resource.text("resourceType") == "Provenance" && !resource.items("signature").empty() &&
         code_in(resource.find("activity"),
                 "http://terminology.hl7.org/CodeSystem/v3-DocumentCompletion") == "LA";
}

std::vector<std::optional<store::Key>> parts_of(Value const& note) {
  std::vector<Value const*> entries{note.find("encounter")};
  collect_entries(note.items("section"), entries);
  std::vector<std::optional<store::Key>> keys;
  for (auto const* entry : entries)
    keys.push_back(key_of(entry));
  return keys;
}

std::vector<std::optional<store::Key>> amended_by(Value const& note) {
  std::vector<std::optional<store::Key>> keys;
  for (auto const& relation : note.items("relatesTo"))
    if (auto const code = relation.text("code"); code == "appends" || code == "replaces")
      keys.push_back(key_of(relation.find("targetReference")));
  return keys;
}

} // namespace tripsis::clinic
