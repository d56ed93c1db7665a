// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "app/demo/practice.hh"

#include "app/demo/cast.hh"
#include "app/demo/forms.hh"
#include "app/demo/plans.hh"
#include "app/demo/resources.hh"
#include "base/random.hh"
#include "base/uuid.hh"
#include "clinic/canonical.hh"
#include "clinic/follow_up.hh"
#include "fhir/date_time.hh"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <set>
#include <stdexcept>

#include <date/date.h>
#include <fmt/format.h>

namespace tripsis::app::demo {
namespace {

using json::array;
using json::object;
using json::Value;

constexpr std::string_view icd10 = "http://hl7.org/fhir/sid/icd-10-cm";
/// Whom the worklist is about, by their place in patients(): Rosa Diaz, Nils Aune, Olga Saar.
constexpr std::size_t referral_to_renew = 1, review_to_hold = 4, note_to_sign = 7;
constexpr Minutes early{12}; ///< Most come so long before their time
/// The patient whose last answer of the PHQ-9 must not wait; has no visit today.
constexpr std::size_t in_crisis = 32;
constexpr std::string_view patient_number = "https://tripsis.org/fhir/NamingSystem/patient-number";

/// Small whole numbers, the same on every machine (the standard's distributions are not).
class Dice {
public:
  explicit Dice(std::uint64_t seed) : random_{seed} {}
  int between(int low, int high) { // inclusive
    std::array<std::byte, 4> bytes{};
    random_.fill(bytes);
    auto const n = std::accumulate(bytes.begin(), bytes.end(), 0U, [](unsigned sum, std::byte b) {
      return sum << 8 | std::to_integer<unsigned>(b);
    });
    return low + static_cast<int>(n % static_cast<unsigned>(high - low + 1));
  }
  Random& random() { return random_; }

private:
  SeededRandom random_;
};

/// Makes the practice, part by part. One use.
class Maker {
public:
  Maker(Settings const& settings, TimeZone const& zone, clinic::Knowledge const& knowledge)
      : settings_{settings}, zone_{zone}, knowledge_{knowledge}, dice_{settings.seed} {}

  Practice make() {
    opened_ = instant(days_ago(400), Minutes{std::chrono::hours{9}});
    make_clinic();
    for (std::size_t i = 0; i < patients().size(); ++i)
      make_patient(i);
    return std::move(practice_);
  }

private:
  struct Therapy { // one patient's way through the practice
    Patient const* who = nullptr;
    Complaint const* complaint = nullptr;
    std::size_t index = 0; ///< In patients()
    std::string patient, name, referral, condition, plan;
    Value person; ///< The Patient
    int pain_at_start = 0, pain_floor = 0;
    double keeps = 0; ///< The share of pain above the floor that stays from visit to visit
  };

  std::chrono::local_days today() const { return std::chrono::local_days{settings_.today}; }
  std::chrono::local_days days_ago(int n) const { return today() - std::chrono::days{n}; }
  Instant instant(std::chrono::local_days day, Minutes at) const { return zone_.first_instant(day + at); }
  std::string written(std::chrono::local_days day, Minutes at) const {
    return fhir::format_instant(instant(day, at), zone_);
  }
  static std::string date_text(std::chrono::local_days day) {
    return date::format("%F", date::sys_days{day.time_since_epoch()});
  }
  std::string new_id(Instant at) { return Uuid::v7(at, dice_.random()).text(); }

  void begin(Instant now, std::string practitioner = {}) {
    practice_.units.push_back({.changes = {}, .practitioner = std::move(practitioner), .now = now});
  }
  /// Adds a resource to the present unit; returns its reference.
  std::string put(Value value, store::Method method = store::Method::Create) {
    auto key = store::Key{std::string{value.text("resourceType")}, std::string{value.text("id")}};
    auto to = key.reference();
    practice_.units.back().changes.push_back(
        {.method = method, .key = std::move(key), .resource = std::move(value)});
    return to;
  }

