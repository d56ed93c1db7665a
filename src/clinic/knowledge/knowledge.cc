// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/knowledge/knowledge.hh"

#include "base/json/parse.hh"
#include "clinic/knowledge/packed.hh"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <stdexcept>

extern "C" {
extern char const tripsis_knowledge_begin[]; // knowledge_blob.S
extern char const tripsis_knowledge_end[];
}

namespace tripsis::clinic {
namespace {

using json::Value;

/// The list `list` of the file `file`.
json::Array const& items(Value const& root, std::string_view file, std::string_view list) {
  static json::Array const none;
  auto const* found = root.at({file, list});
  return found != nullptr && found->is_array() ? found->array() : none;
}

std::string written(Value const* value) {
  if (value == nullptr)
    return {};
  return value->is_number() ? value->lexeme() : value->is_string() ? value->string() : "";
}

int whole(Value const& value) {
  int number = 0;
  if (value.is_number())
    std::from_chars(value.lexeme().data(), value.lexeme().data() + value.lexeme().size(), number);
  return number;
}

Instrument read_instrument(Value const& node) {
  Instrument instrument{.id = std::string{node.text("id")},
                        .name = std::string{node.text("name")},
                        .loinc = std::string{node.text("loinc")},
                        .changes = {},
                        .direction = std::string{node.text("direction")},
                        .measures = std::string{node.text("measures")},
                        .scoring = std::string{node.text("scoring")}};
  if (auto const* licence = node.find("licence")) {
    instrument.licence = licence->text("status");
    instrument.licence_note = licence->text("note");
  }
  if (auto const* count = node.find("items_count"))
    instrument.items = whole(*count);
  if (auto const& range = node.items("range"); range.size() == 2) {
    instrument.low = whole(range.front());
    instrument.high = whole(range.back());
  }
  for (auto const& change : node.items("change"))
    instrument.changes.push_back({.type = std::string{change.text("type")},
                                  .value = written(change.find("value")),
                                  .unit = std::string{change.text("unit")},
                                  .population = std::string{change.text("population")},
                                  .source = std::string{change.text("src")}});
  return instrument;
}

bool flag(Value const& node, std::string_view name) {
  auto const* found = node.find(name);
  return found != nullptr && found->is_bool() && found->boolean();
}

std::vector<std::string> texts(Value const& node, std::string_view name) {
  std::vector<std::string> found;
  for (auto const& item : node.items(name))
    found.push_back(written(&item));
  return found;
}

/// The two ends of a range, in whole numbers.
std::pair<int, int> ends(Value const& node, std::string_view name) {
  auto const& range = node.items(name);
  return range.size() == 2 ? std::pair{whole(range.front()), whole(range.back())} : std::pair{0, 0};
}

Technique read_technique(Value const& node) {
  auto const [pressure_from, pressure_to] = ends(node, "pressure");
  auto const [minutes_from, minutes_to] = ends(node, "minutes");
  return {.id = std::string{node.text("id")},
          .name = std::string{node.text("name")},
          .requires_training = flag(node, "requires_training"),
          .family = std::string{node.text("family")},
          .aims = texts(node, "aims"),
          .tissues = texts(node, "tissues"),
          .cautions = texts(node, "cautions"),
          .pressure_from = pressure_from,
          .pressure_to = pressure_to,
          .minutes_from = minutes_from,
          .minutes_to = minutes_to,
          .sources = texts(node, "src")};
}

Result<> read_pressure_limits(Value const& root, screening::Rules& rules) {
  for (auto const& node : items(root, "pressure", "pressure_limits")) {
    auto const rule = std::ranges::find(rules.rules, node.text("rule"), &screening::Rule::id);
    auto const* most = node.find("most");
    if (rule == rules.rules.end() || most == nullptr || !most->is_number())
      return fail(Fault::Structure, "a pressure limit names no rule, or no number");
    rule->pressure_limit = std::atoi(most->lexeme().c_str());
  }
  return {};
}

Muscle read_muscle(Value const& node) {
  auto const text = [&](std::string_view name) { return std::string{node.text(name)}; };
  Muscle muscle{.id = text("id"),
                .name = text("name"),
                .region = text("region"),
                .side = text("side"),
                .layer = text("layer"),
                .referral = text("referral")};
  for (auto const& movement : node.items("rom"))
    muscle.movements.push_back(written(&movement));
  return muscle;
}

Movement read_movement(Value const& node) {
  Movement movement{.id = std::string{node.text("movement")},
                    .norm = written(node.find("norm")),
                    .unit = node.text("unit") == "mm" ? "mm" : "deg"};
  if (auto const& range = node.items("range"); range.size() == 2) {
    movement.low = written(&range[0]);
    movement.high = written(&range[1]);
  }
  return movement;
}

} // namespace

Result<Knowledge> parse_knowledge(std::string_view json) {
  auto const root = TRY(json::parse(json));
  Knowledge knowledge;
  auto const text = [](Value const& node, std::string_view name) { return std::string{node.text(name)}; };
  for (auto const& node : items(root, "techniques", "techniques"))
    knowledge.techniques.push_back(read_technique(node));
  for (auto const& node : items(root, "muscles", "regions"))
    knowledge.regions.push_back({text(node, "id"), text(node, "name")});
  for (auto const& node : items(root, "muscles", "muscles"))
    knowledge.muscles.push_back(read_muscle(node));
  for (auto const& node : items(root, "consent", "consent_regions"))
    knowledge.consent_regions.push_back({text(node, "id"), text(node, "name"), texts(node, "regions"),
                                         texts(node, "muscles"), texts(node, "techniques")});
  for (auto const& node : items(root, "instruments", "instruments"))
    knowledge.instruments.push_back(read_instrument(node));
  if (auto const* norms = root.at({"instruments", "rom_norms"}))
    for (auto const& node : norms->items("values"))
      knowledge.movements.push_back(read_movement(node));
  knowledge.instrument_data = items(root, "instruments", "instruments");
  if (auto const* forms = root.find("forms"))
    knowledge.forms = *forms;
  for (auto const& node : items(root, "sources", "sources"))
    knowledge.sources.emplace(text(node, "id"), text(node, "cite"));
  auto const* contraindications = root.find("contraindications");
  if (contraindications == nullptr)
    return fail(Fault::Structure, "There are no safety rules.");
  knowledge.rules = TRY(screening::compile_rules(*contraindications));
  TRY(read_pressure_limits(root, knowledge.rules));
  knowledge.care = TRY(read_care(root));
  knowledge.evidence = TRY(read_evidence(root));
  knowledge.wording =
      std::make_shared<WordingGuard const>(TRY(WordingGuard::compile(root, knowledge.evidence)));
  for (auto const& muscle : knowledge.muscles)
    knowledge.rules.site_map.muscles.emplace(muscle.id, muscle.region);
  return knowledge;
}

namespace {

std::string_view packed_text() noexcept {
  return {tripsis_knowledge_begin, static_cast<std::size_t>(tripsis_knowledge_end - tripsis_knowledge_begin)};
}

} // namespace

Value packed_knowledge() {
  return json::parse(packed_text()).value();
}

Knowledge load_knowledge() {
  auto knowledge = parse_knowledge(packed_text());
  if (!knowledge)
    throw std::runtime_error{"The embedded clinical knowledge cannot be used: " + knowledge.error().what};
  return *std::move(knowledge);
}

Technique const* Knowledge::find_technique(std::string_view id) const noexcept {
  auto const found = std::ranges::find(techniques, id, &Technique::id);
  return found == techniques.end() ? nullptr : &*found;
}

std::string Knowledge::citation(std::string_view mark) const {
  auto const id = mark.substr(mark.find(':') + 1);
  auto const found = sources.find(id);
  if (found == sources.end())
    return std::string{mark};
  return found->second + (mark.starts_with("known:") ? " (not re-read in a source)" : "");
}

} // namespace tripsis::clinic
