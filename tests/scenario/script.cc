// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "script.hh"

#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>

namespace tripsis::test {
namespace {

constexpr std::array<std::string_view, 7> methods{"GET ",   "HEAD ",   "POST ",   "PUT ",
                                                  "PATCH ", "DELETE ", "OPTIONS "};

bool is_request(std::string_view line) {
  return std::ranges::any_of(methods, [&](auto method) { return line.starts_with(method); });
}

std::pair<std::string, std::string> split(std::string_view line, std::string_view separator) {
  auto const at = line.find(separator);
  if (at == std::string_view::npos)
    return {std::string{line}, {}};
  return {std::string{line.substr(0, at)}, std::string{line.substr(at + separator.size())}};
}

int number(std::string_view text) {
  int value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

/// Goes through the lines; each belongs to the request or, after "-->", to what is expected of its answer.
class Reader {
public:
  Result<std::vector<Scenario>> read(std::string_view text) {
    while (!text.empty()) {
      auto const end = std::min(text.find('\n'), text.size());
      auto const line = text.substr(0, end);
      text.remove_prefix(std::min(end + 1, text.size()));
      ++line_;
      if (!take(line))
        return fail(Fault::Structure, fmt::format("line {} is not of the format: {}", line_, line));
    }
    return std::move(scenarios_);
  }

private:
  enum class In : unsigned char { Between, Request, Body, Answer };

  bool take(std::string_view line) {
    if (in_ == In::Body && !line.starts_with("-->")) {
      step().body.append(step().body.empty() ? "" : "\n").append(line);
      return true;
    }
    if (line.empty() || line.starts_with('#'))
      return true;
    if (line.starts_with("scenario: "))
      return begin_scenario(line.substr(10));
    if (scenarios_.empty())
      return false;
    if (is_request(line))
      return begin_step(line);
    if (line.starts_with("as ") || line.starts_with("wait "))
      return prepare(line);
    if (line.starts_with("-->"))
      return expect_status(line.substr(3));
    return in_ == In::Request ? take_request(line) : in_ == In::Answer && take_expectation(line);
  }

  bool begin_scenario(std::string_view name) {
    scenarios_.push_back({std::string{name}, line_, {}});
    in_ = In::Between;
    as_ = "owner";
    wait_ = 0;
    return true;
  }

  bool prepare(std::string_view line) {
    auto const [word, value] = split(line, " ");
    if (word == "as") {
      as_ = value;
      return as_ == "owner" || as_ == "therapist" || as_ == "patient" || as_ == "nobody" ||
             as_ == "session";
    }
    wait_ += number(value) * (value.ends_with("h") ? 3600 : value.ends_with("min") ? 60 : 1);
    return wait_ > 0;
  }

  bool begin_step(std::string_view line) {
    auto const [method, target] = split(line, " ");
    Step step{.line = line_,
              .as = as_,
              .wait_seconds = std::exchange(wait_, 0),
              .method = method,
              .target = target};
    scenarios_.back().steps.push_back(std::move(step));
    in_ = In::Request;
    return true;
  }

  bool take_request(std::string_view line) {
    if (line.starts_with('{') || line.starts_with('[') || line.starts_with("body: ")) {
      in_ = In::Body;
      step().body = line.starts_with("body: ") ? line.substr(6) : line;
      return true;
    }
    step().headers.push_back(split(line, ": "));
    return line.contains(": ");
  }

  bool expect_status(std::string_view text) {
    if (in_ != In::Request && in_ != In::Body)
      return false;
    in_ = In::Answer;
    step().status = number(text.substr(text.find_first_not_of(' ')));
    return step().status >= 100;
  }

  bool take_expectation(std::string_view line) {
    if (line.starts_with("? "))
      step().conditions.emplace_back(line.substr(2));
    else if (line.starts_with("save "))
      step().saved.push_back(split(line.substr(5), " = "));
    else if (line.starts_with("body: "))
      step().texts.emplace_back(line.substr(6));
    else if (line.contains(": "))
      step().expected_headers.push_back(split(line, ": "));
    else
      return false;
    return true;
  }

  Step& step() { return scenarios_.back().steps.back(); }

  std::vector<Scenario> scenarios_;
  std::string as_ = "owner";
  int wait_ = 0;
  int line_ = 0;
  In in_ = In::Between;
};

} // namespace

Result<std::vector<Scenario>> parse_script(std::string_view text) {
  return Reader{}.read(text);
}

bool matches_pattern(std::string_view pattern, std::string_view text) {
  auto const star = pattern.find('*');
  if (star == std::string_view::npos)
    return pattern == text;
  if (!text.starts_with(pattern.substr(0, star)))
    return false;
  auto const rest = pattern.substr(star + 1);
  for (auto from = star; from <= text.size(); ++from)
    if (matches_pattern(rest, text.substr(from)))
      return true;
  return false;
}

} // namespace tripsis::test
