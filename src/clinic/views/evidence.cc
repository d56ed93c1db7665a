// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The claims of the field beside what research says of them and what this practice measured itself.
#include "clinic/canonical.hh"
#include "clinic/evidence/own_change.hh"
#include "clinic/views/view.hh"

#include <algorithm>
#include <charconv>
#include <set>

#include <fmt/format.h>

namespace tripsis::clinic {
namespace {

using json::Value;

constexpr std::string_view warning =
    "Before and after in one practice is not proof: people come when they feel worst and would often get "
    "better anyway, other care plays its part, and who stops coming is not measured again.";

struct Parts {
  Value owner;
  explicit Parts(std::string_view name) : owner{json::object({{"name", name}})} {}
  void add(std::string_view name, std::string_view element, Value value) {
    if (!value.is_string() || !value.string().empty())
      owner.push("part", json::object({{"name", name}, {element, std::move(value)}}));
  }
  void count(std::string_view name, std::size_t number) {
    add(name, "valueInteger", Value::integer(static_cast<std::int64_t>(number)));
  }
  void decimal(std::string_view name, double number) {
    add(name, "valueDecimal", Value{json::Number{fmt::format("{:.2f}", number)}});
  }
};

std::optional<double> number_of(Value const& observation) {
  auto const* value = observation.find("valueInteger");
  if (value == nullptr)
    value = observation.at({"valueQuantity", "value"});
  if (value == nullptr || !value->is_number())
    return std::nullopt;
  double number = 0;
  auto const& text = value->lexeme();
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} ? std::optional{number} : std::nullopt;
}

/// The instruments that some claim could be tested by.
std::vector<Instrument const*> tested(Knowledge const& knowledge) {
  std::set<std::string_view> ids;
  for (auto const& claim : knowledge.evidence.claims)
    ids.insert(claim.measures.begin(), claim.measures.end());
  std::vector<Instrument const*> all;
  for (auto const& instrument : knowledge.instruments)
    if (ids.contains(instrument.id) && !instrument.direction.empty())
      all.push_back(&instrument);
  return all;
}

/// The tokens of an instrument's scores. Pain is rated in sessions too, under its LOINC code.
std::vector<std::string> tokens_of(Instrument const& instrument) {
  std::vector<std::string> tokens{fmt::format("{}|{}-score", canonical::measure, instrument.id)};
  if (instrument.id == "nprs")
    tokens.push_back(fmt::format("{}|{}", systems::loinc, nprs_loinc));
  return tokens;
}

bool is_usable(Value const& observation) {
  constexpr std::array<std::string_view, 3> usable{"final", "amended", "corrected"};
  return std::ranges::find(usable, observation.text("status")) != usable.end();
}

/// Each patient's first and last score of the period.
Result<std::vector<evidence::Pair>> pairs_of(Find const& find, Instrument const& instrument,
                                             Period const& period, TimeZone const& zone) {
  Parameters const parameters{{"code", any_of(tokens_of(instrument))},
                              {"date", "ge" + screening::iso_of(std::chrono::sys_days{period.start})},
                              {"date", "le" + screening::iso_of(std::chrono::sys_days{period.end})}};
  std::map<std::string, std::vector<evidence::Point>, std::less<>> points;
  for (auto const& observation : TRY(find("Observation", parameters))) {
    auto const patient = key_of(observation.find("subject"));
    auto const on = screening::parse_moment(observation.text("effectiveDateTime"), &zone);
    auto const value = number_of(observation);
    if (patient && on && value && is_usable(observation))
      points[patient->id].push_back({on->first, *value});
  }
  std::vector<evidence::Pair> pairs;
  for (auto const& [id, of_patient] : points)
    if (auto const pair = evidence::pair_of(of_patient))
      pairs.push_back(*pair);
  return pairs;
}

Value to_parameter(Instrument const& instrument, std::vector<evidence::Pair> const& pairs) {
  auto const better =
      instrument.direction == "higher_better" ? evidence::Better::Higher : evidence::Better::Lower;
  Parts own{"own"};
  own.add("measure", "valueCode", instrument.id);
  own.add("name", "valueString", instrument.name);
  own.add("direction", "valueCode", better == evidence::Better::Higher ? "higher-better" : "lower-better");
  auto const change = evidence::own_change(pairs, better);
  if (!change) {
    own.add("tooFew", "valueBoolean", Value{true});
    return std::move(own.owner);
  }
  own.count("patients", pairs.size());
  own.decimal("change", change->mean);
  own.decimal("low", change->low);
  own.decimal("high", change->high);
  own.add("unit", "valueString", "points");
  own.count("improved30", change->improved30);
  own.count("improved70", change->improved70);
  return std::move(own.owner);
}

} // namespace

Result<Value> evidence_view(store::ReadTx& tx, ViewContext const& context, Period const& period) {
  std::map<std::string_view, Value> own;
  for (auto const* instrument : tested(context.knowledge))
    own.emplace(instrument->id,
                to_parameter(*instrument, TRY(pairs_of(find_in(tx), *instrument, period, context.zone))));
  auto answer = json::object({{"resourceType", "Parameters"}});
  answer.push("parameter", json::object({{"name", "warning"}, {"valueString", warning}}));
  for (auto const& claim : context.knowledge.evidence.claims) {
    Parts parts{"claim"};
    parts.add("id", "valueCode", claim.id);
    parts.add("claim", "valueString", claim.claim);
    parts.add("finding", "valueString", claim.finding);
    parts.add("effect", "valueString", claim.effect);
    parts.add("certainty", "valueCode", claim.certainty);
    parts.add("say", "valueString", claim.say);
    for (auto const& source : claim.sources)
      parts.add("source", "valueString", context.knowledge.citation(source));
    for (auto const& measure : claim.measures)
      if (auto const found = own.find(measure); found != own.end())
        parts.owner.push("part", found->second);
    answer.push("parameter", std::move(parts.owner));
  }
  return answer;
}

} // namespace tripsis::clinic
