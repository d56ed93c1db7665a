// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The table reads from top to bottom; the first line that names the role, the interaction and the type
// allows. No line, no access.
#include "auth/policy.hh"

#include "clinic/canonical.hh"
#include "clinic/forms/questionnaires.hh"

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
constexpr std::array staff{HandOver, Drafts};
constexpr std::array reading_records{Read, VRead, History, Search};
constexpr std::array creating{Create};
constexpr std::array reading_operation{Operation};
constexpr std::array writing_operation{Perform};

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

using store::Sight;
constexpr std::array<std::string_view, 2> finished_notes{"final", "amended"};

/// What a patient sees. Drafts and notes that were entered in error are the practice's own.
constexpr std::array sights{
    Sight{"Patient"},
    Sight{"Appointment"},
    Sight{"Encounter"},
    Sight{"Composition", Sight::Of::Own, finished_notes},
    Sight{"Procedure"},
    Sight{"Observation"},
    Sight{"Condition"},
    Sight{"AllergyIntolerance"},
    Sight{"MedicationStatement"},
    Sight{"Consent"},
    Sight{"QuestionnaireResponse"},
    Sight{"CarePlan"},
    Sight{"Goal"},
    Sight{"ServiceRequest"},
    Sight{"RelatedPerson"},
    Sight{"DocumentReference"},
    Sight{"Invoice"},
    Sight{"Communication"},
    Sight{"Questionnaire", Sight::Of::Shared},
    Sight{"CodeSystem", Sight::Of::Shared},
    Sight{"ValueSet", Sight::Of::Shared},
};
constexpr std::array<std::string_view, 3> patients_reads{"portal", "measures", "populate"};
constexpr std::array<std::string_view, 1> patients_acts{"check-in"};

enum class Types : unsigned char { All, AllButOwners, AllButAudit, PatientsSights, PatientsWrites, Forms };

struct Line {
  Role role;
  Scope scope;
  std::span<Interaction const> interactions;
  Types types;
  std::span<std::string_view const> operations = {}; ///< Empty: whichever, where the line is of operations
};

constexpr std::array policy{
    Line{Role::Owner, Scope::Practice, own_session, Types::All},
    Line{Role::Owner, Scope::Practice, staff, Types::All},
    Line{Role::Owner, Scope::Practice, reading, Types::All},
    Line{Role::Owner, Scope::Practice, writing,
         Types::AllButAudit}, // the log of who did what is nobody's to write
    Line{Role::Therapist, Scope::Practice, own_session, Types::All},
    Line{Role::Therapist, Scope::Practice, staff, Types::All},
    Line{Role::Therapist, Scope::Practice, reading, Types::AllButAudit},
    Line{Role::Therapist, Scope::Practice, writing, Types::AllButOwners},
    Line{Role::Patient, Scope::Portal, own_session, Types::All},
    Line{Role::Patient, Scope::Portal, reading_records, Types::PatientsSights},
    Line{Role::Patient, Scope::Portal, creating, Types::PatientsWrites},
    Line{Role::Patient, Scope::Portal, reading_operation, Types::All, patients_reads},
    Line{Role::Patient, Scope::Portal, writing_operation, Types::All, patients_acts},
    Line{Role::Patient, Scope::Form, own_session, Types::All},
    Line{Role::Patient, Scope::Form, reading_records, Types::Forms},
    Line{Role::Patient, Scope::Form, creating, Types::PatientsWrites},
};

bool names(Types types, std::string_view type) {
  switch (types) {
  case Types::All:
    return true;
  case Types::AllButAudit:
    return type != "AuditEvent";
  case Types::AllButOwners:
    return std::ranges::find(owners_types, type) == owners_types.end();
  case Types::PatientsSights:
    return std::ranges::find(sights, type, &Sight::type) != sights.end();
  case Types::PatientsWrites:
    return type == "QuestionnaireResponse" || type == "Consent";
  case Types::Forms:
    return type == "Questionnaire";
  }
  return false;
}

bool allows(Line const& line, Principal const& who, Interaction interaction, std::string_view type,
            std::string_view operation) {
  return line.role == who.role && line.scope == who.scope &&
         std::ranges::find(line.interactions, interaction) != line.interactions.end() &&
         names(line.types, type) &&
         (line.operations.empty() ||
          std::ranges::find(line.operations, operation) != line.operations.end());
}

