// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "base/json/value.hh"

#include <algorithm>

namespace tripsis::json {

Value const* Value::find(std::string_view name) const noexcept {
  auto const* members = std::get_if<Object>(&data_);
  if (members == nullptr)
    return nullptr;
  for (auto const& member : *members)
    if (member.name == name)
      return &member.value;
  return nullptr;
}

Value* Value::find(std::string_view name) noexcept {
  return const_cast<Value*>(std::as_const(*this).find(name));
}

std::string_view Value::text(std::string_view name) const noexcept {
  auto const* found = find(name);
  auto const* s = found != nullptr ? std::get_if<std::string>(&found->data_) : nullptr;
  return s != nullptr ? std::string_view{*s} : std::string_view{};
}

Array const& Value::items(std::string_view name) const noexcept {
  static Array const none;
  auto const* found = find(name);
  auto const* a = found != nullptr ? std::get_if<Array>(&found->data_) : nullptr;
  return a != nullptr ? *a : none;
}

Value const* Value::at(std::initializer_list<std::string_view> names) const noexcept {
  auto const* here = this;
  for (auto const name : names) {
    if (here->is_array())
      here = here->array().empty() ? nullptr : &here->array().front();
    here = here != nullptr ? here->find(name) : nullptr;
    if (here == nullptr)
      return nullptr;
  }
  return here;
}

Value& Value::operator[](std::string_view name) {
  if (is_null())
    data_ = Object{};
  if (auto* found = find(name))
    return *found;
  return object().emplace_back(std::string{name}, Value{}).value;
}

Value& Value::set(std::string_view name, Value value) {
  (*this)[name] = std::move(value);
  return *this;
}

Value& Value::push(std::string_view name, Value value) {
  auto& list = (*this)[name];
  if (list.is_null())
    list = Array{};
  list.array().push_back(std::move(value));
  return *this;
}

bool Value::erase(std::string_view name) {
  return is_object() && std::erase_if(object(), [&](Member const& m) { return m.name == name; }) > 0;
}

bool operator==(Value const& a, Value const& b) {
  if (!a.is_object() || !b.is_object())
    return a.data_ == b.data_;
  return a.object().size() == b.object().size() && std::ranges::all_of(a.object(), [&](Member const& m) {
           auto const* other = b.find(m.name);
           return other != nullptr && *other == m.value;
         });
}

Value object(std::initializer_list<std::pair<std::string_view, Value>> members) {
  Object result;
  result.reserve(members.size());
  for (auto const& [name, value] : members)
    result.emplace_back(std::string{name}, value);
  return Value{std::move(result)};
}

Value array(std::initializer_list<Value> items) {
  return Value{Array{items}};
}

} // namespace tripsis::json
