// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// How patients sign in without a password (docs/api.md#signing-in): by the key of a link that was mailed
// and their date of birth, or on a tablet that the staff hands to them for a few forms.
#include "base/json/parse.hh"
#include "clinic/find.hh"
#include "clinic/person.hh"
#include "fhir/reference.hh"
#include "jobs/message.hh"
#include "jobs/post.hh"
#include "rest/endpoints.hh"
#include "rest/exchange.hh"
#include "rest/session_answer.hh"

#include <fmt/format.h>

namespace tripsis::rest {
namespace {

constexpr std::size_t most_forms = 20;

std::unexpected<Error> not_let_in() {
  return fail(Fault::Login, "The link or the date of birth is wrong, or the link's time is over.");
}

Result<json::Value> read_patient(Call const& call, std::string_view reference) {
  auto const key = clinic::key_of(reference);
  if (!key || key->type != "Patient")
    return fail(Fault::Value, "The patient is named as Patient/ID.", "patient");
  Result<json::Value> found = fail(Fault::NotFound, {});
  call.services.store.read({}, [&](store::ReadTx& tx) { found = clinic::read(tx, *key); });
  return found;
}

Result<std::vector<std::string>> forms_of(Call const& call, json::Value const& body) {
  auto const& list = body.items("forms");
  if (list.empty() || list.size() > most_forms)
    return fail(Fault::Required, "Name the forms that are handed over: {\"forms\": [\"intake\", …]}.",
                "forms");
  std::vector<std::string> forms;
  Result<> known{};
  call.services.store.read(call.access, [&](store::ReadTx& tx) {
    for (auto const& form : list) {
      auto const id = form.is_string() ? form.string() : std::string{};
      if (!fhir::is_id(id) || !tx.read({"Questionnaire", id})) {
        known = fail(Fault::Value, "There is no Questionnaire of the name that was given.", "forms");
        return;
      }
      forms.push_back(id);
    }
  });
  TRY(std::move(known));
  return forms;
}

/// "a…@clinic.example"
std::string masked(std::string_view address) {
  auto const at = address.find('@');
  return fmt::format("{}…{}", address.substr(0, 1), address.substr(at));
}

/// The values of the parameters named `form`.
Result<std::vector<std::string>> asked_forms(Call& call) {
  std::vector<std::string> forms;
  if (call.body == nullptr && call.request.body.empty())
    return forms;
  auto const parameters = TRY(take_body(call));
  if (parameters.text("resourceType") != "Parameters")
    return fail(Fault::Value, "The body must be a Parameters resource.", "resourceType");
  for (auto const& parameter : parameters.items("parameter")) {
    if (parameter.text("name") != "form")
      return fail(Fault::NotSupported, "The only parameter is form.", "Parameters.parameter.name");
    auto value = parameter.text("valueString");
    for (std::string_view const other : {"valueCode", "valueId"})
      if (value.empty())
        value = parameter.text(other);
    if (!fhir::is_id(value))
      return fail(Fault::Value, "A form is named by the id of its Questionnaire.",
                  "Parameters.parameter.value");
    forms.emplace_back(value);
  }
  if (forms.size() > most_forms)
    return fail(Fault::TooLong, fmt::format("At most {} forms are asked for at a time.", most_forms));
  return forms;
}

} // namespace

Result<Response> link(Call& call) {
  auto const body = TRY(take_body(call));
  auto const key = body.text("key");
  auto const birth_date = body.text("birthDate");
  if (key.empty() || birth_date.empty())
    return fail(Fault::Required, "The body must be {\"key\": …, \"birthDate\": \"YYYY-MM-DD\"}.");
  auto const name = "link " + std::string{key};
  if (!call.services.sign_in_limit.admit(name, call.request.peer))
    return fail(Fault::Throttled, "Too many tries; wait a minute.");
  auto found = call.services.links.try_key(key);
  if (found.use == auth::Links::Use::Dead)
    return fail(Fault::Throttled, "Too many wrong dates of birth: this link is closed. Ask for a new one.");
  if (found.use == auth::Links::Use::Unknown)
    return not_let_in();
  auto const patient = read_patient(call, found.link.patient);
  if (!patient || !clinic::is_active(*patient) || patient->text("birthDate") != birth_date)
    return not_let_in();
  call.services.links.forgive(key);
  call.services.sign_in_limit.forget(name);
  auto const secret =
      call.services.patient_sessions.open(found.link.patient, auth::Scope::Portal, found.link.forms);
  auth::PatientSession const session{found.link.patient, auth::Scope::Portal, found.link.forms, {}};
  return signed_in(call, auth::principal_of(session), secret, auth::longest_portal_session);
}

// Whether the address is known is not told, neither by the answer nor by the time that it takes.
Result<Response> link_request(Call& call) {
  auto const body = TRY(take_body(call));
  std::string const email{body.text("email")};
  if (email.empty())
    return fail(Fault::Required, "The body must be {\"email\": …}.");
  if (call.services.sign_in_limit.admit("mail " + email, call.request.peer) && jobs::is_mail_address(email))
    call.services.jobs.add(jobs::send_link_to(email));
  return Response{.status = 202};
}

Result<Response> hand_over(Call& call) {
  if (call.who->means != auth::Means::Session)
    return fail(Fault::Forbidden, "A tablet is handed over in the session of its browser.");
  auto const body = TRY(take_body(call));
  auto const patient = TRY(read_patient(call, body.text("patient")));
  if (!clinic::is_active(patient))
    return fail(Fault::BusinessRule, "This patient's record is not in use any more.", "patient");
  auto forms = TRY(forms_of(call, body));
  auto const reference = clinic::reference_to(patient);
  auto const secret = call.services.patient_sessions.open(reference, auth::Scope::Form, forms);
  call.services.authenticator.forget_session(session_secret(call.request));
  auto const by = call.who;
  auth::PatientSession const session{reference, auth::Scope::Form, std::move(forms), {}};
  auto response = signed_in(call, auth::principal_of(session), secret, auth::longest_form_session);
  call.who = by; // the audit log says who handed it over, and to whom
  call.type = "Patient";
  call.subject_id = patient.text("id");
  return response;
}

Result<Response> invite(Call& call) {
  TRY(only_parameters(call, {}));
  auto const forms = TRY(asked_forms(call));
  auto const reference = "Patient/" + call.id;
  auto const patient = TRY(read_patient(call, reference));
  auto const address = clinic::email_of(patient);
  if (!clinic::is_active(patient))
    return fail(Fault::BusinessRule, "This patient's record is not in use any more.", "Patient.active");
  if (!jobs::is_mail_address(address))
    return fail(Fault::Required, "The patient has no e-mail address; add one first.", "Patient.telecom");
  if (patient.text("birthDate").size() != std::string_view{"YYYY-MM-DD"}.size())
    return fail(Fault::Required, "The link asks for the date of birth; add it first.", "Patient.birthDate");
  call.services.jobs.add(jobs::send_link(reference, forms));
  auto answer = json::object({{"resourceType", "Parameters"}});
  answer.push("parameter", json::object({{"name", "sent"}, {"valueBoolean", json::Value{true}}}));
  answer.push("parameter", json::object({{"name", "address"}, {"valueString", masked(address)}}));
  return json_response(200, json::write(answer));
}

} // namespace tripsis::rest
