// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "jobs/message.hh"

#include "base/base64.hh"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace tripsis::jobs {
namespace {

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool is_atom(char c) {
  return ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z') || ('0' <= c && c <= '9') ||
         std::string_view{"!#$%&'*+/=?^_`{|}~.-"}.contains(c);
}

bool is_host(char c) {
  return ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z') || ('0' <= c && c <= '9') || c == '.' || c == '-';
}

/// https://www.rfc-editor.org/rfc/rfc2047: words of at most 75 characters, cut between characters.
std::string encode_words(std::string_view text) {
  constexpr std::size_t longest = 42; // bytes, 56 characters of base64
  std::string out;
  while (!text.empty()) {
    auto end = std::min(longest, text.size());
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U)
      --end;
    out += fmt::format("{}=?utf-8?B?{}?=", out.empty() ? "" : "\r\n ",
                       base64_encode(text.substr(0, end), Base64::Standard));
    text.remove_prefix(end);
  }
  return out;
}

std::string subject_text(std::string_view text) {
  return is_ascii(text) && text.size() < 70 ? std::string{text} : encode_words(text);
}

/// A name before an address: quoted, or as encoded words.
std::string phrase(std::string_view name) {
  if (!is_ascii(name) || name.size() > 60)
    return encode_words(name);
  std::string out = "\"";
  for (char const c : name) {
    if (c == '"' || c == '\\')
      out += '\\';
    out += c;
  }
  return out + '"';
}

/// https://www.rfc-editor.org/rfc/rfc5322#section-3.3
std::string date_text(Instant at) {
  constexpr std::array<std::string_view, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  auto const day = std::chrono::floor<std::chrono::days>(at);
  std::chrono::year_month_day const date{day};
  std::chrono::hh_mm_ss const time{std::chrono::floor<std::chrono::seconds>(at - day)};
  return fmt::format("{}, {} {} {:04} {:02}:{:02}:{:02} +0000",
                     days.at(std::chrono::weekday{day}.c_encoding()), static_cast<unsigned>(date.day()),
                     months.at(static_cast<unsigned>(date.month()) - 1), static_cast<int>(date.year()),
                     time.hours().count(), time.minutes().count(), time.seconds().count());
}

std::string with_crlf(std::string_view text) {
  std::string out;
  for (char const c : text) {
    if (c == '\r')
      continue;
    out += c == '\n' ? "\r\n" : std::string{c};
  }
  return out;
}

/// ASCII goes as it is, so that a link stays whole; everything else as base64 in lines of 76.
std::string body_of(std::string_view text, std::string& encoding) {
  if (is_ascii(text)) {
    encoding = "7bit";
    return with_crlf(text);
  }
  encoding = "base64";
  constexpr std::size_t line = 76;
  auto const encoded = base64_encode(with_crlf(text), Base64::Standard);
  std::string out;
  for (std::size_t at = 0; at < encoded.size(); at += line)
    out += encoded.substr(at, line) + "\r\n";
  return out;
}

} // namespace

bool is_mail_address(std::string_view text) noexcept {
  auto const at = text.find('@');
  if (text.size() > 254 || at == std::string_view::npos || at == 0 || at > 64)
    return false;
  auto const local = text.substr(0, at);
  auto const host = text.substr(at + 1);
  auto const dots = [](std::string_view part) {
    return !part.empty() && part.front() != '.' && part.back() != '.' && !part.contains("..");
  };
  return dots(local) && dots(host) && std::ranges::all_of(local, is_atom) &&
         std::ranges::all_of(host, is_host);
}

Result<std::string> compose(Mail const& mail, Sender const& sender, Instant now, std::string_view id) {
  if (!is_mail_address(mail.to) || !is_mail_address(sender.address))
    return fail(Fault::Value, "an address is not of the form name@host.example");
  for (std::string_view const header : {std::string_view{mail.subject}, std::string_view{sender.name}, id})
    if (std::ranges::any_of(header, is_control))
      return fail(Fault::Value, "a header of the mail holds a control character");
  std::string encoding;
  auto const body = body_of(mail.text, encoding);
  auto const host = std::string_view{sender.address}.substr(sender.address.find('@') + 1);
  return fmt::format("Date: {}\r\nFrom: {} <{}>\r\nTo: <{}>\r\nSubject: {}\r\nMessage-ID: <{}@{}>\r\n"
                     "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
                     "Content-Transfer-Encoding: {}\r\nAuto-Submitted: auto-generated\r\n\r\n{}",
                     date_text(now), phrase(sender.name), sender.address, mail.to,
                     subject_text(mail.subject), id, host, encoding, body);
}

} // namespace tripsis::jobs
