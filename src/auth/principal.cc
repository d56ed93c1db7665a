// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "auth/principal.hh"

namespace tripsis::auth {

std::string_view role_name(Role role) noexcept {
  switch (role) {
  case Role::Owner:
    return "owner";
  case Role::Therapist:
    return "therapist";
  case Role::Patient:
    return "patient";
  }
  return "";
}

std::optional<Role> find_role(std::string_view name) noexcept {
  for (auto const role : {Role::Owner, Role::Therapist, Role::Patient})
    if (role_name(role) == name)
      return role;
  return std::nullopt;
}

std::string_view scope_name(Scope scope) noexcept {
  switch (scope) {
  case Scope::Practice:
    return "";
  case Scope::Portal:
    return "portal";
  case Scope::Form:
    return "form";
  }
  return "";
}

} // namespace tripsis::auth
