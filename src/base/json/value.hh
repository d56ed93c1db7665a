// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A JSON document as a tree of values.
//
// FHIR asks that 2.10 come back as 2.10, and no JSON library keeps a number's written form. So a
// number here is its lexeme, an object keeps the order of its members, and what was parsed and not
// touched is written again as it was, white space aside. simdjson does the reading (parse.hh).
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace tripsis::json {

class Value;

/// The written form of a number, as JSON's grammar has it (https://www.rfc-editor.org/rfc/rfc8259#section-6).
struct Number {
  std::string lexeme;
  friend bool operator==(Number const&, Number const&) = default; ///< Sameness of spelling: 1.0 is not 1.00.
};

using Array = std::vector<Value>;

struct Member;

/// Members in the order in which they were written. Names are unique (the parser refuses repeats).
using Object = std::vector<Member>;

enum class Kind : unsigned char { Null, Bool, Number, String, Array, Object };

/// A value type: copies are deep. Not synchronised; const access from many threads is safe.
class Value {
public:
  Value() noexcept; ///< null
  explicit Value(bool b) noexcept;
  Value(Number n) noexcept;
  Value(std::string s) noexcept;
  Value(std::string_view s);
  Value(char const* s);
  Value(Array a) noexcept;
  Value(Object o) noexcept;
  Value(Value const&);
  Value(Value&&) noexcept;
  Value& operator=(Value const&);
  Value& operator=(Value&&) noexcept;
  ~Value();
  static Value integer(std::int64_t n) { return Value{Number{std::to_string(n)}}; }

  Kind kind() const noexcept { return static_cast<Kind>(data_.index()); }
  bool is_null() const noexcept { return kind() == Kind::Null; }
  bool is_bool() const noexcept { return kind() == Kind::Bool; }
  bool is_number() const noexcept { return kind() == Kind::Number; }
  bool is_string() const noexcept { return kind() == Kind::String; }
  bool is_array() const noexcept { return kind() == Kind::Array; }
  bool is_object() const noexcept { return kind() == Kind::Object; }

  /// The content; the kind must have been asked before (throws std::bad_variant_access otherwise).
  bool boolean() const { return std::get<bool>(data_); }
  std::string const& lexeme() const { return std::get<Number>(data_).lexeme; }
  std::string const& string() const { return std::get<std::string>(data_); }
  std::string& string() { return std::get<std::string>(data_); }
  Array const& array() const { return std::get<Array>(data_); }
  Array& array() { return std::get<Array>(data_); }
  Object const& object() const { return std::get<Object>(data_); }
  Object& object() { return std::get<Object>(data_); }

  /// The member of that name, or nullptr where there is none or this is not an object.
  Value const* find(std::string_view name) const noexcept;
  Value* find(std::string_view name) noexcept;

  /// The member's string, or "" where there is no such string. For reading what validation has passed.
  std::string_view text(std::string_view name) const noexcept;
  /// The member's items; an empty list where there is no such array.
  Array const& items(std::string_view name) const noexcept;
  /// What is found by walking member names; an array on the way stands for its first item. nullptr where the way ends.
  Value const* at(std::initializer_list<std::string_view> names) const noexcept;

  /// The member of that name, added at the end (as null) where it is absent. Turns null into an object.
  Value& operator[](std::string_view name);
  /// Sets or adds a member; returns *this, so that resources can be composed in one expression.
  Value& set(std::string_view name, Value value);
  /// Appends to the array `name`, which is made where it is absent.
  Value& push(std::string_view name, Value value);
  /// Removes the member where it is there; says whether it was.
  bool erase(std::string_view name);

  friend bool operator==(Value const&, Value const&); ///< Order of members does not matter; spelling of numbers does.

private:
  std::variant<std::monostate, bool, Number, std::string, Array, Object> data_;
};

/// One member of an object.
struct Member {
  std::string name;
  Value value;
  friend bool operator==(Member const&, Member const&) = default;
};

// Only here is Member complete, without which a Value cannot be made, moved or destroyed.
inline Value::Value() noexcept = default;
inline Value::Value(bool b) noexcept : data_{b} {}
inline Value::Value(Number n) noexcept : data_{std::move(n)} {}
inline Value::Value(std::string s) noexcept : data_{std::move(s)} {}
inline Value::Value(std::string_view s) : data_{std::string{s}} {}
inline Value::Value(char const* s) : data_{std::string{s}} {}
inline Value::Value(Array a) noexcept : data_{std::move(a)} {}
inline Value::Value(Object o) noexcept : data_{std::move(o)} {}
inline Value::Value(Value const&) = default;
inline Value::Value(Value&&) noexcept = default;
inline Value& Value::operator=(Value const&) = default;
inline Value& Value::operator=(Value&&) noexcept = default;
inline Value::~Value() = default;

/// An object from its members: object({{"resourceType", "Patient"}, {"active", Value{true}}}).
Value object(std::initializer_list<std::pair<std::string_view, Value>> members);
/// An array from its items.
Value array(std::initializer_list<Value> items);

} // namespace tripsis::json