  void make_clinic() {
    begin(opened_);
    auto organization = resource("Organization", new_id(opened_));
    organization.set("active", Value{true}).set("name", "Tidewater Manual Therapy");
    organization_ = put(std::move(organization));
    for (int i = 0; i < room_count; ++i) {
      auto room = resource("Location", new_id(opened_));
      room.set("status", "active").set("name", fmt::format("Room {}", i + 1)).set("mode", "instance");
      room.set(
          "physicalType",
          concept_of(coding("http://terminology.hl7.org/CodeSystem/location-physical-type", "ro", "Room")));
      room.set("managingOrganization", reference(organization_));
      rooms_.push_back(put(std::move(room)));
    }
    practice_.people.push_back({"owner", "Olive Tide", "owner", ""});
    for (std::size_t i = 0; i < therapists().size(); ++i)
      make_therapist(i);
  }

  void make_therapist(std::size_t index) {
    auto const& who = therapists()[index];
    auto const name = fmt::format("{} {}", who.given, who.family);
    auto person = resource("Practitioner", new_id(opened_));
    person.push("identifier", object({{"system", "https://tripsis.org/fhir/NamingSystem/licence"},
                                      {"value", fmt::format("MT-{:05}", 21043 + 137 * index)}}));
    person.set("active", Value{true})
        .push("name", object({{"family", who.family}, {"given", array({who.given})}}));
    person.set("gender", who.gender);
    person.push(
        "qualification",
        object({{"code", object({{"text", "Licensed massage therapist"}})},
                {"period", object({{"end", date_text(days_ago(-200 - 60 * static_cast<int>(index)))}})},
                {"issuer", object({{"display", "State board of massage therapy"}})}}));
    for (auto const technique : trained_in(index))
      person.push("qualification",
                  object({{"code", concept_of(coding(clinic::canonical::technique, technique,
                                                     name_of(knowledge_.techniques, technique)))}}));
    therapist_refs_.push_back(put(std::move(person)));
    auto role = resource("PractitionerRole", new_id(opened_));
    role.set("active", Value{true})
        .set("practitioner", reference(therapist_refs_.back(), name))
        .set("organization", reference(organization_));
    role.push("code", object({{"text", "Massage therapist"}}));
    role.push("location", reference(rooms_[static_cast<std::size_t>(who.room)]));
    auto const clock = [](Minutes m) {
      return fmt::format("{:02}:{:02}:00", m.count() / 60, m.count() % 60);
    };
    role.push("availableTime",
              object({{"daysOfWeek", array({"mon", "tue", "wed", "thu", "fri", "sat", "sun"})},
                      {"availableStartTime", clock(who.from)},
                      {"availableEndTime", clock(who.to)}}));
    put(std::move(role));
    practice_.people.push_back({std::string{who.username}, name, "therapist", therapist_refs_.back()});
  }

  /// The techniques that need training and that this therapist's patients get.
  std::set<std::string_view> trained_in(std::size_t therapist) const {
    std::set<std::string_view> techniques;
    for (auto const& patient : patients())
      if (static_cast<std::size_t>(patient.therapist) == therapist)
        for (auto const& target : complaints()[static_cast<std::size_t>(patient.complaint)].targets)
          if (auto const* technique = knowledge_.find_technique(target.technique);
              technique != nullptr && technique->requires_training)
            techniques.insert(target.technique);
    return techniques;
  }

  /// The day of visit `number`, counted from 1: the next visit is today or some days ahead, the others were
  /// weekly before it.
  std::chrono::local_days day_of(Patient const& who, int number) const {
    return today() + std::chrono::days{who.days_from_today - 7 * (who.visit - number)};
  }

