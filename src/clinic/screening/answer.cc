// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Answers to findings: Observations of our code system, and the items of questionnaires at any depth. Each
// answer is valid for as long as its finding says; only the newest valid one counts.
#include "clinic/canonical.hh"
#include "clinic/screening/clause.hh"
#include "clinic/screening/facts.hh"
#include "clinic/screening/rules.hh"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace tripsis::clinic::screening {
namespace {

using json::Value;

struct YesNo {
  std::string_view system, code;
  Answer::Kind kind;
};
constexpr std::array<YesNo, 8> yes_no{
    {{"http://snomed.info/sct", "373066001", Answer::Kind::Yes},
     {"http://snomed.info/sct", "373067005", Answer::Kind::No},
     {"http://loinc.org", "LA33-6", Answer::Kind::Yes},
     {"http://loinc.org", "LA32-8", Answer::Kind::No},
     {"http://terminology.hl7.org/CodeSystem/v2-0136", "Y", Answer::Kind::Yes},
     {"http://terminology.hl7.org/CodeSystem/v2-0136", "N", Answer::Kind::No},
     {"http://hl7.org/fhir/v2/0136", "Y", Answer::Kind::Yes},
     {"http://hl7.org/fhir/v2/0136", "N", Answer::Kind::No}}};

struct Given {
  Answer::Kind kind = Answer::Kind::No;
  Millionths number = 0;
};

std::optional<Given> read_coding(Finding const& finding, Value const& coding) {
  auto const code = coding.text("code");
  if (finding.is_number) {
    auto const number = finding.answers.find(code);
    return number != finding.answers.end() ? std::optional{Given{Answer::Kind::Number, number->second}}
                                           : std::nullopt;
  }
  auto const found = std::ranges::find_if(yes_no, [&](YesNo const& known) {
    return known.system == coding.text("system") && known.code == code;
  });
  return found != yes_no.end() ? std::optional{Given{found->kind}} : std::nullopt;
}

/// The value[x] of an Observation or of a questionnaire's answer; nullopt where it says nothing about the
/// finding, as a number does not where yes or no was asked.
std::optional<Given> read_value(Finding const& finding, Value const& holder) {
  if (auto const* yes = holder.find("valueBoolean"); !finding.is_number && yes != nullptr && yes->is_bool())
    return Given{yes->boolean() ? Answer::Kind::Yes : Answer::Kind::No};
  if (finding.is_number)
    for (auto const* number :
         {holder.find("valueInteger"), holder.find("valueDecimal"), holder.at({"valueQuantity", "value"})})
      if (auto const value = parse_millionths(number))
        return Given{Answer::Kind::Number, *value};
  if (auto const* coding = holder.find("valueCoding"))
    return read_coding(finding, *coding);
  if (auto const* concept_ = holder.find("valueCodeableConcept"))
    for (auto const& coding : concept_->items("coding"))
      if (auto const given = read_coding(finding, coding))
        return given;
  return std::nullopt;
}

std::string text_of(Finding const& finding, Given const& given) {
  switch (given.kind) {
  case Answer::Kind::No:
    return finding.text + " No.";
  case Answer::Kind::Yes:
    return finding.text + " Yes.";
  case Answer::Kind::Number:
    break;
  }
  return finding.text + " " + std::to_string(given.number / one);
}

/// Collects the answers that are valid on the day. A patient of years has thousands that no longer are: an
/// answer gets its words only when it stays.
class Collector {
public:
  explicit Collector(Gathering const& from) : from_{from}, answers_(from.rules.findings.size()) {
    auto const& findings = from.rules.findings;
    for (std::size_t i = 0; i < findings.size(); ++i) {
      by_link_.emplace(findings[i].id, i);
      for (auto const& link : findings[i].link_ids)
        by_link_.emplace(link, i);
    }
  }

  void add(std::size_t finding, Given const& given, std::optional<Moment> const& when,
           std::string const& ref) {
    auto& [answers, has_dated] = answers_[finding];
    auto const& asked = from_.rules.findings[finding];
    has_dated = has_dated || when;
    auto const is_over = when && asked.valid_days && when->age(from_.on) >= *asked.valid_days;
    auto const says_nothing = !when && given.kind == Answer::Kind::No;
    if (!is_over && !says_nothing)
      answers.push_back({{ref, text_of(asked, given)}, when, given.kind, given.number});
  }

