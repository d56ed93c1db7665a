// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What is mailed, to whom and when: links to patients, an alert to the practice. A mail says nothing of a
// record, not even a name: whoever reads it without the birth date learns that somebody is a client.
#pragma once

#include "auth/links.hh"
#include "base/time_zone.hh"
#include "jobs/mailer.hh"
#include "jobs/queue.hh"
#include "jobs/runner.hh"
#include "store/store.hh"

#include <string>
#include <vector>

namespace tripsis::jobs {

/// What the handlers work with; outlives them.
struct Post {
  store::Store& store;
  auth::Links& links;
  Mailer& mailer;
  Clock const& clock;
  TimeZone zone;          ///< The clinic's
  std::string practice;   ///< Its name
  std::string public_url; ///< What links begin with
  std::string alerts_to;  ///< An address, or empty: no alerts by mail
};

Handlers handlers(Post const& post);

/// The mails that follow from a unit, once it is written: an invitation for each booking, a question how it
/// was a day after each session that was given, an alert for each crisis.
std::vector<Task> tasks_of(store::Changes const& unit);

/// A link to fill in these forms (empty: what is due), for "Patient/x".
Task send_link(std::string const& patient, std::vector<std::string> const& forms);
/// A link for who has this address, if that is one patient.
Task send_link_to(std::string const& email);

} // namespace tripsis::jobs