  void make_patient(std::size_t index) {
    auto const& who = patients()[index];
    auto const first = day_of(who, 1);
    auto const registered =
        instant(first - std::chrono::days{9}, Minutes{std::chrono::hours{11}} + Minutes{index});
    begin(registered);
    Therapy therapy{
        .who = &who, .complaint = &complaints()[static_cast<std::size_t>(who.complaint)], .index = index};
    therapy.name = fmt::format("{} {}", who.given, who.family);
    therapy.person = person(index, registered);
    therapy.patient = put(therapy.person);
    therapy.condition = put(diagnosis(therapy, registered, therapy.complaint->icd10,
                                      therapy.complaint->icd10_display, therapy.complaint->text));
    therapy.referral = put(referral(therapy, index, first));
    therapy.pain_at_start = dice_.between(5, 8);
    therapy.pain_floor = dice_.between(1, 3);
    therapy.keeps =
        dice_.between(0, 6) == 0 ? 1.0 : dice_.between(62, 88) / 100.0; // one in seven does not respond
    therapy.plan = plan(therapy, first);
    story(therapy, registered);
    if (who.story != Story::FirstVisit && who.story != Story::SuspectedClot) {
      auto const evening = instant(first - std::chrono::days{1}, Minutes{std::chrono::hours{19}});
      intake(therapy, evening, answered_yes(who.story));
      consent_at(therapy, evening);
    }
    for (int number = 1; number < who.visit; ++number)
      past_visit(therapy, number);
    next_visit(therapy);
    later_visits(therapy);
    send_forms(therapy, index);
  }

  Value person(std::size_t index, Instant at) {
    auto const& who = patients()[index];
    auto result = resource("Patient", new_id(at));
    result.push("identifier",
                object({{"system", patient_number}, {"value", fmt::format("T-{:04}", 1001 + index)}}));
    result.set("active", Value{true});
    result.push("name",
                object({{"use", "official"}, {"family", who.family}, {"given", array({who.given})}}));
    result.push(
        "telecom",
        object({{"system", "phone"}, {"value", fmt::format("+1-555-01{:02}", index)}, {"use", "mobile"}}));
    result.push("telecom", object({{"system", "email"},
                                   {"value", fmt::format("t-{:04}@patients.example", 1001 + index)}}));
    result.set("gender", who.gender);
    result.set("birthDate",
               fmt::format("{}-{:02}-{:02}", who.birth_year, dice_.between(1, 12), dice_.between(1, 28)));
    return result;
  }

  Value diagnosis(Therapy const& therapy, Instant at, std::string_view code, std::string_view display,
                  std::string_view text) {
    auto result = resource("Condition", new_id(at));
    result.set(
        "clinicalStatus",
        concept_of(coding("http://terminology.hl7.org/CodeSystem/condition-clinical", "active", "Active")));
    result.set("verificationStatus",
               concept_of(coding("http://terminology.hl7.org/CodeSystem/condition-ver-status", "confirmed",
                                 "Confirmed")));
    result.set("code", concept_of(coding(icd10, code, display), text));
    result.set("subject", reference(therapy.patient)).set("recordedDate", fhir::format_instant(at, zone_));
    return result;
  }

  Value referral(Therapy const& therapy, std::size_t index, std::chrono::local_days first) {
    auto const& from = referrers()[index % referrers().size()];
    auto const ordered = first - std::chrono::days{12};
    auto result = resource("ServiceRequest", new_id(instant(ordered, Minutes{std::chrono::hours{15}})));
    result.set("status", "active").set("intent", "order");
    result.set("code", concept_of(coding("http://snomed.info/sct", "387854002", "Massage therapy"),
                                  "Medical massage"));
    result.set("quantityQuantity",
               object({{"value", Value::integer(therapy.who->authorised)}, {"unit", "visits"}}));
    result.set("subject", reference(therapy.patient));
    result.set("occurrencePeriod",
               object({{"start", date_text(ordered)},
                       {"end", date_text(index == referral_to_renew ? today() + std::chrono::days{10}
                                                                    : first + std::chrono::days{180})}}));
    result.set("authoredOn", date_text(ordered));
    result.set(
        "requester",
        object({{"identifier", object({{"system", "http://hl7.org/fhir/sid/us-npi"}, {"value", from.npi}})},
                {"display", from.name}}));
    result.push("reasonCode",
                concept_of(coding(icd10, therapy.complaint->icd10, therapy.complaint->icd10_display),
                           therapy.complaint->text));
    result.push("bodySite", concept_of(coding(clinic::canonical::region, therapy.complaint->region,
                                              name_of(knowledge_.regions, therapy.complaint->region))));
    return result;
  }

