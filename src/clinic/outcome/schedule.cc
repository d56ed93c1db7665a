// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/outcome/schedule.hh"

#include "clinic/outcome/change.hh"
#include "clinic/plan/plan.hh"

#include <algorithm>

#include <fmt/format.h>

namespace tripsis::clinic::outcome {
namespace {

bool holds(std::vector<std::string> const& list, std::string_view id) {
  return std::ranges::find(list, id) != list.end();
}

/// A diary is kept every day while somebody is in care.
bool is_diary(Instrument const& instrument) {
  return instrument.id == "headache_diary" || instrument.id == "sleep_diary";
}

/// The data say "every visit" of the pain rating alone (its `schedule`).
bool is_of_every_visit(Knowledge const& knowledge, Instrument const& instrument) {
  return std::ranges::any_of(knowledge.instrument_data, [&](json::Value const& data) {
    return data.text("id") == instrument.id && data.text("schedule").starts_with("every visit");
  });
}

/// Works out one instrument.
class Planner {
public:
  Planner(Knowledge const& knowledge, Course const& course, Instrument const& instrument)
      : knowledge_{knowledge}, course_{course}, instrument_{instrument} {
    if (auto const found = course.measured.find(instrument.id); found != course.measured.end())
      last_ = found->second;
    for (auto const* condition : course.conditions)
      if (auto const* protocol = knowledge.care.find_protocol(condition->id);
          protocol != nullptr && holds(protocol->review_measures, instrument.id))
        protocol_ = protocol_ == nullptr ? protocol : protocol_;
  }

  std::optional<DueMeasure> due() const {
    for (auto const one :
         {&Planner::daily, &Planner::first, &Planner::each_visit, &Planner::review, &Planner::afterwards})
      if (auto found = (this->*one)())
        return found;
    return std::nullopt;
  }

private:
  DueMeasure at(std::optional<Day> day, std::string reason) const {
    return {&instrument_, day, std::move(reason)};
  }

  bool is_in_care() const {
    return !course_.coming.empty() || (course_.start && (!course_.end || course_.today <= *course_.end));
  }

  std::optional<DueMeasure> daily() const {
    if (!is_diary(instrument_) || !is_in_care() || last_ >= course_.today)
      return std::nullopt;
    return at(course_.today, "every day");
  }

  /// A rating of change has nothing to rate at the start.
  std::optional<DueMeasure> first() const {
    auto const oldest =
        course_.start ? *course_.start - std::chrono::days{plan::recent_score_days} : Day::min();
    if (last_ >= oldest || is_diary(instrument_) || no_change(instrument_.id))
      return std::nullopt;
    return at(course_.start.value_or(course_.today), "at the start");
  }

  std::optional<DueMeasure> each_visit() const {
    if (course_.coming.empty() || !is_of_every_visit(knowledge_, instrument_) ||
        last_ >= course_.coming.front())
      return std::nullopt;
    return at(course_.coming.front(), "every visit");
  }

  bool is_of_reviews() const {
    if (protocol_ != nullptr)
      return true;
    return std::ranges::none_of(course_.conditions, [&](CareCondition const* condition) {
      return knowledge_.care.find_protocol(condition->id) != nullptr; // its protocol chose others
    });
  }

  /// Whether it was measured for the review at that visit: after the visit before it.
  bool is_done_for(int visit) const {
    auto const before = static_cast<std::size_t>(visit - 1);
    if (before == 0 || before > course_.visits.size())
      return last_.has_value() && before == 0;
    return last_ && *last_ > course_.visits[before - 1];
  }

  std::optional<DueMeasure> review() const {
    if (!course_.start || is_diary(instrument_) || !is_of_reviews())
      return std::nullopt;
    auto const given = static_cast<int>(course_.visits.size());
    auto const next =
        std::ranges::find_if(course_.review_visits, [&](int visit) { return visit > given + 1; });
    if (next != course_.review_visits.begin() && !is_done_for(*(next - 1)))
      return for_visit(*(next - 1), given);
    return next == course_.review_visits.end() ? std::nullopt : std::optional{for_visit(*next, given)};
  }

  DueMeasure for_visit(int visit, int given) const {
    auto const reason = fmt::format("review at visit {}", visit);
    if (visit <= given)
      return at(course_.visits[static_cast<std::size_t>(visit - 1)], reason);
    auto const ahead = static_cast<std::size_t>(visit - given - 1);
    return at(ahead < course_.coming.size() ? std::optional{course_.coming[ahead]} : std::nullopt, reason);
  }

  /// Within a week before, or later.
  std::optional<DueMeasure> afterwards() const {
    if (!course_.end || protocol_ == nullptr)
      return std::nullopt;
    for (auto const weeks : protocol_->follow_up_weeks) {
      auto const day = *course_.end + std::chrono::weeks{weeks};
      if (!last_ || *last_ < day - std::chrono::weeks{1})
        return at(day, fmt::format("{} weeks after the course", weeks));
    }
    return std::nullopt;
  }

  Knowledge const& knowledge_;
  Course const& course_;
  Instrument const& instrument_;
  std::optional<Day> last_;
  Protocol const* protocol_ = nullptr; ///< That re-assesses with it
};

} // namespace

std::vector<Instrument const*> instruments_of(Knowledge const& knowledge,
                                              std::vector<CareCondition const*> const& conditions) {
  std::vector<Instrument const*> found;
  auto const add = [&](std::vector<std::string> const& ids) {
    for (auto const& id : ids)
      if (auto const known = std::ranges::find(knowledge.instruments, id, &Instrument::id);
          known != knowledge.instruments.end() && std::ranges::find(found, &*known) == found.end())
        found.push_back(&*known);
  };
  for (auto const* condition : conditions) {
    if (auto const* protocol = knowledge.care.find_protocol(condition->id)) {
      add(protocol->baseline);
      add(protocol->review_measures);
    }
    add(condition->outcomes);
  }
  return found;
}

std::vector<DueMeasure> due_measures(Knowledge const& knowledge, Course const& course) {
  std::vector<DueMeasure> all;
  for (auto const* instrument : instruments_of(knowledge, course.conditions))
    if (auto due = Planner{knowledge, course, *instrument}.due())
      all.push_back(std::move(*due));
  return all;
}

} // namespace tripsis::clinic::outcome
