// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Bundles made by joining texts: a stored resource is never parsed to be sent.
#pragma once

#include "base/json/value.hh"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tripsis::rest {

/// Appends to a text; finish() hands it over. Lives on one thread.
class BundleWriter {
public:
  explicit BundleWriter(std::string_view type);
  BundleWriter& total(std::uint64_t total);
  BundleWriter& link(std::string_view relation, std::string_view url); ///< Before the first entry

  /// Starts an entry; the members follow. A resource is JSON text, or empty for none.
  BundleWriter& entry(std::string_view full_url, std::string_view resource);
  /// A member of the entry, as JSON text or as a value.
  BundleWriter& member_text(std::string_view name, std::string_view value);
  BundleWriter& member(std::string_view name, json::Value const& value);

  std::string finish();

private:
  enum class In : unsigned char { Head, Links, Entries };
  void leave_links();
  void separate();

  std::string text_;
  In in_ = In::Head;
  bool entry_has_members_ = false;
};

} // namespace tripsis::rest
