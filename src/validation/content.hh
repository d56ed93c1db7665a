// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What is asked of a value beyond its shape. Private to src/validation.
#pragma once

#include "fhir/definitions.hh"
#include "validation/issues.hh"

namespace tripsis::validation {

struct Scope;

/// ext-1: an extension has a value or extensions, not both
/// (https://hl7.org/fhir/R4/extensibility.html#Extension).
void check_extension(json::Value const& value, Path const& path, Issues& issues);
/// A code of a required binding is one of its value set; `element.codes` is not empty.
void check_code(std::string_view code, fhir::Element const& element, Path const& path, Issues& issues);
/// A concept of a required binding has a coding of its value set; `element.codes` is not empty.
void check_concept(json::Value const& value, fhir::Element const& element, Path const& path,
                   Issues& issues);
/// The form of a reference, that what is contained is there, and that it names a type that the element may
/// refer to (https://hl7.org/fhir/R4/references.html).
void check_reference(json::Value const& value, fhir::ElementType const& type, Scope const& scope,
                     Path const& path, Issues& issues);

} // namespace tripsis::validation
