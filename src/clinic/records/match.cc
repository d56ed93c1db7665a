// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/records/match.hh"

#include "base/unicode.hh"
#include "fhir/date_time.hh"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

namespace tripsis::clinic {
namespace {

using json::Value;
using Words = std::vector<std::string>;

constexpr int possible = 45, probable = 70, certain = 95;
constexpr int name_points = 50, birth_points = 30, swapped_points = 10, contact_points = 20;
constexpr double alike = 0.7;           ///< Words that are less alike are different ones
constexpr double for_more_words = 0.3;  ///< What a name loses at most for words that the other has not
constexpr std::size_t phone_digits = 9; ///< The last ones: what comes before are country codes and zeros
constexpr std::size_t prefix_length = 3;

void add_words(std::string_view text, Words& words) {
  std::string word;
  for (char const c : fold(text) + " ") {
    if (c != ' ' && c != '-' && c != '\'' && c != '.' && c != ',') {
      word += c;
    } else if (!word.empty()) {
      words.push_back(std::exchange(word, {}));
    }
  }
}

Words words_of(Value const& name) {
  Words words;
  add_words(name.text("family"), words);
  for (auto const& given : name.items("given"))
    if (given.is_string())
      add_words(given.string(), words);
  if (words.empty())
    add_words(name.text("text"), words);
  return words;
}

/// How many letters must be put in, left out or exchanged.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), 0);
  for (std::size_t i = 0; i < a.size(); ++i) {
    auto corner = std::exchange(row[0], i + 1);
    for (std::size_t j = 0; j < b.size(); ++j) {
      auto const changed = corner + (a[i] == b[j] ? 0 : 1);
      corner = row[j + 1];
      row[j + 1] = std::min({changed, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

double likeness(std::string_view a, std::string_view b) {
  auto const longest = static_cast<double>(std::max(a.size(), b.size()));
  auto const like = 1 - static_cast<double>(distance(a, b)) / longest;
  return like < alike ? 0 : like;
}

/// 0 to 1: each word of the shorter name with the one of the other that is most like it.
double likeness(Words const& a, Words const& b) {
  auto const& fewer = a.size() <= b.size() ? a : b;
  auto const& more = a.size() <= b.size() ? b : a;
  if (fewer.empty())
    return 0;
  double sum = 0;
  for (auto const& word : fewer) {
    double best = 0;
    for (auto const& other : more)
      best = std::max(best, likeness(word, other));
    sum += best;
  }
  auto const few = static_cast<double>(fewer.size());
  return sum / few * (1 - for_more_words + for_more_words * few / static_cast<double>(more.size()));
}

double name_likeness(Value const& a, Value const& b) {
  double best = 0;
  for (auto const& name : a.items("name"))
    for (auto const& other : b.items("name"))
      best = std::max(best, likeness(words_of(name), words_of(other)));
  return best;
}

int birth_score(std::string_view a, std::string_view b) {
  if (a.empty() || b.empty())
    return 0;
  if (a == b)
    return birth_points;
  if (a.starts_with(b) || b.starts_with(a)) // 1980 and 1980-05-03
    return swapped_points;
  bool const swapped = a.size() == 10 && b.size() == 10 && a.substr(0, 4) == b.substr(0, 4) &&
                       a.substr(5, 2) == b.substr(8, 2) && a.substr(8, 2) == b.substr(5, 2);
  return swapped ? swapped_points : -birth_points;
}

/// Telephone numbers as their last digits, e-mail addresses in small letters.
std::set<std::string> contacts_of(Value const& patient) {
  std::set<std::string> contacts;
  for (auto const& telecom : patient.items("telecom")) {
    auto const value = telecom.text("value");
    if (telecom.text("system") == "email") {
      contacts.insert(to_lower(value));
      continue;
    }
    std::string digits;
    std::ranges::copy_if(value, std::back_inserter(digits), [](char c) { return '0' <= c && c <= '9'; });
    if (digits.size() >= phone_digits)
      contacts.insert(digits.substr(digits.size() - phone_digits));
  }
  return contacts;
}

bool share_contact(Value const& a, Value const& b) {
  auto const ours = contacts_of(a), theirs = contacts_of(b);
  return std::ranges::any_of(ours, [&](auto const& contact) { return theirs.contains(contact); });
}

/// Searches of which any may find the person.
std::vector<Parameters> searches_for(Value const& wanted) {
  std::vector<Parameters> searches;
  if (auto const birth = wanted.text("birthDate"); !birth.empty())
    searches.push_back({{"birthdate", std::string{birth}}});
  for (auto const& telecom : wanted.items("telecom"))
    if (auto const value = std::string{telecom.text("value")}; !value.empty())
      searches.push_back({{"telecom", any_of({value, to_lower(value)})}});
  for (auto const& name : wanted.items("name")) {
    Parameters beginnings;
    for (auto const& word : words_of(name))
      beginnings.emplace_back("name", any_of({word.substr(0, prefix_length)}));
    if (beginnings.size() > 2) // Second given names are often left out.
      for (std::size_t i = 1; i < beginnings.size(); ++i)
        searches.push_back({beginnings.front(), beginnings[i]});
    else if (!beginnings.empty())
      searches.push_back(std::move(beginnings));
  }
  return searches;
}

bool is_in_use(Value const& patient) {
  auto const* active = patient.find("active");
  return active == nullptr || !active->is_bool() || active->boolean();
}

} // namespace

int match_score(Value const& a, Value const& b) {
  auto const names = static_cast<int>(std::lround(name_points * name_likeness(a, b)));
  auto const score = names + birth_score(a.text("birthDate"), b.text("birthDate")) +
                     (share_contact(a, b) ? contact_points : 0);
  return std::clamp(score, 0, 100);
}

std::string_view match_grade(int score) {
  return score >= certain    ? "certain"
         : score >= probable ? "probable"
         : score >= possible ? "possible"
                             : "certainly-not";
}

Result<std::vector<PatientMatch>> match_patients(Find const& find, Value const& wanted) {
  std::vector<PatientMatch> matches;
  std::set<std::string, std::less<>> seen;
  if (auto const own = wanted.text("id"); !own.empty())
    seen.emplace(own);
  for (auto const& parameters : searches_for(wanted)) {
    auto found = TRY(find("Patient", parameters));
    for (auto& patient : found) {
      if (!seen.emplace(patient.text("id")).second || !is_in_use(patient))
        continue;
      auto const score = match_score(wanted, patient);
      if (score >= possible)
        matches.push_back({std::move(patient), score});
    }
  }
  std::ranges::stable_sort(matches, std::ranges::greater{}, &PatientMatch::score);
  return matches;
}

} // namespace tripsis::clinic
