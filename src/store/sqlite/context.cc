// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/context.hh"

#include "base/json/parse.hh"
#include "store/sqlite/wire.hh"

#include <stdexcept>

namespace tripsis::store::sqlite {

std::string wire_of(Context const& context, Key const& key, std::uint64_t version, Instant updated,
                    std::string_view body) {
  return make_wire(key, version, updated, context.codec.decode(body));
}

json::Value document_of(Context const& context, Key const& key, std::uint64_t version, Instant updated,
                        std::string_view body) {
  auto parsed = json::parse(wire_of(context, key, version, updated, body));
  if (!parsed)
    throw std::runtime_error{"a stored resource is not JSON"};
  return *std::move(parsed);
}

} // namespace tripsis::store::sqlite
