// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The whole program without its socket and its command line, on a fresh store in a folder of its own: what
// scenario tests send requests to. Two people can sign in: `owner` and `therapist`, who signs notes as
// Practitioner/therapist.
#pragma once

#include "app/wiring.hh"
#include "base/clock.hh"
#include "base/random.hh"
#include "base/uuid.hh"
#include "http/dispatch.hh"
#include "rest/capabilities.hh"
#include "support/temporary_folder.hh"

#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace tripsis::test {

constexpr std::string_view owners_password = "the owner's password";
constexpr std::string_view therapists_password = "the therapist's password";

/// Monday 23 November 2026, 10:00 in New York.
inline Instant monday_morning() {
  return Instant{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + std::chrono::hours{15}};
}

/// Read once for all scenarios: it does not change.
inline std::shared_ptr<clinic::Knowledge const> shared_knowledge() {
  static auto const knowledge = std::make_shared<clinic::Knowledge const>(clinic::load_knowledge());
  return knowledge;
}

/// Keeps the mails that are sent, or fails as it is told.
class CaptureMailer final : public jobs::Mailer {
public:
  Result<> send(jobs::Mail const& mail) override {
    if (fault)
      return fail(*fault, "the test wants it so");
    sent.push_back(mail);
    return {};
  }

  std::vector<jobs::Mail> sent;
  std::optional<Fault> fault;
};

class TestProgram {
public:
  TestProgram()
      : knowledge{std::make_shared<clinic::CurrentKnowledge>(shared_knowledge())},
        store{app::open_store({folder.path()}, *TimeZone::find("America/New_York"), knowledge, nullptr)},
        accounts{folder.path() + "/accounts.db", auth::Passwords::Cost::Least, clock, random},
        key{auth::TokenKey::ensure(folder.path() + "/token.pem")}, audit{folder.path() + "/audit.log"} {
    add({"owner", "Olga Owner", auth::Role::Owner, {}, false}, owners_password);
    add({"therapist", "Theo Therapist", auth::Role::Therapist, "Practitioner/therapist", false},
        therapists_password);
    services.knowledge = knowledge;
    services.capability_statement = rest::capability_statement(services.practice, clock.now());
  }

  std::string token(auth::Role role, std::string const& username = {},
                    std::chrono::hours lifetime = std::chrono::hours{24}) {
    return key.sign(
        {username, role, clock.now(), clock.now() + lifetime, Uuid::v7(clock.now(), random).text()});
  }

  /// Of a patient with this id, without an account.
  std::string patients_token(std::string const& id, std::chrono::hours lifetime = std::chrono::hours{24}) {
    return key.sign({{},
                     auth::Role::Patient,
                     clock.now(),
                     clock.now() + lifetime,
                     Uuid::v7(clock.now(), random).text(),
                     "Patient/" + id});
  }

  TemporaryFolder folder;
  ManualClock clock{monday_morning()};
  SystemRandom random;
  std::shared_ptr<clinic::CurrentKnowledge> knowledge;
  std::unique_ptr<store::Store> store;
  auth::Accounts accounts;
  auth::PatientSessions patient_sessions{folder.path() + "/accounts.db", clock, random};
  auth::Links links{folder.path() + "/accounts.db", clock, random};
  auth::TokenKey key;
  auth::Authenticator authenticator{accounts, patient_sessions, key, clock};
  auth::SignInLimit sign_in_limit{clock};
  auth::AuditLog audit;
  store::Drafts drafts{folder.path() + "/drafts.db"};
  jobs::Queue jobs{folder.path() + "/jobs.db", clock};
  CaptureMailer mailer;
  jobs::Post post{*store,
                  links,
                  mailer,
                  clock,
                  *TimeZone::find("America/New_York"),
                  "Test practice",
                  "https://clinic.example",
                  "office@clinic.example"};
  /// Has no thread here: a test that waits for mails calls run_due().
  jobs::Runner runner{jobs, jobs::handlers(post)};
  rest::Services services{*store, accounts, authenticator, sign_in_limit,
                          audit,  clock,    random,        patient_sessions,
                          links,  drafts,   jobs,          {"Test practice", "America/New_York", {}},
                          {}};
  http::Dispatch dispatch{services};

private:
  void add(auth::Account const& account, std::string_view password) {
    if (!accounts.add(account, password))
      std::abort();
  }
};

} // namespace tripsis::test
