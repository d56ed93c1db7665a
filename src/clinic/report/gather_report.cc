// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// From the store to the report: one search a type, and nothing that is not in the record.
#include "clinic/canonical.hh"
#include "clinic/report/report_model.hh"
#include "fhir/date_time.hh"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include <fmt/format.h>

namespace tripsis::clinic::report {
namespace {

using json::Value;

constexpr std::string_view npi = "http://hl7.org/fhir/sid/us-npi";

bool has_status(Value const& resource, std::initializer_list<std::string_view> statuses) {
  return std::ranges::find(statuses, resource.text("status")) != statuses.end();
}

int number_extension(Value const& resource, std::string_view name) {
  for (auto const& extension : resource.items("extension"))
    if (extension.text("url") == std::string{canonical::base} + "StructureDefinition/" + std::string{name})
      if (auto const* value = extension.find("valueInteger"); value != nullptr && value->is_number()) {
        int number = 0;
        std::from_chars(value->lexeme().data(), value->lexeme().data() + value->lexeme().size(), number);
        return number;
      }
  return 0;
}

/// "60 min, 2 a week, 4 weeks": the dose that a CarePlan says in its extension; empty where it has none.
std::string dose_words(Value const& care_plan) {
  std::map<std::string_view, std::string> parts;
  for (auto const& extension : care_plan.items("extension"))
    if (extension.text("url") == canonical::dose)
      for (auto const& part : extension.items("extension"))
        for (std::string_view const element : {"valueInteger", "valueDecimal"})
          if (auto const* value = part.find(element); value != nullptr && value->is_number())
            parts[part.text("url")] = value->lexeme();
  if (!parts.contains("minutes") || !parts.contains("per-week") || !parts.contains("weeks"))
    return {};
  return fmt::format("{} min, {} a week, {} weeks", parts["minutes"], parts["per-week"], parts["weeks"]);
}

class Gatherer {
public:
  Gatherer(store::ReadTx& tx, ViewContext const& context, ReportRequest const& request)
      : tx_{tx}, context_{context}, request_{request}, find_{find_in(tx)} {}

  Result<ReportModel> gather() {
    report_.practice = request_.practice;
    report_.written = request_.today;
    report_.sources.patient = TRY(read(tx_, {"Patient", request_.patient}));
    TRY(add_order());
    set_period();
    add_subject();
    TRY(add_author());
    TRY(add_visits());
    TRY(add_measures());
    TRY(add_work());
    TRY(add_plan()); // before the goals, whose readings are there by now
    TRY(add_aims());
    TRY(add_harms());
    TRY(add_complaint());
    return std::move(report_);
  }

private:
  Parameters of_patient() const { return {{"patient", request_.patient}}; }

  std::optional<Date> date(std::string_view text) const {
    auto const parsed = fhir::DateTime::parse(text);
    return parsed ? std::optional{context_.zone.date(parsed->range(context_.zone).low)} : std::nullopt;
  }

  /// What a reference is called: its display, else the name of what it refers to.
  std::string name_behind(Value const* reference) {
    if (reference == nullptr)
      return {};
    if (auto const display = reference->text("display"); !display.empty())
      return std::string{display};
    auto const key = key_of(reference);
    auto const found = key ? read(tx_, *key) : fail(Fault::NotFound, "");
    return found ? name_of(*found) : std::string{};
  }

  Result<> add_order() {
    std::optional<Value> order;
    if (request_.order)
      order = TRY(read(tx_, {"ServiceRequest", *request_.order}));
    else
      for (auto& each : TRY(find_("ServiceRequest", {{"patient", request_.patient}, {"status", "active"}})))
        if (!order)
          order = std::move(each);
    if (!order)
      return {};
    Order words{.reference = reference_to(*order), .requester = name_behind(order->find("requester"))};
    words.ordered = report::words_of(order->text("authoredOn"), context_.zone);
    words.reason = text_of(order->find("reasonCode"));
    if (auto const* end = order->at({"occurrencePeriod", "end"}); end != nullptr && end->is_string())
      words.valid_until = report::words_of(end->string(), context_.zone);
    if (auto const* value = order->at({"quantityQuantity", "value"});
        value != nullptr && value->is_number()) {
      int visits = 0;
      auto const& lexeme = value->lexeme();
      if (std::from_chars(lexeme.data(), lexeme.data() + lexeme.size(), visits).ec == std::errc{})
        words.authorised = visits;
    }
    report_.order = std::move(words);
    report_.sources.order = std::move(order);
    return {};
  }

