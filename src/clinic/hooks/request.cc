// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/hooks/request.hh"

#include "clinic/canonical.hh"
#include "clinic/find.hh"
#include "clinic/safety/treatment.hh"
#include "fhir/reference.hh"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace tripsis::clinic::hooks {
namespace {

using json::Value;
using screening::Day;

constexpr std::size_t most_resources = 5'000;
constexpr std::size_t most_appointments = 100;

Result<std::string> required_text(Value const& object, std::string_view name, std::string_view where) {
  auto text = std::string{object.text(name)};
  if (text.empty())
    return fail(Fault::Required, fmt::format("{} is missing: a text.", name), std::string{where});
  return text;
}

/// The patients that an Appointment names, by id.
std::vector<std::string> patients_of(Value const& appointment) {
  std::vector<std::string> patients;
  for (auto const& participant : appointment.items("participant"))
    if (auto const* actor = participant.find("actor"))
      if (auto const reference = fhir::Reference::parse(actor->text("reference"));
          reference && reference->type == "Patient")
        patients.push_back(reference->id);
  return patients;
}

/// Whether it may become a treatment: not one that is off, nor one of our services that is none.
bool may_be_treatment(Value const& appointment) {
  auto const status = appointment.text("status");
  auto const service = code_in(appointment.find("serviceType"), canonical::service);
  return status != "cancelled" && status != "noshow" && status != "entered-in-error" &&
         (service.empty() || service.starts_with("treatment-"));
}

/// The days of context.appointments that are to be judged.
Result<std::vector<Day>> appointment_days(Value const& context, std::string const& patient,
                                          TimeZone const& zone, Day today) {
  constexpr std::string_view where = "context.appointments";
  auto const* bundle = context.find("appointments");
  if (bundle == nullptr || bundle->text("resourceType") != "Bundle" || bundle->items("entry").empty())
    return fail(Fault::Required, "appointments is missing: a Bundle of Appointments.", std::string{where});
  auto const& entries = bundle->items("entry");
  if (entries.size() > most_appointments)
    return fail(Fault::TooLong,
                fmt::format("At most {} appointments are judged at once.", most_appointments),
                std::string{where});
  std::vector<Day> days;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    auto const* appointment = entries[i].find("resource");
    auto const place = fmt::format("{}.entry[{}].resource", where, i);
    if (appointment == nullptr || appointment->text("resourceType") != "Appointment")
      return fail(Fault::Value, "Each entry must be an Appointment.", place);
    auto const patients = patients_of(*appointment);
    if (!patients.empty() && std::ranges::find(patients, patient) == patients.end())
      return fail(Fault::Value, "The Appointment is another patient's than context.patientId.", place);
    if (may_be_treatment(*appointment))
      days.push_back(safety::read_treatment(*appointment, zone, today).day);
  }
  std::ranges::sort(days);
  days.erase(std::ranges::unique(days).begin(), days.end());
  return days;
}

/// Adds what one prefetch holds, a resource or a Bundle of them, to the entries of a Bundle. Whether it
/// holds anything at all: a client sends null or an OperationOutcome for what it could not get.
bool add_entries(Value* sent, json::Array& entries) {
  if (sent == nullptr || !sent->is_object() || sent->text("resourceType") == "OperationOutcome")
    return false;
  if (sent->text("resourceType") != "Bundle") {
    entries.push_back(json::object({{"resource", std::move(*sent)}}));
    return true;
  }
  if (auto* list = sent->find("entry"); list != nullptr && list->is_array())
    std::ranges::move(list->array(), std::back_inserter(entries));
  return true;
}

/// Fills in record and missing.
Result<> read_prefetch(Value* prefetch, Request& request) {
  if (prefetch == nullptr || prefetch->is_null())
    return {};
  if (!prefetch->is_object())
    return fail(Fault::Structure, "prefetch must be an object.", "prefetch");
  auto const* patient = std::as_const(*prefetch).find("patient");
  if (patient == nullptr || patient->text("resourceType") != "Patient")
    return {};
  if (patient->text("id") != request.patient)
    return fail(Fault::Value, "The Patient is another one than context.patientId.", "prefetch.patient");
  json::Array entries;
  for (auto const& one : prefetches)
    if (!add_entries(prefetch->find(one.key), entries))
      request.missing.push_back(one.what);
  if (entries.size() > most_resources)
    return fail(Fault::TooLong, fmt::format("At most {} resources are judged.", most_resources),
                "prefetch");
  // What was cleared or overridden is believed only where it was recorded.
  std::erase_if(entries, [](Value const& entry) {
    auto const* resource = entry.find("resource");
    return resource == nullptr || resource->text("resourceType") == "DetectedIssue";
  });
  request.record = TRY(screening::PatientRecord::from_bundle(
      json::object({{"resourceType", "Bundle"}, {"entry", std::move(entries)}})));
  return {};
}

} // namespace

Result<Request> read_request(Value body, Service const& service, TimeZone const& zone, Day today) {
  if (!body.is_object())
    return fail(Fault::Structure, "The body must be an object.");
  if (TRY(required_text(body, "hook", "hook")) != service.hook)
    return fail(Fault::Value, fmt::format("This service is one of the hook {}.", service.hook), "hook");
  TRY(required_text(body, "hookInstance", "hookInstance"));
  auto const* context = std::as_const(body).find("context");
  if (context == nullptr || !context->is_object())
    return fail(Fault::Required, "context is missing: an object.", "context");
  TRY(required_text(*context, "userId", "context.userId"));
  if (service.hook == "encounter-start")
    TRY(required_text(*context, "encounterId", "context.encounterId"));
  Request request{.patient = TRY(required_text(*context, "patientId", "context.patientId")),
                  .fhir_server = std::string{body.text("fhirServer")},
                  .days = {today}};
  if (!fhir::is_id(request.patient))
    return fail(Fault::Value, "patientId must be the id of a Patient, without its type.",
                "context.patientId");
  if (service.hook == "appointment-book")
    request.days = TRY(appointment_days(*context, request.patient, zone, today));
  TRY(read_prefetch(body.find("prefetch"), request));
  return request;
}

} // namespace tripsis::clinic::hooks
