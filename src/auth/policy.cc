// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The table reads from top to bottom; the first line that names the role, the interaction and the type
// allows. No line, no access.
#include "auth/policy.hh"

#include <algorithm>
#include <array>
#include <span>

#include <fmt/format.h>

namespace tripsis::auth {
namespace {

using enum Interaction;

constexpr std::array reading{Read, VRead, History, Search, Operation};
constexpr std::array writing{Create, Update, Delete, Perform};
constexpr std::array own_session{SignIn, SignOut, Session, Capabilities, Batch};

/// What the practice is made of, and the definitions that the program works by: the owner's to change.
constexpr std::array<std::string_view, 26> owners_types{"ActivityDefinition",
                                                        "AuditEvent",
                                                        "CapabilityStatement",
                                                        "ChargeItemDefinition",
                                                        "CodeSystem",
                                                        "CompartmentDefinition",
                                                        "ConceptMap",
                                                        "Endpoint",
                                                        "EventDefinition",
                                                        "HealthcareService",
                                                        "ImplementationGuide",
                                                        "Library",
                                                        "Location",
                                                        "Measure",
                                                        "NamingSystem",
                                                        "OperationDefinition",
                                                        "Organization",
                                                        "OrganizationAffiliation",
                                                        "PlanDefinition",
                                                        "Practitioner",
                                                        "PractitionerRole",
                                                        "Questionnaire",
                                                        "SearchParameter",
                                                        "StructureDefinition",
                                                        "StructureMap",
                                                        "ValueSet"};

enum class Types : unsigned char { All, AllButOwners, AllButAudit };

struct Line {
  Role role;
  std::span<Interaction const> interactions;
  Types types;
};

constexpr std::array policy{
    Line{Role::Owner, own_session, Types::All},          Line{Role::Owner, reading, Types::All},
    Line{Role::Owner, writing, Types::AllButAudit}, // the log of who did what is nobody's to write
    Line{Role::Therapist, own_session, Types::All},      Line{Role::Therapist, reading, Types::AllButAudit},
    Line{Role::Therapist, writing, Types::AllButOwners},
};

bool names(Types types, std::string_view type) {
  switch (types) {
  case Types::All:
    return true;
  case Types::AllButAudit:
    return type != "AuditEvent";
  case Types::AllButOwners:
    return std::ranges::find(owners_types, type) == owners_types.end();
  }
  return false;
}

} // namespace

std::string_view interaction_name(Interaction interaction) noexcept {
  switch (interaction) {
  case Read:
    return "read";
  case VRead:
    return "vread";
  case History:
    return "history-instance";
  case Search:
    return "search-type";
  case Create:
    return "create";
  case Update:
    return "update";
  case Delete:
    return "delete";
  case Batch:
    return "batch";
  case Operation:
    return "operation";
  case Perform:
    return "perform";
  case Capabilities:
    return "capabilities";
  case SignIn:
    return "sign-in";
  case SignOut:
    return "sign-out";
  case Session:
    return "session";
  }
  return "";
}

bool is_write(Interaction interaction) noexcept {
  return std::ranges::find(writing, interaction) != writing.end() || interaction == Batch;
}

bool is_open(Interaction interaction) noexcept {
  return interaction == Capabilities || interaction == SignIn;
}

Result<store::AccessFilter> decide(Principal const& who, Interaction interaction, std::string_view type) {
  for (auto const& line : policy)
    if (line.role == who.role &&
        std::ranges::find(line.interactions, interaction) != line.interactions.end() &&
        names(line.types, type))
      return store::AccessFilter{}; // both roles see the whole practice
  return fail(Fault::Forbidden,
              fmt::format("A {} may not {} {} here.", role_name(who.role), interaction_name(interaction),
                          type.empty() ? std::string_view{"that"} : type));
}

} // namespace tripsis::auth
