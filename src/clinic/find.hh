// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Searches and references as the domain uses them: all matches as documents, whether a reader or a write
// rule asks.
#pragma once

#include "base/json/value.hh"
#include "base/result.hh"
#include "store/store.hh"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tripsis::clinic {

using Parameters = std::vector<std::pair<std::string, std::string>>;
/// All matches of a search, newest first. Lives no longer than the transaction that it was made of.
using Find =
    std::function<Result<std::vector<json::Value>>(std::string_view type, Parameters const& parameters)>;

Find find_in(store::ReadTx& tx);
Find find_in(store::RuleTx& tx);

/// What is stored under the key, as a document.
Result<json::Value> read(store::ReadTx& tx, store::Key const& key);

/// The change that writes a stored resource back: Fault::Precondition if somebody else changes it first.
/// One that was not stored is written as it is.
store::Change update_of(json::Value resource);

/// The key that a relative reference names ("Patient/1", "Patient/1/_history/2"); nullopt for every other
/// one.
std::optional<store::Key> key_of(std::string_view reference);
/// The key in the `reference` of a Reference element.
std::optional<store::Key> key_of(json::Value const* element);
/// "Type/id" of a resource.
std::string reference_to(json::Value const& resource);
/// Values as one that matches any of them; each is escaped.
std::string any_of(std::vector<std::string> const& values);

/// The actors of an Appointment that are of that type and did not decline.
std::vector<store::Key> actors(json::Value const& appointment, std::string_view type);
/// Whether an actor of an Appointment is named otherwise than as Type/id: at another address, as contained.
bool refers_elsewhere(json::Value const& appointment);
/// Whether an element's (or a list's) codings hold one of the system; the first code of it, or "".
std::string_view code_in(json::Value const* concept_, std::string_view system);

} // namespace tripsis::clinic
