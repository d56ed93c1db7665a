// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Links by mail, from a booking to a signed-in patient, and the tablet that is handed over: through
// everything but the socket and the mail server.
#include "base/json/parse.hh"
#include "support/test_program.hh"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace tripsis::test {
namespace {

class Links : public testing::Test {
protected:
  Links() {
    put("Patient", "p",
        R"("active": true, "birthDate": "1980-06-15", "name": [{"given": ["Pia"], "family": "Probe"}],
      "telecom": [{"system": "email", "value": "pia@example.org"}])");
    put("Patient", "without", R"("birthDate": "1980-06-15")");
    put("Questionnaire", "intake",
        R"("status": "active", "url": "https://tripsis.org/fhir/Questionnaire/intake")");
    put("Questionnaire", "journal",
        R"("status": "active", "url": "https://tripsis.org/fhir/Questionnaire/journal")");
  }

  void put(std::string const& type, std::string const& id, std::string const& members) {
    auto const answer = ask("PUT", fmt::format("/fhir/R4/{}/{}", type, id),
                            fmt::format(R"({{"resourceType": "{}", "id": "{}", {}}})", type, id, members));
    ASSERT_LT(answer.status, 300) << answer.content();
  }

  void book(std::string const& id, std::string const& patient, std::string const& day) {
    put("Appointment", id,
        fmt::format(R"("status": "booked", "start": "{0}T10:00:00-05:00", "end": "{0}T11:00:00-05:00",
          "participant": [{{"actor": {{"reference": "Patient/{1}"}}, "status": "accepted"}}])",
                    day, patient));
  }

  enum class As : unsigned char { Owner, Cookie, Nobody };
  rest::Response ask(std::string method, std::string target, std::string body = {}, As as = As::Owner) {
    rest::Request request{.method = std::move(method),
                          .target = std::move(target),
                          .headers = {{"Host", "localhost"}, {"Content-Type", "application/fhir+json"}},
                          .body = std::move(body),
                          .peer = "192.0.2.1"};
    if (as == As::Owner)
      request.headers.emplace_back("Authorization", "Bearer " + token_);
    if (as == As::Cookie) {
      request.headers.emplace_back("Cookie", cookie_);
      request.headers.emplace_back("X-Tripsis-Client", "1");
    }
    auto response = program_.dispatch.answer(request);
    if (auto const set = std::string{response.header("Set-Cookie")}; !set.empty())
      cookie_ = set.substr(0, set.find(';'));
    return response;
  }

  rest::Response sign_in(std::string_view key, std::string_view birth_date) {
    return ask("POST", "/auth/link", fmt::format(R"({{"key": "{}", "birthDate": "{}"}})", key, birth_date),
               As::Nobody);
  }

  std::vector<jobs::Mail> const& mails() {
    program_.runner.run_due();
    return program_.mailer.sent;
  }

  static std::string key_in(jobs::Mail const& mail) {
    constexpr std::string_view begin = "https://clinic.example/portal/enter#";
    auto const at = mail.text.find(begin);
    return at == std::string::npos ? std::string{} : mail.text.substr(at + begin.size(), 43);
  }

  void wait(std::chrono::milliseconds time) { program_.clock.set(program_.clock.now() + time); }

  TestProgram program_;
  std::string token_ = program_.token(auth::Role::Owner, "owner", std::chrono::hours{2000});
  std::string cookie_;
};

TEST_F(Links, of_an_invitation_let_in_who_knows_the_birth_date) {
  book("a", "p", "2026-11-25");
  ASSERT_EQ(mails().size(), 1U);
  auto const& mail = mails().front();
  EXPECT_EQ(mail.to, "pia@example.org");
  for (auto const* told : {"Pia", "Probe", "1980", "2026", "10:00", "intake"})
    EXPECT_FALSE((mail.subject + mail.text).contains(told)) << told;
  auto const key = key_in(mail);
  ASSERT_EQ(key.size(), 43U);
  EXPECT_EQ(sign_in(key, "1980-06-16").status, 401);
  EXPECT_EQ(sign_in("x" + key.substr(1), "1980-06-15").status, 401);
  auto const in = sign_in(key, "1980-06-15");
  ASSERT_EQ(in.status, 200) << in.content();
  EXPECT_TRUE(in.content().contains(
      R"("username":"","name":"Pia Probe","role":"patient","practitioner":null,"patient":"Patient/p","scope":"portal")"))
      << in.content();
  EXPECT_TRUE(std::string{in.header("Set-Cookie")}.contains("Max-Age=2592000"));
  EXPECT_EQ(ask("GET", "/fhir/R4/Patient/p", {}, As::Cookie).status, 200);
  EXPECT_EQ(ask("GET", "/fhir/R4/Patient/without", {}, As::Cookie).status, 404);
  wait(std::chrono::hours{24 * 29});
  EXPECT_EQ(ask("GET", "/auth/session", {}, As::Cookie).status, 200);
  wait(std::chrono::hours{24 * 2});
  EXPECT_EQ(ask("GET", "/auth/session", {}, As::Cookie).status, 401);
}

TEST_F(Links, die_after_five_wrong_birth_dates) {
  book("a", "p", "2026-11-25");
  auto const key = key_in(mails().front());
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(sign_in(key, "1980-06-1" + std::to_string(i)).status, 401);
    wait(std::chrono::minutes{2});
  }
  EXPECT_EQ(sign_in(key, "1980-06-15").status, 429);
  wait(std::chrono::hours{1});
  EXPECT_EQ(sign_in(key, "1980-06-15").status, 429);
}

TEST_F(Links, of_an_invitation_end_with_the_day_after_the_visit) {
  book("a", "p", "2026-11-25");
  auto const key = key_in(mails().front());
  wait(std::chrono::hours{24 * 3 + 13}); // Thursday 23:00
  EXPECT_EQ(sign_in(key, "1980-06-15").status, 200);
  wait(std::chrono::hours{1});
  EXPECT_EQ(sign_in(key, "1980-06-15").status, 401);
}

TEST_F(Links, are_mailed_once_however_many_hours_are_booked) {
  for (auto const* day : {"2026-11-25", "2026-12-02", "2026-12-09"})
    book(std::string{"a"} + day, "p", day);
  EXPECT_EQ(mails().size(), 1U);
  book("a2026-11-25", "p", "2026-11-26");
  EXPECT_EQ(mails().size(), 1U);
}

TEST_F(Links, are_not_mailed_where_they_could_not_be_used) {
  book("a", "without", "2026-11-25");
  book("past", "p", "2026-11-20");
  EXPECT_EQ(mails().size(), 0U);
  book("cancelled", "p", "2026-11-25");
  put("Appointment", "cancelled",
      R"("status": "cancelled", "start": "2026-11-25T10:00:00-05:00", "end": "2026-11-25T11:00:00-05:00",
    "participant": [{"actor": {"reference": "Patient/p"}, "status": "accepted"}])");
  EXPECT_EQ(mails().size(), 0U);
  put("Patient", "p",
      R"("active": false, "birthDate": "1980-06-15", "telecom": [{"system": "email", "value": "pia@example.org"}])");
  book("b", "p", "2026-11-26");
  EXPECT_EQ(mails().size(), 0U);
}

TEST_F(Links, are_not_mailed_when_all_forms_are_filled_in) {
  for (auto const* form : {"health-history", "intake", "consent", "goals-and-comfort"})
    put("QuestionnaireResponse", form,
        fmt::format(
            R"("status": "completed", "authored": "2026-11-20", "subject": {{"reference": "Patient/p"}},
          "questionnaire": "https://tripsis.org/fhir/Questionnaire/{}")",
            form));
  book("a", "p", "2026-11-25");
  EXPECT_EQ(mails().size(), 0U);
  book("in-a-year", "p", "2027-11-25");
  EXPECT_EQ(mails().size(), 1U);
}

