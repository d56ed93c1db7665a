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

/// Collects every answer that was known on the day, then keeps the valid ones.
class Collector {
public:
  explicit Collector(Gathering const& from) : from_{from}, answers_(from.rules.findings.size()) {}

  void add(std::size_t finding, Given const& given, std::optional<Moment> const& when,
           std::string const& ref) {
    answers_[finding].push_back(
        {{ref, text_of(from_.rules.findings[finding], given)}, when, given.kind, given.number});
  }

  void read_observation(PatientRecord::Entry const& entry) {
    auto const when = observed(from_, entry.resource);
    if (!is_usable_observation(from_, entry.resource))
      return;
    for (auto const& id : codes_of(entry.resource.find("code"), canonical::finding))
      if (auto const finding = from_.rules.find_finding(id))
        if (auto const given = read_value(from_.rules.findings[*finding], entry.resource))
          add(*finding, *given, when, entry.ref);
  }

  void read_questionnaire(PatientRecord::Entry const& entry) {
    auto const authored = from_.moment(entry.resource, "authored");
    if (entry.resource.text("status") != "entered-in-error" && known_on(from_.on, std::array{authored}))
      read_items(entry.resource, authored, entry.ref);
  }

  std::vector<std::vector<Answer>> valid() && {
    for (std::size_t i = 0; i < answers_.size(); ++i)
      keep_valid(from_.rules.findings[i], answers_[i]);
    return std::move(answers_);
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
    if (auto const found = from_.rules.find_finding(link_id))
      return found;
    auto const& findings = from_.rules.findings;
    auto const asks = [&](Finding const& finding) {
      return std::ranges::find(finding.link_ids, link_id) != finding.link_ids.end();
    };
    auto const found = std::ranges::find_if(findings, asks);
    return found != findings.end() ? std::optional{static_cast<std::size_t>(found - findings.begin())}
                                   : std::nullopt;
  }

  /// Section 4, answer: an undated "no" is none; an undated "yes" or number stands only where no dated
  /// answer does.
  void keep_valid(Finding const& finding, std::vector<Answer>& answers) const {
    auto const has_dated =
        std::ranges::any_of(answers, [](Answer const& answer) { return answer.given.has_value(); });
    std::erase_if(answers, [&](Answer const& answer) {
      if (!answer.given)
        return has_dated || answer.kind == Answer::Kind::No;
      return finding.valid_days && answer.given->age(from_.on) >= *finding.valid_days;
    });
  }

  Gathering const& from_;
  std::vector<std::vector<Answer>> answers_;
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
