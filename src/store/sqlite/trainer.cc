// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/trainer.hh"

#include "base/log.hh"

namespace tripsis::store::sqlite {

namespace {

constexpr std::int64_t first_training = 2'000;
constexpr std::int64_t growth = 10;
constexpr std::int64_t samples = 3'000;
constexpr std::size_t longest_sample = 16 * 1024;

/// How many resources the dictionary after this one waits for.
std::int64_t due(int newest) {
  auto at = first_training;
  for (int number = BodyCodec::first_dictionary; number <= newest; ++number)
    at *= growth;
  return at;
}

} // namespace

void Trainer::consider(std::int64_t resources, Offer const& offer) {
  auto const newest = context_.codec.newest();
  if (newest == attempted_ || resources < due(newest))
    return;
  attempted_ = newest;
  thread_ = std::jthread{[this, resources, offer] {
    try {
      train(resources, offer);
    } catch (std::exception const& broken) { // Without a dictionary everything works, in more space.
      log::error("store", fmt::format("no dictionary was trained: {}", broken.what()));
    }
  }};
}

void Trainer::train(std::int64_t resources, Offer const& offer) const {
  Database truth{truth_path_, OpenMode::ReadWrite};
  std::vector<std::string> tails;
  auto const step = std::max<std::int64_t>(1, resources / samples);
  for (std::int64_t rid = 1; rid <= resources; rid += step)
    if (auto const row = find_row(truth, rid); row && row->body)
      tails.push_back(context_.codec.decode(*row->body).substr(0, longest_sample));
  offer(BodyCodec::train(tails));
}

} // namespace tripsis::store::sqlite
