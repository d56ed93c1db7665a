// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The table and the blob are made by tools/pack_ui.mjs at build time; without the web client
// (TRIPSIS_UI=OFF) the table is empty.
#include "http/ui_files.hh"

#include "base/base64.hh"
#include "rest/outcome.hh"

#include <algorithm>
#include <array>
#include <cstddef>

#include <fmt/format.h>

extern "C" char const tripsis_ui_blob[];

namespace tripsis::http {
namespace {

struct Slice {
  std::size_t at = 0, size = 0;
  std::string_view view() const { return {tripsis_ui_blob + at, size}; }
};

/// One file, with its compressed forms (empty where compression gains nothing).
struct UiFile {
  std::string_view path, media_type, etag;
  bool immutable; // its name holds a hash of its content
  Slice plain, brotli, gzip;
};

#include "ui_table.inc"

static_assert(std::ranges::is_sorted(ui_files, {}, &UiFile::path));

constexpr std::string_view page_path = "/index.html";
constexpr std::string_view nonce_mark = "__TRIPSIS_NONCE__";

UiFile const* find_file(std::string_view path) {
  auto const it = std::ranges::lower_bound(ui_files, path, {}, &UiFile::path);
  return it != std::end(ui_files) && it->path == path ? &*it : nullptr;
}

bool accepts(rest::Request const& request, std::string_view coding) {
  auto const list = request.header("Accept-Encoding");
  for (auto at = list.find(coding); at != std::string_view::npos; at = list.find(coding, at + 1)) {
    auto const rest = list.substr(at + coding.size());
    auto const starts = at == 0 || list[at - 1] == ' ' || list[at - 1] == ',';
    auto const refused =
        rest.starts_with(";q=0") && (rest.size() == 4 || rest[4] == ',' || rest.starts_with(";q=0.0"));
    if (starts && !refused &&
        (rest.empty() || rest.front() == ',' || rest.front() == ';' || rest.front() == ' '))
      return true;
  }
  return false;
}

void protect(rest::Response& response) {
  response.headers.emplace_back("X-Content-Type-Options", "nosniff");
  response.headers.emplace_back("Referrer-Policy", "no-referrer");
  response.headers.emplace_back("Cross-Origin-Opener-Policy", "same-origin");
  response.headers.emplace_back("Cross-Origin-Resource-Policy", "same-origin");
}

/// The page, with a nonce of its own for the styles that components make while they run.
rest::Response page_response(UiFile const& file, Random& random) {
  std::array<std::byte, 16> bytes{};
  random.fill(bytes);
  auto const nonce =
      base64_encode({reinterpret_cast<char const*>(bytes.data()), bytes.size()}, Base64::Standard);
  std::string body{file.plain.view()};
  for (auto at = body.find(nonce_mark); at != std::string::npos;
       at = body.find(nonce_mark, at + nonce.size()))
    body.replace(at, nonce_mark.size(), nonce);
  rest::Response response{.status = 200, .body = std::move(body)};
  response.headers.emplace_back("Content-Type", file.media_type);
  response.headers.emplace_back("Cache-Control", "no-store");
  response.headers.emplace_back("Content-Security-Policy",
                                fmt::format("default-src 'none'; script-src 'self'; style-src-elem 'self' "
                                            "'nonce-{}'; style-src-attr 'unsafe-inline'; "
                                            "img-src 'self' data: blob:; font-src 'self'; connect-src "
                                            "'self'; manifest-src 'self'; worker-src 'self'; "
                                            "base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
                                            nonce));
  response.headers.emplace_back("X-Frame-Options", "DENY");
  protect(response);
  return response;
}

rest::Response file_response(UiFile const& file, rest::Request const& request) {
  rest::Response response;
  response.headers.emplace_back("ETag", file.etag);
  response.headers.emplace_back("Cache-Control",
                                file.immutable ? "public, max-age=31536000, immutable" : "no-cache");
  response.headers.emplace_back("Vary", "Accept-Encoding");
  protect(response);
  if (request.header("If-None-Match").contains(file.etag)) {
    response.status = 304;
    return response;
  }
  response.headers.emplace_back("Content-Type", file.media_type);
  response.headers.emplace_back("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
  if (file.brotli.size > 0 && accepts(request, "br")) {
    response.headers.emplace_back("Content-Encoding", "br");
    response.constant = file.brotli.view();
  } else if (file.gzip.size > 0 && accepts(request, "gzip")) {
    response.headers.emplace_back("Content-Encoding", "gzip");
    response.constant = file.gzip.view();
  } else {
    response.constant = file.plain.view();
  }
  return response;
}

rest::Response refused(int status, Fault fault, std::string what) {
  auto response = rest::refuse(status, {fault, std::move(what)});
  protect(response);
  return response;
}

} // namespace

rest::Response ui_response(rest::Request const& request, std::string_view path, Random& random) {
  if (request.method != "GET" && request.method != "HEAD") {
    auto response = refused(405, Fault::NotSupported, "This address can only be read.");
    response.headers.emplace_back("Allow", "GET, HEAD");
    return response;
  }
  if (auto const* file = find_file(path); file != nullptr && file->path != page_path)
    return file_response(*file, request);
  auto const* page = find_file(page_path);
  auto const names_a_file = path.substr(path.rfind('/') + 1).contains('.') && path != page_path;
  if (page == nullptr)
    return refused(404, Fault::NotFound,
                   "This program was built without its web client; the API is at /fhir/R4.");
  if (names_a_file)
    return refused(404, Fault::NotFound, "There is no such file.");
  return page_response(*page, random);
}

} // namespace tripsis::http
