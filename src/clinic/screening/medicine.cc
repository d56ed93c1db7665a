// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Medicines: MedicationStatements and MedicationRequests. They are told apart by ingredient words in their
// names, since records name them by free text, brand or RxNorm display, and by the form in which they are
// given.
#include "clinic/canonical.hh"
#include "clinic/screening/clause.hh"
#include "clinic/screening/facts.hh"
#include "clinic/screening/rules.hh"

#include <algorithm>
#include <array>

namespace tripsis::clinic::screening {
namespace {

using json::Value;

struct Dates {
  std::optional<Moment> start, end, authored, asserted;
};

Dates dates_of(Gathering const& from, Value const& resource) {
  Dates dates{.start = from.moment(resource, "effectivePeriod", "start"),
              .end = from.moment(resource, "effectivePeriod", "end"),
              .authored = from.moment(resource, "authoredOn"),
              .asserted = from.moment(resource, "dateAsserted")};
  if (!dates.start)
    dates.start = from.moment(resource, "effectiveDateTime");
  if (auto const* dispense = resource.find("dispenseRequest")) {
    dates.start = from.moment(*dispense, "validityPeriod", "start");
    dates.end = from.moment(*dispense, "validityPeriod", "end");
  }
  return dates;
}

bool may_count(Value const& resource) {
  constexpr std::array<std::string_view, 5> never{"entered-in-error", "cancelled", "draft", "not-taken",
                                                  "intended"};
  auto const* do_not = resource.find("doNotPerform");
  auto const intent = resource.text("intent");
  return std::ranges::find(never, resource.text("status")) == never.end() &&
         !(do_not != nullptr && do_not->is_bool() && do_not->boolean()) && intent != "proposal" &&
         intent != "option";
}

/// What the medicine is called, from its own element or from the Medication that it refers to.
void read_names(Gathering const& from, Value const& resource, Medicine& medicine) {
  auto const* concept_ = resource.find("medicationCodeableConcept");
  auto const* reference = resource.find("medicationReference");
  auto const* medication =
      reference != nullptr ? from.record.resolve(resource, reference->text("reference")) : nullptr;
  if (medication != nullptr)
    concept_ = medication->find("code");
  append_names(concept_, medicine.names);
  medicine.classes = codes_of(concept_, canonical::medicine_class);
  medicine.origin.label = label_of(concept_);
  if (auto const display = reference != nullptr ? reference->text("display") : ""; !display.empty()) {
    medicine.names.append(lower(display)) += '\n';
    if (medicine.origin.label.empty())
      medicine.origin.label = display;
  }
  medicine.forms = medicine.names;
  if (medication != nullptr)
    append_names(medication->find("form"), medicine.forms);
  for (std::string_view const dosages : {"dosage", "dosageInstruction"})
    for (auto const& dosage : resource.items(dosages))
      append_names(dosage.find("route"), medicine.forms);
}

std::optional<Medicine> read_medicine(Gathering const& from, PatientRecord::Entry const& entry) {
  auto const& resource = entry.resource;
  auto const dates = dates_of(from, resource);
  if (!may_count(resource) || !known_on(from.on, std::array{dates.start, dates.authored, dates.asserted}))
    return std::nullopt;
  Medicine medicine{.origin = {entry.ref, {}}};
  read_names(from, resource, medicine);
  auto const status = resource.text("status");
  auto const has_started = !dates.start || dates.start->first <= from.on;
  auto const has_ended = dates.end && dates.end->last < from.on;
  medicine.in_use =
      (status.empty() || status == "active" || status == "unknown") && has_started && !has_ended;
  for (auto const& date : {dates.end, dates.start, dates.authored, dates.asserted})
    if (date) {
      auto const age = date->age(from.on);
      if (!medicine.ended && has_started)
        medicine.ended = age;
      medicine.newest = std::min(medicine.newest.value_or(age), age);
    }
  return medicine;
}

bool has_form(Rules const& rules, std::string_view text, std::vector<std::string> const& forms) {
  return std::ranges::any_of(forms, [&](std::string const& form) {
    auto const words = rules.medicine_forms.find(form);
    return words != rules.medicine_forms.end() &&
           std::ranges::any_of(words->second, [&](auto const& word) { return has_word(text, word); });
  });
}

/// By its name; or, where a name says nothing, by the class that the patient told in the health history.
bool is_of_class(Rules const& rules, std::string_view name, MedicineClass const& wanted,
                 Medicine const& medicine) {
  if (std::ranges::find(medicine.classes, name) != medicine.classes.end())
    return true;
  return std::ranges::any_of(wanted.words,
                             [&](auto const& word) { return has_word(medicine.names, word); }) &&
         (wanted.forms.empty() || has_form(rules, medicine.forms, wanted.forms)) &&
         !has_form(rules, medicine.forms, wanted.not_forms);
}

bool is_in_time(MedicineClause const& clause, Medicine const& medicine) {
  auto const counts =
      medicine.in_use || (clause.within_days && medicine.ended && *medicine.ended <= *clause.within_days);
  return counts && (!clause.started_within_days || !medicine.newest ||
                    *medicine.newest <= *clause.started_within_days);
}

} // namespace

std::vector<Medicine> gather_medicines(Gathering const& from) {
  std::vector<Medicine> medicines;
  for (std::string_view const type : {"MedicationStatement", "MedicationRequest"})
    for (auto const& entry : from.record.of_type(type))
      if (auto medicine = read_medicine(from, entry))
        medicines.push_back(*std::move(medicine));
  return medicines;
}

Truth holds(MedicineClause const& clause, Question const& question, std::vector<Cause>& causes) {
  auto const& rules = question.rules;
  auto const wanted = rules.medicine_classes.find(clause.medicine); // The end for "any"
  auto truth = Truth::No;
  for (auto const& medicine : question.facts.medicines) {
    if (!is_in_time(clause, medicine) ||
        (wanted != rules.medicine_classes.end() &&
         !is_of_class(rules, wanted->first, wanted->second, medicine)) ||
        (!clause.forms.empty() && !has_form(rules, medicine.forms, clause.forms)))
      continue;
    truth = Truth::Yes;
    causes.push_back({medicine.origin.ref, medicine.origin.label, {}});
  }
  return truth;
}

} // namespace tripsis::clinic::screening
