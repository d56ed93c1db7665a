// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/plan/input.hh"

#include "clinic/canonical.hh"
#include "clinic/find.hh"
#include "clinic/screening/number.hh"

#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>

namespace tripsis::clinic::plan {
namespace {

using json::Value;
using screening::PatientRecord;

constexpr std::string_view acute_back = "albp", chronic_back = "clbp";

std::string_view text_at(Value const& resource, std::initializer_list<std::string_view> names) {
  auto const* found = resource.at(names);
  return found != nullptr && found->is_string() ? std::string_view{found->string()} : std::string_view{};
}

std::optional<Day> day_at(std::string_view text, TimeZone const* zone) {
  auto const moment = screening::parse_moment(text, zone);
  return moment ? std::optional{moment->last} : std::nullopt;
}

/// Upper case, no dots.
std::string plain(std::string_view code) {
  std::string text;
  for (char const c : code)
    if (c != '.')
      text += static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
  return text;
}

/// Injury codes name the encounter in their seventh character, which says nothing of the injury.
std::string_view without_seventh(std::string_view code) {
  constexpr std::size_t six = 6;
  return code.substr(0, six);
}

std::vector<std::string> icd10_codes(Value const* concept_) {
  std::vector<std::string> codes;
  auto const add = [&](Value const& one) {
    for (auto const& coding : one.items("coding"))
      if (coding.text("system") == systems::icd10_cm)
        codes.push_back(plain(coding.text("code")));
  };
  if (concept_ != nullptr && concept_->is_array())
    for (auto const& one : concept_->array())
      add(one);
  else if (concept_ != nullptr)
    add(*concept_);
  return codes;
}

bool fits(CareCondition const& condition, std::vector<std::string> const& codes) {
  return std::ranges::any_of(condition.icd10, [&](std::string const& known) {
    auto const code = plain(known);
    return std::ranges::any_of(codes, [&](std::string const& had) {
      return had == code ||
             (code.size() == 7 && had.size() == 7 && without_seventh(had) == without_seventh(code));
    });
  });
}

/// The conditions of the catalogue that the codes may stand for: those with a protocol first. Back pain is
/// acute when its onset is known to be within twelve weeks.
std::vector<CareCondition const*> conditions_of(std::vector<std::string> const& codes, Care const& care,
                                                std::optional<Day> onset, Day today) {
  std::vector<CareCondition const*> found;
  for (auto const& condition : care.conditions)
    if (fits(condition, codes))
      found.push_back(&condition);
  std::ranges::stable_sort(found, {}, [&](CareCondition const* condition) {
    return care.find_protocol(condition->id) == nullptr;
  });
  auto const is_acute = onset && today - *onset <= std::chrono::days{acute_days};
  auto const acute = std::ranges::find(found, acute_back, &CareCondition::id);
  auto const chronic = std::ranges::find(found, chronic_back, &CareCondition::id);
  if (is_acute && acute != found.end() && chronic != found.end())
    std::rotate(chronic, acute, acute + 1);
  return found;
}

bool is_current(Value const& condition) {
  constexpr std::array<std::string_view, 3> over{"inactive", "remission", "resolved"};
  constexpr std::array<std::string_view, 2> not_so{"refuted", "entered-in-error"};
  auto const is_one_of = [&](std::string_view element, auto const& codes) {
    return std::ranges::find(codes, text_at(condition, {element, "coding", "code"})) != codes.end();
  };
  return !is_one_of("clinicalStatus", over) && !is_one_of("verificationStatus", not_so);
}

/// Reads one record; no longer alive than it.
class Reader {
public:
  Reader(PatientRecord const& record, Knowledge const& knowledge, Day today, TimeZone const* zone)
      : record_{record}, care_{knowledge.care}, today_{today}, zone_{zone} {}

