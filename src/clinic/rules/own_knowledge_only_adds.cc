// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The practice's own techniques, safety rules and templates are such that they can be used, and only add:
// their codes are new, and stay. What was charted or fired with a code keeps its meaning, so that a
// technique or rule is retired and never deleted. It is judged as the whole unit leaves it.
#include "clinic/library/library.hh"
#include "clinic/library/practice.hh"
#include "clinic/rules/rule_context.hh"
#include "clinic/rules/shipped.hh"

#include <algorithm>

#include <fmt/format.h>

namespace tripsis::clinic::rules {
namespace {

using json::Value;
using library::Kind;

std::unexpected<Error> refuse(std::string what, std::string where) {
  return fail(Fault::BusinessRule, std::move(what), std::move(where));
}

bool is_code(std::string_view text) {
  constexpr std::size_t longest = 40;
  return text.size() >= 2 && text.size() <= longest && text.front() >= 'a' && text.front() <= 'z' &&
         std::ranges::all_of(
             text, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

std::string where_code_is(Kind kind) {
  return kind == Kind::Technique ? "ActivityDefinition.code" : "PlanDefinition.extension";
}

/// Whether it may become `after`, whatever that says otherwise.
Result<> judge_change(Value const& before, Value const* after) {
  if (!library::is_own(before) || library::kind_of(before) == Kind::Template)
    return {};
  auto const type = std::string{before.text("resourceType")};
  if (after == nullptr)
    return refuse("A technique or safety rule of the practice is not deleted, so that what was recorded "
                  "with its code "
                  "keeps its meaning. Set its status to retired: then it is no longer in force.",
                  type);
  if (!library::is_own(*after) || library::kind_of(*after) != library::kind_of(before))
    return refuse(
        "What is marked as the practice's own stays so (meta.tag), and of its kind. Set its status to "
        "retired instead.",
        type + ".meta.tag");
  if (library::code_of(*after) != library::code_of(before))
    return refuse("The code of a technique or safety rule stays: retire this one and add another.",
                  where_code_is(library::kind_of(before)));
  return {};
}

Result<> judge_code(RuleContext const& context, Value const& after, std::vector<Value> const& own) {
  auto const kind = library::kind_of(after);
  auto const code = library::code_of(after);
  if (kind == Kind::Template)
    return {};
  if (!is_code(code))
    return refuse("Its code is 2 to 40 lower case letters, digits and _, and begins with a letter.",
                  where_code_is(kind));
  auto const& shipped = context.knowledge->shipped();
  if (kind == Kind::Technique ? shipped.find_technique(code) != nullptr
                              : shipped.rules.find_rule(code) != nullptr)
    return refuse(
        fmt::format("The code {} is of what ships with the program. Your own only adds: a safety rule that "
                    "ships can be neither replaced nor switched off, lowered or narrowed. Choose "
                    "another code.",
                    code),
        where_code_is(kind));
  for (auto const& other : own)
    if (library::kind_of(other) == kind && reference_to(other) != reference_to(after) &&
        library::code_of(other) == code)
      return refuse(fmt::format("The code {} is already that of {}.", code, reference_to(other)),
                    where_code_is(kind));
  return {};
}

Result<> judge_content(RuleContext const& context, Value const& after, std::vector<Value> const& own) {
  if (library::kind_of(after) == Kind::Technique)
    return library::can_be_used(context.knowledge->shipped(), after);
  auto const known = library::with_all_techniques(context.knowledge->shipped(), own);
  switch (library::kind_of(after)) {
  case Kind::Rule:
    TRY(library::read_rule(after, known));
    break;
  case Kind::Template:
    TRY(library::read_protocol(after, known));
    break;
  case Kind::Technique:
  case Kind::None:
    break;
  }
  return {};
}

Result<> check(RuleContext const& context, store::RuleTx& tx, Value const* before, Value const* after) {
  if (before != nullptr)
    TRY(judge_change(*before, after));
  if (after == nullptr || library::kind_of(*after) == Kind::None)
    return {};
  auto const type = std::string{after->text("resourceType")};
  if (!library::is_own(*after))
    return refuse(
        fmt::format("What has the codes or extensions of Tripsis's own knowledge is marked as the "
                    "practice's: meta.tag {}|practice.",
                    canonical::origin),
        type + ".meta.tag");
  auto const own = TRY(library::find_own(find_in(tx)));
  if (after->text("status") == "retired" && before != nullptr)
    return {}; // whatever it says: it must always be possible to take it out of force
  TRY(judge_code(context, *after, own));
  return judge_content(context, *after, own);
}

} // namespace

store::WriteRule own_knowledge_only_adds(RuleContext context, std::shared_ptr<Shipped> shipped) {
  return {.name = "own knowledge only adds",
          .concerns =
              [](store::Change const& change) {
                return change.key.type == "ActivityDefinition" || change.key.type == "PlanDefinition";
              },
          .check = [context, shipped](store::RuleTx& tx, store::Change const& change, Value const* before,
                                      Value const* after) -> Result<> {
            if (shipped->find(change.key) != nullptr)
              return {}; // judged by "what ships stays"
            return check(context, tx, before, after);
          }};
}

} // namespace tripsis::clinic::rules
