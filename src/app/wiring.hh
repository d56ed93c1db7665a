// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Builds the program's objects and holds them, in an order in which each finds what it needs and ends
// before it.
#pragma once

#include "app/config.hh"
#include "auth/accounts.hh"
#include "auth/audit.hh"
#include "auth/authenticator.hh"
#include "auth/links.hh"
#include "auth/patient_sessions.hh"
#include "auth/sign_in_limit.hh"
#include "auth/token.hh"
#include "base/clock.hh"
#include "base/random.hh"
#include "clinic/rules.hh"
#include "jobs/mailer.hh"
#include "jobs/post.hh"
#include "jobs/queue.hh"
#include "jobs/runner.hh"
#include "rest/call.hh"
#include "store/drafts.hh"
#include "store/store.hh"

#include <memory>
#include <string>

namespace tripsis::app {

/// Where everything of a practice lies (docs/operating.md#the-data-folder).
struct DataFolder {
  std::string path;

  /// Makes the folder, for its owner alone, where it is absent. Throws where that cannot be done.
  static DataFolder ensure(std::string path);
  std::string token_key() const { return path + "/keys/token.pem"; }
  std::string accounts() const { return path + "/accounts.db"; }
  std::string drafts() const { return path + "/drafts.db"; }
  std::string jobs() const { return path + "/jobs.db"; }
  std::string outbox() const { return path + "/outbox"; }
  std::string audit_log() const { return path + "/audit.log"; }
};

/// The store with the clinic's write rules. Throws where another process has it open. What an import is let
/// through with is noted in `let_through`, where it is given; it must outlive the store.
std::unique_ptr<store::Store> open_store(DataFolder const& folder, TimeZone zone,
                                         std::shared_ptr<clinic::CurrentKnowledge const> knowledge,
                                         clinic::LetThrough* let_through, clinic::Practices practices = {});
/// The same with the time zone and the choices of the folder's settings, for the commands that work beside
/// the server. Throws where those cannot be read.
std::unique_ptr<store::Store> open_store(DataFolder const& folder,
                                         clinic::LetThrough* let_through = nullptr);

/// Everything that serving needs. Throws where the machine does not let it be.
class Program {
public:
  Program(DataFolder const& folder, Config const& config);
  Program(Program const&) = delete;
  Program& operator=(Program const&) = delete;

  rest::Services& services() noexcept { return services_; }

private:
  SystemClock clock_;
  SystemRandom random_;
  std::shared_ptr<clinic::CurrentKnowledge> knowledge_;
  std::unique_ptr<store::Store> store_;
  auth::Accounts accounts_;
  auth::PatientSessions patient_sessions_;
  auth::Links links_;
  auth::TokenKey key_;
  auth::Authenticator authenticator_;
  auth::SignInLimit sign_in_limit_;
  auth::AuditLog audit_;
  store::Drafts drafts_;
  jobs::Queue jobs_;
  std::unique_ptr<jobs::Mailer> mailer_;
  jobs::Post post_;
  rest::Services services_;
  jobs::Runner runner_; ///< Last: its thread works with all of the above
};

} // namespace tripsis::app
