// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "jobs/post.hh"

#include "clinic/canonical.hh"
#include "clinic/find.hh"
#include "clinic/forms_due.hh"
#include "clinic/person.hh"
#include "clinic/records/note.hh"
#include "clinic/safety/sessions.hh"
#include "fhir/date_time.hh"
#include "jobs/message.hh"

#include <algorithm>

#include <fmt/format.h>

namespace tripsis::jobs {
namespace {

constexpr std::string_view invitation = "invitation";
constexpr std::string_view forms_link = "forms-link";
constexpr std::string_view requested_link = "requested-link";
constexpr std::string_view alert = "alert";
constexpr std::string_view after_visit = "after-visit";

/// More links for one patient in an hour are not asked for by a person.
constexpr std::int64_t most_requests_an_hour = 3;

/// What `work` finds in one state of the store, of the whole practice.
template <class Found, class Work>
Result<Found> in_reader(Post const& post, Work const& work) {
  Result<Found> found = fail(Fault::NotFound, {});
  post.store.read({}, [&](store::ReadTx& tx) { found = work(tx); });
  return found;
}

/// Whether a link can reach and let in this patient.
bool can_be_invited(json::Value const& patient) {
  return clinic::is_active(patient) && is_mail_address(clinic::email_of(patient)) &&
         patient.text("birthDate").size() == 10;
}

std::string link_text(Post const& post, std::string_view key, std::string_view what,
                      std::string_view until) {
  return fmt::format(
      "Hello,\n\n{}\n\n{}/portal/enter#{}\n\n"
      "You will be asked for your date of birth. {}\n"
      "Please do not pass this mail on. If you did not expect it, you can delete it.\n\n{}\n",
      what, post.public_url, key, until, post.practice);
}

/// Makes the link and mails it. A link that could not be mailed is taken back.
Result<> mail_link(Post const& post, json::Value const& patient, auth::Link const& link,
                   std::string_view what, std::string_view until) {
  auto const key = post.links.make(link);
  auto sent = post.mailer.send({.to = std::string{clinic::email_of(patient)},
                                .subject = fmt::format("Your visit to {}", post.practice),
                                .text = link_text(post, key, what, until)});
  if (!sent)
    post.links.remove(key);
  return sent;
}

struct Invitation {
  json::Value patient;
  Instant expires;
};

/// Those who are to be invited to fill in forms before this appointment.
Result<std::vector<Invitation>> invitations_for(Post const& post, store::ReadTx& tx,
                                                std::string const& id) {
  std::vector<Invitation> all;
  auto const appointment = clinic::read(tx, {"Appointment", id});
  if (!appointment || appointment->text("status") != "booked")
    return all; // cancelled meanwhile
  auto const start = fhir::DateTime::parse_instant(appointment->text("start"));
  if (!start || start->range(post.zone).low <= post.clock.now())
    return all;
  auto const day = post.zone.date(start->range(post.zone).low);
  for (auto const& key : clinic::actors(*appointment, "Patient")) {
    auto patient = clinic::read(tx, key);
    if (!patient || !can_be_invited(*patient) ||
        TRY(clinic::forms_due(clinic::find_in(tx), {key.id}, std::chrono::sys_days{day}, post.zone))
            .empty())
      continue;
    auto const after = std::chrono::year_month_day{std::chrono::sys_days{day} + std::chrono::days{1}};
    all.push_back({*std::move(patient), post.zone.day(after).high});
  }
  return all;
}

Result<> invite(Post const& post, json::Value const& what) {
  auto const all = TRY(in_reader<std::vector<Invitation>>(post, [&](store::ReadTx& tx) {
    return invitations_for(post, tx, std::string{what.text("appointment")});
  }));
  for (auto const& [patient, expires] : all) {
    auto const reference = clinic::reference_to(patient);
    // Who books eight hours at once is asked once.
    if (!post.links.has_open(reference, auth::LinkKind::Invitation))
      TRY(mail_link(post, patient, {reference, auth::LinkKind::Invitation, {}, expires},
                    "before your visit, please fill in a few forms. It takes about ten minutes, on a phone "
                    "or a computer:",
                    "The link is good until the day after your visit."));
  }
  return {};
}

Result<> send_forms(Post const& post, json::Value const& what) {
  auto const key = clinic::key_of(what.text("patient"));
  if (!key)
    return fail(Fault::Value, "the job names no patient");
  auto const patient =
      in_reader<json::Value>(post, [&](store::ReadTx& tx) { return clinic::read(tx, *key); });
  if (!patient || !can_be_invited(*patient))
    return {}; // deleted, merged or without an address meanwhile
  auth::Link link{key->reference(),
                  auth::LinkKind::Forms,
                  {},
                  post.clock.now() + Instant::duration{auth::longest_forms_link}};
  for (auto const& form : what.items("forms"))
    if (form.is_string())
      link.forms.push_back(form.string());
  return mail_link(post, *patient, link, "please fill in a few forms for us, on a phone or a computer:",
                   "The link is good for two weeks.");
}

std::string lower(std::string_view ascii) {
  std::string text{ascii};
  std::ranges::transform(text, text.begin(), [](char c) {
    return 'A' <= c && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return text;
}

/// The one active patient who has this address.
Result<std::optional<json::Value>> patient_with(store::ReadTx& tx, std::string const& email) {
  std::optional<json::Value> only;
  auto const folded = lower(email);
  for (auto& patient : TRY(clinic::find_in(tx)("Patient", {{"email", clinic::any_of({email, folded})}}))) {
    if (!clinic::is_active(patient) || lower(clinic::email_of(patient)) != folded)
      continue;
    if (only)
      return std::nullopt; // a family's address: whose records it opens cannot be told
    only = std::move(patient);
  }
  return only;
}

Result<> send_requested(Post const& post, json::Value const& what) {
  std::string const email{what.text("email")};
  if (!is_mail_address(email))
    return {};
  auto const patient = TRY(in_reader<std::optional<json::Value>>(
      post, [&](store::ReadTx& tx) { return patient_with(tx, email); }));
  if (!patient || !can_be_invited(*patient))
    return {};
  auto const reference = clinic::reference_to(*patient);
  auto const now = post.clock.now();
  if (post.links.count_since(reference, auth::LinkKind::Requested, now - std::chrono::hours{1}) >=
      most_requests_an_hour)
    return {};
  return mail_link(post, *patient,
                   {reference, auth::LinkKind::Requested, {}, now + auth::longest_requested_link},
                   "here is the link that was asked for:", "The link is good for half an hour.");
}

/// The patient of the visit, where it is still to be asked how it was: no later visit, no answer, not too
/// late.
Result<std::optional<json::Value>> patient_to_ask(Post const& post, store::ReadTx& tx,
                                                  std::string const& encounter) {
  auto const visit = clinic::read(tx, {"Encounter", encounter});
  auto const key = visit ? clinic::key_of(visit->find("subject")) : std::nullopt;
  if (!key)
    return std::nullopt;
  auto patient = clinic::read(tx, *key);
  if (!patient || !can_be_invited(*patient))
    return std::nullopt;
  auto const session = TRY(clinic::safety::session_to_ask_about(clinic::find_in(tx), key->reference(),
                                                                post.clock.now(), post.zone));
  if (!session || session->encounter != "Encounter/" + encounter)
    return std::nullopt;
  return *std::move(patient);
}

Result<> ask_after_visit(Post const& post, json::Value const& what) {
  auto const patient = TRY(in_reader<std::optional<json::Value>>(post, [&](store::ReadTx& tx) {
    return patient_to_ask(post, tx, std::string{what.text("encounter")});
  }));
  if (!patient)
    return {};
  auth::Link const link{clinic::reference_to(*patient),
                        auth::LinkKind::Forms,
                        {std::string{clinic::safety::after_visit_form}},
                        post.clock.now() + Instant::duration{auth::longest_forms_link}};
  return mail_link(post, *patient, link,
                   "how was your body after your last visit? Please tell us, on a phone or a computer; it "
                   "takes a minute. If it is an emergency, do not wait for us: call for help.",
                   "The link is good for two weeks.");
}

/// When somebody is to be asked after the visit that the note is of: a day after its end, which the unit
/// tells where it holds the visit.
std::optional<Task> ask_later(store::Changes const& unit, json::Value const& note) {
  if (!clinic::is_signed(note) || clinic::code_in(note.find("type"), clinic::canonical::note) != "session")
    return std::nullopt;
  auto const visit = clinic::key_of(note.find("encounter"));
  if (!visit)
    return std::nullopt;
  auto ended = unit.now;
  for (auto const& change : unit.changes)
    if (auto const* end = change.resource.at({"period", "end"});
        change.key == *visit && end != nullptr && end->is_string())
      if (auto const moment = fhir::DateTime::parse(end->string()))
        ended = moment->range(TimeZone::utc()).low; // FHIR: with a time there is an offset
  if (ended + clinic::safety::asked_until <= unit.now)
    return std::nullopt; // a note written late, or another practice's
  return Task{std::string{after_visit}, fmt::format("{} {}", after_visit, visit->reference()),
              json::object({{"encounter", visit->id}}), ended + clinic::safety::asked_from};
}

Result<> send_alert(Post const& post, json::Value const&) {
  if (post.alerts_to.empty())
    return {};
  return post.mailer.send(
      {.to = post.alerts_to,
       .subject = fmt::format("{}: an answer asks for action now", post.practice),
       .text = fmt::format("An answer in a form asks for action now. Please sign in and open the list of "
                           "tasks:\n\n{}/\n\n{}\n",
                           post.public_url, post.practice)});
}

} // namespace

Handlers handlers(Post const& post) {
  Handlers all;
  all.emplace(invitation, [&post](json::Value const& what) { return invite(post, what); });
  all.emplace(forms_link, [&post](json::Value const& what) { return send_forms(post, what); });
  all.emplace(requested_link, [&post](json::Value const& what) { return send_requested(post, what); });
  all.emplace(after_visit, [&post](json::Value const& what) { return ask_after_visit(post, what); });
  all.emplace(alert, [&post](json::Value const& what) { return send_alert(post, what); });
  return all;
}

std::vector<Task> tasks_of(store::Changes const& unit) {
  std::vector<Task> tasks;
  for (auto const& change : unit.changes) {
    auto const& resource = change.resource;
    if (change.method == store::Method::Delete)
      continue;
    if (change.key.type == "Appointment" && resource.text("status") == "booked")
      tasks.push_back({std::string{invitation}, fmt::format("{} {}", invitation, change.key.reference()),
                       json::object({{"appointment", change.key.id}})});
    if (change.key.type == "Composition")
      if (auto task = ask_later(unit, resource))
        tasks.push_back(*std::move(task));
    if (change.key.type == "Task" &&
        clinic::code_in(resource.find("code"), clinic::canonical::task) == "crisis")
      tasks.push_back(
          {std::string{alert}, fmt::format("{} {}", alert, change.key.reference()), json::object({})});
  }
  return tasks;
}

Task send_link(std::string const& patient, std::vector<std::string> const& forms) {
  auto what = json::object({{"patient", patient}});
  for (auto const& form : forms)
    what.push("forms", form);
  return {std::string{forms_link}, {}, std::move(what)};
}

Task send_link_to(std::string const& email) {
  return {std::string{requested_link}, {}, json::object({{"email", email}})};
}

} // namespace tripsis::jobs