TEST_F(Links, are_tried_again_when_the_mail_server_fails) {
  program_.mailer.fault = Fault::Transient;
  book("a", "p", "2026-11-25");
  EXPECT_EQ(mails().size(), 0U);
  EXPECT_EQ(program_.jobs.waiting(), 1);
  program_.mailer.fault.reset();
  EXPECT_EQ(mails().size(), 0U); // not yet
  wait(std::chrono::minutes{1});
  ASSERT_EQ(mails().size(), 1U);
  EXPECT_EQ(sign_in(key_in(mails().front()), "1980-06-15").status, 200);
  EXPECT_EQ(program_.jobs.waiting(), 0);
}

TEST_F(Links, are_mailed_when_the_staff_asks) {
  auto const answer =
      ask("POST", "/fhir/R4/Patient/p/$invite",
          R"({"resourceType": "Parameters", "parameter": [{"name": "form", "valueString": "journal"}]})");
  ASSERT_EQ(answer.status, 200) << answer.content();
  EXPECT_TRUE(answer.content().contains(R"({"name":"sent","valueBoolean":true})"));
  EXPECT_TRUE(answer.content().contains(R"({"name":"address","valueString":"p…@example.org"})"));
  ASSERT_EQ(mails().size(), 1U);
  auto const in = sign_in(key_in(mails().front()), "1980-06-15");
  EXPECT_TRUE(in.content().contains(R"("forms":["journal"])")) << in.content();
  EXPECT_EQ(ask("POST", "/fhir/R4/Patient/without/$invite").status, 400);
  EXPECT_EQ(ask("POST", "/fhir/R4/Patient/none/$invite").status, 404);
  EXPECT_EQ(ask("POST", "/fhir/R4/Patient/p/$invite", R"({"resourceType": "Patient"})").status, 400);
  EXPECT_EQ(ask("POST", "/fhir/R4/Patient/p/$invite", {}, As::Cookie).status, 403);
  EXPECT_EQ(mails().size(), 1U);
}