  void set_period() {
    auto const ordered =
        report_.sources.order ? date(report_.sources.order->text("authoredOn")) : std::nullopt;
    report_.period.to = request_.until.value_or(request_.today);
    constexpr Date beginning{std::chrono::year{1900}, std::chrono::January, std::chrono::day{1}};
    report_.period.from = request_.since.value_or(ordered.value_or(beginning));
  }

  void add_subject() {
    auto const& patient = report_.sources.patient;
    auto& subject = report_.subject;
    subject.name = name_of(patient);
    subject.born = report::words_of(patient.text("birthDate"), context_.zone);
    for (auto const& identifier : patient.items("identifier"))
      if (identifier.text("system") == std::string{canonical::base} + "NamingSystem/patient-number")
        subject.number = identifier.text("value");
    auto const born = fhir::DateTime::parse_date(patient.text("birthDate"));
    if (!born || born->precision() != fhir::Precision::Day)
      return;
    auto const day = born->parts().date;
    auto const& on = report_.period.to;
    auto const had_birthday =
        std::chrono::month_day{on.month(), on.day()} >= std::chrono::month_day{day.month(), day.day()};
    subject.age = static_cast<int>(on.year()) - static_cast<int>(day.year()) - (had_birthday ? 0 : 1);
  }

  Result<> add_author() {
    report_.author = {{}, request_.practice, {}};
    auto const key = key_of(request_.author);
    auto found = key ? read(tx_, *key) : fail(Fault::NotFound, "");
    if (!found)
      return {}; // An owner without a Practitioner, or one that was deleted
    report_.author.reference = request_.author;
    report_.author.name = name_of(*found);
    report_.author.title = text_of(found->at({"qualification", "code"}));
    report_.sources.author = *std::move(found);
    return {};
  }

  /// The encounters whose note says that no session was given, and those with a signed note.
  struct Noted {
    std::set<std::string> not_given, signed_;
  };
  Result<Noted> find_notes() {
    Noted noted;
    for (auto const& note : TRY(find_("Composition", of_patient()))) {
      auto const kind = code_in(note.find("type"), canonical::note);
      auto const key = key_of(note.find("encounter"));
      if (kind.empty() || !key || note.text("status") == "entered-in-error")
        continue;
      if (kind == "not-given" || kind == "referred")
        noted.not_given.insert(key->id);
      if (has_status(note, {"final", "amended"}))
        noted.signed_.insert(key->id);
      auto const on = date(note.text("date"));
      if (kind == "stopped" && on && report_.period.contains(*on))
        report_.harms.push_back({report::words_of(*on), "A session was stopped."});
    }
    return noted;
  }

  Result<> add_visits() {
    auto const noted = TRY(find_notes());
    auto& visits = report_.visits;
    std::map<std::pair<Date, std::string>, Value> given;
    for (auto& encounter :
         TRY(find_("Encounter", {{"patient", request_.patient}, {"status", "finished"}}))) {
      auto const* start = encounter.at({"period", "start"});
      auto const on = start != nullptr && start->is_string() ? date(start->string()) : std::nullopt;
      auto const id = std::string{encounter.text("id")};
      if (!on || noted.not_given.contains(id) || *on > report_.period.to)
        continue;
      auto const by_order = std::ranges::any_of(encounter.items("basedOn"), [&](Value const& basis) {
        return report_.order && basis.text("reference") == report_.order->reference;
      });
      visits.used += by_order ? 1 : 0;
      if (report_.period.contains(*on))
        given.emplace(std::pair{*on, id}, std::move(encounter));
    }
    for (auto& [when, encounter] : given) {
      visits.dates.push_back(when.first);
      visits.unsigned_ += noted.signed_.contains(when.second) ? 0 : 1;
      report_.sources.encounters.push_back(std::move(encounter));
    }
    if (report_.period.from == Date{std::chrono::year{1900}, std::chrono::January, std::chrono::day{1}})
      report_.period.from = visits.dates.empty() ? report_.period.to : visits.dates.front();
    return add_booked();
  }

