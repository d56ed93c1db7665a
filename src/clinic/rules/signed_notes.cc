// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A note becomes final only together with the signature of whoever is signed in, and then it, its
// signature, its Encounter and all that its sections refer to are sealed: the store lets nobody change or
// delete them any more (docs/formats/clinical-resources.md, Signing). Imported signed notes come from
// elsewhere with their own signatures; they are sealed just the same.
#include "clinic/canonical.hh"
#include "clinic/find.hh"
#include "clinic/rules/rule_context.hh"

#include <algorithm>

namespace tripsis::clinic::rules {
namespace {

using json::Value;

constexpr std::string_view rule_name = "signed notes";

bool is_note(Value const& resource) {
  return resource.text("resourceType") == "Composition" &&
         !code_in(resource.find("type"), canonical::note).empty();
}

bool is_signed_status(Value const& note) {
  auto const status = note.text("status");
  return status == "final" || status == "amended";
}

bool is_signature(Value const& resource) {
  return resource.text("resourceType") == "Provenance" && !resource.items("signature").empty() &&
         code_in(resource.find("activity"),
                 "http://terminology.hl7.org/CodeSystem/v3-DocumentCompletion") == "LA";
}

bool is_signed_by(Value const& signature, std::string_view practitioner) {
  return !practitioner.empty() && std::ranges::any_of(signature.items("agent"), [&](Value const& agent) {
    auto const* who = agent.find("who");
    return who != nullptr && who->text("reference") == practitioner;
  });
}

bool targets(Value const& signature, store::Key const& note) {
  return std::ranges::any_of(signature.items("target"),
                             [&](Value const& target) { return key_of(&target) == note; });
}

void collect_entries(json::Array const& sections, std::vector<Value const*>& entries) {
  for (auto const& section : sections) {
    for (auto const& entry : section.items("entry"))
      entries.push_back(&entry);
    collect_entries(section.items("section"), entries);
  }
}

/// What is sealed with a note: its Encounter first, then its sections' entries. A reference that is none of
/// ours gives nullopt.
std::vector<std::optional<store::Key>> parts_of(Value const& note) {
  std::vector<Value const*> entries{note.find("encounter")};
  collect_entries(note.items("section"), entries);
  std::vector<std::optional<store::Key>> keys;
  for (auto const* entry : entries)
    keys.push_back(key_of(entry));
  return keys;
}

Result<> check_parts(store::RuleTx& tx, Value const& note) {
  auto const subject = key_of(note.find("subject"));
  if (!subject || !key_of(note.find("encounter")))
    return fail(Fault::BusinessRule, "A signed note must name its patient and its encounter.",
                "Composition");
  for (auto const& key : parts_of(note)) {
    auto const part = key ? tx.read(*key) : fail(Fault::NotFound, "");
    if (!part)
      return fail(Fault::BusinessRule,
                  "The note refers to something that is not here, so it cannot be signed.",
                  "Composition.section");
    if (key_of(part->find("subject")) != subject)
      return fail(Fault::BusinessRule,
                  "The note refers to something of another patient, so it cannot be signed.",
                  "Composition.section");
  }
  return {};
}

void seal_note(store::RuleTx& tx, store::Key const& key, Value const& note) {
  tx.seal(key);
  for (auto const& part : parts_of(note))
    if (part)
      tx.seal(*part);
}

Result<> check_note(RuleContext const& context, store::RuleTx& tx, store::Change const& change,
                    Value const* before, Value const& note) {
  auto const& unit = tx.unit();
  if (before == nullptr && note.text("status") != "preliminary" && note.text("status") != "final")
    return fail(Fault::BusinessRule, "A note begins as preliminary, or as final when it is signed at once.",
                "Composition.status");
  if (!is_signed_status(note))
    return {};
  if (auto const day = context.day_of(note.text("date"));
      day && context.lets_through(tx, change, rule_name, *day)) {
    seal_note(tx, change.key, note);
    return {};
  }
  auto const signs = [&](store::Change const& other) {
    return other.method != store::Method::Delete && is_signature(other.resource) &&
           targets(other.resource, change.key) && is_signed_by(other.resource, unit.practitioner);
  };
  if (std::ranges::none_of(unit.changes, signs))
    return fail(Fault::BusinessRule,
                "A note becomes final only together with the signature (Provenance) of the practitioner "
                "who is signed in.",
                "Composition.status");
  TRY(check_parts(tx, note));
  seal_note(tx, change.key, note);
  return {};
}

/// A signature is only one's own; and it is sealed with the note that it signs.
Result<> check_signature(store::RuleTx& tx, store::Change const& change, Value const& signature) {
  for (auto const& target : signature.items("target")) {
    auto const key = key_of(&target);
    auto const note = key && key->type == "Composition" ? tx.read(*key) : fail(Fault::NotFound, "");
    if (!note || !is_note(*note))
      continue;
    if (tx.unit().origin != store::Origin::Import && !is_signed_by(signature, tx.unit().practitioner))
      return fail(Fault::BusinessRule, "A note can be signed only by the practitioner who is signed in.",
                  "Provenance.agent");
    if (is_signed_status(*note)) {
      tx.seal(change.key);
      seal_note(tx, *key, *note); // An import may bring what the note refers to after the note.
    }
  }
  return {};
}

/// Whom a signed note is about, and who wrote it, may be corrected but not taken away.
Result<> check_deletion(store::RuleTx& tx, store::Change const& change) {
  auto const role = change.key.type == "Patient" ? "subject" : "author";
  for (auto const& note : TRY(find_in(tx)("Composition", {{role, change.key.reference()}})))
    if (is_note(note) && is_signed_status(note))
      return fail(Fault::BusinessRule, "A signed note names this record, so it cannot be deleted.");
  return {};
}

Result<> check(RuleContext const& context, store::RuleTx& tx, store::Change const& change,
               Value const* before, Value const* after) {
  if (after == nullptr)
    return check_deletion(tx, change);
  return is_note(*after) ? check_note(context, tx, change, before, *after)
                         : check_signature(tx, change, *after);
}

} // namespace

store::WriteRule signed_notes(RuleContext context) {
  return {.name = rule_name,
          .concerns =
              [](store::Change const& change) {
                if (change.method == store::Method::Delete)
                  return change.key.type == "Patient" || change.key.type == "Practitioner";
                return is_note(change.resource) || is_signature(change.resource);
              },
          .check = [context](store::RuleTx& tx, store::Change const& change, Value const* before,
                             Value const* after) { return check(context, tx, change, before, after); }};
}

} // namespace tripsis::clinic::rules
