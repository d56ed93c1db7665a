// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A made-up practice: six therapists, four rooms, sixty patients with referrals, visits and ratings, and
// today's calendar full.
//
// The same seed and day give the same resources, ids and times included. Nothing is put past the store:
// each visit is a unit as the web client posts it, dated to its own time and signed by its therapist, and
// meets every write rule.
#pragma once

#include "base/time_zone.hh"
#include "clinic/knowledge/knowledge.hh"
#include "store/store.hh"

#include <chrono>
#include <string>
#include <vector>

namespace tripsis::app::demo {

struct Settings {
  std::uint64_t seed = 1;
  std::chrono::year_month_day today;
  std::chrono::minutes now{620}; ///< How much of today is over, since the clinic's midnight: 10:20
};

/// Somebody who can sign in.
struct Person {
  std::string username, name, role;
  std::string practitioner; ///< "Practitioner/…", empty for the owner
};

struct Practice {
  std::vector<store::Changes> units; ///< To be written in this order
  std::vector<Person> people;
};

Practice make_practice(Settings const& settings, TimeZone const& zone, clinic::Knowledge const& knowledge);

} // namespace tripsis::app::demo
