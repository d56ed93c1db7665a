// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What a reference's text points to, and how all references of a resource are turned into others, as a
// transaction does with those to its own entries.
#pragma once

#include "base/json/value.hh"
#include "base/result.hh"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace tripsis::fhir {

/// Whether the text is a FHIR id: 1 to 64 of A-Z a-z 0-9 - . (https://hl7.org/fhir/R4/datatypes.html#id)
bool is_id(std::string_view text) noexcept;
/// Whether the text is urn:uuid: and a UUID in small letters (https://hl7.org/fhir/R4/datatypes.html#uuid).
bool is_uuid_urn(std::string_view text) noexcept;
/// Whether the text is urn:oid: and an OID (https://hl7.org/fhir/R4/datatypes.html#oid).
bool is_oid_urn(std::string_view text) noexcept;

/// A reference's text, taken apart (https://hl7.org/fhir/R4/references.html#literal). Immutable by use.
struct Reference {
  enum class Kind : unsigned char {
    Relative,    ///< Patient/123, Patient/123/_history/2
    Absolute,    ///< http://example.org/fhir/Patient/123: a resource of some FHIR server
    Other,       ///< Any other absolute URL
    Urn,         ///< urn:uuid:…, urn:oid:…
    Contained,   ///< #organisation; # is the container
    Conditional, ///< Patient?identifier=…: only in a transaction
    Id,          ///< 123: no reference in a resource, but allowed in a search
  };

  Kind kind = Kind::Relative;
  std::string base;    ///< Absolute: "http://example.org/fhir"
  std::string type;    ///< Relative, Absolute, Conditional: a resource type
  std::string id;      ///< Relative, Absolute, Id: the id; Contained: what follows #
  std::string version; ///< Of /_history/, or empty
  std::string query;   ///< Conditional: what follows ?
  std::string text;    ///< As it was written

  /// Fault::Value for a text that is none of the kinds.
  static Result<Reference> parse(std::string_view text);
};

/// Gives the new text, or nullopt to leave it as it is.
using Rewrite = std::function<std::optional<std::string>(std::string_view)>;

/// Offers to `rewrite` each text in `resource` by which it may point to another entry of its transaction:
/// Reference.reference, every element of type uri, url, oid or uuid (not canonical), and the links and
/// images of narratives; also within contained resources and extensions. What is not as FHIR says is passed
/// over (https://hl7.org/fhir/R4/http.html#trules).
void rewrite_references(json::Value& resource, Rewrite const& rewrite);

} // namespace tripsis::fhir
