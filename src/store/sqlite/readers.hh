// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The read connections. One reading thread uses one connection to each of the two files for as long as its
// transaction lasts; there are as many as ever read at once.
#pragma once

#include "store/sqlite/database.hh"

#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace tripsis::store::sqlite {

/// A connection to each file. One thread at a time.
struct Reader {
  Reader(std::string const& truth_path, std::string const& index_path);
  Database truth;
  Database index;
};

/// Thread-safe. Must outlive what it lends.
class Readers {
public:
  Readers(std::string truth_path, std::string index_path);

  /// Gives the connection back at the end of its life, out of every transaction.
  class Loan {
  public:
    Loan(Readers& readers, std::unique_ptr<Reader> reader)
        : readers_{&readers}, reader_{std::move(reader)} {}
    Loan(Loan&&) = default;
    Loan& operator=(Loan&&) = delete;
    ~Loan();
    Reader& operator*() const { return *reader_; }
    Reader* operator->() const { return reader_.get(); }

  private:
    Readers* readers_;
    std::unique_ptr<Reader> reader_;
  };
  Loan lend();

private:
  std::string truth_path_, index_path_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Reader>> idle_;
};

} // namespace tripsis::store::sqlite
