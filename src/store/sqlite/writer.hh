// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The one thread that writes the truth. Callers prepare (text, compression, index rows) on their own
// threads and wait in a bounded queue; the writer takes what has gathered, does it in one transaction and
// makes it durable with one flush: group commit. Each unit has a savepoint, so that one that is refused
// leaves no trace and the others of its group go on.
#pragma once

#include "store/index/rows.hh"
#include "store/sqlite/truth.hh"

#include <condition_variable>
#include <deque>
#include <exception>
#include <thread>

namespace tripsis::store::sqlite {

/// What the caller's thread has made of a change.
struct Prepared {
  std::string body; ///< Empty for a deletion
  index::Extracted extracted;
  std::vector<WriteRule const*> rules; ///< Those that it concerns
};

/// How a change came out.
struct Outcome {
  Effect effect = Effect::Unchanged;
  std::uint64_t version = 0;
  Instant updated;
  Method method = Method::Create;
  std::optional<std::string> body; ///< Unchanged: the body that stands
};

struct Unit {
  Changes changes;
  std::vector<Prepared> prepared; ///< One a change
  Result<std::vector<Outcome>> result;
};

/// What a committed change means to the index.
struct Committed {
  std::int64_t sequence = 0;
  std::int64_t rid = 0;
  std::int64_t type = 0;
  std::optional<ResourceRow> before; ///< As it stood, where it was there
  std::string id;
  std::uint64_t version = 0;
  Instant updated;
  bool deleted = false;
  Origin origin = Origin::Client;
  std::int64_t when = 0;
  std::vector<index::Row> rows; ///< Of the new version
};

/// Where the writer hands on what it has made durable. Called on the writer's thread.
class Follower {
public:
  virtual ~Follower() = default;
  /// May wait, which holds all writers back: the index's lag is bounded so.
  virtual void follow(std::vector<Committed> committed) = 0;
};

/// Gives rules their view of the store (rule_tx.hh).
class RuleGate {
public:
  virtual ~RuleGate() = default;
  /// The first error of the rules that concern the unit, whose changes `before` tells the earlier state of
  /// (one a change; deleted and absent ones have no body) and which have been applied in `truth`. Seals
  /// made by the rules are in `seals`.
  virtual Result<> check(Database& truth, Unit const& unit,
                         std::vector<std::optional<ResourceRow>> const& before,
                         std::vector<std::int64_t>& seals) = 0;
  /// Whether the unit's change at `place` of what stands as `before` is the unit's correction and no more.
  virtual bool is_correction(Unit const& unit, std::size_t place, ResourceRow const& before) = 0;
  /// Called before a unit that rules concern, outside every transaction. `sequence`: the last change that
  /// is durable.
  virtual void prepare(std::int64_t sequence) = 0;
};

/// Thread-safe.
class Writer {
public:
  static constexpr std::size_t longest_queue = 8'192; ///< Changes that may wait; beyond, Fault::Transient
  static constexpr std::size_t longest_group =
      2'000; ///< Changes that one transaction takes at most, but for a single ticket's

  /// All must outlive the writer.
  Writer(std::string const& path, TypeNumbers const& types, RuleGate& gate, Follower& follower,
         BodyCodec& codec);
  Writer(Writer const&) = delete;
  Writer& operator=(Writer const&) = delete;
  ~Writer();

  /// Does the units, independently of each other, and returns when their results are durable. Rethrows what
  /// broke the writer.
  void write(std::vector<Unit>& units);

  /// Runs `work` on the writer's thread between two groups, with nothing half done.
  void pause(std::function<void()> const& work);

  /// A dictionary to be made durable and then used.
  void offer_dictionary(std::string bytes);
  /// rids given so far.
  std::int64_t resources() const noexcept { return resources_.load(std::memory_order_relaxed); }

private:
  struct Ticket {
    std::vector<Unit>* units = nullptr;
    std::function<void()> const* work = nullptr;
    std::mutex mutex;
    std::condition_variable done;
    bool is_done = false;
    std::exception_ptr broken;
  };

  /// What a transaction changes outside the file, and a rollback must take back.
  struct State {
    std::int64_t next_rid = 1;
    std::int64_t sequence = 0;
    std::int64_t stamp = 0; ///< The time of the last change, in milliseconds
  };

  void enqueue(Ticket& ticket, std::size_t changes);
  static void wait(Ticket& ticket);
  static void finish(Ticket& ticket, std::exception_ptr const& broken);

  void run();
  std::vector<Ticket*> take_tickets();
  void do_group(std::vector<Ticket*> const& tickets);
  void do_units(std::span<Unit* const> units);
  void do_unit(Unit& unit);
  Result<std::vector<Outcome>> apply_unit(Unit& unit, std::vector<std::int64_t>& seals);
  Result<Outcome> apply(Unit& unit, std::size_t place, std::optional<ResourceRow> const& before);
  enum class Seals : unsigned char { Hold, Pass };
  Result<> check_preconditions(Change const& change, std::optional<ResourceRow> const& before, Seals seals);
  Outcome write_version(Unit& unit, std::size_t place, std::optional<ResourceRow> const& before);
  void keep_history(ResourceRow const& before);
  void begin_group();
  void commit_group();
  void store_dictionary();
  void load_state();

  Database truth_;
  TypeNumbers const& types_;
  RuleGate& gate_;
  Follower& follower_;
  BodyCodec& codec_;

  State state_;                      // the writer's thread only
  std::vector<Committed> committed_; // of the open group
  std::size_t finished_units_ = 0;   // of the group, durable
  std::atomic<std::int64_t> resources_{0};

  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Ticket*> queue_;
  std::size_t queued_changes_ = 0;
  bool closing_ = false;
  std::string dictionary_; ///< Offered, not yet durable
  std::exception_ptr broken_;

  std::jthread thread_;
};

} // namespace tripsis::store::sqlite
