// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/person.hh"

#include <algorithm>

namespace tripsis::clinic {

std::string display_name(json::Value const& patient) {
  auto const& names = patient.items("name");
  if (names.empty())
    return {};
  auto const official =
      std::ranges::find_if(names, [](json::Value const& name) { return name.text("use") == "official"; });
  auto const& name = official == names.end() ? names.front() : *official;
  if (auto const text = name.text("text"); !text.empty())
    return std::string{text};
  std::string out;
  for (auto const& given : name.items("given"))
    if (given.is_string())
      out += given.string() + " ";
  out += name.text("family");
  if (out.ends_with(' '))
    out.pop_back();
  return out;
}

std::string_view email_of(json::Value const& patient) {
  for (auto const& point : patient.items("telecom"))
    if (point.text("system") == "email" && point.text("use") != "old" && !point.text("value").empty())
      return point.text("value");
  return {};
}

bool is_active(json::Value const& patient) {
  auto const* active = patient.find("active");
  return active == nullptr || !active->is_bool() || active->boolean();
}

} // namespace tripsis::clinic
