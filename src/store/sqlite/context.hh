// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What every part of an open store needs to read its files. Made when the store is opened; thread-safe.
#pragma once

#include "store/sqlite/truth.hh"

namespace tripsis::store::sqlite {

struct Context {
  explicit Context(Database& truth) : types{truth}, secrets{ensure_secrets(truth)} {
    load_dictionaries(truth, codec);
  }
  TypeNumbers types;
  Secrets secrets;
  BodyCodec codec;
};

} // namespace tripsis::store::sqlite