  void add_candidates(Input& input) const {
    auto const referred = referral_codes();
    std::vector<PatientRecord::Entry const*> conditions;
    for (auto const& entry : record_.of_type("Condition"))
      if (is_current(entry.resource))
        conditions.push_back(&entry);
    std::ranges::stable_sort(conditions, {}, [&](PatientRecord::Entry const* entry) {
      auto const codes = icd10_codes(entry->resource.find("code")); // what the referral is for comes first
      return std::ranges::find_first_of(codes, referred) == codes.end();
    });
    for (auto const* entry : conditions)
      add(input, *entry);
    if (input.candidates.empty())
      for (auto const* condition : conditions_of(referred, care_, std::nullopt, today_))
        input.candidates.push_back({condition, {}});
  }

  Result<> choose(Input& input, std::string const& wanted) const {
    if (auto const* known = care_.find_condition(wanted)) {
      auto const same = std::ranges::find(input.candidates, known, &Candidate::condition);
      auto const chosen = same == input.candidates.end() ? Candidate{known, {}} : *same;
      if (same != input.candidates.end())
        input.candidates.erase(same);
      input.candidates.insert(input.candidates.begin(), chosen);
      return {};
    }
    auto const reference = wanted.starts_with("Condition/") ? wanted : "Condition/" + wanted;
    auto const& conditions = record_.of_type("Condition");
    auto const entry = std::ranges::find(conditions, reference, &PatientRecord::Entry::ref);
    if (entry == conditions.end())
      return fail(Fault::NotFound, "The parameter condition names neither a Condition of this patient nor "
                                   "one of the catalogue.");
    Input only;
    add(only, *entry);
    if (only.candidates.empty())
      input.addresses = reference;
    input.candidates = std::move(only.candidates);
    return {};
  }

  void add_scores(Input& input) const {
    constexpr std::array<std::string_view, 3> usable{"final", "amended", "corrected"};
    for (auto const& [ref, observation] : record_.of_type("Observation")) {
      auto const id = instrument_of(observation);
      auto const day = day_at(observation.text("effectiveDateTime"), zone_);
      auto const* value = observation.find("valueInteger");
      if (value == nullptr)
        value = observation.at({"valueQuantity", "value"});
      auto const number = screening::parse_millionths(value);
      if (id.empty() || !day || *day > today_ || !number ||
          std::ranges::find(usable, observation.text("status")) == usable.end())
        continue;
      auto const score = Score{*number, *day, ref};
      auto const [known, is_new] = input.scores.emplace(id, score);
      if (!is_new && known->second.day < *day)
        known->second = score;
    }
  }

  void add_referral(Input& input) const {
    PatientRecord::Entry const* chosen = nullptr;
    for (auto const& entry : record_.of_type("ServiceRequest")) {
      if (entry.resource.text("status") != "active")
        continue;
      auto const for_it = !input.candidates.empty() && fits(*input.candidates.front().condition,
                                                            icd10_codes(entry.resource.find("reasonCode")));
      if (chosen == nullptr || for_it)
        chosen = &entry;
      if (for_it)
        break;
    }
    if (chosen == nullptr)
      return;
    Referral referral{.reference = chosen->ref, .visits_left = {}, .until = {}};
    if (auto const allowed =
            screening::parse_millionths(chosen->resource.at({"quantityQuantity", "value"})))
      referral.visits_left = std::max(0, static_cast<int>(*allowed / screening::one) - given(chosen->ref));
    referral.until = day_at(text_at(chosen->resource, {"occurrencePeriod", "end"}), zone_);
    input.referral = std::move(referral);
  }

  void add_goals(Input& input) const {
    constexpr std::array<std::string_view, 5> current{"proposed", "planned", "accepted", "active",
                                                      "on-hold"};
    for (auto const& [ref, goal] : record_.of_type("Goal"))
      if (std::ranges::find(current, goal.text("lifecycleStatus")) != current.end())
        input.goals.push_back({ref, std::string{text_at(goal, {"description", "text"})},
                               day_at(text_at(goal, {"target", "dueDate"}), zone_)});
  }

private:
  void add(Input& input, PatientRecord::Entry const& entry) const {
    auto const onset = day_at(entry.resource.text("onsetDateTime"), zone_);
    for (auto const* condition :
         conditions_of(icd10_codes(entry.resource.find("code")), care_, onset, today_))
      if (std::ranges::find(input.candidates, condition, &Candidate::condition) == input.candidates.end())
        input.candidates.push_back({condition, entry.ref});
  }

