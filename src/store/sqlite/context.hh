// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What every part of an open store needs to read its files. Made when the store is opened; thread-safe.
#pragma once

#include "store/index/extract.hh"
#include "store/sqlite/truth.hh"

namespace tripsis::store::sqlite {

struct Context {
  Context(Database& truth, TimeZone zone)
      : types{truth}, secrets{ensure_secrets(truth)}, extractor{secrets.seed, zone} {
    load_dictionaries(truth, codec);
  }
  TypeNumbers types;
  Secrets secrets;
  BodyCodec codec;
  index::Extractor extractor;
};

/// The text of a row's body, as on the wire.
std::string wire_of(Context const& context, Key const& key, std::uint64_t version, Instant updated,
                    std::string_view body);
/// The same as a document. Throws where it does not parse: the file is damaged.
json::Value document_of(Context const& context, Key const& key, std::uint64_t version, Instant updated,
                        std::string_view body);

} // namespace tripsis::store::sqlite