  std::string plan(Therapy const& therapy, std::chrono::local_days first) {
    auto const at = instant(first, therapy.who->start);
    auto const visits = therapy.who->authorised;
    PlanContext context{.patient = therapy.patient,
                        .condition = therapy.condition,
                        .referral = therapy.referral,
                        .goal = {},
                        .complaint = std::string{therapy.complaint->text},
                        .goal_text = std::string{therapy.complaint->goal},
                        .start = date_text(first),
                        .due = date_text(first + std::chrono::days{7 * visits}),
                        .minutes = static_cast<int>(therapy.who->length.count()),
                        .visits = visits};
    context.goal = put(goal(context, new_id(at)));
    return put(care_plan(context, new_id(at)));
  }

  void story(Therapy const& therapy, Instant at) {
    switch (therapy.who->story) {
    case Story::BloodThinner: {
      put(diagnosis(therapy, at, "I48.91", "Unspecified atrial fibrillation", "Atrial fibrillation"));
      auto medicine = resource("MedicationStatement", new_id(at));
      medicine.set("status", "active")
          .set("medicationCodeableConcept", object({{"text", "Apixaban 5 mg tablet, twice a day"}}));
      medicine.set("subject", reference(therapy.patient))
          .set("dateAsserted", fhir::format_instant(at, zone_));
      put(std::move(medicine));
      break;
    }
    case Story::Pregnant:
      put(diagnosis(therapy, at, "Z34.82",
                    "Encounter for supervision of other normal pregnancy, second trimester",
                    "Pregnant, second trimester"));
      break;
    case Story::Lymphoedema:
      put(diagnosis(therapy, at, "Z85.3", "Personal history of malignant neoplasm of breast",
                    "Breast cancer, treated"));
      break;
    case Story::SuspectedClot: // answered on the phone on the morning of the visit, after it was booked:
                               // see next_visit
    case Story::FirstVisit:
    case Story::None:
      break;
    }
  }

  static std::vector<std::string_view> answered_yes(Story story) {
    switch (story) {
    case Story::Pregnant:
      return {"pregnant"};
    case Story::Lymphoedema:
      return {"cancer_ever", "node_removal"};
    default:
      return {};
    }
  }

  /// Every question of the intake answered with no, but those in `yes`.
  void intake(Therapy const& therapy, Instant at, std::vector<std::string_view> const& yes) {
    begin(at);
    auto result = resource("QuestionnaireResponse", new_id(at));
    result.set("questionnaire", fmt::format("{}Questionnaire/intake", clinic::canonical::base))
        .set("status", "completed");
    result.set("subject", reference(therapy.patient)).set("authored", fhir::format_instant(at, zone_));
    for (auto const& question : knowledge_.rules.findings) {
      if (question.is_number || (question.asked != "intake" && question.asked != "pre_visit"))
        continue;
      result.push(
          "item",
          object({{"linkId", question.id},
                  {"text", question.text},
                  {"answer", array({object({{"valueBoolean", Value{std::ranges::find(yes, question.id) !=
                                                                   yes.end()}}})})}}));
    }
    put(std::move(result));
  }

  void consent_at(Therapy const& therapy, Instant at) {
    begin(at);
    put(consent(therapy.patient, new_id(at), fhir::format_instant(at, zone_), knowledge_));
  }

