// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What is counted about safety in a period: how the rules do, and how often something unwanted followed a
// session. The conventions of counting are in docs/clinical/safety.md.
#include "clinic/canonical.hh"
#include "clinic/person.hh"
#include "clinic/safety/sessions.hh"
#include "clinic/screening/moment.hh"
#include "clinic/views/view.hh"
#include "fhir/date_time.hh"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include <fmt/format.h>

namespace tripsis::clinic {
namespace {

using json::array;
using json::object;
using json::Value;
using Counts = std::map<std::string, int, std::less<>>;

InstantRange span_of(Period const& period, TimeZone const& zone) {
  return {zone.day(period.start).low, zone.day(period.end).high};
}

bool is_within(std::string_view when, Period const& period, TimeZone const& zone) {
  auto const moment = screening::parse_moment(when, &zone);
  return moment && std::chrono::sys_days{period.start} <= moment->first &&
         moment->first <= std::chrono::sys_days{period.end};
}

Value part(std::string_view name, std::string_view element, Value value) {
  return object({{"name", name}, {element, std::move(value)}});
}

Value counted(std::string_view name, std::string_view code, int count) {
  return object({{"name", name},
                 {"part", array({part("code", "valueCode", code),
                                 part("count", "valueInteger", Value::integer(count))})}});
}

struct RuleCount {
  int fired = 0, overridden = 0, cleared = 0;
  Counts reasons;
};

/// The code of an override's reason; what an older note said in words is "other".
std::string reason_of(Value const& mitigation) {
  for (auto const& extension : mitigation.items("extension"))
    if (extension.text("url") == canonical::override_)
      for (auto const& one : extension.items("extension"))
        if (one.text("url") == "reason" && !one.text("valueCode").empty())
          return std::string{one.text("valueCode")};
  return "other";
}

void count(RuleCount& rule, Value const& issue, Period const& period, TimeZone const& zone) {
  rule.fired += is_within(issue.text("identifiedDateTime"), period, zone) ? 1 : 0;
  for (auto const& mitigation : issue.items("mitigation")) {
    if (!is_within(mitigation.text("date"), period, zone))
      continue;
    auto const done = code_in(mitigation.find("action"), canonical::mitigation);
    rule.cleared += done == "cleared" ? 1 : 0;
    if (done == "overridden") {
      ++rule.overridden;
      ++rule.reasons[reason_of(mitigation)];
    }
  }
}

Value to_parameter(screening::Rule const& rule, RuleCount const& count, std::string_view today) {
  auto made = object({{"name", "rule"}});
  auto const add = [&](std::string_view name, std::string_view element, std::string_view text) {
    if (!text.empty())
      made.push("part", part(name, element, text));
  };
  add("id", "valueCode", rule.id);
  add("name", "valueString", rule.name);
  add("level", "valueCode", screening::name(rule.level));
  add("owner", "valueString", rule.owner);
  add("reviewBy", "valueDate", rule.review_by);
  if (!rule.review_by.empty() && rule.review_by < today)
    made.push("part", part("reviewOverdue", "valueBoolean", Value{true}));
  for (auto const& [name, number] :
       {std::pair{"fired", count.fired}, {"overridden", count.overridden}, {"cleared", count.cleared}})
    made.push("part", part(name, "valueInteger", Value::integer(number)));
  for (auto const& [code, number] : count.reasons)
    made.push("part", counted("reason", code, number));
  return made;
}

/// https://en.wikipedia.org/wiki/Binomial_proportion_confidence_interval#Wilson_score_interval, 95 %, of
/// 100.
Value wilson(int events, int answered) {
  constexpr double z = 1.959964;
  double const n = answered;
  double const p = events / n;
  auto const middle = (p + z * z / (2 * n)) / (1 + z * z / n);
  auto const half = z / (1 + z * z / n) * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n));
  auto rate = object({{"name", "rate"}});
  for (auto const& [name, value] : {std::pair{"value", p},
                                    {"low", std::max(0.0, middle - half)},
                                    {"high", std::min(1.0, middle + half)}})
    rate.push("part", part(name, "valueDecimal", Value{json::Number{fmt::format("{:.1f}", 100 * value)}}));
  return rate;
}

