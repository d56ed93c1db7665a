// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The only file with libcurl.
#include "jobs/smtp.hh"

#include "base/uuid.hh"

#include <algorithm>
#include <cstring>
#include <curl/curl.h>
#include <memory>
#include <stdexcept>

#include <fmt/format.h>

namespace tripsis::jobs {
namespace {

constexpr long connect_seconds = 15;
constexpr long whole_seconds = 60;

struct FreeHandle {
  void operator()(CURL* handle) const noexcept { curl_easy_cleanup(handle); }
};
struct FreeList {
  void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
};

/// What is still to be sent of a message.
std::size_t read_part(char* out, std::size_t size, std::size_t count, void* data) {
  auto& left = *static_cast<std::string_view*>(data);
  auto const taken = std::min(size * count, left.size());
  std::memcpy(out, left.data(), taken);
  left.remove_prefix(taken);
  return taken;
}

std::string_view host_of(std::string_view url) {
  url.remove_prefix(url.find("://") + 3);
  if (url.starts_with('['))
    return url.substr(0, url.find(']') + 1);
  return url.substr(0, url.find(':'));
}

void set(CURL* handle, CURLoption option, auto value) {
  if (curl_easy_setopt(handle, option, value) != CURLE_OK)
    throw std::runtime_error{"libcurl does not take an option; is it built with SMTP?"};
}

void set_server(CURL* handle, SmtpServer const& server) {
  set(handle, CURLOPT_URL, server.url.c_str());
  set(handle, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  set(handle, CURLOPT_PROXY, ""); // mail goes straight to the server that was named
  set(handle, CURLOPT_NOSIGNAL, 1L);
  set(handle, CURLOPT_CONNECTTIMEOUT, connect_seconds);
  set(handle, CURLOPT_TIMEOUT, whole_seconds);
  if (!is_loopback(server.url))
    set(handle, CURLOPT_USE_SSL, static_cast<long>(CURLUSESSL_ALL));
  if (!server.user.empty()) {
    set(handle, CURLOPT_USERNAME, server.user.c_str());
    set(handle, CURLOPT_PASSWORD, server.password.c_str());
  }
}

/// The server's word for good on one address or message; on everything else it may think better of it.
bool is_final(long code) {
  return code >= 550 && code <= 559;
}

} // namespace

Result<std::string> parse_smtp(std::string_view text) {
  std::string url{text};
  if (!text.contains("://"))
    url = "smtp://" + url;
  auto const plain = std::ranges::all_of(url, [](char c) {
    return ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z') || ('0' <= c && c <= '9') ||
           std::string_view{".-:/[]"}.contains(c);
  });
  if (!plain || (!url.starts_with("smtp://") && !url.starts_with("smtps://")) || host_of(url).empty())
    return fail(Fault::Value, "must be HOST:PORT, or an address that begins with smtp:// or smtps://");
  return url;
}

bool is_loopback(std::string_view url) noexcept {
  auto const host = host_of(url);
  return host == "localhost" || host == "[::1]" ||
         (host.starts_with("127.") && host.find_first_not_of("0123456789.") == std::string_view::npos);
}

SmtpMailer::SmtpMailer(SmtpServer server, Sender sender, Clock const& clock, Random& random)
    : server_{std::move(server)}, sender_{std::move(sender)}, clock_{clock}, random_{random} {
  static auto const started = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (started != CURLE_OK)
    throw std::runtime_error{"libcurl cannot be started"};
}

Result<> SmtpMailer::send(Mail const& mail) {
  auto const now = clock_.now();
  auto const text = TRY(compose(mail, sender_, now, Uuid::v7(now, random_).text()));
  std::unique_ptr<CURL, FreeHandle> const handle{curl_easy_init()};
  std::unique_ptr<curl_slist, FreeList> const to{
      curl_slist_append(nullptr, fmt::format("<{}>", mail.to).c_str())};
  if (!handle || !to)
    throw std::runtime_error{"libcurl has no memory"};
  set_server(handle.get(), server_);
  auto const from = fmt::format("<{}>", sender_.address);
  set(handle.get(), CURLOPT_MAIL_FROM, from.c_str());
  set(handle.get(), CURLOPT_MAIL_RCPT, to.get());
  std::string_view left = text;
  set(handle.get(), CURLOPT_READFUNCTION, &read_part);
  set(handle.get(), CURLOPT_READDATA, static_cast<void*>(&left));
  set(handle.get(), CURLOPT_UPLOAD, 1L);
  auto const code = curl_easy_perform(handle.get());
  if (code == CURLE_OK)
    return {};
  long answer = 0;
  curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &answer);
  return fail(is_final(answer) ? Fault::Value : Fault::Transient,
              fmt::format("the mail server did not take a mail: {} (its last answer: {})",
                          curl_easy_strerror(code), answer));
}

} // namespace tripsis::jobs