  Result<> add_booked() {
    for (auto const& appointment :
         TRY(find_("Appointment", {{"patient", request_.patient}, {"status", "booked,pending,proposed"}})))
      if (auto const on = date(appointment.text("start")); on && *on > report_.period.to)
        report_.visits.booked.push_back(*on);
    std::ranges::sort(report_.visits.booked);
    return {};
  }

  Result<> add_measures() {
    auto const observations = TRY(find_("Observation", of_patient()));
    report_.measures = measures_of(observations, report_.period, context_.knowledge, context_.zone);
    for (auto const& observation : observations)
      if (!measures_of({observation}, report_.period, context_.knowledge, context_.zone).empty())
        report_.sources.observations.push_back(observation);
    return {};
  }

  /// The name of the region that a Procedure was done on.
  std::string region_of(Value const& procedure) const {
    auto const* site = procedure.find("bodySite");
    auto const& muscles = context_.knowledge.muscles;
    auto region = std::string{code_in(site, canonical::region)};
    if (auto const muscle = code_in(site, canonical::muscle); !muscle.empty())
      if (auto const found = std::ranges::find(muscles, muscle, &Muscle::id); found != muscles.end())
        region = found->region;
    auto const& regions = context_.knowledge.regions;
    auto const found = std::ranges::find(regions, region, &Region::id);
    if (found != regions.end())
      return found->name;
    auto text = text_of(site);
    return text.empty() ? "Region not told" : text;
  }

  Result<> add_work() {
    std::set<std::string> given;
    for (auto const& encounter : report_.sources.encounters)
      given.insert(reference_to(encounter));
    std::map<std::string, std::map<std::string, int>> minutes;
    for (auto& procedure : TRY(find_("Procedure", of_patient()))) {
      auto const* encounter = procedure.find("encounter");
      if (procedure.text("status") != "completed" || encounter == nullptr ||
          !given.contains(std::string{encounter->text("reference")}) ||
          code_in(procedure.find("code"), canonical::technique).empty())
        continue;
      auto const technique = text_of(procedure.find("code"));
      minutes[region_of(procedure)][technique.substr(0, technique.find(" ("))] +=
          number_extension(procedure, "minutes");
      report_.sources.procedures.push_back(std::move(procedure));
    }
    for (auto const& [region, techniques] : minutes) {
      std::vector<std::pair<std::string, int>> sorted{techniques.begin(), techniques.end()};
      std::ranges::stable_sort(sorted, std::ranges::greater{}, &std::pair<std::string, int>::second);
      Work work{.region = region};
      for (auto const& [technique, spent] : sorted) {
        work.techniques.push_back(technique);
        work.minutes += spent;
      }
      report_.work.push_back(std::move(work));
    }
    std::ranges::stable_sort(report_.work, std::ranges::greater{}, &Work::minutes);
    return {};
  }

  Result<> add_plan() {
    for (auto& care_plan : TRY(find_("CarePlan", {{"patient", request_.patient}, {"status", "active"}})))
      if (report_.sources.plans.empty()) {
        auto const* detail = care_plan.at({"activity", "detail"});
        auto dose = dose_words(care_plan);
        if (dose.empty() && detail != nullptr)
          dose = detail->text("description");
        report_.plan = Plan{.dose = dose.empty() ? std::string{care_plan.text("title")} : std::move(dose)};
        report_.sources.plans.push_back(std::move(care_plan));
      }
    for (auto& review :
         TRY(find_("ClinicalImpression", {{"patient", request_.patient}, {"status", "completed"}}))) {
      auto const on = date(review.text("date"));
      if (!report_.sources.reviews.empty() || !on || !report_.period.contains(*on))
        continue;
      auto const summary = review.text("summary");
      auto proposal = fmt::format("Review of {}: {}.", report::words_of(*on), review.text("description"));
      if (!summary.empty())
        proposal += fmt::format(" {}", summary);
      if (!report_.plan)
        report_.plan = Plan{};
      report_.plan->proposal = std::move(proposal);
      report_.sources.reviews.push_back(std::move(review));
    }
    return {};
  }

