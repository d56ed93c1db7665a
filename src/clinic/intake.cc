// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/intake.hh"

#include "clinic/canonical.hh"
#include "clinic/definition.hh"

#include <algorithm>
#include <array>
#include <numeric>
#include <set>

namespace tripsis::clinic {
namespace {

using json::Value;
using screening::Finding;
using screening::Rules;

/// The parts of the form: the screens whose questions belong together, in the order in which they are
/// shown.
struct Part {
  std::string_view screen, title;
};
constexpr std::array<Part, 4> parts{{{"pre_visit", "Today"},
                                     {"low_back", "Back"},
                                     {"headache_snnoop10", "Headache"},
                                     {"neck_vascular", "Neck"}}};

/// What another form asks (its linkIds are known) is not asked here again.
bool is_asked(Finding const& finding) {
  return (finding.asked == "intake" || finding.asked == "pre_visit") && finding.link_ids.empty();
}

/// Findings that rules read by themselves, not only through a screen.
void collect_read(screening::Clause const& clause, std::set<std::size_t>& read) {
  if (auto const* group = std::get_if<screening::Group>(&clause.what))
    for (auto const& part : group->parts)
      collect_read(part, read);
  if (auto const* answer = std::get_if<screening::AnswerClause>(&clause.what))
    read.insert(answer->findings.begin(), answer->findings.end());
}

class Builder {
public:
  explicit Builder(Rules const& rules) : rules_{rules}, gates_(rules.findings.size()) {
    for (auto const& rule : rules.rules)
      collect_read(rule.trigger, read_);
    for (auto const& screen : rules.screens)
      add_gates(screen);
  }

  Value build() && {
    auto form = definition("Questionnaire", "intake", "Intake", "Intake: questions before massage");
    form.set("subjectType", json::array({"Patient"}))
        .set("description",
             "The questions that the safety rules ask. Draft: not signed off by a clinician.");
    for (auto const& part : parts)
      if (auto const* screen = rules_.find_screen(part.screen))
        add_group(form, part.screen, part.title, findings_of(*screen));
    std::vector<std::size_t> rest(rules_.findings.size());
    std::iota(rest.begin(), rest.end(), 0U);
    add_group(form, "health", "Your health", rest);
    return form;
  }

private:
  /// What of a screen is asked only when something else was answered yes: a gateway's follow-up, and what
  /// is read only once the screen's complaint is there.
  void add_gates(screening::Screen const& screen) {
    for (auto const& item : screen.items)
      for (auto const follow_up : item.follow_up)
        gates_[follow_up].push_back(item.finding);
    for (auto const entry : entries_of(screen))
      for (auto const& item : screen.items)
        if (!read_.contains(item.finding) && item.finding != entry)
          gates_[item.finding].push_back(entry);
  }

  std::vector<std::size_t> entries_of(screening::Screen const& screen) const {
    std::set<std::size_t> entries;
    if (screen.entry)
      collect_read(*screen.entry, entries);
    std::erase_if(entries, [&](std::size_t finding) { return !is_asked(rules_.findings[finding]); });
    return {entries.begin(), entries.end()};
  }

  std::vector<std::size_t> findings_of(screening::Screen const& screen) const {
    auto findings = entries_of(screen);
    for (auto const& item : screen.items) {
      findings.push_back(item.finding);
      findings.insert(findings.end(), item.follow_up.begin(), item.follow_up.end());
    }
    return findings;
  }

  void add_group(Value& form, std::string_view id, std::string_view title,
                 std::vector<std::size_t> const& findings) {
    auto group = json::object({{"linkId", "group-" + std::string{id}}, {"text", title}, {"type", "group"}});
    for (auto const finding : findings)
      if (is_asked(rules_.findings[finding]) && placed_.insert(finding).second)
        group.push("item", item(finding));
    if (group.find("item") != nullptr)
      form.push("item", std::move(group));
  }

  Value item(std::size_t place) const {
    auto const& finding = rules_.findings[place];
    auto item = json::object({{"linkId", finding.id},
                              {"text", finding.text},
                              {"type", finding.is_number ? "integer" : "boolean"}});
    std::set<std::size_t> const gates{gates_[place].begin(), gates_[place].end()};
    for (auto const gate : gates)
      item.push("enableWhen", json::object({{"question", rules_.findings[gate].id},
                                            {"operator", "="},
                                            {"answerBoolean", Value{true}}}));
    if (gates.size() > 1)
      item.set("enableBehavior", "any");
    return item;
  }

  Rules const& rules_;
  std::set<std::size_t> read_;
  std::vector<std::vector<std::size_t>> gates_;
  std::set<std::size_t> placed_;
};

} // namespace

Value intake_questionnaire(Knowledge const& knowledge) {
  return Builder{knowledge.rules}.build();
}

} // namespace tripsis::clinic
