// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Who may do what: the one place. Role × interaction × resource type, and what is not allowed by a line is
// denied.
#pragma once

#include "auth/principal.hh"
#include "base/result.hh"
#include "store/store.hh"

namespace tripsis::auth {

/// What a request asks for, in FHIR's words (https://hl7.org/fhir/R4/http.html#operations) and a few of
/// ours.
enum class Interaction : unsigned char {
  Read,
  VRead,
  History,
  Search,
  Create,
  Update,
  Delete,
  Batch,        ///< A Bundle as a whole; each entry is asked for again
  Operation,    ///< An operation that only reads, such as $day
  Perform,      ///< An operation that writes, such as $merge
  Capabilities, ///< GET metadata
  SignIn,
  SignOut,
  Session,
};

std::string_view interaction_name(Interaction interaction) noexcept; ///< "read", "vread" …
/// Whether it changes what is stored.
bool is_write(Interaction interaction) noexcept;
/// Whether it is offered to somebody who is not signed in.
bool is_open(Interaction interaction) noexcept;

/// What this person may see when doing this; Fault::Forbidden where they may not. `type` is empty for what
/// concerns no single type.
Result<store::AccessFilter> decide(Principal const& who, Interaction interaction, std::string_view type);

} // namespace tripsis::auth
