// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A note becomes final only together with the signature of whoever is signed in, and then it, its
// signature, its Encounter and all that its sections refer to are sealed: the store lets nobody change or
// delete them any more (docs/formats/clinical-resources.md, Signing). Imported signed notes come from
// elsewhere with their own signatures; they are sealed just the same. A signed note is never changed: an
// amendment is a note of its own, signed and sealed beside it.
#include "clinic/find.hh"
#include "clinic/records/note.hh"
#include "clinic/rules/rule_context.hh"

#include <algorithm>

namespace tripsis::clinic::rules {
namespace {

using json::Value;

constexpr std::string_view rule_name = "signed notes";

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

/// An amendment stands beside a signed note of the same patient and encounter, which it never changes.
Result<> check_amendment(store::RuleTx& tx, Value const& note) {
  auto const amended = amended_by(note);
  if (amended.empty())
    return fail(Fault::BusinessRule,
                "An amendment names the note that it appends to or replaces (relatesTo).",
                "Composition.relatesTo");
  for (auto const& key : amended) {
    auto const original = key ? tx.read(*key) : fail(Fault::NotFound, "");
    if (!original || !is_note(*original) || !is_signed(*original))
      return fail(Fault::BusinessRule, "Only a signed note that is here can be amended.",
                  "Composition.relatesTo.target");
    for (std::string_view const same : {"subject", "encounter"})
      if (key_of(original->find(same)) != key_of(note.find(same)))
        return fail(Fault::BusinessRule, "An amendment is of the same patient and encounter as its note.",
                    fmt::format("Composition.{}", same));
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
  if (before == nullptr && note.text("status") != "preliminary" && !is_signed(note))
    return fail(Fault::BusinessRule,
                "A note begins as preliminary, or as final (an amendment: amended) when it is signed at "
                "once.",
                "Composition.status");
  if (!is_signed(note))
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
  if (note.text("status") == "amended")
    TRY(check_amendment(tx, note));
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
    if (is_signed(*note)) {
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
    if (is_note(note) && is_signed(note))
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
