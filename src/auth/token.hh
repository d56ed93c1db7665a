// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Bearer tokens: JSON Web Tokens (https://www.rfc-editor.org/rfc/rfc7519) signed with ES256
// (https://www.rfc-editor.org/rfc/rfc7518#section-3.4) by the data folder's own key, so that `tripsis
// token` needs no running server to make one.
#pragma once

#include "auth/principal.hh"
#include "base/clock.hh"
#include "base/result.hh"

#include <memory>
#include <string>
#include <string_view>

namespace tripsis::auth {

struct Claims {
  std::string subject; ///< A username, or empty
  Role role = Role::Therapist;
  Instant issued;
  Instant expires;
  std::string id;           ///< jti: names the token in the audit log
  std::string patient = {}; ///< "Patient/x" for the role patient, else empty
};

/// Immutable and thread-safe.
class TokenKey {
public:
  /// Reads `file`, or makes it (P-256, mode 0600) where it is absent; two processes that start at once get
  /// the same key. Throws where the file cannot be made or is not such a key.
  static TokenKey ensure(std::string const& file);

  std::string sign(Claims const& claims) const;
  /// Fault::Login for everything that is not a token of this key, or whose time is over.
  Result<Claims> verify(std::string_view token, Instant now) const;

  TokenKey(TokenKey&&) noexcept;
  TokenKey& operator=(TokenKey&&) noexcept;
  ~TokenKey();

private:
  struct Key;
  explicit TokenKey(std::unique_ptr<Key> key);
  std::unique_ptr<Key> key_;
};

} // namespace tripsis::auth
