// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "store/index/search_path.hh"

namespace tripsis::store::index {

namespace {

/// One branch of a union, taken apart. The forms, P being names with dots between them:
///   P   (P as T)   (P as T).P   P.as(T)   P.where(resolve() is T)   P.where(name='constant')
///   P.where(name='constant').P
struct Branch {
  std::vector<std::string_view> names; ///< The resource type first
  std::size_t condition_after = 0;     ///< How many names stand before the condition
  std::string_view as_type, target, member, constant;
};

bool is_name(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z') || ('0' <= c && c <= '9');
  });
}

bool add_names(std::string_view path, std::vector<std::string_view>& names) {
  while (true) {
    auto const dot = path.find('.');
    auto const name = path.substr(0, dot);
    if (!is_name(name))
      return false;
    names.push_back(name);
    if (dot == std::string_view::npos)
      return true;
    path.remove_prefix(dot + 1);
  }
}

/// Whether `text` is begin + something + end; then `inner` is the something.
bool enclosed(std::string_view text, std::string_view begin, std::string_view end,
              std::string_view& inner) {
  if (!text.starts_with(begin) || !text.ends_with(end) || text.size() <= begin.size() + end.size())
    return false;
  inner = text.substr(begin.size(), text.size() - begin.size() - end.size());
  return true;
}

bool parse_condition(std::string_view condition, Branch& branch) {
  std::string_view inner;
  if (enclosed(condition, "as(", ")", inner))
    return is_name(branch.as_type = inner);
  if (enclosed(condition, "where(resolve() is ", ")", inner))
    return is_name(branch.target = inner);
  if (!enclosed(condition, "where(", "')", inner))
    return false;
  auto const equals = inner.find("='");
  if (equals == std::string_view::npos)
    return false;
  branch.member = inner.substr(0, equals);
  branch.constant = inner.substr(equals + 2);
  return is_name(branch.member) && branch.constant.find('\'') == std::string_view::npos;
}

std::optional<Branch> parse_branch(std::string_view text) {
  Branch branch;
  auto const open = text.find('(');
  if (open == std::string_view::npos)
    return add_names(text, branch.names) ? std::optional{branch} : std::nullopt;
  auto const close = text.rfind(')');
  if (close == std::string_view::npos)
    return std::nullopt;
  bool good = false;
  if (open == 0) { // (P as T)
    auto const inside = text.substr(1, close - 1);
    auto const as = inside.find(" as ");
    good = as != std::string_view::npos && add_names(inside.substr(0, as), branch.names) &&
           is_name(branch.as_type = inside.substr(as + 4));
  } else { // P.condition(…)
    auto const dot = text.rfind('.', open);
    good = dot != std::string_view::npos && add_names(text.substr(0, dot), branch.names) &&
           parse_condition(text.substr(dot + 1, close - dot), branch);
  }
  branch.condition_after = branch.names.size();
  auto const rest = text.substr(close + 1);
  if (good && !rest.empty())
    good = rest.front() == '.' && add_names(rest.substr(1), branch.names);
  return good ? std::optional{branch} : std::nullopt;
}

/// The steps for names[at …] from an element of type `from`. False where there is no such element.
bool add_steps(Branch const& branch, std::size_t at, std::string_view from,
               std::vector<SearchPath::Step>& steps) {
  auto const* type = fhir::find_type(from);
  auto const* element = type != nullptr ? type->find(branch.names[at]) : nullptr;
  if (element == nullptr)
    return false;
  bool const has_condition = at + 1 == branch.condition_after;
  bool any = false;
  for (std::size_t i = 0; i < element->types.size(); ++i) {
    auto const code = element->types[i].code;
    if (has_condition && !branch.as_type.empty() && !fhir::is_a(code, branch.as_type))
      continue;
    SearchPath::Step step{.json_name = element->json_names[element->json_names.size() > 1 ? i : 0],
                          .type = code};
    if (has_condition) {
      step.member = branch.member;
      step.constant = branch.constant;
      step.target = branch.target;
    }
    if (at + 1 < branch.names.size() && !add_steps(branch, at + 1, code, step.next))
      continue;
    steps.push_back(std::move(step));
    any = true;
  }
  return any;
}

void follow(json::Value const& parent, SearchPath::Step const& step, std::vector<Found>& found);

void arrive(json::Value const& value, SearchPath::Step const& step, std::vector<Found>& found) {
  if (!step.member.empty() && value.text(step.member) != step.constant)
    return;
  if (!step.target.empty() && target_type(value) != step.target)
    return;
  if (step.next.empty() && !value.is_null())
    found.push_back({&value, step.type});
  for (auto const& next : step.next)
    follow(value, next, found);
}

void follow(json::Value const& parent, SearchPath::Step const& step, std::vector<Found>& found) {
  auto const* child = parent.find(step.json_name);
  if (child == nullptr)
    return;
  if (!child->is_array())
    return arrive(*child, step, found);
  for (auto const& item : child->array())
    arrive(item, step, found);
}

} // namespace

std::optional<SearchPath> SearchPath::compile(std::string_view expression) {
  SearchPath path;
  while (!expression.empty()) {
    auto const bar = expression.find(" | ");
    auto const branch = parse_branch(expression.substr(0, bar));
    if (!branch || branch->names.size() < 2 || !add_steps(*branch, 1, branch->names.front(), path.steps_))
      return std::nullopt;
    expression.remove_prefix(bar == std::string_view::npos ? expression.size() : bar + 3);
  }
  return path;
}

void SearchPath::walk(json::Value const& resource, std::vector<Found>& found) const {
  for (auto const& step : steps_)
    follow(resource, step, found);
}

std::string_view target_type(json::Value const& reference) {
  auto const text =
      reference.is_string() ? std::string_view{reference.string()} : reference.text("reference");
  if (auto const type = reference.text("type"); !type.empty())
    return type;
  auto path = text.substr(0, text.find("/_history/"));
  auto const last = path.rfind('/');
  if (last == std::string_view::npos)
    return {};
  path = path.substr(0, last);
  auto const type = path.substr(path.rfind('/') + 1); // npos + 1 is 0: the whole
  return fhir::is_resource_type(type) ? type : std::string_view{};
}

} // namespace tripsis::store::index
