// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A health history is filled in with what the record knows, and comes back with most of it unchanged. What
// says no more than a resource that is there gives no second one: the same thing, in the same state, and
// nothing else that is not said there too. Who said it and when does not count.
#include "clinic/follow_up/form.hh"

#include <algorithm>
#include <array>

namespace tripsis::clinic::follow_up {
namespace {

using json::Value;

/// Elements that tell of the telling, or are compared by themselves.
constexpr std::array<std::string_view, 12> beside{"resourceType",
                                                  "id",
                                                  "meta",
                                                  "subject",
                                                  "patient",
                                                  "asserter",
                                                  "recordedDate",
                                                  "derivedFrom",
                                                  "dateAsserted",
                                                  "clinicalStatus",
                                                  "informationSource",
                                                  "verificationStatus"};

std::string_view text_at(Value const& resource, std::initializer_list<std::string_view> path) {
  auto const* found = resource.at(path);
  return found != nullptr && found->is_string() ? std::string_view{found->string()} : std::string_view{};
}

bool share_a_coding(Value const& one, Value const& other) {
  return std::ranges::any_of(one.items("coding"), [&](Value const& mine) {
    return std::ranges::any_of(other.items("coding"), [&](Value const& theirs) {
      return mine.text("code") == theirs.text("code") && mine.text("system") == theirs.text("system");
    });
  });
}

/// A code that came without a display stands as the words too, and is none.
bool has_words(Value const& concept_) {
  return !concept_.text("text").empty() &&
         std::ranges::none_of(concept_.items("coding"), [&](Value const& coding) {
           return coding.text("code") == concept_.text("text");
         });
}

/// Codes and words agree wherever both have them. Two medicines of one class are two by their names.
bool same_concept(Value const& one, Value const& other) {
  auto const coded = !one.items("coding").empty() && !other.items("coding").empty();
  auto const worded = has_words(one) && has_words(other);
  return (coded || worded) && (!coded || share_a_coding(one, other)) &&
         (!worded || one.text("text") == other.text("text"));
}

/// An element of what was said, as it is in the record: a day also as a time on that day, a list within a
/// longer one.
bool same_element(Value const& said, Value const& stored) {
  if (said.is_string() && stored.is_string())
    return stored.string().starts_with(said.string());
  if (said.is_array() && stored.is_array())
    return std::ranges::all_of(said.array(), [&](Value const& one) {
      return std::ranges::any_of(stored.array(),
                                 [&](Value const& other) { return same_element(one, other); });
    });
  return said == stored || (said.is_object() && stored.is_object() && same_concept(said, stored));
}

bool is_current(Value const& resource) {
  auto const status = text_at(resource, {"clinicalStatus", "coding", "code"});
  return status.empty() || status == "active" || status == "recurrence" || status == "relapse";
}

/// Something that the record holds no longer to be so: to say it again is news.
bool is_taken_back(Value const& stored) {
  auto const verification = text_at(stored, {"verificationStatus", "coding", "code"});
  return verification == "refuted" || verification == "entered-in-error" ||
         stored.text("status") == "entered-in-error";
}

bool says_as_much(Value const& stored, Value const& said) {
  if (is_taken_back(stored) || is_current(stored) != is_current(said))
    return false;
  return std::ranges::all_of(said.object(), [&](json::Member const& member) {
    if (std::ranges::find(beside, member.name) != beside.end())
      return true;
    auto const* there = stored.find(member.name);
    return there != nullptr && same_element(member.value, *there);
  });
}

} // namespace

Result<> leave_out_what_is_said(Form& form) {
  auto const own_source = "QuestionnaireResponse/" + form.id;
  constexpr std::array<std::string_view, 4> types{"Condition", "MedicationStatement", "AllergyIntolerance",
                                                  "Procedure"};
  auto const patient = form.patient.substr(form.patient.find('/') + 1);
  for (auto const type : types) {
    if (std::ranges::find(form.changes, type, [](auto const& change) {
          return std::string_view{change.key.type};
        }) == form.changes.end())
      continue;
    auto const there = TRY(form.context.find(type, {{"patient", patient}}));
    std::erase_if(form.changes, [&](store::Change const& change) {
      return change.key.type == type && std::ranges::any_of(there, [&](Value const& stored) {
               return text_at(stored, {"meta", "source"}) != own_source &&
                      says_as_much(stored, change.resource);
             });
    });
  }
  return {};
}

} // namespace tripsis::clinic::follow_up
