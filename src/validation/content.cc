// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "validation/content.hh"

#include "fhir/reference.hh"
#include "validation/structure.hh"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace tripsis::validation {
namespace {

constexpr std::size_t most_codes_named = 12;

std::string expected_codes(fhir::Element const& element) {
  if (element.codes.size() > most_codes_named)
    return fmt::format("A code of {} is expected here.", element.value_set);
  std::vector<std::string_view> codes;
  for (auto const& code : element.codes)
    codes.push_back(code.code);
  return fmt::format("One of these codes is expected here: {}.", fmt::join(codes, ", "));
}

bool may_refer_to(fhir::ElementType const& element, std::string_view type) {
  return element.targets.empty() || std::ranges::any_of(element.targets, [&](std::string_view target) {
           return target == "Resource" || target == type;
         });
}

/// The type of resource that the reference says it points to, or empty.
std::string_view named_type(fhir::Reference const& reference, Scope const& scope) {
  if (reference.kind != fhir::Reference::Kind::Contained)
    return reference.type;
  auto const contained = scope.contained.find(reference.id);
  return contained != scope.contained.end() ? contained->second : std::string_view{};
}

} // namespace

void check_extension(json::Value const& value, Path const& path, Issues& issues) {
  bool const has_value = std::ranges::any_of(value.object(), [](json::Member const& m) {
    return m.name.starts_with("value") || m.name.starts_with("_value");
  });
  bool const has_extensions = value.find("extension") != nullptr;
  if (has_value && has_extensions)
    issues.error(Fault::Invariant, path, "An extension has a value or extensions, not both.");
  else if (!has_value && !has_extensions)
    issues.error(Fault::Invariant, path, "An extension must have a value or extensions.");
}

void check_code(std::string_view code, fhir::Element const& element, Path const& path, Issues& issues) {
  if (std::ranges::find(element.codes, code, &fhir::Code::code) == element.codes.end())
    issues.error(Fault::Value, path, expected_codes(element));
}

void check_concept(json::Value const& value, fhir::Element const& element, Path const& path,
                   Issues& issues) {
  if (!value.is_object())
    return;
  auto const matches = [&](json::Value const& coding) {
    return std::ranges::any_of(element.codes, [&](fhir::Code const& code) {
      return code.code == coding.text("code") && code.system == coding.text("system");
    });
  };
  auto const& codings = value.items("coding");
  if (codings.empty() && value.find("extension") != nullptr)
    return; // such as data-absent-reason
  if (std::ranges::none_of(codings, matches))
    issues.error(Fault::Value, Path{path, "coding"},
                 fmt::format("{} (system {})", expected_codes(element), element.codes.front().system));
}

void check_reference(json::Value const& value, fhir::ElementType const& type, Scope const& scope,
                     Path const& path, Issues& issues) {
  using Kind = fhir::Reference::Kind;
  auto const* text = value.find("reference");
  if (auto const named = value.text("type"); fhir::is_resource_type(named) && !may_refer_to(type, named))
    issues.warning(Fault::Value, Path{path, "type"},
                   "This element should not refer to a resource of this type.");
  if (text == nullptr || !text->is_string() || text->string().empty())
    return;
  Path const here{path, "reference"};
  auto const reference = fhir::Reference::parse(text->string());
  if (!reference || reference->kind == Kind::Id)
    return issues.error(Fault::Value, here, "A reference such as Patient/123 is expected here.");
  if (reference->kind == Kind::Contained && !reference->id.empty() &&
      !scope.contained.contains(reference->id))
    return issues.error(Fault::Value, here, "The resource contains none with this id.");
  if (auto const named = named_type(*reference, scope); !named.empty() && !may_refer_to(type, named))
    issues.warning(Fault::Value, here, "This element should not refer to a resource of this type.");
}

} // namespace tripsis::validation
