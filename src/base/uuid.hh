// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// UUIDs, mostly of version 7 (https://www.rfc-editor.org/rfc/rfc9562#section-5.7): their first 48 bits are
// the time, so that rows that are made together lie together in the store's indexes (store.md measures what
// that saves).
#pragma once

#include "base/clock.hh"
#include "base/random.hh"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace tripsis {

struct Uuid {
  std::array<std::uint8_t, 16> bytes{};

  static Uuid v7(Instant now, Random& random);
  /// Of what has a name of its own: the same name gives the same id, always (version 8, by a hash;
  /// https://www.rfc-editor.org/rfc/rfc9562#section-5.8).
  static Uuid named(std::string_view name);
  /// The lower-case canonical form only (8-4-4-4-12); nullopt for every other text.
  static std::optional<Uuid> parse(std::string_view text);
  std::string text() const;
  friend bool operator==(Uuid const&, Uuid const&) = default;
};

} // namespace tripsis
