// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "rest/message.hh"

#include <algorithm>

namespace tripsis::rest {
namespace {

constexpr char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

} // namespace

bool same_ignoring_case(std::string_view a, std::string_view b) noexcept {
  return a.size() == b.size() && std::ranges::equal(a, b, {}, lower, lower);
}

std::string_view Request::header(std::string_view name) const noexcept {
  for (auto const& [key, value] : headers)
    if (same_ignoring_case(key, name))
      return value;
  return {};
}

bool Request::has_header(std::string_view name) const noexcept {
  return std::ranges::any_of(headers,
                             [&](auto const& header) { return same_ignoring_case(header.first, name); });
}

std::string_view Response::header(std::string_view name) const noexcept {
  for (auto const& [key, value] : headers)
    if (same_ignoring_case(key, name))
      return value;
  return {};
}

void Response::set_header(std::string_view name, std::string value) {
  for (auto& [key, present] : headers)
    if (same_ignoring_case(key, name)) {
      present = std::move(value);
      return;
    }
  headers.emplace_back(name, std::move(value));
}

} // namespace tripsis::rest
