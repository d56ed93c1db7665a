// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// docs/api.md tells of every route and operation, docs/operating.md of every permission, and they say what
// is so.
#include "auth/policy.hh"
#include "clinic/operation_definitions.hh"
#include "fhir/definitions.hh"
#include "rest/router.hh"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace tripsis {
namespace {

using auth::Interaction;

std::string text_of(std::string const& file) {
  std::ifstream in{file};
  return {std::istreambuf_iterator<char>{in}, {}};
}

/// Whether the text holds the name, and it does not go on as a longer one.
bool tells_of(std::string_view text, std::string const& name) {
  for (auto at = text.find(name); at != std::string_view::npos; at = text.find(name, at + 1)) {
    auto const next = at + name.size() < text.size() ? text[at + name.size()] : ' ';
    if (!std::isalnum(static_cast<unsigned char>(next)) && next != '-' && next != '/' && next != '_')
      return true;
  }
  return false;
}

TEST(Api, every_route_of_ours_is_documented) {
  auto const text = text_of("docs/api.md");
  for (auto const& route : rest::routes()) {
    auto const ours = !route.pattern.starts_with("/fhir/") || route.pattern.contains('$');
    if (ours) {
      EXPECT_TRUE(tells_of(text, fmt::format("{} {}", route.method, route.pattern)))
          << "docs/api.md does not tell of `" << route.method << " " << route.pattern << "`";
    }
  }
}

TEST(Api, every_interaction_of_fhir_is_documented) {
  auto const text = text_of("docs/api.md");
  static std::map<Interaction, std::string> const names{{Interaction::Read, "read"},
                                                        {Interaction::VRead, "vread"},
                                                        {Interaction::History, "instance history"},
                                                        {Interaction::Search, "search"},
                                                        {Interaction::Create, "create"},
                                                        {Interaction::Update, "update"},
                                                        {Interaction::Delete, "delete"},
                                                        {Interaction::Batch, "batch"},
                                                        {Interaction::Capabilities, "metadata"}};
  for (auto const& route : rest::routes())
    if (route.pattern.starts_with("/fhir/") && !route.pattern.contains('$')) {
      auto const name = names.find(route.interaction);
      ASSERT_NE(name, names.end()) << route.method << " " << route.pattern;
      EXPECT_TRUE(tells_of(text.substr(0, text.find("## ")), name->second)) << name->second;
    }
}

TEST(Api, every_operation_has_a_definition) {
  std::set<std::string> defined, routed;
  for (auto const& definition : clinic::operation_definitions())
    defined.emplace(definition.text("code"));
  for (auto const& route : rest::routes())
    if (auto const name = rest::operation_of(route.pattern); !name.empty())
      routed.emplace(name);
  EXPECT_EQ(defined, routed);
}

// --- Permissions

struct Column {
  std::string_view name;
  auth::Principal who;
};

std::vector<Column> columns() {
  auto const patient = [](auth::Scope scope) {
    auth::Principal who;
    who.role = auth::Role::Patient;
    who.patient = "Patient/p";
    who.scope = scope;
    who.forms = {"intake"};
    return who;
  };
  auth::Principal owner, therapist;
  owner.role = auth::Role::Owner;
  return {{"owner", owner},
          {"therapist", therapist},
          {"patient", patient(auth::Scope::Portal)},
          {"form", patient(auth::Scope::Form)}};
}

/// The cells of the table's row that tells of the interaction, without blanks around them.
std::vector<std::string> cells_of(std::string const& text, Interaction interaction) {
  auto const begin = text.find("### Roles");
  auto const table = text.substr(begin, text.find("\n\n*Clinical types*", begin) - begin);
  std::string line;
  for (std::size_t at = 0; at < table.size(); at = table.find('\n', at) + 1) {
    line = table.substr(at, table.find('\n', at) - at);
    if (line.starts_with("| `") && line.substr(0, line.find('|', 2))
                                       .contains(fmt::format("`{}`", auth::interaction_name(interaction))))
      break;
    line.clear();
    if (table.find('\n', at) == std::string::npos)
      break;
  }
  std::vector<std::string> cells;
  while (line.size() > 2) {
    auto const end = line.find('|', 1);
    if (end == std::string::npos)
      break;
    cells.push_back(line.substr(2, end - 3));
    line = line.substr(end);
  }
  return cells;
}

std::set<std::string_view> allowed_types(auth::Principal const& who, Interaction interaction) {
  std::set<std::string_view> types;
  for (auto const* type : fhir::resource_types())
    if (rest::is_served(type->name) && auth::decide(who, interaction, type->name))
      types.insert(type->name);
  return types;
}

/// The types that a paragraph of the documentation names.
std::set<std::string_view> named_types(std::string_view paragraph) {
  std::set<std::string_view> types;
  for (auto const* type : fhir::resource_types())
    if (rest::is_served(type->name) && tells_of(paragraph, " " + std::string{type->name}))
      types.insert(type->name);
  return types;
}

/// The paragraph that begins so, as one line.
std::string paragraph(std::string_view text, std::string_view start) {
  auto const at = text.find(start);
  if (at == std::string_view::npos)
    return {};
  std::string out{text.substr(at, text.find("\n\n", at) - at)};
  std::ranges::replace(out, '\n', ' ');
  return out;
}

std::set<std::string_view> types_that_a_cell_means(std::string const& cell, std::string_view text) {
  std::set<std::string_view> all;
  for (auto const* type : fhir::resource_types())
    if (rest::is_served(type->name))
      all.insert(type->name);
  auto const without = [&](std::set<std::string_view> const& some) {
    std::set<std::string_view> rest;
    std::ranges::set_difference(all, some, std::inserter(rest, rest.begin()));
    return rest;
  };
  if (cell == "everything")
    return all;
  if (cell == "everything but AuditEvent")
    return without({"AuditEvent"});
  if (cell == "clinical types")
    return without(named_types(paragraph(text, "*Clinical types*")));
  if (cell == "their own") {
    auto const own = paragraph(text, "*Their own*");
    return named_types(std::string_view{own}.substr(0, own.find("The same holds")));
  }
  if (cell == "the forms handed over")
    return {"Questionnaire"};
  if (cell == "—")
    return {};
  return named_types(" " + cell);
}

TEST(Permissions, on_records_are_as_the_table_says) {
  auto text = text_of("docs/operating.md");
  for (auto const interaction :
       {Interaction::Read, Interaction::VRead, Interaction::History, Interaction::Search,
        Interaction::Create, Interaction::Update, Interaction::Delete}) {
    auto const cells = cells_of(text, interaction);
    ASSERT_EQ(cells.size(), 5U) << auth::interaction_name(interaction);
    for (std::size_t i = 0; auto const& [name, who] : columns()) {
      auto const& cell = cells[++i];
      EXPECT_EQ(allowed_types(who, interaction), types_that_a_cell_means(cell, text))
          << name << " " << auth::interaction_name(interaction) << ": " << cell;
    }
  }
}

TEST(Permissions, on_operations_are_as_the_table_says) {
  auto const text = text_of("docs/operating.md");
  for (auto const& route : rest::routes()) {
    auto const operation = std::string{rest::operation_of(route.pattern)};
    if (operation.empty())
      continue;
    auto const cells = cells_of(text, route.interaction);
    ASSERT_EQ(cells.size(), 5U) << auth::interaction_name(route.interaction);
    auto const type = route.pattern.contains("/Patient/") ? "Patient" : "";
    for (std::size_t i = 0; auto const& [name, who] : columns()) {
      auto const& cell = cells[++i];
      EXPECT_EQ(auth::decide(who, route.interaction, type, operation).has_value(),
                cell == "all" || tells_of(cell, "$" + operation))
          << name << " $" << operation << ": " << cell;
    }
  }
}

TEST(Permissions, on_everything_else_are_as_the_table_says) {
  auto const text = text_of("docs/operating.md");
  for (auto const interaction : auth::interactions()) {
    auto const cells = cells_of(text, interaction);
    ASSERT_EQ(cells.size(), 5U) << auth::interaction_name(interaction) << " is not in the table of roles";
    for (std::size_t i = 0; auto const& [name, who] : columns()) {
      auto const& cell = cells[++i];
      auto const may = auth::decide(who, interaction, {}).has_value();
      auto const what = fmt::format("{} {}: {}", name, auth::interaction_name(interaction), cell);
      if (cell == "open to all") {
        EXPECT_TRUE(auth::is_open(interaction)) << what;
      } else if (cell == "yes" || cell == "—") {
        EXPECT_EQ(may, cell == "yes") << what;
      }
    }
  }
}

TEST(Permissions, every_role_is_documented) {
  auto const text = text_of("docs/operating.md");
  for (auto const& column : columns())
    EXPECT_TRUE(tells_of(text, fmt::format("| {} ", column.name)) ||
                text.contains(fmt::format("| {} |", column.name)))
        << column.name;
  for (auto const role : {auth::Role::Owner, auth::Role::Therapist, auth::Role::Patient})
    EXPECT_TRUE(text.contains(fmt::format("`{}`", auth::role_name(role)))) << auth::role_name(role);
}

} // namespace
} // namespace tripsis
