// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "base/json/parse.hh"

#include <algorithm>
#include <unordered_set>

#include <fmt/format.h>
#include <simdjson.h>

namespace tripsis::json {
namespace {

namespace ondemand = simdjson::ondemand;

bool is_space(char c) {
  return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/// Whether a member's name may be shown: an element's name, not something that somebody typed.
bool is_plain(std::string_view name) {
  return name.size() <= 64 && std::ranges::all_of(name, [](char c) {
           return ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z') || ('0' <= c && c <= '9') || c == '_';
         });
}

// -?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?   https://www.rfc-editor.org/rfc/rfc8259#section-6
bool is_number(std::string_view s) {
  std::size_t i = 0;
  auto const digits = [&] {
    auto const from = i;
    while (i < s.size() && '0' <= s[i] && s[i] <= '9')
      ++i;
    return i - from;
  };
  auto const take = [&](char c) { return i < s.size() && s[i] == c ? (++i, true) : false; };
  take('-');
  auto const start = i;
  auto const whole = digits();
  if (whole == 0 || (whole > 1 && s[start] == '0'))
    return false;
  if (take('.') && digits() == 0)
    return false;
  if (take('e') || take('E')) {
    if (!take('+'))
      take('-');
    if (digits() == 0)
      return false;
  }
  return i == s.size();
}

/// Whether two members have one name. Small objects are compared pairwise, large ones through a set.
bool has_repeated_name(Object const& members) {
  if (members.size() <= 16) {
    for (std::size_t i = 1; i < members.size(); ++i)
      for (std::size_t j = 0; j < i; ++j)
        if (members[i].name == members[j].name)
          return true;
    return false;
  }
  std::unordered_set<std::string_view> seen;
  return std::ranges::any_of(members, [&](Member const& m) { return !seen.insert(m.name).second; });
}

/// Turns what simdjson reads into Values. One use.
class Reader {
public:
  template <class Source>
  Result<Value> read(Source&& source,
                     int depth) { // NOLINT(cppcoreguidelines-missing-std-forward): a simdjson cursor
    ondemand::json_type type{};
    if (auto const error = source.type().get(type))
      return refuse(error);
    switch (type) {
    case ondemand::json_type::array: {
      ondemand::array items;
      if (auto const error = source.get_array().get(items))
        return refuse(error);
      return read_array(items, depth + 1);
    }
    case ondemand::json_type::object: {
      ondemand::object members;
      if (auto const error = source.get_object().get(members))
        return refuse(error);
      return read_object(members, depth + 1);
    }
    case ondemand::json_type::string: {
      std::string_view s;
      if (auto const error = source.get_string().get(s))
        return refuse(error);
      return Value{s};
    }
    case ondemand::json_type::boolean: {
      bool b{};
      if (auto const error = source.get_bool().get(b))
        return refuse(error);
      return Value{b};
    }
    case ondemand::json_type::null:
      if (!is_null(source))
        return refuse(simdjson::N_ATOM_ERROR);
      return Value{};
    case ondemand::json_type::number:
      return read_number(source);
    }
    return refuse(simdjson::TAPE_ERROR);
  }

private:
  template <class Source>
  static bool is_null(Source& source) {
    bool null = false;
    return source.is_null().get(null) == simdjson::SUCCESS && null;
  }
  static bool is_null(ondemand::document& source) { return source.is_null(); }

  template <class Source>
  static std::string_view token(Source& source) {
    std::string_view s;
    if (source.raw_json_token().get(s) != simdjson::SUCCESS)
      return {};
    return s;
  }
  static std::string_view token(ondemand::value& source) { return source.raw_json_token(); }

  template <class Source>
  Result<Value> read_number(Source& source) {
    auto lexeme = token(source);
    while (!lexeme.empty() && is_space(lexeme.back()))
      lexeme.remove_suffix(1);
    if (!is_number(lexeme))
      return refuse(simdjson::NUMBER_ERROR);
    std::string kept{lexeme};
    double ignored{};
    if (auto const error = source.get_double().get(ignored);
        error != simdjson::SUCCESS && error != simdjson::NUMBER_ERROR)
      return refuse(error); // NUMBER_ERROR: beyond a double, which is no fault of the text
    return Value{Number{std::move(kept)}};
  }

  Result<Value> read_array(ondemand::array& source, int depth) {
    if (depth > max_depth)
      return too_deep();
    Array items;
    for (auto item : source) {
      ondemand::value value;
      if (auto const error = std::move(item).get(value))
        return refuse(error);
      auto inner = read(value, depth);
      if (!inner) {
        auto& where = inner.error().where;
        where = fmt::format("[{}]{}{}", items.size(), where.empty() || where.starts_with('[') ? "" : ".",
                            where);
        return inner;
      }
      items.push_back(*std::move(inner));
    }
    return Value{std::move(items)};
  }

  Result<Value> read_object(ondemand::object& source, int depth) {
    if (depth > max_depth)
      return too_deep();
    Object members;
    for (auto field : source) {
      std::string_view name;
      if (auto const error = field.unescaped_key().get(name))
        return refuse(error);
      std::string kept{name};
      ondemand::value value;
      if (auto const error = field.value().get(value))
        return refuse(error);
      auto inner = read(value, depth);
      if (!inner) {
        auto& where = inner.error().where;
        auto const step = is_plain(kept) ? std::string_view{kept} : "?";
        where = fmt::format("{}{}{}", step, where.empty() || where.starts_with('[') ? "" : ".", where);
        return inner;
      }
      members.emplace_back(std::move(kept), *std::move(inner));
    }
    if (has_repeated_name(members))
      return fail(Fault::Structure,
                  "An object in this JSON names a member twice; each name may stand once.");
    return Value{std::move(members)};
  }

  static Result<Value> too_deep() {
    return fail(Fault::TooLong, fmt::format("This JSON is more than {} levels deep.", max_depth));
  }

  static Result<Value> refuse(simdjson::error_code error) {
    return fail(Fault::Structure,
                error == simdjson::NUMBER_ERROR
                    ? "A number in this JSON is not written as JSON asks (such as 12.50)."
                    : fmt::format("This is not valid JSON: {}", simdjson::error_message(error)));
  }
};

} // namespace

namespace {

/// A document that is an array or an object.
Result<Value> parse_container(std::string_view text) {
  thread_local ondemand::parser parser;
  thread_local std::string padded; // simdjson reads up to SIMDJSON_PADDING bytes past the end
  padded.assign(text);
  padded.reserve(text.size() + simdjson::SIMDJSON_PADDING);
  ondemand::document document;
  if (auto const error = parser.iterate(padded.data(), padded.size(), padded.capacity()).get(document))
    return fail(Fault::Structure,
                fmt::format("This is not valid JSON: {}", simdjson::error_message(error)));
  auto result = Reader{}.read(document, 0);
  char const* here = nullptr;
  auto const location = document.current_location().get(here);
  if (result && location != simdjson::OUT_OF_BOUNDS)
    result = fail(Fault::Structure, "There is something after the end of this JSON document.");
  if (!result && location == simdjson::SUCCESS)
    result.error().what += fmt::format(" The reader stopped at byte {}.", here - padded.data());
  if (padded.capacity() > 1U << 20U) { // one large body must not keep its memory for ever
    padded = {};
    parser = ondemand::parser{};
  }
  return result;
}

/// simdjson misjudges lone literals ("falsex" passes, "null " does not), but not the items of an array.
Result<Value> parse_scalar(std::string_view text) {
  auto list = TRY(parse_container(fmt::format("[{}]", text)));
  if (list.array().size() != 1)
    return fail(Fault::Structure, "There must be one value in this JSON document.");
  return std::move(list.array().front());
}

} // namespace

Result<Value> parse(std::string_view text) {
  auto const first = std::ranges::find_if_not(text, is_space);
  if (first == text.end())
    return fail(Fault::Structure, "There is no JSON here: the text is empty.");
  return *first == '{' || *first == '[' ? parse_container(text) : parse_scalar(text);
}

void write_string(std::string_view s, std::string& out) {
  out += '"';
  std::size_t from = 0; // the first byte not yet appended: runs of ordinary bytes are copied whole
  for (std::size_t i = 0; i < s.size(); ++i) {
    auto const c = static_cast<unsigned char>(s[i]);
    if (c >= 0x20 && c != '"' && c != '\\')
      continue;
    out.append(s, from, i - from);
    from = i + 1;
    switch (c) {
    case '"':
      out += "\\\"";
      break;
    case '\\':
      out += "\\\\";
      break;
    case '\n':
      out += "\\n";
      break;
    case '\r':
      out += "\\r";
      break;
    case '\t':
      out += "\\t";
      break;
    default:
      fmt::format_to(std::back_inserter(out), "\\u{:04x}", c);
    }
  }
  out.append(s, from, s.size() - from);
  out += '"';
}

void write(Value const& value, std::string& out) {
  switch (value.kind()) {
  case Kind::Null:
    out += "null";
    break;
  case Kind::Bool:
    out += value.boolean() ? "true" : "false";
    break;
  case Kind::Number:
    out += value.lexeme();
    break;
  case Kind::String:
    write_string(value.string(), out);
    break;
  case Kind::Array: {
    char separator = '[';
    for (auto const& item : value.array()) {
      out += separator;
      write(item, out);
      separator = ',';
    }
    out += separator == '[' ? "[]" : "]";
    break;
  }
  case Kind::Object: {
    char separator = '{';
    for (auto const& member : value.object()) {
      out += separator;
      write_string(member.name, out);
      out += ':';
      write(member.value, out);
      separator = ',';
    }
    out += separator == '{' ? "{}" : "}";
    break;
  }
  }
}

std::string write(Value const& value) {
  std::string out;
  write(value, out);
  return out;
}

namespace {

void write_indented(Value const& value, std::string& out, std::size_t level) {
  auto const open = [&](char bracket) { out += bracket; };
  auto const line = [&](std::size_t at) {
    out += '\n';
    out.append(2 * at, ' ');
  };
  if (value.is_array() && !value.array().empty()) {
    open('[');
    for (bool first = true; auto const& item : value.array()) {
      out += std::exchange(first, false) ? "" : ",";
      line(level + 1);
      write_indented(item, out, level + 1);
    }
    line(level);
    out += ']';
  } else if (value.is_object() && !value.object().empty()) {
    open('{');
    for (bool first = true; auto const& member : value.object()) {
      out += std::exchange(first, false) ? "" : ",";
      line(level + 1);
      write_string(member.name, out);
      out += ": ";
      write_indented(member.value, out, level + 1);
    }
    line(level);
    out += '}';
  } else {
    write(value, out);
  }
}

} // namespace

std::string write_indented(Value const& value) {
  std::string out;
  write_indented(value, out, 0);
  return out;
}

} // namespace tripsis::json
