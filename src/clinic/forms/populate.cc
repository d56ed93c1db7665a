// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/forms/populate.hh"

#include "clinic/canonical.hh"
#include "clinic/follow_up/answers.hh"

#include <algorithm>
#include <array>

namespace tripsis::clinic::forms {
namespace {

using json::Value;

/// The items of a response that is filled in.
class Filler {
public:
  Filler(Find const& find, std::string_view patient) : find_{find}, patient_{patient} {}

  Result<> health_history(Value& response) {
    TRY(conditions(response));
    TRY(medicines(response));
    TRY(allergies(response));
    TRY(operations(response));
    return again(response, {"occupation", "activity", "treatments-now", "tried-before"});
  }

  Result<> goals_and_comfort(Value& response) {
    TRY(goal(response, "goal", "goal-date"));
    auto const patient = TRY(find_("Patient", {{"_id", patient_}}));
    if (patient.empty())
      return {};
    for (auto const& extension : patient.front().items("extension")) {
      if (extension.text("url") != std::string{canonical::base} + "StructureDefinition/comfort")
        continue;
      for (auto const& wish : extension.items("extension")) {
        if (auto const* yes = wish.find("valueBoolean"))
          answer(response, wish.text("url"), "valueBoolean", *yes);
        answer_code(response, wish.text("url"), wish.text("valueCode"));
      }
    }
    return {};
  }

  Result<> goal(Value& response, std::string_view text, std::string_view date) {
    constexpr std::string_view current = "proposed,planned,accepted,active,on-hold";
    for (auto const& goal :
         TRY(find_("Goal", {{"patient", patient_}, {"lifecycle-status", std::string{current}}}))) {
      auto const* words = goal.at({"description", "text"});
      if (words == nullptr || !words->is_string() || goal.find("expressedBy") == nullptr)
        continue; // a goal of the plan alone is not in the patient's words
      answer(response, text, "valueString", *words);
      if (auto const* due = goal.at({"target", "dueDate"}))
        answer(response, date, "valueDate", *due);
      break;
    }
    return {};
  }

  /// The activities that were rated last time, to be rated again.
  Result<> activities(Value& response) {
    auto const code = std::string{canonical::measure} + "|psfs-score";
    for (auto const& score :
         TRY(find_("Observation", {{"patient", patient_}, {"code", code}, {"_sort", "-date"}}))) {
      if (score.text("status") == "entered-in-error")
        continue;
      for (auto const& component : score.items("component"))
        if (auto const* name = component.at({"code", "text"})) {
          auto row = group("activity");
          answer(row, "activity-name", "valueString", *name);
          response.push("item", std::move(row));
        }
      break;
    }
    return {};
  }

private:
  static Value group(std::string_view link_id) { return json::object({{"linkId", link_id}}); }

  static void answer(Value& holder, std::string_view link_id, std::string_view element, Value value) {
    if (value.is_string() && value.string().empty())
      return;
    holder.push("item",
                json::object({{"linkId", link_id},
                              {"answer", json::array({json::object({{element, std::move(value)}})})}}));
  }

  static std::string_view text_at(Value const& resource, std::initializer_list<std::string_view> path) {
    auto const* found = resource.at(path);
    return found != nullptr && found->is_string() ? std::string_view{found->string()} : std::string_view{};
  }

  static bool is_withdrawn(Value const& resource) {
    constexpr std::array<std::string_view, 2> not_so{"refuted", "entered-in-error"};
    return std::ranges::find(not_so, text_at(resource, {"verificationStatus", "coding", "code"})) !=
               not_so.end() ||
           resource.text("status") == "entered-in-error";
  }

  /// What it is: as a coding where it has one of these systems, else in words.
  static void answer_concept(Value& holder, std::string_view link_id, Value const* concept_,
                             std::string_view system) {
    if (concept_ == nullptr)
      return;
    for (auto const& coding : concept_->items("coding"))
      if (coding.text("system") == system) {
        auto known = coding;
        if (known.text("display").empty() && !concept_->text("text").empty())
          known.set("display", concept_->text("text"));
        answer(holder, link_id, "valueCoding", std::move(known));
        return;
      }
    auto const first = text_at(*concept_, {"coding", "display"});
    answer(holder, link_id, "valueString", concept_->text("text").empty() ? first : concept_->text("text"));
  }

  static void answer_code(Value& holder, std::string_view link_id, std::string_view code) {
    if (!code.empty())
      answer(
          holder, link_id, "valueCoding",
          json::object({{"system", std::string{canonical::base} + "CodeSystem/answer"}, {"code", code}}));
  }

  /// A date as a form takes it: of a dateTime its day.
  static void answer_date(Value& holder, std::string_view link_id, std::string_view date) {
    answer(holder, link_id, "valueDate", date.substr(0, date.find('T')));
  }

  static void add_row(Value& response, Value row) {
    if (!row.items("item").empty())
      response.push("item", std::move(row));
  }

