// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What stands in a body column. The first byte says how the rest is to be read: 0 as it is; 1 zstd; 2 to
// 255 zstd with the dictionary of that number, which was trained from the practice's own resources and
// stands in the truth's table meta. A dictionary takes a resource of 1.1 KB from 600 to 200 bytes and makes
// both directions faster.
#pragma once

#include <array>
#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tripsis::store::sqlite {

/// Thread-safe. Dictionaries are only ever added.
class BodyCodec {
public:
  static constexpr int first_dictionary = 2;
  static constexpr int last_dictionary = 255;

  BodyCodec();
  ~BodyCodec();

  /// The body of a tail, with the newest dictionary.
  std::string encode(std::string_view tail) const;
  /// The tail of a body. Throws std::runtime_error where it cannot be read: the file is damaged.
  std::string decode(std::string_view body) const;
  /// The same for who looks for damage.
  std::optional<std::string> try_decode(std::string_view body) const;

  /// From now on `encode` may use it: it must have been made durable before.
  void add_dictionary(int number, std::string_view bytes);
  /// 0 while there is none.
  int newest() const noexcept { return newest_.load(std::memory_order_acquire); }

  /// A dictionary from samples of tails; empty where they do not suffice. Takes some 0.4 s of processor
  /// time.
  static std::string train(std::vector<std::string> const& tails);

private:
  struct Dictionary;
  std::mutex adding_;
  std::array<std::unique_ptr<Dictionary const>, last_dictionary + 1> owned_;
  std::array<std::atomic<Dictionary const*>, last_dictionary + 1> dictionaries_{};
  std::atomic<int> newest_{0};
};

} // namespace tripsis::store::sqlite
