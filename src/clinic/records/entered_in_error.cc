// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/records/entered_in_error.hh"

#include "clinic/records/note.hh"
#include "store/correction.hh"

#include <algorithm>
#include <set>

namespace tripsis::clinic {
namespace {

using json::Value;
using store::Key;

Key own_key(Value const& resource) {
  return {std::string{resource.text("resourceType")}, std::string{resource.text("id")}};
}

/// Adds the amendments of what is in error, and theirs.
void add_amendments(std::vector<Value> const& notes, std::set<Key>& in_error) {
  for (bool grew = true; grew;) {
    grew = false;
    for (auto const& note : notes)
      grew = (std::ranges::any_of(amended_by(note),
                                  [&](auto const& key) { return key && in_error.contains(*key); }) &&
              in_error.insert(own_key(note)).second) ||
             grew;
  }
}

/// Whether a part of the note goes with it: the visit itself, and what was charted at it.
bool belongs(Value const& part, Value const& note) {
  auto const type = part.text("resourceType");
  if (type == "Encounter")
    return true;
  auto const encounter = key_of(part.find("encounter"));
  return (type == "Procedure" || type == "Observation") &&
         (!encounter || encounter == key_of(note.find("encounter")));
}

/// The present version, for a change that is made of it.
Result<> add_change(store::ReadTx& tx, Value resource, std::vector<store::Change>& changes) {
  auto const key = own_key(resource);
  auto corrected =
      store::corrected_by({.kind = store::Correction::Kind::EnteredInError}, std::move(resource));
  if (!corrected)
    return {};
  changes.push_back({.method = store::Method::Update,
                     .key = key,
                     .resource = *std::move(corrected),
                     .if_match = TRY(tx.read(key)).version});
  return {};
}

} // namespace

Result<InError> entered_in_error(store::ReadTx& tx, Key const& key) {
  InError result{.note = TRY(read(tx, key))};
  if (!is_note(result.note))
    return fail(Fault::BusinessRule, "This is no note of a visit; its status is changed by an update.",
                "Composition.type");
  if (result.note.text("status") == "entered-in-error")
    return fail(Fault::BusinessRule, "The note has been entered in error already.", "Composition.status");
  std::vector<Value> notes;
  if (auto const* subject = result.note.find("subject"); key_of(subject))
    notes = TRY(find_in(tx)("Composition", {{"subject", std::string{subject->text("reference")}}}));
  std::set<Key> in_error{key}, kept;
  add_amendments(notes, in_error);
  for (auto const& note : notes)
    if (is_note(note) && is_signed(note) && !in_error.contains(own_key(note)))
      for (auto const& part : parts_of(note))
        if (part)
          kept.insert(*part);

  TRY(add_change(tx, result.note, result.changes));
  std::set<Key> done{key};
  for (auto const& wrong : in_error) {
    auto const note = TRY(read(tx, wrong));
    if (done.insert(wrong).second)
      TRY(add_change(tx, note, result.changes));
    for (auto const& part : parts_of(note)) {
      if (!part || kept.contains(*part) || !done.insert(*part).second)
        continue;
      auto const found = read(tx, *part);
      if (found && belongs(*found, note))
        TRY(add_change(tx, *found, result.changes));
    }
  }
  return result;
}

bool is_author(Value const& note, std::string_view practitioner) {
  return !practitioner.empty() && std::ranges::any_of(note.items("author"), [&](Value const& author) {
    return author.text("reference") == practitioner;
  });
}

} // namespace tripsis::clinic
