// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The small elements that resources of ours are made of.
#pragma once

#include "base/json/value.hh"

namespace tripsis::clinic {

inline json::Value coding(std::string_view system, std::string_view code, std::string_view display) {
  return json::object({{"system", system}, {"code", code}, {"display", display}});
}

/// A CodeableConcept of one Coding.
inline json::Value concept_of(json::Value one) {
  return json::object({{"coding", json::array({std::move(one)})}});
}

/// An Extension with a value, also one within another.
inline json::Value part(std::string_view url, std::string_view element, json::Value value) {
  return json::object({{"url", url}, {element, std::move(value)}});
}

/// The name of what has that id, or the id where nothing has.
template <class Items>
std::string_view name_in(Items const& items, std::string_view id) {
  for (auto const& item : items)
    if (item.id == id)
      return item.name;
  return id;
}

} // namespace tripsis::clinic
