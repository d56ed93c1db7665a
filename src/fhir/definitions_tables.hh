// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The shape of what tools/compile_definitions.py writes. Private to definitions.cc and the generated file.
#pragma once

#include "fhir/definitions.hh"

namespace tripsis::fhir::tables {

/// One type's row of the patient compartment.
struct Compartment {
  std::string_view type;
  std::span<std::string_view const> parameters;
};

struct ValueSet {
  std::string_view url;
  std::span<Code const> codes;
};

/// Each list is sorted by its first text, `parameters` by type and then by code.
struct Tables {
  std::span<Type const> types;
  std::span<Type const* const> resources;
  std::span<SearchParameter const> parameters;
  std::span<Compartment const> patient_compartment;
  std::span<ValueSet const> value_sets;
  std::string_view version;
};

extern Tables const all;

} // namespace tripsis::fhir::tables
