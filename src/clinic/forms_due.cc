// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/forms_due.hh"

#include "clinic/canonical.hh"
#include "clinic/screening/moment.hh"

#include <algorithm>
#include <array>
#include <limits>

namespace tripsis::clinic {
namespace {

constexpr int year = 365;
struct Form {
  std::string_view id;
  int good_for; ///< Days
};
constexpr std::array asked{Form{"health-history", year}, Form{"intake", 180}, Form{"consent", year},
                           Form{"goals-and-comfort", std::numeric_limits<int>::max()}};

bool is_good(std::string_view when, int good_for, std::chrono::sys_days on, TimeZone const& zone) {
  auto const moment = screening::parse_moment(when, &zone);
  return moment && moment->age(on) < good_for;
}

/// The form's id where the response is one to it that counts on the day. A consent form counts by the
/// Consent that it became: unsigned, it became none that holds.
std::string_view answered_form(json::Value const& response, std::chrono::sys_days on,
                               TimeZone const& zone) {
  auto const status = response.text("status");
  if (status != "completed" && status != "amended")
    return {};
  auto url = response.text("questionnaire");
  url = url.substr(0, url.find('|'));
  auto const name = url.substr(url.rfind('/') + 1);
  auto const* form = std::ranges::find(asked, name, &Form::id);
  if (form == asked.end() || form->id == "consent" || !url.starts_with(canonical::base))
    return {};
  return is_good(response.text("authored"), form->good_for, on, zone) ? form->id : std::string_view{};
}

bool is_consent(json::Value const& consent, std::chrono::sys_days on, TimeZone const& zone) {
  return code_in(consent.find("category"), canonical::consent) == "treatment" &&
         is_good(consent.text("dateTime"), year, on, zone);
}

using Due = std::map<std::string, std::vector<std::string>, std::less<>>;

} // namespace

Result<Due> forms_due(Find const& find, std::vector<std::string> const& patients, std::chrono::sys_days on,
                      TimeZone const& zone) {
  Due due;
  if (patients.empty())
    return due;
  std::vector<std::string> references;
  for (auto const& id : patients) {
    references.push_back("Patient/" + id);
    for (auto const& form : asked)
      due[id].emplace_back(form.id);
  }
  auto const done = [&](std::optional<store::Key> const& patient, std::string_view form) {
    if (auto const known = patient ? due.find(patient->id) : due.end(); known != due.end())
      std::erase(known->second, form);
  };
  for (auto const& response : TRY(find("QuestionnaireResponse", {{"patient", any_of(references)}})))
    done(key_of(response.find("subject")), answered_form(response, on, zone));
  for (auto const& consent : TRY(find("Consent", {{"patient", any_of(references)}, {"status", "active"}})))
    if (is_consent(consent, on, zone))
      done(key_of(consent.find("patient")), "consent");
  std::erase_if(due, [](auto const& entry) { return entry.second.empty(); });
  return due;
}

} // namespace tripsis::clinic