  std::vector<std::string> referral_codes() const {
    std::vector<std::string> codes;
    for (auto const& [ref, referral] : record_.of_type("ServiceRequest"))
      if (referral.text("status") == "active")
        for (auto& code : icd10_codes(referral.find("reasonCode")))
          codes.push_back(std::move(code));
    return codes;
  }

  static std::string instrument_of(Value const& observation) {
    constexpr std::string_view score = "-score";
    auto const* code = observation.find("code");
    auto const ours = code_in(code, canonical::measure);
    if (ours.ends_with(score))
      return std::string{ours.substr(0, ours.size() - score.size())};
    return ours != "nprs-after" && code_in(code, systems::loinc) == nprs_loinc ? "nprs" : "";
  }

  /// The visits that were given under a referral.
  int given(std::string const& referral) const {
    return static_cast<int>(std::ranges::count_if(record_.of_type("Encounter"), [&](auto const& entry) {
      return entry.resource.text("status") == "finished" &&
             std::ranges::any_of(entry.resource.items("basedOn"),
                                 [&](Value const& order) { return order.text("reference") == referral; });
    }));
  }

  PatientRecord const& record_;
  Care const& care_;
  Day today_;
  TimeZone const* zone_;
};

Result<int> parse_whole(std::string const& text, std::string_view name, int low, int high) {
  int value = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < low || value > high)
    return fail(Fault::Value,
                fmt::format("The parameter {} must be a whole number from {} to {}.", name, low, high));
  return value;
}

Result<Hundredths> parse_amount(std::string const& text, std::string_view name, Hundredths low,
                                Hundredths high) {
  auto const value = parse_hundredths(text);
  if (!value || *value < low || *value > high)
    return fail(Fault::Value,
                fmt::format("The parameter {} must be a number from {} to {} with at most two "
                            "decimal places.",
                            name, written(low), written(high)));
  return *value;
}

} // namespace

Result<Input> read_input(PatientRecord const& record, Knowledge const& knowledge, Wish const& wish,
                         Day today, TimeZone const* zone) {
  Input input{.today = today, .patient = record.patient().ref};
  Reader const reader{record, knowledge, today, zone};
  reader.add_candidates(input);
  if (!wish.condition.empty())
    TRY(reader.choose(input, wish.condition));
  reader.add_scores(input);
  reader.add_referral(input);
  reader.add_goals(input);
  input.edit = wish.edit;
  input.budget = wish.budget;
  return input;
}

Result<Wish> parse_wish(WishTexts const& texts) {
  constexpr int longest_visit = 240, most_weeks = 104;
  constexpr Hundredths rarest = 10, most_often = 1400, most_money = 999'999'99;
  Wish wish;
  if (texts.condition != nullptr)
    wish.condition = *texts.condition;
  if (texts.minutes != nullptr)
    wish.edit.minutes = TRY(parse_whole(*texts.minutes, "minutes", 5, longest_visit));
  if (texts.weeks != nullptr)
    wish.edit.weeks = TRY(parse_whole(*texts.weeks, "weeks", 1, most_weeks));
  if (texts.per_week != nullptr)
    wish.edit.per_week = TRY(parse_amount(*texts.per_week, "per-week", rarest, most_often));
  if ((texts.budget == nullptr) != (texts.price == nullptr))
    return fail(Fault::Required, "The parameters budget and price belong together: what there is to spend, "
                                 "and what a visit costs.");
  if (texts.budget != nullptr)
    wish.budget = Budget{.total = TRY(parse_amount(*texts.budget, "budget", 0, most_money)),
                         .price = TRY(parse_amount(*texts.price, "price", 1, most_money))};
  return wish;
}

} // namespace tripsis::clinic::plan
