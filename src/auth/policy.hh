// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Who may do what: the one place. Role × interaction × resource type, and what is not allowed by a line is
// denied.
#pragma once

#include "auth/principal.hh"
#include "base/result.hh"
#include "store/store.hh"

#include <span>

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
  Link,        ///< Signing in by the key of a link that was mailed
  LinkRequest, ///< Asking for such a link
  HandOver,    ///< Giving a tablet of the practice to a patient, for some forms
  Drafts,      ///< One's own unfinished notes
};

/// All of them, in this order.
std::span<Interaction const> interactions() noexcept;

std::string_view interaction_name(Interaction interaction) noexcept; ///< "read", "vread" …
/// Whether it changes what is stored.
bool is_write(Interaction interaction) noexcept;
/// Whether it is offered to somebody who is not signed in.
bool is_open(Interaction interaction) noexcept;

/// What this person may see when doing this; Fault::Forbidden where they may not. `type` is empty for what
/// concerns no single type; `operation` is the name of an operation, "chart".
Result<store::AccessFilter> decide(Principal const& who, Interaction interaction, std::string_view type,
                                   std::string_view operation = {});

/// Whether this person may write a resource of this content, where decide() lets them write the type: a
/// patient writes of nobody but themselves. Fault::Forbidden.
Result<> decide_content(Principal const& who, json::Value const& resource);

/// The types of which a patient sees something (docs/operating.md#roles).
std::span<store::Sight const> patients_sights() noexcept;

} // namespace tripsis::auth