  VisitContext context(Therapy const& therapy, std::chrono::local_days day, Instant made) {
    auto const index = static_cast<std::size_t>(therapy.who->therapist);
    auto const& therapist = therapists()[index];
    VisitContext visit;
    visit.patient = therapy.patient;
    visit.practitioner = therapist_refs_[index];
    visit.practitioner_name = fmt::format("{} {}", therapist.given, therapist.family);
    visit.room = rooms_[static_cast<std::size_t>(therapist.room)];
    visit.referral = therapy.referral;
    visit.appointment = "Appointment/" + new_id(made);
    visit.encounter = "Encounter/" + new_id(made);
    visit.service = fmt::format("treatment-{}", therapy.who->length.count());
    visit.start = written(day, therapy.who->start);
    visit.end = written(day, therapy.who->start + therapy.who->length);
    visit.signed_at = written(day, therapy.who->start + therapy.who->length + Minutes{2});
    return visit;
  }

  Value booked(Therapy const& therapy, VisitContext const& visit, std::string_view status) {
    return appointment(
        visit, visit.appointment.substr(visit.appointment.find('/') + 1), status,
        static_cast<int>(therapy.who->length.count()), therapy.complaint->text, therapy.name,
        fmt::format("Room {}", therapists()[static_cast<std::size_t>(therapy.who->therapist)].room + 1));
  }

  int pain_before(Therapy const& therapy, int number) {
    auto const level = therapy.pain_floor +
                       (therapy.pain_at_start - therapy.pain_floor) * std::pow(therapy.keeps, number - 1);
    return std::clamp(static_cast<int>(std::lround(level + dice_.between(-10, 10) / 15.0)), 0, 10);
  }

  std::vector<Work> work(Therapy const& therapy) {
    auto const& targets = therapy.complaint->targets;
    auto left = static_cast<int>(therapy.who->length.count()) - 8;
    std::vector<Work> lines;
    for (std::size_t i = 0; i < targets.size(); ++i) {
      auto const share = left / static_cast<int>(targets.size() - i);
      left -= share;
      auto const gentle = therapy.who->story != Story::None || therapy.complaint->text == "Fibromyalgia";
      lines.push_back({targets[i].muscle,
                       targets[i].side,
                       targets[i].technique,
                       share,
                       therapy.who->story == Story::Lymphoedema ? dice_.between(1, 2)
                       : gentle                                 ? dice_.between(2, 4)
                                                                : dice_.between(3, 6),
                       {},
                       {}});
    }
    lines.front().tender_before = dice_.between(4, 8);
    lines.front().tender_after = std::max(0, *lines.front().tender_before - dice_.between(1, 4));
    return lines;
  }

  void past_visit(Therapy const& therapy, int number) {
    auto const day = day_of(*therapy.who, number);
    begin(instant(day - std::chrono::days{6}, Minutes{std::chrono::hours{12}}));
    auto const visit = context(therapy, day, practice_.units.back().now);
    put(booked(therapy, visit, "booked"));
    if (therapy.index == note_to_sign && number == therapy.who->visit - 1) {
      unsigned_visit(therapy, visit, day);
      return;
    }
    signed_visit(therapy, visit, number, day);
  }

  /// A visit that was given, and whose note nobody wrote yet.
  void unsigned_visit(Therapy const& therapy, VisitContext const& visit, std::chrono::local_days day) {
    begin(instant(day, therapy.who->start + therapy.who->length), visit.practitioner);
    put(encounter(visit, "finished"));
    put(booked(therapy, visit, "fulfilled"), store::Method::Update);
  }

