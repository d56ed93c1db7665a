// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/hooks/cards.hh"

#include "base/uuid.hh"
#include "clinic/canonical.hh"
#include "clinic/safety/recorded_issue.hh"

#include <algorithm>
#include <map>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace tripsis::clinic::hooks {
namespace {

using json::Value;
using screening::Level;
using screening::Rule;

constexpr std::size_t longest_summary = 139; ///< Characters: "less than 140"

/// A rule that fires, on whichever of the days.
struct Fired {
  std::vector<std::string> days, regions;
  std::vector<screening::Cause> because;
};
/// Strictest first, then in the order of the rules.
using AllFired = std::map<std::pair<Level, Rule const*>, Fired>;

template <class T>
void add_new(std::vector<T>& all, std::vector<T> const& more) {
  for (auto const& one : more)
    if (std::ranges::find(all, one) == all.end())
      all.push_back(one);
}

AllFired all_fired(std::vector<Judged> const& judged) {
  AllFired all;
  for (auto const& [on, screening] : judged)
    for (auto const& issue : screening.issues)
      if (!issue.lifted) {
        auto& fired = all[{issue.rule->level, issue.rule}];
        fired.days.push_back(screening::iso_of(on));
        add_new(fired.regions, issue.regions);
        add_new(fired.because, issue.because);
      }
  return all;
}

std::string_view indicator(Level level) {
  switch (level) {
  case Level::Absolute:
    return "critical";
  case Level::Clearance:
  case Level::Local:
    return "warning";
  case Level::Precaution:
  case Level::Ask:
    return "info";
  }
  return "warning";
}

std::string_view says(Level level) {
  switch (level) {
  case Level::Absolute:
    return "Do not treat";
  case Level::Clearance:
    return "Needs a clearance first";
  case Level::Local:
    return "Leave that place out";
  case Level::Precaution:
    return "Adapt the treatment";
  case Level::Ask:
    return "Ask before treating";
  }
  return "";
}

bool begins_character(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
}

/// At most so many characters of UTF-8; what is cut off is told by an ellipsis.
std::string shortened(std::string text, std::size_t most) {
  if (static_cast<std::size_t>(std::ranges::count_if(text, begins_character)) <= most)
    return text;
  std::size_t at = 0;
  for (std::size_t characters = 0; at < text.size(); ++at)
    if (begins_character(text[at]) && ++characters == most)
      break;
  return text.substr(0, at) + "…";
}

std::string summary(Rule const& rule, Fired const& fired, Service const& service) {
  std::string when;
  if (service.hook == "appointment-book")
    when = fmt::format(" on {}{}", fired.days.front(),
                       fired.days.size() > 1 ? fmt::format(" and {} more", fired.days.size() - 1) : "");
  return shortened(fmt::format("{}{}: {}", says(rule.level), when, rule.name), longest_summary);
}

void add_line(std::string& detail, std::string_view title, std::string_view text) {
  if (!text.empty())
    detail += fmt::format("**{}:** {}\n\n", title, text);
}

void add_list(std::string& detail, std::string_view title, std::vector<std::string> const& items) {
  if (items.empty())
    return;
  detail += fmt::format("**{}:**\n\n", title);
  for (auto const& item : items)
    detail += fmt::format("* {}\n", item);
  detail += '\n';
}

std::string detail(Rule const& rule, Fired const& fired, Service const& service,
                   Knowledge const& knowledge) {
  std::string text;
  std::vector<std::string> causes, sources;
  for (auto const& cause : fired.because)
    causes.push_back(escaped(cause.text.empty() ? cause.ref : cause.text));
  for (auto const& reference : rule.references)
    sources.push_back(knowledge.citation(reference));
  if (service.hook == "appointment-book")
    add_line(text, "On", fmt::format("{}", fmt::join(fired.days, ", ")));
  add_line(text, "Why", rule.why);
  add_list(text, "Because of", causes);
  add_line(text, "What to do", rule.action_therapist);
  add_line(text, "Techniques concerned", fmt::format("{}", fmt::join(rule.techniques, ", ")));
  add_line(text, "Places concerned", fmt::format("{}", fmt::join(fired.regions, ", ")));
  if (rule.pressure_limit)
    add_line(text, "Highest pressure there", fmt::format("{} of 10", *rule.pressure_limit));
  add_line(text, "Lifted by", rule.lifts_when);
  add_line(text, "Strength of the rule", rule.strength);
  if (!rule.review_by.empty() && rule.review_by < fired.days.front())
    add_line(text, "Review overdue since", rule.review_by);
  add_list(text, "Sources", sources);
  return text;
}

Value source(std::string const& url) {
  return json::object({{"label", "Tripsis: safety rules of medical massage"}, {"url", url}});
}

/// https://cds-hooks.hl7.org/2.0/#overridereason
Value override_reasons() {
  json::Array reasons;
  for (auto const& reason : screening::override_reasons)
    reasons.push_back(json::object(
        {{"code", reason.code}, {"system", canonical::override_reason}, {"display", reason.display}}));
  return reasons;
}

void add_link(Value& card, CardContext const& context) {
  if (!context.chart.empty())
    card.push("links",
              json::object(
                  {{"label", "Open the chart in Tripsis"}, {"url", context.chart}, {"type", "absolute"}}));
}

Value card_of(Rule const& rule, Fired const& fired, Request const& request, Service const& service,
              CardContext const& context) {
  auto card = json::object({{"uuid", safety::issue_key(request.patient, rule.id).id},
                            {"summary", summary(rule, fired, service)},
                            {"detail", detail(rule, fired, service, context.knowledge)},
                            {"indicator", indicator(rule.level)}});
  auto from = source(context.base + "/CodeSystem/rule");
  from.set("topic", json::object({{"code", rule.id}, {"system", canonical::rule}, {"display", rule.name}}));
  card.set("source", std::move(from));
  if (screening::may_be_lifted(rule, screening::Mitigation::Kind::Overridden))
    card.set("overrideReasons", override_reasons());
  add_link(card, context);
  return card;
}

/// What could not be judged is said, or its silence would be taken for an answer.
std::optional<Value> incomplete(Request const& request, std::vector<Judged> const& judged,
                                CardContext const& context) {
  std::vector<std::string> not_judged;
  for (auto const& one : judged)
    for (auto const* rule : one.screening.not_judged)
      add_new(not_judged, {rule->name});
  if ((request.missing.empty() && not_judged.empty()) || judged.empty())
    return std::nullopt;
  std::string text;
  add_list(text, "Not sent, so no rule that reads it could fire",
           {request.missing.begin(), request.missing.end()});
  add_list(text, "Rules that this program cannot judge", not_judged);
  return json::object(
      {{"uuid", Uuid::named(fmt::format("incomplete screening {}", request.patient)).text()},
       {"summary", "The safety screening is incomplete: a part of the record could not be judged"},
       {"detail", text},
       {"indicator", "warning"},
       {"source", source(context.base + "/CodeSystem/rule")}});
}

} // namespace

json::Array cards(Request const& request, Service const& service, std::vector<Judged> const& judged,
                  CardContext const& context) {
  json::Array all;
  for (auto const& [which, fired] : all_fired(judged))
    all.push_back(card_of(*which.second, fired, request, service, context));
  if (auto card = incomplete(request, judged, context))
    all.push_back(*std::move(card));
  return all;
}

std::string escaped(std::string_view text) {
  constexpr std::string_view special = R"(\`*_[]<>|~&#@:)";
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto const c = text[i];
    auto const links =
        c == '.' && i >= 3 && (text.substr(i - 3, 3) == "www" || text.substr(i - 3, 3) == "WWW");
    if (special.contains(c) || links)
      out += '\\';
    out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  return out;
}

} // namespace tripsis::clinic::hooks
