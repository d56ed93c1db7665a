// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "auth/accounts.hh"
#include "auth/authenticator.hh"
#include "auth/policy.hh"
#include "auth/sign_in_limit.hh"
#include "auth/token.hh"
#include "base/base64.hh"
#include "fhir/definitions.hh"
#include "support/temporary_folder.hh"

#include <sys/stat.h>

#include <gtest/gtest.h>

namespace tripsis::auth {
namespace {

Instant const start{std::chrono::seconds{1'795'000'000}};

class Tokens : public testing::Test {
protected:
  test::TemporaryFolder folder_;
  std::string file_ = folder_.path() + "/token.pem";
  TokenKey key_ = TokenKey::ensure(file_);
  std::string token_ = key_.sign({"anna", Role::Therapist, start, start + std::chrono::hours{1}, "id-1"});
};

TEST_F(Tokens, say_who_and_until_when) {
  auto const claims = key_.verify(token_, start);
  ASSERT_TRUE(claims);
  EXPECT_EQ(claims->subject, "anna");
  EXPECT_EQ(claims->role, Role::Therapist);
  EXPECT_EQ(claims->id, "id-1");
  EXPECT_EQ(claims->expires, start + std::chrono::hours{1});
  EXPECT_TRUE(key_.verify(token_, start + std::chrono::minutes{59}));
  EXPECT_FALSE(key_.verify(token_, start + std::chrono::hours{1}));
}

TEST_F(Tokens, are_refused_when_one_character_differs) {
  for (std::size_t i = 0; i < token_.size(); ++i) {
    auto changed = token_;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    // The last character of a part may carry unused bits, but then it is no canonical base64.
    EXPECT_FALSE(key_.verify(changed, start)) << i;
  }
  for (auto const size : {std::size_t{0}, std::size_t{1}, token_.size() / 2, token_.size() - 1})
    EXPECT_FALSE(key_.verify(token_.substr(0, size), start)) << size;
  EXPECT_FALSE(key_.verify(token_ + "A", start));
  EXPECT_FALSE(key_.verify(token_ + ".A", start));
  EXPECT_FALSE(key_.verify(std::string(100'000, '.'), start));
}

TEST_F(Tokens, of_other_algorithms_are_refused) {
  auto const body = token_.substr(token_.find('.'), token_.rfind('.') - token_.find('.'));
  for (std::string_view const header : {R"({"alg":"none"})", R"({"alg":"HS256","typ":"JWT"})",
                                        R"({"typ":"JWT"})", R"({"alg":"ES384"})", "[]"})
    for (auto const& signature : {std::string{}, token_.substr(token_.rfind('.') + 1)})
      EXPECT_FALSE(key_.verify(base64_encode(header, Base64::Url) + body + "." + signature, start))
          << header;
}

TEST_F(Tokens, of_another_folder_are_refused) {
  auto const other = TokenKey::ensure(folder_.path() + "/other.pem");
  EXPECT_FALSE(other.verify(token_, start));
}

TEST_F(Tokens, outlive_the_program_that_made_them) {
  auto const again = TokenKey::ensure(file_);
  EXPECT_TRUE(again.verify(token_, start));
  struct stat status{};
  ASSERT_EQ(::stat(file_.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

class People : public testing::Test {
protected:
  test::TemporaryFolder folder_;
  ManualClock clock_{start};
  SystemRandom random_;
  Accounts accounts_{folder_.path() + "/accounts.db", Passwords::Cost::Least, clock_, random_};
  PatientSessions patients_{folder_.path() + "/accounts.db", clock_, random_};
  TokenKey key_ = TokenKey::ensure(folder_.path() + "/token.pem");
  Authenticator authenticator_{accounts_, patients_, key_, clock_};

  void add_anna(Role role = Role::Therapist) {
    ASSERT_TRUE(accounts_.add({"anna", "Anna", role, "Practitioner/a", false}, "correct horse"));
  }
  std::string annas_token(Role role) {
    return key_.sign({"anna", role, start, start + std::chrono::hours{1}, "1"});
  }
};

TEST_F(People, can_sign_in_with_their_password_only) {
  add_anna();
  EXPECT_TRUE(accounts_.check_password("anna", "correct horse"));
  EXPECT_FALSE(accounts_.check_password("anna", "correct horse "));
  EXPECT_FALSE(accounts_.check_password("anna", ""));
  EXPECT_FALSE(accounts_.check_password("berta", "correct horse"));
  EXPECT_FALSE(accounts_.check_password("anna", std::string(100'000, 'a')));
  EXPECT_FALSE(accounts_.check_password("' OR 1=1 --", "correct horse"));
  ASSERT_TRUE(accounts_.set_password("anna", "another one"));
  EXPECT_FALSE(accounts_.check_password("anna", "correct horse"));
  EXPECT_TRUE(accounts_.check_password("anna", "another one"));
}

TEST_F(People, are_told_what_is_wrong_with_an_account) {
  add_anna();
  EXPECT_EQ(accounts_.add({"anna", {}, Role::Owner, {}, false}, "correct horse").error().fault,
            Fault::Conflict);
  EXPECT_EQ(accounts_.add({"Anna B", {}, Role::Owner, {}, false}, "correct horse").error().fault,
            Fault::Value);
  EXPECT_EQ(accounts_.add({"", {}, Role::Owner, {}, false}, "correct horse").error().fault, Fault::Value);
  EXPECT_EQ(accounts_.add({"b", {}, Role::Owner, "Patient/x", false}, "correct horse").error().fault,
            Fault::Value);
  EXPECT_EQ(accounts_.add({"b", {}, Role::Owner, {}, false}, "short").error().fault, Fault::Value);
  EXPECT_EQ(accounts_.set_password("b", "correct horse").error().fault, Fault::NotFound);
  EXPECT_EQ(accounts_.set_sign_in("b", SignIn::Disabled).error().fault, Fault::NotFound);
}

TEST_F(People, lose_sessions_and_tokens_when_they_are_disabled) {
  add_anna();
  auto const session = accounts_.open_session("anna");
  auto const token = annas_token(Role::Therapist);
  EXPECT_TRUE(authenticator_.by_session(session));
  EXPECT_TRUE(authenticator_.by_token(token));
  ASSERT_TRUE(accounts_.set_sign_in("anna", SignIn::Disabled));
  clock_.set(start + trusted_for);
  EXPECT_FALSE(authenticator_.by_session(session));
  EXPECT_FALSE(authenticator_.by_token(token));
  EXPECT_FALSE(accounts_.check_password("anna", "correct horse"));
  ASSERT_TRUE(accounts_.set_sign_in("anna", SignIn::Allowed));
  EXPECT_FALSE(authenticator_.by_session(session)); // it was ended, not put to sleep
  EXPECT_TRUE(authenticator_.by_token(token));
}

TEST_F(People, cannot_do_more_by_token_than_by_account) {
  add_anna(Role::Therapist);
  EXPECT_EQ(authenticator_.by_token(annas_token(Role::Owner)).value()->role, Role::Therapist);
  ASSERT_TRUE(accounts_.add({"olga", {}, Role::Owner, {}, false}, "correct horse"));
  auto const less = key_.sign({"olga", Role::Therapist, start, start + std::chrono::hours{1}, "2"});
  EXPECT_EQ(authenticator_.by_token(less).value()->role, Role::Therapist);
}

TEST_F(People, of_the_role_patient_are_one_patient) {
  Account account{.username = "pia", .name = "Pia", .role = Role::Patient, .practitioner = {}};
  EXPECT_EQ(accounts_.add(account, "correct horse").error().fault, Fault::Value);
  account.patient = "Patient/";
  EXPECT_EQ(accounts_.add(account, "correct horse").error().fault, Fault::Value);
  account.patient = "Patient/p";
  ASSERT_TRUE(accounts_.add(account, "correct horse"));
  EXPECT_EQ(accounts_
                .add({.username = "theo",
                      .name = {},
                      .role = Role::Therapist,
                      .practitioner = {},
                      .patient = "Patient/p"},
                     "correct horse")
                .error()
                .fault,
            Fault::Value);
  auto const who = authenticator_.by_session(accounts_.open_session("pia"));
  ASSERT_TRUE(who);
  EXPECT_EQ((*who)->patient, "Patient/p");
  EXPECT_EQ((*who)->scope, Scope::Portal);
  for (auto const& [role, patient] : {std::pair{Role::Owner, ""}, {Role::Patient, "Patient/other"}}) {
    auto const more = authenticator_.by_token(
        key_.sign({"pia", role, start, start + std::chrono::hours{1}, "1", patient}));
    ASSERT_TRUE(more);
    EXPECT_EQ((*more)->role, Role::Patient);
    EXPECT_EQ((*more)->patient, "Patient/p");
    EXPECT_EQ((*more)->scope, Scope::Portal);
  }
  auto const nobodys = key_.sign({"", Role::Patient, start, start + std::chrono::hours{1}, "2"});
  EXPECT_FALSE(authenticator_.by_token(nobodys));
}

TEST_F(People, of_a_file_of_an_earlier_program_are_kept) {
  auto const file = folder_.path() + "/earlier.db";
  {
    store::sqlite::Database earlier{file, store::sqlite::OpenMode::Create};
    earlier.execute(
        "CREATE TABLE account(username TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, "
        "practitioner TEXT NOT NULL, password TEXT NOT NULL, disabled INT NOT NULL DEFAULT 0) "
        "WITHOUT ROWID;"
        "CREATE TABLE session(secret BLOB PRIMARY KEY, username TEXT NOT NULL REFERENCES "
        "account(username), opened INT NOT NULL, used INT NOT NULL) WITHOUT ROWID;"
        "INSERT INTO account VALUES('olga', 'Olga', 'owner', 'Practitioner/o', 'x', 0);");
  }
  for (int times = 0; times < 2; ++times) {
    Accounts accounts{file, Passwords::Cost::Least, clock_, random_};
    auto const found = accounts.find("olga");
    ASSERT_TRUE(found);
    EXPECT_EQ(found->role, Role::Owner);
    EXPECT_EQ(found->practitioner, "Practitioner/o");
    EXPECT_EQ(found->patient, "");
  }
}

TEST_F(People, have_secrets_that_are_not_stored) {
  add_anna();
  auto const session = accounts_.open_session("anna");
  EXPECT_EQ(session.size(), 43U); // 256 bits
  EXPECT_FALSE(authenticator_.by_session(annas_token(Role::Owner)));
  EXPECT_FALSE(authenticator_.by_token(session));
  EXPECT_NE(session, accounts_.open_session("anna"));
}

TEST_F(People, have_tokens_that_end_even_when_they_are_remembered) {
  add_anna();
  auto const token = key_.sign({"anna", Role::Therapist, start, start + std::chrono::seconds{2}, "1"});
  EXPECT_TRUE(authenticator_.by_token(token));
  clock_.set(start + std::chrono::seconds{1});
  EXPECT_TRUE(authenticator_.by_token(token));
  clock_.set(start + std::chrono::seconds{2});
  EXPECT_FALSE(authenticator_.by_token(token));
}

TEST(SignInLimit, counts_by_name_and_by_address) {
  ManualClock clock{start};
  SignInLimit limit{clock};
  for (int i = 0; i < 5; ++i)
    EXPECT_TRUE(limit.admit("anna", "192.0.2.1"));
  EXPECT_FALSE(limit.admit("anna", "192.0.2.2"));
  EXPECT_TRUE(limit.admit("berta", "192.0.2.1"));
  limit.forget("anna");
  EXPECT_TRUE(limit.admit("anna", "192.0.2.1"));
  for (int i = 0; i < 30; ++i)
    static_cast<void>(limit.admit("guess" + std::to_string(i), "192.0.2.9"));
  EXPECT_FALSE(limit.admit("new", "192.0.2.9"));
  clock.set(start + std::chrono::seconds{61});
  EXPECT_TRUE(limit.admit("new", "192.0.2.9"));
}

TEST(Policy, is_what_the_documentation_says) {
  auto const may = [](Role role, Interaction interaction, std::string_view type) {
    return decide({.role = role}, interaction, type).has_value();
  };
  for (auto const* type : fhir::resource_types()) {
    auto const audit = type->name == "AuditEvent";
    EXPECT_TRUE(may(Role::Owner, Interaction::Read, type->name));
    EXPECT_EQ(may(Role::Owner, Interaction::Update, type->name), !audit) << type->name;
    EXPECT_EQ(may(Role::Therapist, Interaction::Search, type->name), !audit) << type->name;
  }
  for (auto const* type :
       {"Patient", "Appointment", "Encounter", "Procedure", "Observation", "Composition", "Provenance",
        "CarePlan", "Goal", "ServiceRequest", "QuestionnaireResponse", "Condition", "Task", "Media"})
    for (auto const interaction : {Interaction::Create, Interaction::Update, Interaction::Delete,
                                   Interaction::Read, Interaction::History})
      EXPECT_TRUE(may(Role::Therapist, interaction, type)) << type;
  for (auto const* type : {"Practitioner", "PractitionerRole", "Organization", "Location", "Questionnaire",
                           "ValueSet", "PlanDefinition"})
    EXPECT_FALSE(may(Role::Therapist, Interaction::Update, type)) << type;
}

} // namespace
} // namespace tripsis::auth
