// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/readers.hh"

namespace tripsis::store::sqlite {

Reader::Reader(std::string const& truth_path, std::string const& index_path)
    : truth{truth_path, OpenMode::ReadWrite}, index{index_path, OpenMode::ReadWrite} {
  // Not opened read-only: only a connection that may write can set up a WAL's shared memory when it is the
  // first.
  truth.execute("PRAGMA query_only = ON");
  index.execute("PRAGMA query_only = ON");
}

Readers::Readers(std::string truth_path, std::string index_path)
    : truth_path_{std::move(truth_path)}, index_path_{std::move(index_path)} {}

Readers::Loan Readers::lend() {
  {
    std::scoped_lock const lock{mutex_};
    if (!idle_.empty()) {
      auto reader = std::move(idle_.back());
      idle_.pop_back();
      return {*this, std::move(reader)};
    }
  }
  return {*this, std::make_unique<Reader>(truth_path_, index_path_)};
}

Readers::Loan::~Loan() {
  if (!reader_)
    return;
  reader_->truth.rollback();
  reader_->index.rollback();
  std::scoped_lock const lock{readers_->mutex_};
  readers_->idle_.push_back(std::move(reader_));
}

} // namespace tripsis::store::sqlite
