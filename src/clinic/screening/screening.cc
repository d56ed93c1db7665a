// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/screening/screening.hh"

#include "clinic/screening/facts.hh"

#include <algorithm>

namespace tripsis::clinic::screening {
namespace {

void add_once(std::vector<Cause>& causes, std::vector<Cause> const& more) {
  for (auto const& cause : more)
    if (std::ranges::find(causes, cause) == causes.end())
      causes.push_back(cause);
}

/// Section 6, applies: a rule that needs a site takes the regions of its causes; where one has none, "site"
/// stands for it.
std::vector<std::string> regions_of(Rule const& rule, std::vector<Cause> const& causes) {
  if (rule.site == Rule::Site::None)
    return rule.regions;
  std::vector<std::string> regions;
  auto is_unknown = false;
  for (auto const& cause : causes) {
    is_unknown = is_unknown || cause.regions.empty();
    for (auto const& region : cause.regions)
      if (std::ranges::find(regions, region) == regions.end())
        regions.push_back(region);
  }
  if (is_unknown)
    regions.emplace_back("site");
  return regions;
}

/// The work of one screening.
class Screener {
public:
  Screener(Rules const& rules, Facts const& facts, std::vector<Mitigation> const& mitigations)
      : rules_{rules}, facts_{facts}, mitigations_{mitigations}, asked_by_(rules.findings.size()) {}

  Screening run() && {
    for (auto const& rule : rules_.rules)
      judge(rule);
    std::ranges::stable_sort(result_.issues, {}, [](Issue const& issue) { return issue.rule->level; });
    for (auto const& issue : result_.issues)
      if (!issue.lifted)
        result_.decision = std::min(result_.decision, decision_of(issue.rule->level));
    for (std::size_t i = 0; i < asked_by_.size(); ++i)
      if (!asked_by_[i].empty() && !is_answered(i))
        result_.questions.push_back({&rules_.findings[i], std::move(asked_by_[i])});
    return std::move(result_);
  }

private:
  void judge(Rule const& rule) {
    if (!rule.is_judged)
      result_.not_judged.push_back(&rule);
    Question const question{rules_, facts_, rule.history};
    std::vector<Cause> causes;
    auto const fires = holds(rule.trigger, question, causes) == Truth::Yes;
    if (fires && rule.level != Level::Ask)
      add_issue(rule, causes);
    std::vector<Cause> ignored;
    auto const asks = rule.level == Level::Ask || !rule.ask_when
                          ? fires
                          : !fires && holds(*rule.ask_when, question, ignored) == Truth::Yes;
    if (asks) {
      for (auto const finding : rule.asks)
        ask(finding, rule);
      if (rule.level == Level::Ask)
        ask_follow_up(rule.trigger, rule);
    }
  }

  void add_issue(Rule const& rule, std::vector<Cause> const& causes) {
    Issue issue{.rule = &rule};
    add_once(issue.because, causes);
    issue.regions = regions_of(rule, issue.because);
    issue.lifted = find_lifted(rule, mitigations_, facts_.on);
    auto const site_unknown = rules_.find_finding("site_unknown");
    if (site_unknown && rule.site == Rule::Site::Needed &&
        std::ranges::find(issue.regions, "site") != issue.regions.end())
      ask(*site_unknown, rule);
    result_.issues.push_back(std::move(issue));
  }

  void ask(std::size_t finding, Rule const& rule) {
    auto& rules = asked_by_[finding];
    if (std::ranges::find(rules, &rule) == rules.end())
      rules.push_back(&rule);
  }

  /// A rule that asks on a screen's gateways (previsit_followup) asks the follow-up findings of each
  /// gateway answered yes.
  void ask_follow_up(Clause const& clause, Rule const& rule) {
    if (auto const* group = std::get_if<Group>(&clause.what))
      for (auto const& part : group->parts)
        ask_follow_up(part, rule);
    auto const* named = std::get_if<ScreenClause>(&clause.what);
    if (named == nullptr)
      return;
    auto const& screen = *rules_.find_screen(named->screen);
    auto const& gateways =
        std::ranges::find(screen.readings, named->reading, &Screen::ReadingRule::id)->gateways;
    for (auto const& item : screen.items)
      if (std::ranges::find(gateways, item.finding) != gateways.end() && facts_.is_yes(item.finding))
        for (auto const finding : item.follow_up)
          ask(finding, rule);
  }