TEST_F(Links, are_mailed_to_who_asks_when_they_are_one_patient) {
  auto const request = [&](std::string const& email) {
    return ask("POST", "/auth/link-request", fmt::format(R"({{"email": "{}"}})", email), As::Nobody).status;
  };
  EXPECT_EQ(request("Pia@Example.org"), 202);
  EXPECT_EQ(request("nobody@example.org"), 202);
  EXPECT_EQ(request("no address\\r\\nBcc: all@example.org"), 202);
  ASSERT_EQ(mails().size(), 1U);
  auto const key = key_in(mails().front());
  wait(std::chrono::minutes{29});
  EXPECT_EQ(sign_in(key, "1980-06-15").status, 200);
  wait(std::chrono::minutes{1});
  EXPECT_EQ(sign_in(key, "1980-06-15").status, 401);
  for (int i = 0; i < 9; ++i) {
    EXPECT_EQ(request("pia@example.org"), 202);
    wait(std::chrono::seconds{40});
  }
  EXPECT_EQ(mails().size(), 3U); // in an hour
  put("Patient", "twin",
      R"("birthDate": "1980-06-15", "telecom": [{"system": "email", "value": "pia@example.org"}])");
  wait(std::chrono::hours{2});
  EXPECT_EQ(request("pia@example.org"), 202);
  EXPECT_EQ(mails().size(), 3U);
}

TEST_F(Links, and_sessions_end_when_the_record_is_closed) {
  book("a", "p", "2026-11-25");
  auto const key = key_in(mails().front());
  ASSERT_EQ(sign_in(key, "1980-06-15").status, 200);
  put("Patient", "p", R"("active": false, "birthDate": "1980-06-15")");
  wait(std::chrono::seconds{5});
  EXPECT_EQ(ask("GET", "/auth/session", {}, As::Cookie).status, 401);
  put("Patient", "p", R"("active": true, "birthDate": "1980-06-15")");
  EXPECT_EQ(sign_in(key, "1980-06-15").status, 401);
}

TEST_F(Links, stay_secret_in_the_file) {
  book("a", "p", "2026-11-25");
  auto const key = key_in(mails().front());
  store::sqlite::Database file{program_.folder.path() + "/accounts.db", store::sqlite::OpenMode::ReadOnly};
  auto rows = file.query("SELECT key FROM link");
  ASSERT_TRUE(rows.next());
  EXPECT_EQ(rows.text(0).size(), 32U);
  EXPECT_NE(rows.text(0).substr(0, 32), key.substr(0, 32));
}