store::AccessFilter filter_for(Principal const& who) {
  if (who.role != Role::Patient)
    return {}; // the staff sees the whole practice
  constexpr std::string_view prefix = "Patient/";
  store::AccessFilter filter;
  filter.patients.emplace();
  if (who.patient.starts_with(prefix))
    filter.patients->push_back(who.patient.substr(prefix.size()));
  filter.sights = sights;
  if (who.scope == Scope::Form) {
    filter.only.emplace();
    for (auto const& form : who.forms)
      filter.only->push_back({"Questionnaire", form});
  }
  return filter;
}

/// Whether every reference to a Patient in it, at whatever depth, is to this one.
bool names_nobody_else(json::Value const& value, std::string_view patient) {
  if (value.is_array())
    return std::ranges::all_of(value.array(),
                               [&](json::Value const& item) { return names_nobody_else(item, patient); });
  if (!value.is_object())
    return true;
  auto const reference = value.text("reference");
  return (!reference.contains("Patient/") || reference == patient) &&
         std::ranges::all_of(value.object(), [&](json::Member const& member) {
           return names_nobody_else(member.value, patient);
         });
}

/// The id of one of our Questionnaires that a response answers.
std::string_view form_of(json::Value const& response) {
  auto canonical = response.text("questionnaire");
  auto const prefix = std::string{clinic::canonical::base} + "Questionnaire/";
  if (!canonical.starts_with(prefix))
    return {};
  canonical.remove_prefix(prefix.size());
  return canonical.substr(0, canonical.find('|'));
}

/// Scores that are entered from paper, and what is measured.
bool is_for_staff(json::Value const& response) {
  return clinic::forms::entry_of(clinic::forms::instrument_id(form_of(response))) !=
         clinic::forms::Entry::Form;
}

bool is_handed_form(Principal const& who, json::Value const& resource) {
  auto const form =
      resource.text("resourceType") == "Consent" ? std::string_view{"consent"} : form_of(resource);
  return std::ranges::find(who.forms, form) != who.forms.end();
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
  case Link:
    return "link";
  case LinkRequest:
    return "link-request";
  case HandOver:
    return "hand-over";
  case Drafts:
    return "drafts";
  }
  return "";
}

std::span<Interaction const> interactions() noexcept {
  static constexpr std::array all{Read,    VRead,   History,   Search,      Create,       Update,
                                  Delete,  Batch,   Operation, Perform,     Capabilities, SignIn,
                                  SignOut, Session, Link,      LinkRequest, HandOver,     Drafts};
  return all;
}

bool is_write(Interaction interaction) noexcept {
  return std::ranges::find(writing, interaction) != writing.end() || interaction == Batch;
}

bool is_open(Interaction interaction) noexcept {
  return interaction == Capabilities || interaction == SignIn || interaction == Link ||
         interaction == LinkRequest;
}

Result<store::AccessFilter> decide(Principal const& who, Interaction interaction, std::string_view type,
                                   std::string_view operation) {
  for (auto const& line : policy)
    if (allows(line, who, interaction, type, operation))
      return filter_for(who);
  return fail(Fault::Forbidden,
              fmt::format("A {} may not {} {} here.", role_name(who.role), interaction_name(interaction),
                          type.empty() ? std::string_view{"that"} : type));
}

Result<> decide_content(Principal const& who, json::Value const& resource) {
  if (who.role != Role::Patient)
    return {};
  auto const type = resource.text("resourceType");
  auto const reference = [&](std::string_view element) {
    auto const* value = resource.find(element);
    return value == nullptr ? std::string_view{} : value->text("reference");
  };
  std::string const about = type == "Consent" ? "patient" : "subject";
  if (who.patient.empty() || reference(about) != who.patient)
    return fail(Fault::Forbidden, "A patient writes about themselves: name your own record here.",
                fmt::format("{}.{}", type, about));
  if (resource.find("author") != nullptr && reference("author") != who.patient)
    return fail(Fault::Forbidden, "A patient is the author of what they send, or it names none.",
                fmt::format("{}.author", type));
  if (!names_nobody_else(resource, who.patient))
    return fail(Fault::Forbidden, "A patient's form names no other patient.", std::string{type});
  if (type == "QuestionnaireResponse" && is_for_staff(resource))
    return fail(Fault::Forbidden, "This form is filled in by the practice.",
                "QuestionnaireResponse.questionnaire");
  if (who.scope == Scope::Form && !is_handed_form(who, resource))
    return fail(Fault::Forbidden, "This tablet was handed over for other forms.", std::string{type});
  return {};
}

std::span<Sight const> patients_sights() noexcept {
  return sights;
}

} // namespace tripsis::auth
