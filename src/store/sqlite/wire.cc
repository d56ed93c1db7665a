// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/wire.hh"

#include "base/json/parse.hh"
#include "fhir/date_time.hh"

namespace tripsis::store::sqlite {

namespace {

void add_member(json::Member const& member, std::string& out) {
  out += ',';
  json::write_string(member.name, out);
  out += ':';
  json::write(member.value, out);
}

} // namespace

std::string make_tail(json::Value const& resource) {
  std::string out;
  if (auto const* meta = resource.find("meta"); meta != nullptr && meta->is_object())
    for (auto const& member : meta->object())
      if (member.name != "versionId" && member.name != "lastUpdated")
        add_member(member, out);
  out += '}';
  if (resource.is_object())
    for (auto const& member : resource.object())
      if (member.name != "resourceType" && member.name != "id" && member.name != "meta")
        add_member(member, out);
  out += '}';
  return out;
}

std::string make_wire(Key const& key, std::uint64_t version, Instant updated, std::string_view tail) {
  std::string out;
  out.reserve(128 + key.type.size() + key.id.size() + tail.size());
  out.append(R"({"resourceType":")").append(key.type).append(R"(","id":)");
  json::write_string(key.id, out);
  out.append(R"(,"meta":{"versionId":")").append(std::to_string(version));
  out.append(R"(","lastUpdated":")").append(fhir::format_instant(updated)).append("\"").append(tail);
  return out;
}

} // namespace tripsis::store::sqlite
