// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Makes clauses from data. A kind or a member that is not known gives an UnknownClause, so that a newer
// rules file never passes silently; a known one with a wrong value is an error of the file.
#include "clinic/screening/data.hh"
#include "clinic/screening/rules.hh"

#include <algorithm>
#include <array>
#include <span>

namespace tripsis::clinic::screening {
namespace {

using json::Value;

Result<std::optional<int>> optional_integer(Value const& node, std::string_view name) {
  if (node.find(name) == nullptr)
    return std::nullopt;
  auto const number = integer(node, name);
  if (!number || *number < 0)
    return fail(Fault::Structure, std::string{name} + " is no whole number");
  return *number;
}

Result<Clause> compile_group(Rules const& rules, Value const& node, std::string_view kind) {
  Group group{.kind = kind == "any"   ? Group::Kind::Any
                      : kind == "all" ? Group::Kind::All
                                      : Group::Kind::Not};
  auto const& inner = *node.find(kind);
  if (group.kind == Group::Kind::Not) {
    group.parts.push_back(TRY(compile_clause(rules, inner)));
  } else {
    if (!inner.is_array() || inner.array().empty())
      return fail(Fault::Structure, std::string{kind} + " holds no conditions");
    for (auto const& part : inner.array())
      group.parts.push_back(TRY(compile_clause(rules, part)));
  }
  return Clause{std::move(group)};
}

/// Whether it can begin a code of ICD-10: a letter, then letters and digits; without dots.
bool is_icd10_prefix(std::string_view prefix) {
  auto const is_letter = [](char c) { return 'A' <= c && c <= 'Z'; };
  return !prefix.empty() && is_letter(prefix.front()) &&
         std::ranges::all_of(prefix, [&](char c) { return is_letter(c) || ('0' <= c && c <= '9'); });
}

Result<Clause> compile_diagnosis(Rules const&, Value const& node, std::string_view) {
  DiagnosisClause clause;
  clause.icd10 = without_dots(strings(node, "icd10"));
  if (auto const wrong = std::ranges::find_if_not(clause.icd10, is_icd10_prefix); wrong != clause.icd10.end())
    return fail(Fault::Structure, "icd10: \"" + *wrong + "\" begins no ICD-10 code");
  clause.exclude = without_dots(strings(node, "exclude"));
  clause.seventh = strings(node, "seventh");
  clause.snomed = strings(node, "snomed");
  clause.unverified = strings(node, "unverified");
  clause.onset_within_days = TRY(optional_integer(node, "onset_within_days"));
  clause.onset_after_days = TRY(optional_integer(node, "onset_after_days"));
  clause.only_past = node.text("state") == "past";
  auto const* dated = node.find("dated");
  if (node.text("undated") == "fires")
    clause.undated = DiagnosisClause::Undated::Fires;
  else if (dated != nullptr && dated->is_bool() && !dated->boolean())
    clause.undated = DiagnosisClause::Undated::Only;
  else if (node.find("undated") != nullptr || dated != nullptr)
    return Clause{UnknownClause{}};
  if (node.find("state") != nullptr && !clause.only_past)
    return Clause{UnknownClause{}};
  return Clause{std::move(clause)};
}

Result<Clause> compile_medicine(Rules const& rules, Value const& node, std::string_view) {
  MedicineClause clause;
  clause.medicine = node.text("medicine");
  clause.forms = strings(node, "forms");
  if (clause.medicine == "any")
    clause.medicine.clear();
  else if (!rules.medicine_classes.contains(clause.medicine))
    return fail(Fault::Structure, "there is no medicine class " + clause.medicine);
  for (auto const& form : clause.forms)
    if (!rules.medicine_forms.contains(form))
      return fail(Fault::Structure, "there is no medicine form " + form);
  clause.within_days = TRY(optional_integer(node, "within_days"));
  clause.started_within_days = TRY(optional_integer(node, "started_within_days"));
  return Clause{std::move(clause)};
}

Result<Clause> compile_measurement(Rules const& rules, Value const& node, std::string_view kind) {
  MeasurementClause clause;
  auto const measure = rules.find_measure(node.text(kind));
  auto const within = days_of(node.text("within"));
  if (!measure || !within)
    return fail(Fault::Structure, std::string{kind} + ": no such measure, or no span of days");
  clause.measure = *measure;
  clause.within_days = *within;
  if (kind == "measured")
    return Clause{clause};
  clause.comparison = parse_comparison(node.text("op"));
  auto const& units = rules.measures[clause.measure].units;
  auto const unit = units.find(node.text("unit"));
  auto const limit = parse_scaled(node.find("value"));
  auto const converted = limit && unit != units.end() ? convert(*limit, unit->second) : std::nullopt;
  if (!clause.comparison || !converted)
    return fail(Fault::Structure, "vital: no comparison, or a value or unit that cannot be read");
  clause.limit = *converted;
  if (node.text("pick") == "any")
    clause.pick = MeasurementClause::Pick::Any;
  else if (node.find("pick") != nullptr && node.text("pick") != "latest")
    return Clause{UnknownClause{}};
  return Clause{clause};
}

Result<Clause> compile_answer(Rules const& rules, Value const& node, std::string_view) {
  AnswerClause clause;
  clause.findings = TRY(findings_of(rules, node, "finding"));
  if (clause.findings.empty())
    return fail(Fault::Structure, "finding names none");
  if (node.find("op") != nullptr || node.find("value") != nullptr) {
    clause.comparison = parse_comparison(node.text("op"));
    auto const limit = parse_millionths(node.find("value"));
    if (!clause.comparison || !limit)
      return fail(Fault::Structure, "finding: no comparison, or no value");
    clause.limit = *limit;
  }
  return Clause{std::move(clause)};
}

Result<Clause> compile_procedure(Rules const&, Value const& node, std::string_view) {
  auto const performed_within_days = TRY(optional_integer(node, "performed_within_days"));
  return Clause{ProcedureClause{.codes = strings(node, "procedure"),
                                .categories = strings(node, "or_category"),
                                .unverified = strings(node, "unverified"),
                                .performed_within_days = performed_within_days}};
}

Result<Clause> compile_screen(Rules const& rules, Value const& node, std::string_view) {
  auto const* screen = rules.find_screen(node.text("screen"));
  auto const reading = node.text("reading");
  if (screen == nullptr ||
      std::ranges::find(screen->readings, reading, &Screen::ReadingRule::id) == screen->readings.end())
    return fail(Fault::Structure, "there is no such screen, or it has no such reading");
  return Clause{ScreenClause{screen->id, std::string{reading}}};
}

Result<Clause> compile_pregnancy(Rules const&, Value const& node, std::string_view) {
  using Kind = PregnancyClause::Kind;
  if (auto const word = node.text("pregnancy"); word == "any")
    return Clause{PregnancyClause{Kind::Any}};
  else if (word == "stale")
    return Clause{PregnancyClause{Kind::Stale}};
  auto const& weeks = *node.find("pregnancy");
  if (weeks.text("weeks") == "unknown")
    return Clause{PregnancyClause{Kind::WeeksUnknown}};
  auto const& range = weeks.items("weeks");
  auto const from = range.size() == 2 ? whole_number(&range[0]) : std::nullopt;
  auto const to = range.size() == 2 ? whole_number(&range[1]) : std::nullopt;
  if (!from || !to)
    return Clause{UnknownClause{}};
  return Clause{PregnancyClause{Kind::Weeks, *from, *to}};
}

Result<Clause> compile_age(Rules const&, Value const& node, std::string_view) {
  auto const comparison = parse_comparison(node.text("age"));
  auto const years = integer(node, "years");
  if (!comparison || !years)
    return fail(Fault::Structure, "age: no comparison, or no years");
  return Clause{AgeClause{*comparison, *years}};
}

Result<Clause> compile_allergy(Rules const&, Value const& node, std::string_view) {
  auto const& allergy = *node.find("allergy");
  return Clause{AllergyClause{strings(allergy, "words"), strings(allergy, "snomed")}};
}

Result<Clause> compile_unreadable(Rules const&, Value const& node, std::string_view) {
  using Kind = UnreadableClause::Kind;
  auto const what = node.text("unreadable");
  if (what == "measurement")
    return Clause{UnreadableClause{Kind::Measurement}};
  if (what == "diagnosis")
    return Clause{UnreadableClause{Kind::Diagnosis}};
  if (what == "medicine")
    return Clause{UnreadableClause{Kind::Medicine}};
  return Clause{UnknownClause{}};
}

/// The kinds of condition: the member that marks each, what else it may hold, and what compiles it.
struct ClauseKind {
  std::string_view mark;
  std::vector<std::string_view> others;
  Result<Clause> (*compile)(Rules const&, Value const&, std::string_view mark);
};

std::span<ClauseKind const> clause_kinds() {
  static ClauseKind const kinds[] = {
      {"any", {}, compile_group},
      {"all", {}, compile_group},
      {"not", {}, compile_group},
      {"icd10",
       {"exclude", "seventh", "snomed", "unverified", "onset_within_days", "onset_after_days", "undated",
        "dated", "state"},
       compile_diagnosis},
      {"snomed",
       {"unverified", "onset_within_days", "onset_after_days", "undated", "dated", "state"},
       compile_diagnosis},
      {"medicine", {"forms", "within_days", "started_within_days"}, compile_medicine},
      {"vital", {"op", "value", "unit", "within", "pick"}, compile_measurement},
      {"measured", {"within"}, compile_measurement},
      {"finding", {"op", "value"}, compile_answer},
      {"procedure", {"unverified", "or_category", "performed_within_days"}, compile_procedure},
      {"screen", {"reading"}, compile_screen},
      {"pregnancy", {}, compile_pregnancy},
      {"age", {"years"}, compile_age},
      {"allergy", {}, compile_allergy},
      {"unreadable", {}, compile_unreadable},
  };
  return kinds;
}

} // namespace

Result<Clause> compile_clause(Rules const& rules, Value const& node) {
  if (!node.is_object())
    return fail(Fault::Structure, "a condition is no object");
  for (auto const& kind : clause_kinds()) {
    if (node.find(kind.mark) == nullptr)
      continue;
    auto const is_known = [&](json::Member const& member) {
      return member.name == kind.mark || std::ranges::find(kind.others, member.name) != kind.others.end();
    };
    if (!std::ranges::all_of(node.object(), is_known))
      return Clause{UnknownClause{}};
    return kind.compile(rules, node, kind.mark);
  }
  return Clause{UnknownClause{}};
}

bool uses_unknown(Clause const& clause) noexcept {
  auto const* group = std::get_if<Group>(&clause.what);
  return std::holds_alternative<UnknownClause>(clause.what) ||
         (group != nullptr && std::ranges::any_of(group->parts, uses_unknown));
}

} // namespace tripsis::clinic::screening
