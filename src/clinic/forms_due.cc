// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/forms_due.hh"

#include "clinic/canonical.hh"
#include "clinic/screening/moment.hh"

#include <algorithm>
#include <array>
#include <limits>
#include <set>

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

void ask_all(FormsDue& due, std::string const& patient) {
  for (auto const& form : asked)
    due[patient].emplace_back(form.id);
}

/// Takes out the form that the response answers, where it is one of theirs.
void strike(FormsDue& due, json::Value const& response, std::chrono::sys_days on, TimeZone const& zone) {
  auto const patient = key_of(response.find("subject"));
  if (auto const known = patient ? due.find(patient->id) : due.end(); known != due.end())
    std::erase(known->second, answered_form(response, on, zone));
}

/// Takes out the consent of those whose Consent holds, and whoever is left with nothing.
Result<FormsDue> without_consents(Find const& find, FormsDue due, std::chrono::sys_days on,
                                  TimeZone const& zone) {
  std::vector<std::string> references;
  for (auto const& [id, forms] : due)
    references.push_back("Patient/" + id);
  if (references.empty())
    return due;
  for (auto const& consent :
       TRY(find("Consent", {{"patient", any_of(references)}, {"status", "active"}}))) {
    auto const patient = key_of(consent.find("patient"));
    if (auto const known = patient ? due.find(patient->id) : due.end();
        known != due.end() && is_consent(consent, on, zone))
      std::erase(known->second, "consent");
  }
  std::erase_if(due, [](auto const& entry) { return entry.second.empty(); });
  return due;
}

} // namespace

Result<FormsDue> forms_due(Find const& find, std::vector<std::string> const& patients,
                           std::chrono::sys_days on, TimeZone const& zone) {
  FormsDue due;
  if (patients.empty())
    return due;
  std::vector<std::string> references;
  for (auto const& id : std::set<std::string>{patients.begin(), patients.end()}) {
    references.push_back("Patient/" + id);
    ask_all(due, id);
  }
  for (auto const& response : TRY(find("QuestionnaireResponse", {{"patient", any_of(references)}})))
    strike(due, response, on, zone);
  return without_consents(find, std::move(due), on, zone);
}

Result<FormsDue> forms_due(Find const& find, PatientRecords const& records,
                           std::vector<std::string> const& patients, std::chrono::sys_days on,
                           TimeZone const& zone) {
  FormsDue due;
  for (auto const& id : std::set<std::string>{patients.begin(), patients.end()})
    if (auto const record = records.find(id); record != records.end()) {
      ask_all(due, id);
      for (auto const& entry : record->second.of_type("QuestionnaireResponse"))
        strike(due, entry.resource, on, zone);
    }
  return without_consents(find, std::move(due), on, zone);
}

} // namespace tripsis::clinic
