// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A store in a folder of its own, and short ways to write to it.
#pragma once

#include "base/json/parse.hh"
#include "store/store.hh"

#include <filesystem>

#include <gtest/gtest.h>

namespace tripsis::store {

inline Instant at(std::int64_t milliseconds) {
  return Instant{std::chrono::milliseconds{milliseconds}};
}

constexpr std::int64_t noon = 1'795'000'000'000; // 2026-11-18T11:06:40Z

inline json::Value parsed(std::string_view text) {
  auto value = json::parse(text);
  if (!value)
    throw std::runtime_error{"a test's JSON does not parse: " + value.error().what};
  return *std::move(value);
}

inline Change put(std::string_view text) {
  auto resource = parsed(text);
  return {
      .method = Method::Update,
      .key = {.type = std::string{resource.text("resourceType")}, .id = std::string{resource.text("id")}},
      .resource = resource};
}

inline Change remove(std::string type, std::string id) {
  return {.method = Method::Delete, .key = {.type = std::move(type), .id = std::move(id)}};
}

class StoreTest : public testing::Test {
protected:
  void SetUp() override {
    folder = std::filesystem::temp_directory_path() /
             fmt::format("tripsis-store-{}-{}", ::getpid(),
                         testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::remove_all(folder);
    open();
  }
  void TearDown() override {
    store.reset();
    std::filesystem::remove_all(folder);
  }
  void open(std::vector<WriteRule> rules = {}) {
    store.reset();
    store = open_sqlite(folder, std::move(rules));
  }

  template <class... C>
  Result<std::vector<Written>> write(C... changes) {
    return store->write({.changes = {std::move(changes)...}, .now = at(now)});
  }
  Result<std::vector<Written>> write_import(Change change) {
    return store->write({.changes = {std::move(change)}, .origin = Origin::Import, .now = at(now)});
  }
  Result<Version> read(std::string type, std::string id) {
    Result<Version> found;
    store->read({}, [&](ReadTx& tx) { found = tx.read({type, id}); });
    return found;
  }
  Result<Page> search(std::string type, std::vector<std::pair<std::string, std::string>> parameters,
                      AccessFilter filter = {}) {
    Result<Page> page;
    auto query = parse_query(type, parameters, Unknown::Refuse);
    if (!query)
      return std::unexpected{query.error()};
    store->read(filter, [&](ReadTx& tx) { page = tx.search(*query); });
    return page;
  }

  std::string folder;
  std::unique_ptr<Store> store;
  std::int64_t now = noon;
};

} // namespace tripsis::store
