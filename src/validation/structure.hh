// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The walk over a resource along FHIR's definitions. Private to src/validation.
#pragma once

#include "fhir/definitions.hh"
#include "validation/issues.hh"

#include <array>
#include <map>

namespace tripsis::validation {

/// What the parts of one resource can be asked about the whole.
struct Scope {
  std::map<std::string_view, std::string_view> contained; ///< Ids of the contained resources → their types
};

/// One use: walks a resource and reports to `issues`.
class Structure {
public:
  explicit Structure(Issues& issues) : issues_{issues} {}

  /// A resource that stands alone, or in a Bundle or Parameters: it is its own scope.
  void resource(json::Value const& value, Path const& path);

private:
  struct Seen;

  fhir::Type const* resource_type(json::Value const& value, Path const& path);
  Scope open_scope(json::Value const& value, Path const& path);
  void contained(json::Value const& value, Path const& path, Scope const& scope);
  void inner_resource(json::Value const& value, std::string_view element, Path const& path,
                      Scope const& scope);

  void members(json::Value const& value, fhir::Type const& type, Path const& path, Scope const& scope);
  void member(json::Member const& member, json::Value const& object, fhir::Type const& type, Seen& seen,
              Path const& path, Scope const& scope);
  void unknown(std::string_view name, Path const& path);
  void value(json::Member const& member, json::Value const& object, fhir::Type::Found found,
             Path const& path, Scope const& scope);
  void list(json::Member const& member, json::Value const& object, fhir::Type::Found found,
            Path const& path, Scope const& scope);
  void one(json::Value const& value, fhir::Type::Found found, Path const& path, Scope const& scope);
  void sibling(json::Member const& member, json::Value const& object, fhir::Type::Found found,
               Path const& path, Scope const& scope);
  void sibling_list(json::Value const& extras, json::Value const* values, Path const& path,
                    Scope const& scope);
  void missing(fhir::Type const& type, Seen const& seen, Path const& path);

  Issues& issues_;
};

} // namespace tripsis::validation
