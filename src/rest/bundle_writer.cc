// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "rest/bundle_writer.hh"

#include "base/json/parse.hh"

#include <fmt/format.h>

namespace tripsis::rest {

BundleWriter::BundleWriter(std::string_view type)
    : text_{fmt::format(R"({{"resourceType":"Bundle","type":"{}")", type)} {}

BundleWriter& BundleWriter::total(std::uint64_t total) {
  fmt::format_to(std::back_inserter(text_), R"(,"total":{})", total);
  return *this;
}

BundleWriter& BundleWriter::link(std::string_view relation, std::string_view url) {
  text_ += in_ == In::Head ? R"(,"link":[)" : ",";
  in_ = In::Links;
  fmt::format_to(std::back_inserter(text_), R"({{"relation":"{}","url":)", relation);
  json::write_string(url, text_);
  text_ += '}';
  return *this;
}

void BundleWriter::leave_links() {
  if (in_ == In::Links)
    text_ += ']';
}

void BundleWriter::separate() {
  if (entry_has_members_)
    text_ += ',';
  entry_has_members_ = true;
}

BundleWriter& BundleWriter::entry(std::string_view full_url, std::string_view resource) {
  if (in_ == In::Entries) {
    text_ += "},{";
  } else {
    leave_links();
    text_ += R"(,"entry":[{)";
    in_ = In::Entries;
  }
  entry_has_members_ = false;
  if (!full_url.empty()) {
    separate();
    text_ += R"("fullUrl":)";
    json::write_string(full_url, text_);
  }
  if (!resource.empty())
    member_text("resource", resource);
  return *this;
}

BundleWriter& BundleWriter::member_text(std::string_view name, std::string_view value) {
  separate();
  text_.append("\"").append(name).append("\":").append(value);
  return *this;
}

BundleWriter& BundleWriter::member(std::string_view name, json::Value const& value) {
  return member_text(name, json::write(value));
}

std::string BundleWriter::finish() {
  if (in_ == In::Entries)
    text_ += "}]";
  else
    leave_links();
  text_ += '}';
  return std::move(text_);
}

} // namespace tripsis::rest
