// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The one thread that writes the index. It takes what the writer has made durable, some milliseconds later
// and many resources at once, because their rows scatter over the file and are cheap only in sorted
// batches.
//
// Its lag never makes a search wrong, only slower: a search evaluates the resources that the index does not
// hold yet by themselves (search/snapshot.hh). And the index can always be made again from the truth, so a
// failure here is logged and mended.
#pragma once

#include "store/sqlite/index_file.hh"
#include "store/sqlite/writer.hh"

namespace tripsis::store::sqlite {

/// Thread-safe.
class Indexer {
public:
  /// Brings the index up to the truth before it returns, making it again where it must be.
  Indexer(Context const& context, std::string truth_path, std::string index_path);
  Indexer(Indexer const&) = delete;
  Indexer& operator=(Indexer const&) = delete;
  ~Indexer();

  /// Takes over what was committed, in the order of the log. Waits while too much is pending.
  void enqueue(std::vector<Committed> committed);

  enum class Reached : bool { No, Yes };
  /// Returns when the index is complete up to `sequence`, or No after some seconds without that.
  Reached wait_for(std::int64_t sequence);
  /// How many changes wait to be taken up.
  std::size_t lag();

private:
  void open();
  void run();
  bool wait_for_work(std::vector<Committed>& work);
  void apply(std::vector<Committed> const& work);
  void reached(std::int64_t sequence);

  Context const& context_;
  std::string truth_path_, index_path_;
  std::unique_ptr<Database> truth_, index_; ///< The indexer's thread only

  std::mutex mutex_;
  std::condition_variable work_, progress_;
  std::vector<Committed> pending_;
  std::int64_t reached_ = 0;
  int waiting_ = 0;        ///< Searches that want it now
  bool is_behind_ = false; ///< After a failure: what was pending is taken from the log again
  bool closing_ = false;

  std::jthread thread_;
};

} // namespace tripsis::store::sqlite
