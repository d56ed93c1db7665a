// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "store/correction.hh"

#include "fhir/reference.hh"

namespace tripsis::store {
namespace {

/// Whether the text is "Patient/a" or "Patient/a/_history/2".
bool names(std::string_view text, std::string_view reference) {
  return text.starts_with(reference) &&
         (text.size() == reference.size() || text.substr(reference.size()).starts_with("/_history/"));
}

} // namespace

std::optional<json::Value> corrected_by(Correction const& correction, json::Value resource) {
  switch (correction.kind) {
  case Correction::Kind::None:
    return std::nullopt;
  case Correction::Kind::EnteredInError:
    if (resource.text("status").empty() || resource.text("status") == "entered-in-error")
      return std::nullopt;
    resource.set("status", "entered-in-error");
    return resource;
  case Correction::Kind::References:
    break;
  }
  auto const from = correction.from.reference();
  bool found = false;
  fhir::rewrite_references(resource, [&](std::string_view text) -> std::optional<std::string> {
    if (!names(text, from))
      return std::nullopt;
    found = true;
    return correction.to.reference();
  });
  return found ? std::optional{std::move(resource)} : std::nullopt;
}

} // namespace tripsis::store
