// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/indexer.hh"

#include "base/log.hh"
#include "store/sqlite/catch_up.hh"

namespace tripsis::store::sqlite {

namespace {

constexpr std::size_t most_pending = 1'000; ///< Changes; writers wait beyond
/// The larger the batch the fewer pages it writes twice; a search that must wait for it waits some 0.1 s.
constexpr std::size_t most_pending_of_import = 5'000;
constexpr std::size_t enough_work = 100; ///< Resources for which it starts at once
constexpr auto patience = std::chrono::milliseconds{5};
constexpr auto longest_wait = std::chrono::seconds{10};
constexpr auto retry_after = std::chrono::seconds{1};
constexpr std::int64_t catch_up_batch = 5'000;

/// The change of one resource over a batch: how it stood before the first, and how after the last.
struct Net {
  Committed const* first = nullptr;
  Committed const* last = nullptr;
};

} // namespace

Indexer::Indexer(Context const& context, std::string truth_path, std::string index_path)
    : context_{context}, truth_path_{std::move(truth_path)}, index_path_{std::move(index_path)} {
  open();
  thread_ = std::jthread{[this] { run(); }};
}

Indexer::~Indexer() {
  {
    std::scoped_lock const lock{mutex_};
    closing_ = true;
  }
  work_.notify_all();
}

void Indexer::open() {
  truth_ = std::make_unique<Database>(truth_path_, OpenMode::ReadWrite);
  bool const usable = is_usable_index(index_path_, *truth_, context_);
  if (!usable)
    make_index(index_path_, context_);
  index_ = std::make_unique<Database>(index_path_, OpenMode::ReadWrite);
  prepare_index_writer(*index_);
  if (!usable) {
    if (last_change(*truth_).sequence > 0)
      log::info("store", "the index is made from the resources");
    rebuild(context_, *truth_, *index_);
  }
  while (catch_up(context_, *truth_, *index_, catch_up_batch)) {
  }
  reached_ = read_mark(*index_).sequence;
}

void Indexer::enqueue(std::vector<Committed> committed) {
  std::unique_lock lock{mutex_};
  if (is_behind_)
    return;
  bool const is_import =
      std::ranges::all_of(committed, [](Committed const& c) { return c.origin == Origin::Import; });
  auto const most = is_import ? most_pending_of_import : most_pending;
  // The indexer is woken for the first change, and when there is enough to start at once; not for each
  // between.
  bool const was_empty = pending_.empty();
  std::ranges::move(committed, std::back_inserter(pending_));
  if (was_empty || pending_.size() >= enough_work)
    work_.notify_one();
  progress_.wait(lock, [&] { return pending_.size() <= most || is_behind_; });
}

Indexer::Reached Indexer::wait_for(std::int64_t sequence) {
  std::unique_lock lock{mutex_};
  ++waiting_;
  work_.notify_one();
  bool const done = progress_.wait_for(lock, longest_wait, [&] { return reached_ >= sequence; });
  --waiting_;
  return done ? Reached::Yes : Reached::No;
}

std::size_t Indexer::lag() {
  std::scoped_lock const lock{mutex_};
  return pending_.size();
}

void Indexer::run() {
  std::vector<Committed> work;
  while (wait_for_work(work)) {
    try {
      if (is_behind_) {
        while (catch_up(context_, *truth_, *index_, catch_up_batch)) {
        }
        std::scoped_lock const lock{mutex_};
        is_behind_ = false; // What was committed since the last look is in the log: the next round takes it
                            // from there.
        reached_ = read_mark(*index_).sequence;
        is_behind_ = last_change(*truth_).sequence > reached_;
      } else {
        apply(work);
        reached(work.back().sequence);
      }
    } catch (std::exception const& broken) { // The truth is whole, and the log says what is missing here.
      log::error("store",
                 fmt::format("the index could not be written and will be mended: {}", broken.what()));
      index_->rollback();
      truth_->rollback();
      std::scoped_lock const lock{mutex_};
      is_behind_ = true;
      pending_.clear();
    }
    progress_.notify_all();
  }
}

bool Indexer::wait_for_work(std::vector<Committed>& work) {
  work.clear();
  std::unique_lock lock{mutex_};
  if (is_behind_)
    return !work_.wait_for(lock, retry_after, [&] { return closing_; });
  work_.wait(lock, [&] { return closing_ || !pending_.empty(); });
  work_.wait_for(lock, patience,
                 [&] { return closing_ || waiting_ > 0 || pending_.size() >= enough_work; });
  work.swap(pending_);
  progress_.notify_all();
  return !work.empty();
}

void Indexer::reached(std::int64_t sequence) {
  std::scoped_lock const lock{mutex_};
  reached_ = sequence;
}

void Indexer::apply(std::vector<Committed> const& work) {
  std::unordered_map<std::int64_t, Net> nets;
  for (auto const& change : work) {
    auto& net = nets[change.rid];
    net.first = net.first != nullptr ? net.first : &change;
    net.last = &change;
  }
  std::vector<IndexRow> out, in;
  for (auto const& [rid, net] : nets) {
    std::vector<IndexRow> before, after;
    if (auto const& old = net.first->before; old && old->body) {
      Key const key{.type = std::string{context_.types.name(net.first->type)}, .id = net.first->id};
      append_rows(extract_version(context_, key, old->version, old->updated, *old->body).extracted.rows,
                  old->when, rid, before);
    }
    if (!net.last->deleted)
      append_rows(net.last->rows, net.last->when, rid, after);
    // Both are sorted, and w and r are the same in each: what stays is touched by neither.
    std::ranges::set_difference(before, after, std::back_inserter(out));
    std::ranges::set_difference(after, before, std::back_inserter(in));
  }
  Transaction transaction{*index_, TransactionKind::Immediate};
  apply_rows(*index_, out, in);
  auto const& last = work.back();
  write_mark(*index_, {last.sequence, last.rid, last.version});
  transaction.commit();
}

} // namespace tripsis::store::sqlite