/// Whom a mail can ask.
Result<std::set<std::string>> who_can_be_reached(Find const& find,
                                                 std::vector<safety::GivenSession> const& sessions) {
  std::set<std::string> ids, reached;
  for (auto const& session : sessions)
    ids.insert(key_of(session.patient)->id);
  if (!ids.empty())
    for (auto const& patient : TRY(find("Patient", {{"_id", any_of({ids.begin(), ids.end()})}})))
      if (is_active(patient) && !email_of(patient).empty())
        reached.insert(reference_to(patient));
  return reached;
}

/// "Encounter/x" of the sessions that were answered about.
Result<std::set<std::string>> answered_sessions(Find const& find, TimeZone const& zone, Instant since,
                                                std::vector<safety::GivenSession> const& sessions) {
  std::set<std::string> answered;
  for (auto const& response :
       TRY(find("QuestionnaireResponse", {{"questionnaire", safety::after_visit_url()},
                                          {"status", "completed,amended"},
                                          {"authored", "ge" + fhir::format_instant(since)}}))) {
    auto const patient = key_of(response.find("subject"));
    auto const at = safety::answered_at(response, zone);
    if (!patient || !at)
      continue;
    if (auto const* session = safety::session_before(sessions, patient->reference(), *at))
      answered.insert(session->encounter);
  }
  return answered;
}

constexpr std::string_view warning =
    "Only sessions whose patients answered are counted, and who answers may have fared better or worse "
    "than "
    "who does not. What follows a session was not necessarily caused by it. A low rate in few answers is "
    "no proof that the work is safe.";

} // namespace

Result<Value> rules_report(store::ReadTx& tx, ViewContext const& context, Period const& period,
                           std::chrono::year_month_day today) {
  std::map<std::string, RuleCount, std::less<>> counts;
  // What is dated in the period was not written before it.
  auto const since = fhir::format_instant(span_of(period, context.zone).low);
  for (auto const& issue : TRY(find_in(tx)("DetectedIssue", {{"_lastUpdated", "ge" + since}})))
    if (auto const rule = code_in(issue.find("code"), canonical::rule);
        !rule.empty() && issue.text("status") != "entered-in-error")
      count(counts[std::string{rule}], issue, period, context.zone);
  auto const day = fmt::format("{:04}-{:02}-{:02}", static_cast<int>(today.year()),
                               static_cast<unsigned>(today.month()), static_cast<unsigned>(today.day()));
  auto parameters = object({{"resourceType", "Parameters"}});
  for (auto const& rule : context.knowledge.rules.rules)
    parameters.push("parameter", to_parameter(rule, counts[rule.id], day));
  return parameters;
}

Result<Value> adverse_event_rates(store::ReadTx& tx, ViewContext const& context, Period const& period,
                                  Instant now) {
  auto const find = find_in(tx);
  auto const span = span_of(period, context.zone);
  // Of a session after the period an answer may tell as well: it is told apart only when that is known.
  auto all =
      TRY(safety::given_sessions(find, {}, {span.low, span.high + safety::answer_counts}, context.zone));
  auto const answered = TRY(answered_sessions(find, context.zone, span.low, all));
  auto const reached = TRY(who_can_be_reached(find, all));
  std::set<std::string> harmed;
  Counts kinds;
  for (auto const& event : TRY(find("AdverseEvent", {{"date", "ge" + fhir::format_instant(span.low)}}))) {
    if (auto const encounter = key_of(event.find("encounter")))
      harmed.insert(encounter->reference());
    if (auto const kind = code_in(event.find("event"), canonical::adverse_event);
        !kind.empty() && is_within(event.text("date"), period, context.zone))
      ++kinds[std::string{kind}];
  }
  int sessions = 0, asked = 0, told = 0, events = 0;
  for (auto const& session : all) {
    if (!span.contains(session.end))
      continue;
    auto const is_answered = answered.contains(session.encounter);
    ++sessions;
    asked += is_answered || (session.end <= now - safety::asked_from && reached.contains(session.patient));
    told += is_answered;
    events += is_answered && harmed.contains(session.encounter);
  }
  auto parameters = object({{"resourceType", "Parameters"}});
  for (auto const& [name, number] :
       {std::pair{"sessions", sessions}, {"asked", asked}, {"answered", told}, {"events", events}})
    parameters.push("parameter", part(name, "valueInteger", Value::integer(number)));
  if (told > 0)
    parameters.push("parameter", wilson(events, told));
  for (auto const& [kind, number] : kinds)
    parameters.push("parameter", counted("kind", kind, number));
  parameters.push("parameter", part("warning", "valueString", warning));
  return parameters;
}

} // namespace tripsis::clinic