  Measure const* measure_for(Value const& target) const {
    auto const* what = target.find("measure");
    auto key = code_in(what, systems::loinc) == nprs_loinc ? std::string{"nprs"}
                                                           : std::string{code_in(what, canonical::measure)};
    if (key.ends_with("-score"))
      key.resize(key.size() - std::string_view{"-score"}.size());
    auto const found = std::ranges::find(report_.measures, key, &Measure::key);
    return found == report_.measures.end() ? nullptr : &*found;
  }

  Aim aim_of(Value const& goal) const {
    Aim aim{.words = text_of(goal.find("description")), .state = text_of(goal.find("achievementStatus"))};
    for (auto const& target : goal.items("target")) {
      auto const* quantity = target.at({"detailQuantity", "value"});
      auto const* number = quantity != nullptr ? quantity : target.find("detailInteger");
      if (number == nullptr || !number->is_number())
        continue;
      auto const* measure = measure_for(target);
      auto const higher = measure != nullptr && measure->direction == Direction::HigherIsBetter;
      auto const name =
          measure != nullptr && measure->key == "nprs" ? "Pain" : text_of(target.find("measure"));
      aim.target = fmt::format("{} {} or {}", name, number->lexeme(), higher ? "more" : "less");
      if (auto const due = report::words_of(target.text("dueDate"), context_.zone); !due.empty())
        aim.target += " by " + due;
      double wanted = 0;
      auto const& lexeme = number->lexeme();
      std::from_chars(lexeme.data(), lexeme.data() + lexeme.size(), wanted);
      if (measure != nullptr && aim.state.empty()) {
        auto const now = measure->now().value;
        aim.state = fmt::format("{} (now {})",
                                (higher ? now >= wanted : now <= wanted) ? "reached" : "not reached yet",
                                measure->now().written);
      }
      break;
    }
    if (aim.state.empty())
      aim.state = "not measured";
    return aim;
  }

  Result<> add_aims() {
    for (auto& goal : TRY(find_("Goal", of_patient()))) {
      auto const life = goal.text("lifecycleStatus");
      if (life == "cancelled" || life == "rejected" || life == "entered-in-error")
        continue;
      report_.aims.push_back(aim_of(goal));
      report_.sources.goals.push_back(std::move(goal));
    }
    return {};
  }

  Result<> add_harms() {
    for (auto& event : TRY(find_("AdverseEvent", {{"subject", "Patient/" + request_.patient}}))) {
      auto const on = date(event.text("date"));
      if ((on && !report_.period.contains(*on)) || event.text("actuality") == "potential")
        continue;
      auto words = text_of(event.find("event"));
      auto const seriousness = text_of(event.find("seriousness"));
      if (!seriousness.empty())
        words += fmt::format(" ({})", seriousness);
      report_.harms.push_back({on ? report::words_of(*on) : "", words.empty() ? "Not described" : words});
      report_.sources.harms.push_back(std::move(event));
    }
    return {};
  }

  /// What the order was written for; else the first active diagnosis; else what the last visit was for.
  Result<> add_complaint() {
    if (report_.order && !report_.order->reason.empty()) {
      report_.complaint = report_.order->reason;
      return {};
    }
    for (auto& condition :
         TRY(find_("Condition", {{"patient", request_.patient}, {"clinical-status", "active"}}))) {
      auto const status = text_of(condition.find("verificationStatus"));
      if (!report_.complaint.empty() || status == "entered-in-error" || status == "refuted")
        continue;
      report_.complaint = text_of(condition.find("code"));
      report_.sources.conditions.push_back(std::move(condition));
    }
    if (report_.complaint.empty() && !report_.sources.encounters.empty())
      report_.complaint = text_of(report_.sources.encounters.back().find("reasonCode"));
    return {};
  }

  store::ReadTx& tx_;
  ViewContext const& context_;
  ReportRequest const& request_;
  Find find_;
  ReportModel report_;
};

} // namespace

Result<ReportModel> make_report(store::ReadTx& tx, ViewContext const& context,
                                ReportRequest const& request) {
  return Gatherer{tx, context, request}.gather();
}

} // namespace tripsis::clinic::report