  /// The unit that the web client posts when a note is signed.
  void signed_visit(Therapy const& therapy, VisitContext const& visit, int number,
                    std::chrono::local_days day) {
    auto const now = instant(day, therapy.who->start + therapy.who->length + Minutes{2});
    begin(now, visit.practitioner);
    put(encounter(visit, "finished"));
    auto const before = pain_before(therapy, number);
    auto const after = std::max(0, before - dice_.between(0, 3));
    std::vector<std::string> procedures;
    std::vector<std::string> measures{put(rating(visit, new_id(now), "nprs-before", "Pain before", before)),
                                      put(rating(visit, new_id(now), "nprs-after", "Pain after", after))};
    auto const lines = work(therapy);
    for (auto const& line : lines) {
      procedures.push_back(put(procedure(visit, new_id(now), line, knowledge_)));
      if (line.tender_before)
        measures.push_back(put(
            tenderness(visit, new_id(now), "tenderness-before", line, *line.tender_before, knowledge_)));
      if (line.tender_after)
        measures.push_back(
            put(tenderness(visit, new_id(now), "tenderness-after", line, *line.tender_after, knowledge_)));
    }
    auto const minutes = std::accumulate(lines.begin(), lines.end(), 0,
                                         [](int sum, Work const& w) { return sum + w.minutes; });
    auto const assessment = fmt::format("{} was the most tender, {} before and {} after. Pain went from {} "
                                        "to {} after {} minutes on {} places.",
                                        place(lines.front().muscle, lines.front().side, knowledge_),
                                        *lines.front().tender_before, *lines.front().tender_after, before,
                                        after, minutes, lines.size());
    auto const signed_note = put(note(visit, new_id(now), assessment, procedures, measures));
    put(signature(visit, new_id(now), signed_note));
    put(booked(therapy, visit, "fulfilled"), store::Method::Update);
    if (number % visits_between_reviews == 0 && therapy.index != review_to_hold)
      hold_review(therapy, visit, number, now + Minutes{2});
  }

  void hold_review(Therapy const& therapy, VisitContext const& visit, int visits, Instant held) {
    begin(held, visit.practitioner);
    put(review(new_id(held), therapy.patient, therapy.plan, visit.practitioner,
               fhir::format_instant(held, zone_), visits));
  }

  void next_visit(Therapy const& therapy) {
    auto const& who = *therapy.who;
    auto const day = today() + std::chrono::days{who.days_from_today};
    auto const made = instant(day - std::chrono::days{6}, Minutes{std::chrono::hours{12}});
    begin(made);
    auto const visit = context(therapy, day, made);
    put(booked(therapy, visit, "booked"));
    if (who.days_from_today != 0)
      return;
    if (who.story == Story::SuspectedClot) {
      intake(therapy, instant(day, Minutes{std::chrono::hours{7}} + Minutes{40}),
             {"dvt_limb_swelling_one_sided"});
    } else if (who.start + who.length <= settings_.now) {
      if (who.story == Story::FirstVisit)
        consent_at(therapy, instant(day, who.start - Minutes{5}));
      signed_visit(therapy, visit, who.visit, day);
    } else if (who.start - early <= settings_.now) {
      begun_visit(therapy, visit, day);
    }
  }

  /// Somebody who has come, and lies on the table if it is time.
  void begun_visit(Therapy const& therapy, VisitContext const& visit, std::chrono::local_days day) {
    auto const& who = *therapy.who;
    auto const arrived = instant(day, who.start - Minutes{8});
    begin(arrived);
    put(booked(therapy, visit, "arrived"), store::Method::Update);
    auto pain =
        rating(visit, new_id(arrived), "nprs-before", "Pain before", pain_before(therapy, who.visit));
    if (who.start <= settings_.now)
      put(encounter(visit, "in-progress"));
    else
      pain.erase("encounter"); // asked at the desk
    put(std::move(pain));
  }

  /// Two more weeks of the series, as far as the referral goes.
  void later_visits(Therapy const& therapy) {
    auto const& who = *therapy.who;
    if (who.story == Story::SuspectedClot)
      return;
    for (int number = who.visit + 1; number <= std::min(who.authorised, who.visit + 2); ++number) {
      begin(instant(days_ago(2), Minutes{std::chrono::hours{16}}));
      put(booked(therapy, context(therapy, day_of(who, number), practice_.units.back().now), "booked"));
    }
  }

