// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Compiles the rules file: first what clauses refer to (findings, measures, medicines, screens), then the
// rules.
#include "clinic/screening/rules.hh"

#include "clinic/screening/compile.hh"
#include "clinic/screening/data.hh"

#include <algorithm>
#include <array>
#include <charconv>

namespace tripsis::clinic::screening {
namespace {

using json::Value;

constexpr std::array<std::string_view, 5> level_names{"absolute", "clearance", "local", "precaution",
                                                      "ask"};
constexpr std::array<std::string_view, 4> decision_names{"stop", "clearance", "modify", "none"};

Value const& member(Value const& node, std::string_view name) {
  static Value const nothing;
  auto const* found = node.find(name);
  return found != nullptr ? *found : nothing;
}

template <class Items>
std::optional<std::size_t> place_of(Items const& items, std::string_view id) noexcept {
  auto const found = std::ranges::find_if(items, [&](auto const& item) { return item.id == id; });
  return found != items.end() ? std::optional{static_cast<std::size_t>(found - items.begin())}
                              : std::nullopt;
}

std::map<std::string, Millionths, std::less<>> answer_numbers(Value const& node) {
  std::map<std::string, Millionths, std::less<>> numbers;
  if (auto const& answers = member(node, "answers"); answers.is_object())
    for (auto const& [code, number] : answers.object())
      if (auto const value = parse_millionths(&number))
        numbers.emplace(code, *value);
  return numbers;
}

Result<Finding> compile_finding(Value const& node) {
  Finding finding{.id = std::string{node.text("id")},
                  .text = std::string{node.text("text")},
                  .asked = std::string{node.text("asked")},
                  .is_number = node.text("type") == "integer",
                  .link_ids = strings(node, "link_ids"),
                  .answers = answer_numbers(node)};
  auto const valid = node.text("valid");
  if (valid == "same_day")
    finding.valid_days = 1;
  else if (valid != "until_changed") {
    finding.valid_days = days_of(valid);
    if (!finding.valid_days)
      return fail(Fault::Structure, "finding " + finding.id + ": valid is no span of days");
  }
  return finding;
}

Result<Measure> compile_measure(Value const& node) {
  Measure measure{
      .id = std::string{node.text("id")}, .loinc = strings(node, "loinc"), .answers = answer_numbers(node)};
  for (auto const& [unit, factors] : member(node, "units").object()) {
    Conversion conversion;
    auto const times = parse_scaled(factors.find("times"));
    if (!times)
      return fail(Fault::Structure, "measure " + measure.id + ": unit " + unit + " has no factor");
    conversion.times = *times;
    if (auto const plus = parse_scaled(factors.find("plus")))
      conversion.plus = *plus;
    measure.units.emplace(unit, conversion);
  }
  if (auto const& spelled = member(node, "units_text"); spelled.is_object())
    for (auto const& [text, unit] : spelled.object()) {
      if (!unit.is_string() || !measure.units.contains(unit.string()))
        return fail(Fault::Structure, "measure " + measure.id + ": " + text + " stands for no unit of it");
      measure.units_text.emplace(text, unit.string());
    }
  return measure;
}

PregnancyCodes compile_pregnancy_codes(Value const& node) {
  PregnancyCodes codes;
  codes.icd10 = without_dots(strings(node, "icd10"));
  codes.exclude = without_dots(strings(node, "exclude"));
  codes.snomed = strings(node, "snomed");
  auto const& status = member(node, "status_observation");
  codes.status_loinc = strings(status, "loinc");
  codes.pregnant = strings(status, "pregnant");
  codes.not_pregnant = strings(status, "not_pregnant");
  codes.due_date_loinc = strings(node, "due_date_loinc");
  codes.weeks_loinc = strings(node, "weeks_loinc");
  constexpr std::array<std::string_view, 3> trimesters{"first", "second", "third"};
  for (std::size_t i = 0; i < trimesters.size(); ++i)
    codes.trimesters[i] = without_dots(strings(member(node, "trimester_icd10"), trimesters[i]));
  codes.weeks_icd10_prefix = without_dots(node.text("weeks_icd10_prefix"));
  codes.longest_days = integer(node, "longest_days").value_or(0);
  return codes;
}

SiteMap compile_site_map(Value const& node) {
  auto const read = [&](std::string_view name) {
    std::map<std::string, SiteMap::Regions, std::less<>> map;
    for (auto const& [key, regions] : member(node, name).object())
      map.emplace(name == "icd10" ? without_dots(key) : key, strings(member(node, name), key));
    return map;
  };
  return {.words = read("words"),
          .icd10 = read("icd10"),
          .snomed = read("snomed"),
          .body_structure = read("body_structure"),
          .muscles = {}};
}

Result<Screen> compile_screen_items(Rules const& rules, Value const& node) {
  Screen screen{.id = std::string{node.text("id")}};
  for (auto const& item : node.items("items")) {
    auto const id = item.is_string() ? std::string_view{item.string()} : item.text("finding");
    if (id.empty())
      continue; // An instrument shown beside the questions, such as the pain rating.
    auto const finding = rules.find_finding(id);
    if (!finding)
      return fail(Fault::Structure, "screen " + screen.id + " names an unknown finding");
    auto const* counts = item.find("counts_in_readings");
    auto follow_up = TRY(findings_of(rules, item, "follow_up"));
    screen.items.push_back(
        {.finding = *finding,
         .points = parse_millionths(item.find("points")).value_or(0),
         .counts_in_readings = counts == nullptr || !counts->is_bool() || counts->boolean(),
         .follow_up = std::move(follow_up)});
  }
  for (auto const& reading : node.items("readings")) {
    auto const* needs_entry = reading.find("needs_entry");
    auto any_of = TRY(findings_of(rules, reading, "any_of"));
    auto or_count_of = TRY(findings_of(rules, reading, "or_count_of"));
    auto gateways = TRY(findings_of(rules, reading, "gateways"));
    screen.readings.push_back(
        {.id = std::string{reading.text("id")},
         .needs_entry = needs_entry != nullptr && needs_entry->is_bool() && needs_entry->boolean(),
         .any_of = std::move(any_of),
         .or_count_of = std::move(or_count_of),
         .gateways = std::move(gateways),
         .min = integer(reading, "min").value_or(0),
         .score_min = parse_millionths(reading.find("score_min"))});
  }
  return screen;
}

Result<History> compile_history(Value const& node) {
  using Mode = History::Mode;
  auto const& history = member(node, "history");
  if (history.is_string() && history.string() == "ignored")
    return History{Mode::Ignored};
  if (history.is_string() && history.string() == "counts")
    return History{Mode::Counts};
  if (auto const days = integer(history, "counts_within_days"))
    return History{Mode::CountsWithinDays, *days};
  return fail(Fault::Structure, "history is neither ignored, counts nor counts_within_days");
}

} // namespace

Result<Rule> compile_rule(Rules const& rules, Value const& node) {
  auto const text = [&](std::string_view name) { return std::string{node.text(name)}; };
  auto const& applies = member(node, "applies");
  auto const& action = member(node, "action");
  Rule rule{.id = text("id"), .urgency = text("urgency"), .name = text("name"), .why = text("why")};
  auto const level = std::ranges::find(level_names, node.text("level"));
  if (level == level_names.end())
    return fail(Fault::Structure, "there is no such level");
  rule.level = static_cast<Level>(level - level_names.begin());
  rule.history = TRY(compile_history(node));
  rule.trigger = TRY(compile_clause(rules, member(node, "trigger")));
  if (auto const* ask_when = node.find("ask_when"))
    rule.ask_when = TRY(compile_clause(rules, *ask_when));
  rule.asks = TRY(findings_of(rules, node, "asks"));
  rule.techniques = strings(applies, "techniques");
  rule.regions = strings(applies, "regions");
  rule.site = applies.text("site") == "needed" ? Rule::Site::Needed : Rule::Site::None;
  rule.extent = applies.text("extent");
  rule.action_therapist = action.text("therapist");
  rule.action_patient = action.text("patient");
  rule.lifts_when = text("lifts_when");
  rule.valid_for = text("valid_for");
  rule.overridable = text("overridable");
  rule.pathway = text("pathway");
  rule.strength = text("strength");
  rule.owner = text("owner");
  rule.review_by = text("review_by");
  rule.references = strings(node, "references");
  rule.is_judged = !uses_unknown(rule.trigger) && !(rule.ask_when && uses_unknown(*rule.ask_when));
  return rule;
}

namespace {

Result<> compile_rule_list(Rules& rules, Value const& node) {
  for (auto const& entry : node.items("rules")) {
    auto rule = compile_rule(rules, entry);
    if (!rule)
      return fail(rule.error().fault, "rule " + std::string{entry.text("id")} + ": " + rule.error().what);
    rules.rules.push_back(*std::move(rule));
  }
  return {};
}

} // namespace

std::string_view name(Level level) noexcept {
  return level_names[static_cast<std::size_t>(level)];
}
std::string_view name(Decision decision) noexcept {
  return decision_names[static_cast<std::size_t>(decision)];
}
Decision decision_of(Level level) noexcept {
  constexpr std::array decisions{Decision::Stop, Decision::Clearance, Decision::Modify, Decision::Modify,
                                 Decision::None};
  return decisions[static_cast<std::size_t>(level)];
}

std::optional<std::size_t> Rules::find_finding(std::string_view id) const noexcept {
  return place_of(findings, id);
}
std::optional<std::size_t> Rules::find_measure(std::string_view id) const noexcept {
  return place_of(measures, id);
}
Screen const* Rules::find_screen(std::string_view id) const noexcept {
  auto const place = place_of(screens, id);
  return place ? &screens[*place] : nullptr;
}
Rule const* Rules::find_rule(std::string_view id) const noexcept {
  auto const place = place_of(rules, id);
  return place ? &rules[*place] : nullptr;
}

Result<Rules> compile_rules(Value const& node) {
  for (std::string_view part : {"medicine_forms", "medicine_classes", "pregnancy", "site_map", "systems"})
    if (!member(node, part).is_object())
      return fail(Fault::Structure, std::string{part} + " is missing");
  Rules rules;
  for (auto const& finding : node.items("findings"))
    rules.findings.push_back(TRY(compile_finding(finding)));
  for (auto const& measure : node.items("measures"))
    rules.measures.push_back(TRY(compile_measure(measure)));
  for (auto const& [form, words] : member(node, "medicine_forms").object())
    rules.medicine_forms.emplace(form, strings(member(node, "medicine_forms"), form));
  for (auto const& [id, what] : member(node, "medicine_classes").object())
    rules.medicine_classes.emplace(
        id, MedicineClass{strings(what, "words"), strings(what, "forms"), strings(what, "not_forms")});
  rules.pregnancy = compile_pregnancy_codes(member(node, "pregnancy"));
  rules.site_map = compile_site_map(member(node, "site_map"));
  rules.icd10_systems = strings(member(node, "systems"), "icd10");
  for (auto const& screen : node.items("screens"))
    rules.screens.push_back(TRY(compile_screen_items(rules, screen)));
  for (std::size_t i = 0; i < rules.screens.size(); ++i)
    if (auto const* entry = node.items("screens")[i].find("entry"))
      rules.screens[i].entry = TRY(compile_clause(rules, *entry));
  TRY(compile_rule_list(rules, node));
  return rules;
}

// --- data.hh
// -------------------------------------------------------------------------------------------------------------------

std::vector<std::string> strings(Value const& node, std::string_view name) {
  std::vector<std::string> found;
  for (auto const& item : node.items(name))
    if (item.is_string())
      found.push_back(item.string());
  return found;
}

std::optional<int> whole_number(Value const* number) {
  if (number == nullptr || !number->is_number())
    return std::nullopt;
  int value = 0;
  auto const& text = number->lexeme();
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size() ? std::optional{value} : std::nullopt;
}

std::optional<int> integer(Value const& node, std::string_view name) {
  return whole_number(node.find(name));
}

std::optional<int> days_of(std::string_view span) {
  int days = 0;
  if (span.size() < 3 || span.front() != 'P' || span.back() != 'D')
    return std::nullopt;
  auto const [end, error] = std::from_chars(span.data() + 1, span.data() + span.size() - 1, days);
  return error == std::errc{} && end == span.data() + span.size() - 1 && days > 0 ? std::optional{days}
                                                                                  : std::nullopt;
}

std::string without_dots(std::string_view code) {
  std::string plain;
  for (char const c : code)
    if (c != '.')
      plain += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return plain;
}

std::vector<std::string> without_dots(std::vector<std::string> codes) {
  for (auto& code : codes)
    code = without_dots(code);
  return codes;
}

Result<std::vector<std::size_t>> findings_of(Rules const& rules, Value const& node, std::string_view name) {
  std::vector<std::size_t> places;
  for (auto const& id : strings(node, name)) {
    auto const place = rules.find_finding(id);
    if (!place)
      return fail(Fault::Structure, "there is no finding " + id);
    places.push_back(*place);
  }
  return places;
}

} // namespace tripsis::clinic::screening
