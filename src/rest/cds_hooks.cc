// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// CDS Hooks 2.0 (https://cds-hooks.hl7.org/2.0/): the safety screening for other systems. A patient of ours
// is judged by the practice's own record, and what fired is recorded as by POST Patient/{id}/$screen; a
// patient of another system by what is sent along, of which nothing is kept.
// docs/decisions/036-cds-hooks.md
#include "base/json/parse.hh"
#include "base/uuid.hh"
#include "clinic/canonical.hh"
#include "clinic/hooks/cards.hh"
#include "clinic/hooks/services.hh"
#include "clinic/safety/recorded_issue.hh"
#include "clinic/views/view.hh"
#include "rest/endpoints.hh"
#include "rest/exchange.hh"
#include "rest/operation_parameters.hh"
#include "rest/outcome.hh"
#include "validation/validation.hh"

#include <fmt/format.h>

namespace tripsis::rest {
namespace {

namespace hooks = clinic::hooks;
using clinic::screening::Day;
using json::Value;

Response json_answer(Value const& body) {
  return json_response(200, json::write(body), "application/json");
}

Result<hooks::Service const*> service_of(Call const& call) {
  auto const* service = hooks::find_service(call.id);
  if (service == nullptr)
    return fail(Fault::NotFound, "There is no such service; GET /cds-services tells which there are.");
  return service;
}

/// The refusal of resources that are not valid.
std::optional<Response> refuse_invalid(Value const* resource, std::string const& where) {
  if (resource == nullptr || !resource->is_object())
    return std::nullopt;
  auto issues = validation::validate(*resource);
  for (auto& issue : issues)
    issue.where = fmt::format("{}: {}", where, issue.where);
  return refuse(issues);
}

std::optional<Response> refuse_invalid(Value const& body) {
  if (auto const* context = body.find("context"))
    if (auto refusal = refuse_invalid(context->find("appointments"), "context.appointments"))
      return refusal;
  auto const* prefetch = body.find("prefetch");
  if (prefetch == nullptr)
    return std::nullopt;
  for (auto const& one : hooks::prefetches)
    if (auto refusal = refuse_invalid(prefetch->find(one.key), fmt::format("prefetch.{}", one.key)))
      return refusal;
  return std::nullopt;
}

/// Whether the client speaks of our own ids.
bool is_ours(Call const& call, std::string_view fhir_server) {
  if (fhir_server.ends_with('/'))
    fhir_server.remove_suffix(1);
  return fhir_server.empty() || fhir_server == call.base();
}

std::vector<hooks::Judged> judge_sent(Call const& call, hooks::Request const& request,
                                      TimeZone const& zone) {
  std::vector<hooks::Judged> judged;
  for (auto const day : request.days)
    judged.push_back({day, clinic::screening::screen(call.knowledge->rules, *request.record, day, &zone)});
  return judged;
}

/// Judges by the practice's own record. `changes` is what is to be recorded: each issue once.
Result<std::vector<hooks::Judged>> judge_own(Call& call, hooks::Request const& request,
                                             TimeZone const& zone, std::vector<store::Change>& changes) {
  Day const today{zone.date(call.now)};
  Result<std::vector<hooks::Judged>> judged;
  call.services.store.read(call.access, [&](store::ReadTx& tx) {
    judged = [&]() -> Result<std::vector<hooks::Judged>> {
      std::vector<hooks::Judged> all;
      for (auto const day : request.days) {
        auto screening = TRY(clinic::screen_on(tx, {*call.knowledge, zone}, request.patient, day));
        for (auto& change :
             TRY(clinic::safety::record_fired(clinic::find_in(tx), screening, request.patient, today)))
          if (std::ranges::find(changes, change.key, &store::Change::key) == changes.end())
            changes.push_back(std::move(change));
        all.push_back({day, std::move(screening)});
      }
      return all;
    }();
  });
  return judged;
}

/// Records what fired. That somebody else recorded it at the same moment is as good.
Result<> record(Call& call, std::vector<store::Change> changes) {
  if (changes.empty())
    return {};
  auto unit = changes_of(call);
  unit.changes = std::move(changes);
  auto const written = write(call, std::move(unit));
  if (!written && written.error().fault != Fault::Precondition && written.error().fault != Fault::Conflict)
    return std::unexpected{written.error()};
  return {};
}

/// https://cds-hooks.hl7.org/2.0/#http-status-codes
Response no_data() {
  return refuse(412, {Fault::Required,
                      "The patient is none of this practice's, so the prefetch must hold at least the "
                      "Patient; GET /cds-services tells what is asked for.",
                      "prefetch"});
}

// --- Feedback

struct Feedback {
  std::string card, outcome, reason, text;
};

Result<Feedback> read_feedback(Value const& one, std::string const& where) {
  Feedback feedback{.card = std::string{one.text("card")}, .outcome = std::string{one.text("outcome")}};
  if (!Uuid::parse(feedback.card))
    return fail(Fault::Value, "card must be the uuid of a card.", where + ".card");
  if (feedback.outcome != "accepted" && feedback.outcome != "overridden")
    return fail(Fault::Value, "outcome must be accepted or overridden.", where + ".outcome");
  if (!clinic::screening::parse_moment(one.text("outcomeTimestamp"), nullptr))
    return fail(Fault::Value, "outcomeTimestamp must be an instant.", where + ".outcomeTimestamp");
  auto const* why = one.find("overrideReason");
  if (feedback.outcome == "accepted" || why == nullptr)
    return feedback;
  constexpr std::size_t longest = 500;
  feedback.text = why->text("userComment");
  if (feedback.text.size() > longest)
    return fail(Fault::TooLong, fmt::format("userComment has more than {} bytes.", longest),
                where + ".overrideReason.userComment");
  if (auto const* reason = why->find("reason")) {
    if (reason->text("system") != clinic::canonical::override_reason || reason->text("code").empty())
      return fail(Fault::Value, "reason must be one that the card offers.",
                  where + ".overrideReason.reason");
    feedback.reason = reason->text("code");
  } else if (!feedback.text.empty()) {
    feedback.reason = "other";
  }
  return feedback;
}

Result<std::vector<Feedback>> read_feedbacks(Value const& body) {
  constexpr std::size_t most = 100;
  auto const& list = body.items("feedback");
  if (list.empty() || list.size() > most)
    return fail(Fault::Required, fmt::format("feedback must be a list of 1 to {}.", most), "feedback");
  std::vector<Feedback> all;
  for (std::size_t i = 0; i < list.size(); ++i)
    all.push_back(TRY(read_feedback(list[i], fmt::format("feedback[{}]", i))));
  return all;
}

/// The recorded issue that a card was about, where a reason given lifts its rule; nullopt where there is
/// none such: a stop stays a stop, and of a patient of another system nothing is kept.
std::optional<Value> overridable_issue(Call& call, Feedback const& feedback) {
  if (feedback.reason.empty())
    return std::nullopt;
  Result<Value> issue = fail(Fault::NotFound, {});
  call.services.store.read(
      call.access, [&](store::ReadTx& tx) { issue = clinic::read(tx, {"DetectedIssue", feedback.card}); });
  if (!issue || issue->text("status") == "entered-in-error")
    return std::nullopt;
  auto const* rule =
      call.knowledge->rules.find_rule(clinic::code_in(issue->find("code"), clinic::canonical::rule));
  if (rule == nullptr ||
      !clinic::screening::may_be_lifted(*rule, clinic::screening::Mitigation::Kind::Overridden))
    return std::nullopt;
  return *std::move(issue);
}

/// Adds the override to the unit, unless it is recorded already: a client may send its feedback again.
void add_override(Call& call, Feedback const& feedback, std::string const& today, store::Changes& unit) {
  auto issue = overridable_issue(call, feedback);
  if (!issue)
    return;
  auto const mitigation = clinic::safety::to_mitigation(
      clinic::safety::Override{feedback.reason, feedback.text, today, today}, author_of(call));
  auto const key = store::Key{"DetectedIssue", feedback.card};
  auto found = std::ranges::find(unit.changes, key, &store::Change::key);
  auto const& recorded = found == unit.changes.end() ? *issue : found->resource;
  if (std::ranges::find(recorded.items("mitigation"), mitigation) != recorded.items("mitigation").end())
    return;
  if (found == unit.changes.end()) {
    unit.changes.push_back(clinic::update_of(*std::move(issue)));
    found = std::prev(unit.changes.end());
  }
  found->resource.push("mitigation", mitigation);
}

} // namespace

/// GET /cds-services (https://cds-hooks.hl7.org/2.0/#discovery)
Result<Response> cds_services(Call& call) {
  TRY(only_parameters(call, {}));
  return json_answer(hooks::discovery());
}

/// POST /cds-services/{id} (https://cds-hooks.hl7.org/2.0/#calling-a-cds-service)
Result<Response> cds_hook(Call& call) {
  TRY(only_parameters(call, {}));
  auto const& service = *TRY(service_of(call));
  auto body = TRY(take_body(call));
  if (auto refusal = refuse_invalid(body))
    return *std::move(refusal);
  auto const zone = TRY(TimeZone::find(call.services.practice.time_zone));
  auto request = TRY(hooks::read_request(std::move(body), service, zone, Day{zone.date(call.now)}));
  hooks::CardContext context{.knowledge = *call.knowledge, .base = call.base(), .chart = {}};
  std::vector<hooks::Judged> judged;
  if (request.record) {
    judged = judge_sent(call, request, zone);
  } else if (is_ours(call, request.fhir_server)) {
    std::vector<store::Change> changes;
    auto own = judge_own(call, request, zone, changes);
    if (!own && (own.error().fault == Fault::NotFound || own.error().fault == Fault::Deleted))
      return no_data();
    if (!own)
      return std::unexpected{std::move(own).error()};
    judged = std::move(*own);
    TRY(record(call, std::move(changes)));
    call.entries.push_back("screen Patient/" + request.patient);
    context.chart = fmt::format(
        "{}/patients/{}", context.base.substr(0, context.base.size() - base_path.size()), request.patient);
  } else {
    return no_data();
  }
  return json_answer(json::object({{"cards", hooks::cards(request, service, judged, context)}}));
}

/// POST /cds-services/{id}/feedback (https://cds-hooks.hl7.org/2.0/#feedback). An override is recorded from
/// today on: for a later day the rule asks again where it must.
Result<Response> cds_feedback(Call& call) {
  TRY(only_parameters(call, {}));
  TRY(service_of(call));
  auto const body = TRY(take_body(call));
  auto const feedbacks = TRY(read_feedbacks(body));
  auto const zone = TRY(TimeZone::find(call.services.practice.time_zone));
  auto const today = clinic::screening::iso_of(Day{zone.date(call.now)});
  auto unit = changes_of(call);
  for (auto const& feedback : feedbacks) {
    add_override(call, feedback, today, unit);
    call.entries.push_back(fmt::format("{} DetectedIssue/{}", feedback.outcome, feedback.card));
  }
  if (!unit.changes.empty())
    TRY(write(call, std::move(unit)));
  return json_answer(json::object({}));
}

} // namespace tripsis::rest
