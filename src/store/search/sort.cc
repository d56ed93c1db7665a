// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "store/search/sort.hh"

#include <unordered_map>

namespace tripsis::store::search {

namespace {

/// From here on a parameter's rows are read rather than the resources.
constexpr std::size_t many = 500;

SortValue number(double value) {
  return {.kind = SortValue::Kind::Number, .number = value};
}

SortValue text(std::string_view value) {
  return {.kind = SortValue::Kind::Text, .text = std::string{value}};
}

bool is_less(SortValue const& a, SortValue const& b) {
  return a.kind == SortValue::Kind::Number ? a.number < b.number : a.text < b.text;
}

/// Of several values the lowest counts where the order ascends, the highest where it descends.
void keep_better(SortValue& kept, SortValue value, bool descending) {
  if (kept.kind == SortValue::Kind::Missing || (descending ? is_less(kept, value) : is_less(value, kept)))
    kept = std::move(value);
}

/// What a token or a reference is sorted by: rows hold only its hash.
void add_texts(index::Found const& found, std::vector<std::string>& texts) {
  auto const& value = *found.value;
  if (found.type == "CodeableConcept") {
    for (auto const& coding : value.items("coding"))
      texts.emplace_back(coding.text("code"));
  } else if (auto const plain = index::primitive_text(value)) {
    texts.push_back(*plain);
  } else {
    for (auto const* name : {"code", "value", "reference"})
      texts.emplace_back(value.text(name));
  }
  std::erase(texts, "");
}

SortValue value_of_row(index::Row const& row) {
  switch (row.table) {
  case index::Table::Date:
    return number(static_cast<double>(row.a));
  case index::Table::Quantity:
    return number(row.number);
  case index::Table::String:
    return text(row.text);
  case index::Table::Token:
  case index::Table::Reference:
  case index::Table::PatientCode:
    break;
  }
  return {};
}

SortValue value_of(SortKey const& key, index::IndexedParameter const& parameter, Snapshot& snapshot,
                   Candidate& candidate) {
  SortValue kept;
  if (candidate.row() == nullptr)
    return kept;
  if (key.parameter->code == "_id")
    return text(candidate.key().id);
  if (key.parameter->code == "_lastUpdated")
    return number(static_cast<double>(sqlite::to_milliseconds(candidate.row()->updated)));
  auto const rows = snapshot.context.extractor.rows_of(parameter, candidate.document());
  for (auto const& row : rows)
    if (auto value = value_of_row(row); value.kind != SortValue::Kind::Missing)
      keep_better(kept, std::move(value), key.descending);
  if (kept.kind != SortValue::Kind::Missing)
    return kept;
  std::vector<index::Found> found;
  std::vector<std::string> texts;
  parameter.find(candidate.document(), found);
  for (auto const& element : found)
    add_texts(element, texts);
  for (auto const& one : texts)
    keep_better(kept, text(one), key.descending);
  return kept;
}

std::string_view rows_sql(fhir::SearchParameter const& parameter) {
  if (parameter.code == "_lastUpdated")
    return {};
  switch (parameter.kind) {
  case fhir::SearchType::Date:
    return "SELECT r, lo FROM dat WHERE p = ?1";
  case fhir::SearchType::String:
    return "SELECT r, v FROM str WHERE p = ?1";
  case fhir::SearchType::Number:
  case fhir::SearchType::Quantity:
    return "SELECT r, v FROM qty WHERE p = ?1";
  default:
    return {};
  }
}

/// Fills in one key of all matches from the parameter's rows; those that the index does not know are asked
/// themselves.
void fill_from_rows(std::size_t place, std::vector<Sortable>& matches, SortKey const& key,
                    index::IndexedParameter const& parameter, Snapshot& snapshot) {
  std::unordered_map<std::int64_t, SortValue*> by_rid;
  by_rid.reserve(matches.size());
  for (auto& match : matches) {
    if (!snapshot.is_fresh(match.position.rid)) {
      by_rid.emplace(match.position.rid, &match.by[place]);
      continue;
    }
    Candidate candidate{snapshot, match.position.rid};
    match.by[place] = value_of(key, parameter, snapshot, candidate);
  }
  bool const is_text = key.parameter->kind == fhir::SearchType::String;
  auto rows = snapshot.index.query(rows_sql(*key.parameter), parameter.number);
  while (rows.next())
    if (auto const found = by_rid.find(rows.integer(0)); found != by_rid.end())
      keep_better(*found->second, is_text ? text(rows.text(1)) : number(rows.real(1)), key.descending);
}

} // namespace

std::vector<Sortable> sort_matches(std::vector<Position> const& positions, Query const& query,
                                   Plan const& plan, Snapshot& snapshot) {
  std::vector<Sortable> matches;
  matches.reserve(positions.size());
  for (auto const position : positions)
    matches.push_back({.position = position, .by = std::vector<SortValue>(query.sort.size())});
  std::vector<std::size_t> asked;
  for (std::size_t place = 0; place < query.sort.size(); ++place) {
    auto const& key = query.sort[place];
    if (matches.size() > many && !rows_sql(*key.parameter).empty())
      fill_from_rows(place, matches, key, *plan.type->find(key.parameter->code), snapshot);
    else
      asked.push_back(place);
  }
  for (auto& match : matches) {
    Candidate candidate{snapshot, match.position.rid};
    for (auto const place : asked)
      match.by[place] = value_of(query.sort[place], *plan.type->find(query.sort[place].parameter->code),
                                 snapshot, candidate);
  }
  std::ranges::sort(matches,
                    [&](Sortable const& a, Sortable const& b) { return comes_before(a, b, query); });
  return matches;
}

bool comes_before(Sortable const& a, Sortable const& b, Query const& query) {
  for (std::size_t place = 0; place < query.sort.size(); ++place) {
    auto const& x = a.by[place];
    auto const& y = b.by[place];
    if (x == y)
      continue;
    if (x.kind == SortValue::Kind::Missing || y.kind == SortValue::Kind::Missing)
      return y.kind == SortValue::Kind::Missing;
    return query.sort[place].descending ? is_less(y, x) : is_less(x, y);
  }
  return a.position.rid < b.position.rid;
}

} // namespace tripsis::store::search