  /// A form that the patient sends, and what follows from it as on any other path.
  template <class Make>
  void send(Therapy const& therapy, std::chrono::local_days day, Make const& make) {
    auto const at = instant(day, Minutes{std::chrono::hours{19}});
    begin(at);
    auto const id = new_id(at), when = fhir::format_instant(at, zone_);
    put(make(Sender{id, therapy.patient, when}));
    clinic::Find const find = [&](std::string_view type,
                                  clinic::Parameters const&) -> Result<std::vector<Value>> {
      return type == "Patient" ? std::vector{therapy.person} : std::vector<Value>{};
    };
    if (!clinic::add_follow_ups(practice_.units.back(), {find, knowledge_, zone_}))
      throw std::logic_error{"The demo sends a form that is refused."};
  }

  static History history_of(Patient const& who, std::size_t index) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 3> conditions{
        {{"I10", "High blood pressure"}, {"M19.90", "Osteoarthritis"}, {"G47.00", "Insomnia"}}};
    auto const& [code, condition] = conditions.at(index % conditions.size());
    auto const thins = who.story == Story::BloodThinner;
    return {.icd10 = code,
            .condition = condition,
            .medicine = thins ? "Apixaban 5 mg tablet" : "Ibuprofen 400 mg, when needed",
            .kind = thins ? "anticoagulant" : "",
            .work = index % 2 == 0 ? "At a desk" : "On my feet"};
  }

  /// Those who have been here before have told of themselves and rated themselves since.
  void send_forms(Therapy const& therapy, std::size_t index) {
    auto const& who = *therapy.who;
    if (who.visit < 2)
      return;
    auto const before = day_of(who, 1) - std::chrono::days{1};
    send(therapy, before,
         [&](Sender const& sender) { return health_history(sender, history_of(who, index)); });
    send(therapy, before, [&](Sender const& sender) {
      return goals_and_comfort(sender, therapy.complaint->goal, index % 3 == 0 ? "firm" : "medium",
                               index % 2 == 0 ? "quiet" : "some");
    });
    constexpr int every = 2; // visits
    for (int number = 1; number < who.visit; number += every)
      send_measures(therapy, number);
    constexpr std::size_t one_in = 3;
    for (int ago = 9; index % one_in == 0 && ago > 0; ago -= 2)
      send(therapy, days_ago(ago), [&](Sender const& sender) {
        auto const pain = pain_before(therapy, who.visit);
        return journal(sender, pain, 10 - pain, dice_.between(2, 6));
      });
    if (index == in_crisis)
      send(therapy, days_ago(1),
           [](Sender const& sender) { return phq9(sender, {2, 2, 1, 2, 1, 1, 1, 0, 1}); });
  }

  void send_measures(Therapy const& therapy, int number) {
    auto const day = day_of(*therapy.who, number) - std::chrono::days{1};
    auto const pain = pain_before(therapy, number);
    send(therapy, day, [&](Sender const& sender) {
      return peg(sender, pain, std::max(0, pain - 1), std::min(10, pain + 1));
    });
    if (therapy.complaint->region == "low_back")
      send(therapy, day, [&](Sender const& sender) { return rmdq(sender, std::min(24, 2 * pain + 1)); });
    send(therapy, day,
         [&](Sender const& sender) { return psfs(sender, therapy.complaint->goal, 10 - pain); });
  }

  Settings const& settings_;
  TimeZone const& zone_;
  clinic::Knowledge const& knowledge_;
  Dice dice_;
  Practice practice_;
  Instant opened_;
  std::string organization_;
  std::vector<std::string> rooms_, therapist_refs_;
};

} // namespace

Practice make_practice(Settings const& settings, TimeZone const& zone, clinic::Knowledge const& knowledge) {
  return Maker{settings, zone, knowledge}.make();
}

} // namespace tripsis::app::demo