TEST_F(Links, a_tablet_is_handed_over_for_some_forms_and_nothing_else) {
  ASSERT_EQ(ask("POST", "/auth/sign-in",
                R"({"username": "therapist", "password": "the therapist's password"})", As::Nobody)
                .status,
            200);
  auto const staff = cookie_;
  EXPECT_EQ(ask("POST", "/auth/hand-over", R"({"patient": "Patient/p", "forms": ["nothing"]})", As::Cookie)
                .status,
            400);
  EXPECT_EQ(
      ask("POST", "/auth/hand-over", R"({"patient": "Patient/none", "forms": ["intake"]})", As::Cookie)
          .status,
      404);
  EXPECT_EQ(ask("POST", "/auth/hand-over", R"({"patient": "Patient/p", "forms": ["intake"]})").status, 403);
  auto const over =
      ask("POST", "/auth/hand-over", R"({"patient": "Patient/p", "forms": ["intake"]})", As::Cookie);
  ASSERT_EQ(over.status, 200) << over.content();
  EXPECT_TRUE(over.content().contains(R"("patient":"Patient/p","scope":"form")")) << over.content();
  EXPECT_TRUE(over.content().contains(R"("forms":["intake"])"));

  auto const handed = cookie_;
  cookie_ = staff;
  EXPECT_EQ(ask("GET", "/auth/session", {}, As::Cookie).status, 401); // the staff's session is over
  cookie_ = handed;
  EXPECT_EQ(ask("GET", "/fhir/R4/Questionnaire/intake", {}, As::Cookie).status, 200);
  EXPECT_EQ(ask("GET", "/fhir/R4/Questionnaire/journal", {}, As::Cookie).status, 404);
  for (auto const* path :
       {"/fhir/R4/Patient/p", "/fhir/R4/Appointment", "/fhir/R4/QuestionnaireResponse", "/drafts",
        "/fhir/R4/$day?date=2026-11-23", "/fhir/R4/Patient/p/$chart", "/fhir/R4/CodeSystem"})
    EXPECT_EQ(ask("GET", path, {}, As::Cookie).status, 403) << path;
  auto const response = [&](std::string_view form, std::string_view patient) {
    return ask("POST", "/fhir/R4/QuestionnaireResponse",
               fmt::format(
                   R"({{"resourceType": "QuestionnaireResponse", "status": "completed", "subject": {{"reference":
                 "Patient/{}"}}, "questionnaire": "https://tripsis.org/fhir/Questionnaire/{}"}})",
                   patient, form),
               As::Cookie)
        .status;
  };
  EXPECT_EQ(response("intake", "p"), 201);
  EXPECT_EQ(response("intake|1", "p"), 201);
  EXPECT_EQ(response("journal", "p"), 403);
  EXPECT_EQ(response("intake", "without"), 403);
  EXPECT_EQ(
      ask("POST", "/auth/hand-over", R"({"patient": "Patient/without", "forms": ["intake"]})", As::Cookie)
          .status,
      403);
  wait(std::chrono::minutes{31});
  EXPECT_EQ(ask("GET", "/auth/session", {}, As::Cookie).status, 401);
}

/// A session from 9:00 to 9:45 of the day, with its signed note.
constexpr std::string_view signed_session = R"({{"resourceType": "Bundle", "type": "transaction", "entry": [
  {{"request": {{"method": "PUT", "url": "Encounter/{0}"}}, "resource": {{"resourceType": "Encounter", "id": "{0}",
    "status": "finished", "class": {{"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "AMB"}},
    "subject": {{"reference": "Patient/p"}},
    "period": {{"start": "{1}T09:00:00-05:00", "end": "{1}T09:45:00-05:00"}}}}}},
  {{"request": {{"method": "PUT", "url": "Composition/{0}"}}, "resource": {{"resourceType": "Composition", "id": "{0}",
    "status": "final", "title": "Note", "date": "{1}T09:50:00-05:00", "subject": {{"reference": "Patient/p"}},
    "type": {{"coding": [{{"system": "https://tripsis.org/fhir/CodeSystem/note", "code": "session"}}]}},
    "encounter": {{"reference": "Encounter/{0}"}}, "author": [{{"reference": "Practitioner/therapist"}}]}}}},
  {{"request": {{"method": "PUT", "url": "Provenance/{0}"}}, "resource": {{"resourceType": "Provenance", "id": "{0}",
    "target": [{{"reference": "Composition/{0}"}}], "recorded": "{1}T09:50:00-05:00",
    "activity": {{"coding": [{{"system": "http://terminology.hl7.org/CodeSystem/v3-DocumentCompletion", "code": "LA"}}]}},
    "agent": [{{"who": {{"reference": "Practitioner/therapist"}}}}],
    "signature": [{{"type": [{{"system": "urn:iso-astm:E1762-95:2013", "code": "1.2.840.10065.1.12.1.1"}}],
      "when": "{1}T09:50:00-05:00", "who": {{"reference": "Practitioner/therapist"}}}}]}}}}]}})";