  Result<> conditions(Value& response) {
    for (auto const& condition : TRY(find_("Condition", {{"patient", patient_}}))) {
      if (is_withdrawn(condition))
        continue;
      auto row = group("conditions");
      answer_concept(row, "condition-what", condition.find("code"), systems::icd10_cm);
      auto const status = text_at(condition, {"clinicalStatus", "coding", "code"});
      answer_code(row, "condition-still",
                  status == "active" || status == "recurrence" || status == "relapse" ? "current" : "past");
      answer_date(row, "condition-since", condition.text("onsetDateTime"));
      add_row(response, std::move(row));
    }
    return {};
  }

  Result<> medicines(Value& response) {
    for (auto const& medicine : TRY(find_(
             "MedicationStatement", {{"patient", patient_}, {"status", "active,unknown,intended"}}))) {
      auto row = group("medicines");
      auto const* what = medicine.find("medicationCodeableConcept");
      if (what == nullptr)
        continue;
      auto const name = what->text("text");
      answer(row, "medicine-name", "valueString",
             name.empty() ? text_at(*what, {"coding", "display"}) : name);
      for (auto const& coding : what->items("coding"))
        if (coding.text("system") == canonical::medicine_class)
          answer(row, "medicine-kind", "valueCoding", coding);
      answer(row, "medicine-why", "valueString", text_at(medicine, {"reasonCode", "text"}));
      if (medicine.text("status") == "active")
        answer(row, "medicine-taking", "valueBoolean", Value{true});
      add_row(response, std::move(row));
    }
    return {};
  }

  Result<> allergies(Value& response) {
    for (auto const& allergy : TRY(find_("AllergyIntolerance", {{"patient", patient_}}))) {
      if (is_withdrawn(allergy))
        continue;
      auto row = group("allergies");
      answer_concept(row, "allergy-what", allergy.find("code"),
                     std::string{canonical::base} + "CodeSystem/allergen");
      auto const* manifestation = allergy.at({"reaction", "manifestation", "text"});
      if (manifestation != nullptr && manifestation->is_string() && manifestation->string() != "Not told")
        answer(row, "allergy-reaction", "valueString", *manifestation);
      answer_code(row, "allergy-severity", text_at(allergy, {"reaction", "severity"}));
      add_row(response, std::move(row));
    }
    return {};
  }

  /// Operations as the form gives them: SNOMED CT 387713003 "Surgical procedure".
  Result<> operations(Value& response) {
    for (auto const& operation :
         TRY(find_("Procedure",
                   {{"patient", patient_}, {"category", std::string{systems::snomed} + "|387713003"}}))) {
      if (is_withdrawn(operation))
        continue;
      auto row = group("surgeries");
      answer(row, "surgery-what", "valueString", text_at(operation, {"code", "text"}));
      if (auto const side = code_in(operation.find("bodySite"), canonical::side); !side.empty())
        answer(row, "surgery-side", "valueCoding",
               json::object({{"system", canonical::side}, {"code", side}}));
      answer_date(row, "surgery-date", operation.text("performedDateTime"));
      answer(row, "surgery-surgeon", "valueString", text_at(operation, {"performer", "actor", "display"}));
      add_row(response, std::move(row));
    }
    return {};
  }

  /// What is in words alone, as it was said last time.
  Result<> again(Value& response, std::initializer_list<std::string_view> link_ids) {
    for (auto const& earlier :
         TRY(find_("QuestionnaireResponse",
                   {{"patient", patient_}, {"status", "completed,amended"}, {"_sort", "-authored"}}))) {
      if (earlier.text("questionnaire") != response.text("questionnaire"))
        continue;
      for (auto const link_id : link_ids)
        answer(response, link_id, "valueString", follow_up::text_answer(earlier, link_id));
      break;
    }
    return {};
  }

  Find const& find_;
  std::string patient_;
};

} // namespace

Result<Value> populate(Find const& find, Value const& questionnaire, std::string_view patient,
                       std::string_view authored, std::string_view today) {
  auto response =
      json::object({{"resourceType", "QuestionnaireResponse"},
                    {"questionnaire", questionnaire.text("url")},
                    {"status", "in-progress"},
                    {"subject", json::object({{"reference", "Patient/" + std::string{patient}}})},
                    {"authored", authored}});
  Filler filler{find, patient};
  auto const form = questionnaire.text("url").starts_with(canonical::base) ? questionnaire.text("id")
                                                                           : std::string_view{};
  if (form == "health-history")
    TRY(filler.health_history(response));
  else if (form == "goals-and-comfort")
    TRY(filler.goals_and_comfort(response));
  else if (form == "goal")
    TRY(filler.goal(response, "goal-text", "goal-date"));
  else if (form == "psfs")
    TRY(filler.activities(response));
  auto const& items = questionnaire.items("item");
  if (std::ranges::any_of(
          items,
          [](Value const& item) { return item.text("linkId") == "date" && item.text("type") == "date"; }) &&
      form != "flare-up") // which began on another day, as like as not
    response.push("item", json::object({{"linkId", "date"},
                                        {"answer", json::array({json::object({{"valueDate", today}})})}}));
  return response;
}

} // namespace tripsis::clinic::forms