  void read_observation(PatientRecord::Entry const& entry) {
    auto const codes = codes_of(entry.resource.find("code"), canonical::finding);
    if (codes.empty() || !is_usable_observation(from_, entry.resource))
      return;
    auto const when = observed(from_, entry.resource);
    for (auto const& id : codes)
      if (auto const finding = from_.rules.find_finding(id))
        if (auto const given = read_value(from_.rules.findings[*finding], entry.resource))
          add(*finding, *given, when, entry.ref);
  }

  void read_questionnaire(PatientRecord::Entry const& entry) {
    auto const authored = from_.moment(entry.resource, "authored");
    if (entry.resource.text("status") != "entered-in-error" && known_on(from_.on, std::array{authored}))
      read_items(entry.resource, authored, entry.ref);
  }

  /// Section 4, answer: an undated "no" is none; an undated "yes" or number stands only where no dated
  /// answer was given, be it valid or not.
  std::vector<std::vector<Answer>> valid() && {
    std::vector<std::vector<Answer>> valid;
    for (auto& [answers, has_dated] : answers_) {
      if (has_dated)
        std::erase_if(answers, [](Answer const& answer) { return !answer.given; });
      valid.push_back(std::move(answers));
    }
    return valid;
  }

private:
  // NOLINTNEXTLINE(misc-no-recursion): JSON's own depth is bounded (json::max_depth).
  void read_items(Value const& holder, std::optional<Moment> const& authored, std::string const& ref) {
    for (auto const& item : holder.items("item")) {
      auto const asked = finding_of(item.text("linkId"));
      for (auto const& answer : item.items("answer")) {
        if (auto const given = asked ? read_value(from_.rules.findings[*asked], answer) : std::nullopt)
          add(*asked, *given, authored, ref);
        if (auto const* coding = answer.find("valueCoding");
            coding != nullptr && coding->text("system") == canonical::finding)
          if (auto const named = from_.rules.find_finding(coding->text("code")))
            add(*named, {Answer::Kind::Yes}, authored, ref);
        read_items(answer, authored, ref);
      }
      read_items(item, authored, ref);
    }
  }

  std::optional<std::size_t> finding_of(std::string_view link_id) const {
    auto const found = by_link_.find(link_id);
    return found != by_link_.end() ? std::optional{found->second} : std::nullopt;
  }

  struct Of {
    std::vector<Answer> answers;
    bool has_dated = false; ///< A valid one or not
  };

  Gathering const& from_;
  std::unordered_map<std::string_view, std::size_t> by_link_; ///< Ids and other linkIds of the findings
  std::vector<Of> answers_;                                   ///< By finding
};

} // namespace

std::vector<std::vector<Answer>> gather_answers(Gathering const& from) {
  Collector collector{from};
  for (auto const& entry : from.record.of_type("Observation"))
    collector.read_observation(entry);
  for (auto const& entry : from.record.of_type("QuestionnaireResponse"))
    collector.read_questionnaire(entry);
  return std::move(collector).valid();
}

std::vector<Answer const*> Facts::newest_answers(std::size_t finding) const {
  std::vector<Answer const*> newest;
  for (auto const& answer : answers[finding]) {
    auto const is_later = [&](Answer const& other) {
      return other.given && answer.given && is_newer(*other.given, *answer.given, on);
    };
    if (std::ranges::none_of(answers[finding], is_later))
      newest.push_back(&answer);
  }
  return newest;
}

bool Facts::is_yes(std::size_t finding) const {
  return std::ranges::any_of(newest_answers(finding),
                             [](Answer const* answer) { return answer->kind == Answer::Kind::Yes; });
}

Truth holds(AnswerClause const& clause, Question const& question, std::vector<Cause>& causes) {
  auto truth = Truth::No;
  for (auto const finding : clause.findings)
    for (auto const* answer : question.facts.newest_answers(finding)) {
      auto const is_met = clause.comparison ? answer->kind == Answer::Kind::Number &&
                                                  compare(answer->number, *clause.comparison, clause.limit)
                                            : answer->kind == Answer::Kind::Yes;
      if (!is_met)
        continue;
      truth = Truth::Yes;
      causes.push_back({answer->origin.ref, answer->origin.label, {}});
    }
  return truth;
}

} // namespace tripsis::clinic::screening
