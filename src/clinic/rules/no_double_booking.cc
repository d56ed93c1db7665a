// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A therapist or a room is booked once at a time. Times are half-open: one appointment may begin when
// another ends. What occupies: pending, booked, arrived, checked-in and fulfilled appointments; what is
// only proposed, on the waiting list, cancelled or missed does not.
#include "clinic/find.hh"
#include "clinic/rules/rule_context.hh"
#include "fhir/date_time.hh"

#include <algorithm>
#include <array>

namespace tripsis::clinic::rules {
namespace {

constexpr std::string_view rule_name = "no double booking";
/// Bounds how far back an appointment may have begun that still lasts.
constexpr auto longest = std::chrono::hours{24};

bool occupies(json::Value const& appointment) {
  constexpr std::array<std::string_view, 5> statuses{"pending", "booked", "arrived", "checked-in",
                                                     "fulfilled"};
  return std::ranges::find(statuses, appointment.text("status")) != statuses.end();
}

std::optional<Instant> instant_of(json::Value const& appointment, std::string_view name) {
  auto const parsed = fhir::DateTime::parse_instant(appointment.text(name));
  return parsed ? std::optional{parsed->range(TimeZone::utc()).low} : std::nullopt;
}

/// When it begins and ends; nullopt for one that has no time yet.
std::optional<InstantRange> time_of(json::Value const& appointment) {
  auto const start = instant_of(appointment, "start");
  auto end = instant_of(appointment, "end");
  auto const* minutes = appointment.find("minutesDuration");
  if (start && !end && minutes != nullptr && minutes->is_number())
    end = *start + std::chrono::minutes{std::strtol(minutes->lexeme().c_str(), nullptr, 10)};
  return start && end ? std::optional{InstantRange{*start, *end}} : std::nullopt;
}

std::vector<store::Key> booked_actors(json::Value const& appointment) {
  auto keys = actors(appointment, "Practitioner");
  std::ranges::move(actors(appointment, "Location"), std::back_inserter(keys));
  return keys;
}

/// "2026-11-23 from 10:30 to 11:30", as the clinic's clock shows it.
std::string describe(InstantRange time, TimeZone const& zone) {
  auto const local = [&](Instant at) { return fhir::format_instant(at, zone); };
  return local(time.low).substr(0, 10) + " from " + local(time.low).substr(11, 5) + " to " +
         local(time.high).substr(11, 5);
}

Result<> check(RuleContext const& context, store::RuleTx& tx, store::Change const& change,
               json::Value const* after) {
  if (after == nullptr || !occupies(*after))
    return {};
  if (refers_elsewhere(*after)) {
    auto const begin = instant_of(*after, "start");
    if (begin &&
        context.lets_through(tx, change, rule_name, std::chrono::sys_days{context.zone.date(*begin)}))
      return {};
    return fail(
        Fault::BusinessRule,
        "A booking names those who take part as they are here, such as Practitioner/id, or it could "
        "not be seen that they are taken.",
        "Appointment.participant");
  }
  auto const time = time_of(*after);
  auto const keys = booked_actors(*after);
  if (!time || keys.empty() || time->low >= time->high)
    return {};
  auto const day = std::chrono::sys_days{context.zone.date(time->low)};
  if (time->high - time->low > longest) {
    if (context.lets_through(tx, change, rule_name, day))
      return {};
    return fail(Fault::BusinessRule,
                "An appointment with a therapist or in a room may last 24 hours at most.",
                "Appointment.end");
  }
  std::vector<std::string> references;
  for (auto const& key : keys)
    references.push_back(key.reference());
  auto const others =
      TRY(find_in(tx)("Appointment", {{"actor", any_of(references)},
                                      {"date", "lt" + fhir::format_instant(time->high)},
                                      {"date", "gt" + fhir::format_instant(time->low - longest)}}));
  for (auto const& other : others) {
    auto const taken = time_of(other);
    if (other.text("id") == change.key.id || !occupies(other) || !taken || taken->low >= time->high ||
        taken->high <= time->low)
      continue;
    auto const shared = std::ranges::find_first_of(keys, booked_actors(other));
    if (shared == keys.end())
      continue;
    if (context.lets_through(tx, change, rule_name, day))
      return {};
    return fail(Fault::Conflict,
                std::string{shared->type == "Location" ? "The room" : "The therapist"} +
                    " is already booked on " + describe(*taken, context.zone) + ".",
                "Appointment.start");
  }
  return {};
}

} // namespace

store::WriteRule no_double_booking(RuleContext context) {
  return {.name = rule_name,
          .concerns =
              [](store::Change const& change) {
                return change.key.type == "Appointment" && change.method != store::Method::Delete &&
                       occupies(change.resource);
              },
          .check = [context](store::RuleTx& tx, store::Change const& change, json::Value const*,
                             json::Value const* after) { return check(context, tx, change, after); }};
}

} // namespace tripsis::clinic::rules