  /// A blood pressure taken on the day answers the request to measure it.
  bool is_answered(std::size_t finding) const {
    if (facts_.is_answered(finding))
      return true;
    auto const systolic = rules_.find_measure("systolic");
    return rules_.findings[finding].id == "measure_bp" && systolic &&
           std::ranges::any_of(facts_.readings[*systolic], [&](Reading const& reading) {
             return reading.value && reading.taken && reading.taken->age(facts_.on) == 0;
           });
  }

  Rules const& rules_;
  Facts const& facts_;
  std::vector<Mitigation> const& mitigations_;
  std::vector<std::vector<Rule const*>> asked_by_; ///< By finding
  Screening result_;
};

json::Value list(std::vector<std::string> const& items) {
  json::Array out;
  for (auto const& item : items)
    out.emplace_back(item);
  return out;
}

json::Value ids(std::vector<Rule const*> const& rules) {
  json::Array out;
  for (auto const* rule : rules)
    out.emplace_back(rule->id);
  return out;
}

json::Value to_json(Lifted const& lifted) {
  return json::object({{"by", name(lifted.by.kind)},
                       {"until", iso_of(lifted.until)},
                       {"who", lifted.by.who},
                       {"ref", lifted.by.ref}});
}

json::Value to_json(Issue const& issue) {
  auto const& rule = *issue.rule;
  json::Array because;
  for (auto const& cause : issue.because)
    because.push_back(json::object({{"ref", cause.ref}, {"text", cause.text}}));
  auto out = json::object({{"rule", rule.id},
                           {"level", name(rule.level)},
                           {"urgency", rule.urgency},
                           {"techniques", list(rule.techniques)},
                           {"regions", list(issue.regions)},
                           {"because", std::move(because)},
                           {"action", rule.action_therapist},
                           {"source", list(rule.references)}});
  if (!rule.pathway.empty())
    out.set("pathway", rule.pathway);
  if (issue.lifted)
    out.set("lifted", to_json(*issue.lifted));
  return out;
}

} // namespace

Truth holds(Clause const& clause, Question const& question, std::vector<Cause>& causes) {
  return std::visit([&](auto const& what) { return holds(what, question, causes); }, clause.what);
}

Truth holds(UnknownClause const&, Question const&, std::vector<Cause>&) {
  return Truth::Unknown;
}

Truth holds(Group const& clause, Question const& question, std::vector<Cause>& causes) {
  auto yes = false, no = false, unknown = false;
  std::vector<Cause> found;
  for (auto const& part : clause.parts) {
    auto const truth = holds(part, question, found);
    yes = yes || truth == Truth::Yes;
    no = no || truth == Truth::No;
    unknown = unknown || truth == Truth::Unknown;
  }
  switch (clause.kind) {
  case Group::Kind::Not:
    return unknown ? Truth::Unknown : yes ? Truth::No : Truth::Yes;
  case Group::Kind::Any:
    if (yes)
      add_once(causes, found);
    return yes ? Truth::Yes : unknown ? Truth::Unknown : Truth::No;
  case Group::Kind::All:
    if (!no && !unknown)
      add_once(causes, found);
    return no ? Truth::No : unknown ? Truth::Unknown : Truth::Yes;
  }
  return Truth::Unknown;
}

Screening screen(Rules const& rules, PatientRecord const& record, Day on, TimeZone const* zone) {
  auto const facts = gather(rules, record, on, zone);
  auto const mitigations = read_mitigations(record, zone);
  return Screener{rules, facts, mitigations}.run();
}

json::Value to_json(Screening const& screening) {
  json::Array issues, questions;
  for (auto const& issue : screening.issues)
    issues.push_back(to_json(issue));
  for (auto const& question : screening.questions)
    questions.push_back(json::object({{"finding", question.finding->id},
                                      {"text", question.finding->text},
                                      {"rules", ids(question.rules)}}));
  return json::object({{"decision", name(screening.decision)},
                       {"issues", std::move(issues)},
                       {"questions", std::move(questions)},
                       {"not_judged", ids(screening.not_judged)}});
}

} // namespace tripsis::clinic::screening
