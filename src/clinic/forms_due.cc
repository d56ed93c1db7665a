// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/forms_due.hh"

#include "clinic/canonical.hh"
#include "clinic/screening/moment.hh"

#include <algorithm>
#include <array>
#include <limits>

namespace tripsis::clinic {
namespace {

struct Form {
  std::string_view id;
  int good_for; ///< Days
};
constexpr std::array asked{Form{"health-history", 365}, Form{"intake", 180}, Form{"consent", 365},
                           Form{"goals-and-comfort", std::numeric_limits<int>::max()}};

/// The form's id where the response is one to it that counts on the day.
std::string_view answered_form(json::Value const& response, std::chrono::sys_days on,
                               TimeZone const& zone) {
  auto const status = response.text("status");
  if (status != "completed" && status != "amended")
    return {};
  auto url = response.text("questionnaire");
  url = url.substr(0, url.find('|'));
  auto const name = url.substr(url.rfind('/') + 1);
  auto const* form = std::ranges::find(asked, name, &Form::id);
  if (form == asked.end() || !url.starts_with(canonical::base))
    return {};
  auto const authored = screening::parse_moment(response.text("authored"), &zone);
  return authored && authored->age(on) <= form->good_for ? form->id : std::string_view{};
}

} // namespace

Result<std::map<std::string, std::vector<std::string>, std::less<>>>
forms_due(Find const& find, std::vector<std::string> const& patients, std::chrono::sys_days on,
          TimeZone const& zone) {
  std::map<std::string, std::vector<std::string>, std::less<>> due;
  if (patients.empty())
    return due;
  std::vector<std::string> references;
  for (auto const& id : patients) {
    references.push_back("Patient/" + id);
    for (auto const& form : asked)
      due[id].emplace_back(form.id);
  }
  for (auto const& response : TRY(find("QuestionnaireResponse", {{"patient", any_of(references)}}))) {
    auto const patient = key_of(response.find("subject"));
    auto const known = patient ? due.find(patient->id) : due.end();
    if (known != due.end())
      std::erase(known->second, answered_form(response, on, zone));
  }
  std::erase_if(due, [](auto const& entry) { return entry.second.empty(); });
  return due;
}

} // namespace tripsis::clinic
