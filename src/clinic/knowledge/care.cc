// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/knowledge/care.hh"

#include "clinic/screening/data.hh"

#include <algorithm>
#include <charconv>
#include <limits>
#include <numeric>
#include <optional>

#include <fmt/format.h>

namespace tripsis::clinic {
namespace {

using json::Value;
using screening::strings;

std::string text(Value const& node, std::string_view name) {
  return std::string{node.text(name)};
}

int whole(Value const& number) {
  int value = 0;
  if (number.is_number())
    std::from_chars(number.lexeme().data(), number.lexeme().data() + number.lexeme().size(), value);
  return value;
}

int whole(Value const& node, std::string_view name) {
  auto const* found = node.find(name);
  return found == nullptr ? 0 : whole(*found);
}

Hundredths amount(Value const& node, std::string_view name) {
  auto const* found = node.find(name);
  return found != nullptr && found->is_number() ? parse_hundredths(found->lexeme()).value_or(0) : 0;
}

Dose read_dose(Value const& node) {
  auto const& minutes = node.items("minutes");
  return {.minutes_from = minutes.empty() ? 0 : whole(minutes.front()),
          .minutes_to = minutes.empty() ? 0 : whole(minutes.back()),
          .per_week = amount(node, "per_week"),
          .weeks = whole(node, "weeks"),
          .basis = text(node, "basis"),
          .sources = strings(node, "src")};
}

Result<CareCondition> read_condition(Value const& node) {
  CareCondition condition{.id = text(node, "id"),
                          .name = text(node, "name"),
                          .icd10 = strings(node, "icd10"),
                          .regions = strings(node, "regions"),
                          .muscles = strings(node, "muscles"),
                          .techniques = strings(node, "techniques"),
                          .avoid_techniques = strings(node, "avoid_techniques"),
                          .dose = {},
                          .outcomes = strings(node, "outcomes"),
                          .red_flags = strings(node, "red_flags"),
                          .co_therapies = strings(node, "co_therapies"),
                          .certainty = text(node, "certainty"),
                          .evidence = text(node, "evidence"),
                          .guideline = text(node, "guideline"),
                          .dose_effects = text(node, "dose_effects"),
                          .avoid_note = text(node, "avoid_note"),
                          .sources = strings(node, "src")};
  auto const* dose = node.find("dose");
  if (dose != nullptr)
    condition.dose = read_dose(*dose);
  if (condition.dose.minutes_from <= 0 || condition.dose.minutes_to < condition.dose.minutes_from ||
      condition.dose.per_week <= 0 || condition.dose.weeks <= 0)
    return fail(Fault::Structure, fmt::format("The condition {} has no usable dose.", condition.id));
  return condition;
}

Phase read_phase(Value const& node) {
  auto const& weeks = node.items("weeks");
  Phase phase{.name = text(node, "name"),
              .from_week = weeks.empty() ? 0 : whole(weeks.front()),
              .to_week = weeks.empty() ? 0 : whole(weeks.back()),
              .per_week = amount(node, "per_week"),
              .goals = strings(node, "goals"),
              .blocks = {}};
  for (auto const& block : node.items("blocks"))
    phase.blocks.push_back({.technique = text(block, "technique"),
                            .regions = strings(block, "regions"),
                            .minutes = whole(block, "minutes")});
  return phase;
}

Protocol read_protocol(Value const& node) {
  Value const none;
  auto const member = [&](std::string_view name) -> Value const& {
    auto const* found = node.find(name);
    return found == nullptr ? none : *found;
  };
  auto const* from_trial = node.find("evidence_dose");
  auto const is_from_trial = from_trial != nullptr && from_trial->is_bool() && from_trial->boolean();
  Protocol protocol{.id = text(node, "id"),
                    .condition = text(node, "condition"),
                    .name = text(node, "name"),
                    .basis = is_from_trial ? Protocol::Basis::Trial : Protocol::Basis::Convention,
                    .sources = strings(node, "src"),
                    .phases = {},
                    .review_visits = {},
                    .review_measures = strings(member("reassess"), "measures"),
                    .progress = text(member("rules"), "progress"),
                    .regress = text(member("rules"), "regress"),
                    .stop = text(member("rules"), "stop"),
                    .refer = text(member("rules"), "refer"),
                    .home_care = strings(node, "home_care"),
                    .requirements = strings(node, "requires"),
                    .note = text(node, "note"),
                    .baseline = strings(node, "baseline"),
                    .follow_up_weeks = {}};
  for (auto const& phase : node.items("phases"))
    protocol.phases.push_back(read_phase(phase));
  for (auto const& visit : member("reassess").items("visits"))
    protocol.review_visits.push_back(whole(visit));
  for (auto const& week : member("reassess").items("followup_weeks"))
    protocol.follow_up_weeks.push_back(whole(week));
  return protocol;
}

} // namespace

int Phase::minutes() const noexcept {
  return std::accumulate(blocks.begin(), blocks.end(), 0,
                         [](int sum, Block const& block) { return sum + block.minutes; });
}

CareCondition const* Care::find_condition(std::string_view id) const noexcept {
  auto const found = std::ranges::find(conditions, id, &CareCondition::id);
  return found == conditions.end() ? nullptr : &*found;
}

Protocol const* Care::find_protocol(std::string_view condition) const noexcept {
  auto const found = std::ranges::find(protocols, condition, &Protocol::condition);
  return found == protocols.end() ? nullptr : &*found;
}

Result<Care> read_care(Value const& knowledge) {
  Care care;
  if (auto const* file = knowledge.find("conditions"))
    for (auto const& node : file->items("conditions"))
      care.conditions.push_back(TRY(read_condition(node)));
  if (auto const* file = knowledge.find("protocols")) {
    for (auto const& node : file->items("protocols")) {
      care.protocols.push_back(read_protocol(node));
      if (care.find_condition(care.protocols.back().condition) == nullptr)
        return fail(Fault::Structure, fmt::format("The protocol {} is for a condition that is not there.",
                                                  care.protocols.back().id));
    }
    if (auto const* common = file->find("common")) {
      care.pressure_rule = text(*common, "pressure_rule");
      care.adverse_rule = text(*common, "adverse_rule");
      care.discharge_rule = text(*common, "discharge_rule");
    }
  }
  return care;
}

std::optional<Hundredths> parse_hundredths(std::string_view text) noexcept {
  constexpr std::size_t longest = 9; // "999999.99"
  if (text.empty() || text.size() > longest)
    return std::nullopt;
  auto const point = std::min(text.find('.'), text.size());
  auto places = text.substr(std::min(point + 1, text.size()));
  if (point == 0 || (point < text.size() && places.empty()) || places.size() > 2)
    return std::nullopt;
  std::int64_t value = 0;
  for (auto const part : {text.substr(0, point), places})
    for (char const c : part) {
      if (c < '0' || c > '9')
        return std::nullopt;
      value = value * 10 + (c - '0');
    }
  for (auto i = places.size(); i < 2; ++i)
    value *= 10;
  if (value > std::numeric_limits<Hundredths>::max())
    return std::nullopt;
  return static_cast<Hundredths>(value);
}

std::string written(Hundredths amount) {
  if (amount % 100 == 0)
    return fmt::format("{}", amount / 100);
  if (amount % 10 == 0)
    return fmt::format("{}.{}", amount / 100, amount % 100 / 10);
  return fmt::format("{}.{:02}", amount / 100, amount % 100);
}

} // namespace tripsis::clinic
