// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The links by which patients sign in without a password: a key that only the mail holds, together with the
// patient's birth date. Of a key only its SHA-256 is kept, in DATA/accounts.db. After five wrong birth
// dates the key is dead.
#pragma once

#include "base/clock.hh"
#include "base/random.hh"
#include "store/sqlite/database.hh"

#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tripsis::auth {

enum class LinkKind : unsigned char {
  Invitation, ///< Of a booking: good until the end of the day after the visit
  Requested,  ///< Asked for by the patient: good for half an hour
  Forms,      ///< Sent by the staff: good for two weeks
};

constexpr std::chrono::minutes longest_requested_link{30};
constexpr std::chrono::hours longest_forms_link{14 * 24};
constexpr int most_misses = 5;

struct Link {
  std::string patient; ///< "Patient/x"
  LinkKind kind = LinkKind::Requested;
  std::vector<std::string> forms = {}; ///< That were asked for, ids of Questionnaires
  Instant expires;
};

/// Thread-safe; also beside other processes.
class Links {
public:
  /// Opens or makes the file. Throws where that cannot be done.
  Links(std::string const& file, Clock const& clock, Random& random);

  /// A new link's key: 256 random bits.
  std::string make(Link const& link);
  void remove(std::string_view key);
  void remove_all(std::string_view patient); ///< "Patient/x"

  enum class Use : unsigned char { Open, Unknown, Dead };
  struct Found {
    Use use = Use::Unknown;
    Link link;
  };
  /// Counts a try, and says what the key is for. Counting first means that many at once gain nothing.
  Found try_key(std::string_view key);
  /// The birth date was right: the try does not count.
  void forgive(std::string_view key);

  /// Whether the patient has one of this kind that is still good.
  bool has_open(std::string_view patient, LinkKind kind);
  /// How many of this kind were made for the patient since then.
  std::int64_t count_since(std::string_view patient, LinkKind kind, Instant since);

private:
  std::mutex mutex_;
  store::sqlite::Database database_;
  Clock const& clock_;
  Random& random_;
};

} // namespace tripsis::auth