TEST_F(Links, ask_a_day_after_the_visit_how_it_was_and_not_before) {
  token_ = program_.token(auth::Role::Therapist, "therapist", std::chrono::hours{2000});
  auto const give = [&](std::string_view id, std::string_view day) {
    auto const answer = ask("POST", "/fhir/R4", fmt::format(fmt::runtime(signed_session), id, day));
    ASSERT_EQ(answer.status, 200) << answer.content();
  };
  give("late", "2026-11-20"); // written three days after it: too late to ask
  EXPECT_TRUE(mails().empty());
  EXPECT_EQ(program_.jobs.waiting(), 0);
  give("visit", "2026-11-23"); // it is 10:00
  wait(std::chrono::hours{23});
  EXPECT_TRUE(mails().empty());
  wait(std::chrono::hours{1});
  ASSERT_EQ(mails().size(), 1U);
  EXPECT_EQ(mails().front().to, "pia@example.org");
  EXPECT_FALSE(mails().front().text.contains("Pia"));
  ASSERT_EQ(sign_in(key_in(mails().front()), "1980-06-15").status, 200);
  auto const session = ask("GET", "/auth/session", {}, As::Cookie);
  EXPECT_TRUE(session.content().contains("after-visit")) << session.content();
}

TEST_F(Links, do_not_ask_how_a_visit_was_that_was_answered_or_followed_by_another) {
  token_ = program_.token(auth::Role::Therapist, "therapist", std::chrono::hours{2000});
  auto const give = [&](std::string_view id, std::string_view day) {
    ASSERT_EQ(ask("POST", "/fhir/R4", fmt::format(fmt::runtime(signed_session), id, day)).status, 200);
  };
  give("monday", "2026-11-23");
  wait(std::chrono::hours{12});
  put("QuestionnaireResponse", "r",
      R"("status": "completed", "questionnaire": "https://tripsis.org/fhir/Questionnaire/after-visit",
    "subject": {"reference": "Patient/p"}, "authored": "2026-11-23T22:00:00-05:00")");
  wait(std::chrono::hours{24 * 7 - 12});
  EXPECT_TRUE(mails().empty());
  give("next-monday", "2026-11-30");
  wait(std::chrono::hours{23});
  give("tuesday", "2026-12-01"); // at nine the day after, before the first one is asked about
  wait(std::chrono::hours{2});
  EXPECT_TRUE(mails().empty());
  wait(std::chrono::hours{24});
  EXPECT_EQ(mails().size(), 1U);
}

TEST_F(Links, a_crisis_is_told_to_the_practice_without_a_name) {
  put("Task", "t",
      R"("status": "requested", "intent": "order", "priority": "stat", "for": {"reference": "Patient/p"},
    "code": {"coding": [{"system": "https://tripsis.org/fhir/CodeSystem/task", "code": "crisis"}]})");
  ASSERT_EQ(mails().size(), 1U);
  EXPECT_EQ(mails().front().to, "office@clinic.example");
  EXPECT_FALSE(mails().front().text.contains("Pia"));
  EXPECT_FALSE(mails().front().text.contains("Patient/p"));
  put("Task", "t", R"("status": "in-progress", "intent": "order",
    "code": {"coding": [{"system": "https://tripsis.org/fhir/CodeSystem/task", "code": "crisis"}]})");
  EXPECT_EQ(mails().size(), 1U);
}

} // namespace
} // namespace tripsis::test
