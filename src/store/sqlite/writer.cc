// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/writer.hh"

namespace tripsis::store::sqlite {

namespace {

/// Units that rules concern search what the index does not hold yet by opening it: groups with them are
/// kept short.
constexpr std::size_t longest_group_with_rules = 64;
constexpr int checkpoint_pages = 16'000; ///< 64 MB of log between two checkpoints
constexpr int cache_kilobytes = 16'384;

bool has_rules(Unit const& unit) {
  return std::ranges::any_of(unit.prepared, [](Prepared const& p) { return !p.rules.empty(); });
}

bool is_present(std::optional<ResourceRow> const& row) {
  return row && row->body;
}

Error at_place(Error error, Unit const& unit, std::size_t place) {
  if (unit.changes.changes.size() > 1)
    error.where = fmt::format("[{}] {}", place, error.where);
  return error;
}

} // namespace

Writer::Writer(std::string const& path, TypeNumbers const& types, RuleGate& gate, Follower& follower,
               BodyCodec& codec)
    : truth_{path, OpenMode::ReadWrite}, types_{types}, gate_{gate}, follower_{follower}, codec_{codec} {
  truth_.execute(
      fmt::format("PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = {}; PRAGMA cache_size = -{};",
                  checkpoint_pages, cache_kilobytes));
  load_state();
  thread_ = std::jthread{[this] { run(); }};
}

Writer::~Writer() {
  {
    std::scoped_lock const lock{mutex_};
    closing_ = true;
  }
  wake_.notify_all();
}

// --- The callers' side
// ---------------------------------------------------------------------------------------------------------

void Writer::write(std::vector<Unit>& units) {
  std::size_t changes = 0;
  for (auto const& unit : units)
    changes += unit.changes.changes.size();
  Ticket ticket;
  ticket.units = &units;
  enqueue(ticket, changes);
  wait(ticket);
}

void Writer::pause(std::function<void()> const& work) {
  Ticket ticket;
  ticket.work = &work;
  enqueue(ticket, 0);
  wait(ticket);
}

void Writer::offer_dictionary(std::string bytes) {
  std::scoped_lock const lock{mutex_};
  dictionary_ = std::move(bytes);
}

void Writer::enqueue(Ticket& ticket, std::size_t changes) {
  {
    std::scoped_lock const lock{mutex_};
    if (broken_)
      std::rethrow_exception(broken_);
    if (ticket.units != nullptr && queued_changes_ != 0 && queued_changes_ + changes > longest_queue) {
      for (auto& unit : *ticket.units)
        unit.result =
            fail(Fault::Transient, "Too many changes are waiting to be written; try again in a moment.");
      ticket.is_done = true;
      return;
    }
    queued_changes_ += changes;
    queue_.push_back(&ticket);
  }
  wake_.notify_one();
}

void Writer::wait(Ticket& ticket) {
  std::unique_lock lock{ticket.mutex};
  ticket.done.wait(lock, [&] { return ticket.is_done; });
  if (ticket.broken)
    std::rethrow_exception(ticket.broken);
}

// The caller may destroy its ticket as soon as it sees is_done: it is notified while the ticket is still
// held.
void Writer::finish(Ticket& ticket, std::exception_ptr const& broken) {
  std::scoped_lock const lock{ticket.mutex};
  ticket.broken = broken;
  ticket.is_done = true;
  ticket.done.notify_one();
}

// --- The writer's thread
// -------------------------------------------------------------------------------------------------------

void Writer::run() {
  while (true) {
    auto const tickets = take_tickets();
    if (tickets.empty())
      return;
    std::exception_ptr broken;
    try {
      do_group(tickets);
    } catch (...) { // Whoever waits is told; nothing of an open transaction stays.
      broken = std::current_exception();
      truth_.rollback();
    }
    try {
      if (broken)
        load_state();
    } catch (...) {
      std::scoped_lock const lock{mutex_};
      broken_ = broken;
    }
    for (auto* ticket : tickets)
      finish(*ticket, broken);
  }
}

// Empty only when the writer is closing and nothing waits.
std::vector<Writer::Ticket*> Writer::take_tickets() {
  std::unique_lock lock{mutex_};
  wake_.wait(lock, [&] { return closing_ || !queue_.empty(); });
  std::vector<Ticket*> tickets;
  std::size_t changes = 0;
  while (!queue_.empty() && (tickets.empty() || changes < longest_group)) {
    auto* ticket = queue_.front();
    if (ticket->units != nullptr)
      for (auto const& unit : *ticket->units)
        changes += unit.changes.changes.size();
    tickets.push_back(ticket);
    queue_.pop_front();
  }
  queued_changes_ -= changes;
  return tickets;
}

void Writer::do_group(std::vector<Ticket*> const& tickets) {
  std::vector<Unit*> units;
  for (auto* ticket : tickets)
    if (ticket->units != nullptr)
      for (auto& unit : *ticket->units)
        units.push_back(&unit);
  finished_units_ = 0;
  try {
    if (!units.empty())
      do_units(units);
  } catch (DiskFull const&) {
    truth_.rollback();
    load_state();
    for (auto* unit : std::span{units}.subspan(finished_units_))
      unit->result =
          fail(Fault::Transient, "The disk is full: nothing can be written until there is room again.");
  }
  for (auto* ticket : tickets)
    if (ticket->work != nullptr)
      (*ticket->work)();
}

void Writer::do_units(std::span<Unit* const> units) {
  if (std::ranges::any_of(units, [](Unit const* unit) { return has_rules(*unit); }))
    gate_.prepare(state_.sequence);
  begin_group();
  for (std::size_t i = 0; i < units.size(); ++i) {
    if (committed_.size() >= longest_group_with_rules && has_rules(*units[i])) {
      commit_group();
      finished_units_ = i;
      gate_.prepare(state_.sequence);
      begin_group();
    }
    do_unit(*units[i]);
  }
  commit_group();
  finished_units_ = units.size();
}

void Writer::begin_group() {
  committed_.clear();
  truth_.run("BEGIN IMMEDIATE");
}

void Writer::commit_group() {
  std::unordered_map<std::int64_t, std::int64_t> present;
  for (auto const& change : committed_)
    present[change.type] += (change.deleted ? 0 : 1) - (is_present(change.before) ? 1 : 0);
  for (auto const& [type, change] : present)
    if (change != 0)
      truth_.run("UPDATE type SET present = present + ?2 WHERE number = ?1", type, change);
  store_dictionary();
  resources_.store(state_.next_rid - 1, std::memory_order_relaxed);
  if (!committed_.empty())
    follower_.follow(std::exchange(committed_, {}));
}

// Commits; a dictionary that was offered becomes durable with the group, and only then may be used.
void Writer::store_dictionary() {
  std::string bytes;
  {
    std::scoped_lock const lock{mutex_};
    bytes = std::exchange(dictionary_, {});
  }
  auto const number = std::max(codec_.newest() + 1, BodyCodec::first_dictionary);
  bool const is_new = !bytes.empty() && number <= BodyCodec::last_dictionary;
  if (is_new)
    truth_.run("INSERT INTO meta (k, v) VALUES (?1, ?2)", fmt::format("dictionary:{}", number),
               Blob{bytes});
  truth_.run("COMMIT");
  if (is_new)
    codec_.add_dictionary(number, bytes);
}

void Writer::load_state() {
  auto rids = truth_.query("SELECT max(rid) FROM res");
  auto changes = truth_.query("SELECT seq, upd FROM log ORDER BY seq DESC LIMIT 1");
  state_.next_rid = rids.next() ? rids.integer(0) + 1 : 1;
  bool const any = changes.next();
  state_.sequence = any ? changes.integer(0) : 0;
  state_.stamp = any ? changes.integer(1) : 0;
  resources_.store(state_.next_rid - 1, std::memory_order_relaxed);
}

// --- One unit
// ------------------------------------------------------------------------------------------------------------------

// A single change that no rule concerns is refused before it has written anything, and needs no savepoint.
void Writer::do_unit(Unit& unit) {
  bool const is_simple = unit.changes.changes.size() == 1 && !has_rules(unit);
  auto const state = state_;
  auto const committed = committed_.size();
  if (!is_simple)
    truth_.run("SAVEPOINT unit");
  std::vector<std::int64_t> seals;
  unit.result = apply_unit(unit, seals);
  if (unit.result)
    for (auto const rid : seals)
      truth_.run("INSERT OR IGNORE INTO seal (rid, seq) VALUES (?1, ?2)", rid, state_.sequence);
  else {
    if (!is_simple)
      truth_.run("ROLLBACK TO unit");
    state_ = state;
    committed_.resize(committed);
  }
  if (!is_simple)
    truth_.run("RELEASE unit");
}

Result<std::vector<Outcome>> Writer::apply_unit(Unit& unit, std::vector<std::int64_t>& seals) {
  std::vector<Outcome> outcomes;
  std::vector<std::optional<ResourceRow>> befores;
  for (std::size_t place = 0; place < unit.changes.changes.size(); ++place) {
    auto const& key = unit.changes.changes[place].key;
    auto before = find_row(truth_, types_.number(key.type), key.id);
    auto outcome = apply(unit, place, before);
    if (!outcome)
      return std::unexpected{at_place(std::move(outcome).error(), unit, place)};
    if (outcome->effect == Effect::Unchanged)
      unit.prepared[place].rules.clear(); // What writes nothing breaks no rule.
    outcomes.push_back(*std::move(outcome));
    befores.push_back(std::move(before));
  }
  if (has_rules(unit))
    TRY(gate_.check(truth_, unit, befores, seals));
  return outcomes;
}

Result<Outcome> Writer::apply(Unit& unit, std::size_t place, std::optional<ResourceRow> const& before) {
  auto const& change = unit.changes.changes[place];
  bool const is_import = unit.changes.origin == Origin::Import && change.method != Method::Delete;
  bool const is_known =
      is_import && before && (!change.import_updated || before->updated >= *change.import_updated);
  bool const is_absent = change.method == Method::Delete && !is_present(before) && !change.if_match;
  if (is_known || is_absent) {
    if (!before)
      return Outcome{.effect = Effect::Unchanged, .method = Method::Delete};
    return Outcome{.effect = Effect::Unchanged,
                   .version = before->version,
                   .updated = before->updated,
                   .method = before->method,
                   .body = before->body};
  }
  bool const corrects = is_present(before) && gate_.is_correction(unit, place, *before);
  TRY(check_preconditions(change, before, corrects ? Seals::Pass : Seals::Hold));
  if (corrects)
    unit.prepared[place].rules.clear();
  auto outcome = write_version(unit, place, before);
  if (corrects) // `check` finds what was changed after its seal: the seal is now of this version.
    truth_.run("UPDATE seal SET seq = ?2 WHERE rid = ?1", before->rid, state_.sequence);
  return outcome;
}

Result<> Writer::check_preconditions(Change const& change, std::optional<ResourceRow> const& before,
                                     Seals seals) {
  if (change.must_be_new && before)
    return fail(Fault::Conflict, "There is, or was, a resource with this id already.");
  if (change.if_match && (!is_present(before) || before->version != *change.if_match))
    return fail(
        Fault::Precondition,
        "The resource is not at the version that If-Match names: read it again and redo the change.");
  if (before && seals == Seals::Hold &&
      truth_.query("SELECT 1 FROM seal WHERE rid = ?1", before->rid).next())
    return fail(Fault::BusinessRule, "This is signed, or belongs to a signed note: it can be neither "
                                     "changed nor deleted any more. Amend the note instead.");
  return {};
}

Outcome Writer::write_version(Unit& unit, std::size_t place, std::optional<ResourceRow> const& before) {
  auto const& change = unit.changes.changes[place];
  auto& prepared = unit.prepared[place];
  bool const deleted = change.method == Method::Delete;
  state_.stamp = std::max(state_.stamp, to_milliseconds(unit.changes.now));
  auto const earliest = before ? to_milliseconds(before->updated) + 1 : 0;
  auto const updated =
      change.import_updated ? to_milliseconds(*change.import_updated) : std::max(state_.stamp, earliest);
  auto const next = before ? before->version + 1 : 1;
  auto const version = std::max(next, change.import_version.value_or(next));
  auto const rid = before ? before->rid : state_.next_rid++;
  auto const type = types_.number(change.key.type);
  auto const seconds =
      std::chrono::floor<std::chrono::seconds>(to_instant(updated)).time_since_epoch().count();
  auto const when = deleted ? before->when : prepared.extracted.when.value_or(seconds);
  auto const compartment = deleted ? before->compartment : prepared.extracted.compartment;

  if (before)
    keep_history(*before);
  auto rows = truth_.query(
      before ? "UPDATE res SET ver = ?2, upd = ?3, method = ?4, w = ?5, cp = ?6, body = ?7 WHERE rid = ?1"
             : "INSERT INTO res (rid, ver, upd, method, w, cp, body, type, id) VALUES (?1, ?2, ?3, ?4, ?5, "
               "?6, ?7, ?8, ?9)",
      rid, version, updated, change.method, when, compartment);
  if (!deleted)
    rows.bind(7, Blob{prepared.body});
  if (!before) {
    rows.bind(8, type);
    bind_id(rows, 9, change.key.id);
  }
  rows.next();
  truth_.run("INSERT INTO log (seq, rid, ver, type, upd) VALUES (?1, ?2, ?3, ?4, ?5)", ++state_.sequence,
             rid, version, type, state_.stamp);

  committed_.push_back({.sequence = state_.sequence,
                        .rid = rid,
                        .type = type,
                        .before = before,
                        .id = change.key.id,
                        .version = version,
                        .updated = to_instant(updated),
                        .deleted = deleted,
                        .origin = unit.changes.origin,
                        .when = when,
                        .rows = std::move(prepared.extracted.rows)});
  auto const effect = deleted ? Effect::Deleted : is_present(before) ? Effect::Updated : Effect::Created;
  return {.effect = effect, .version = version, .updated = to_instant(updated), .method = change.method};
}

void Writer::keep_history(ResourceRow const& before) {
  auto rows = truth_.query("INSERT INTO hist (rid, ver, upd, method, body) VALUES (?1, ?2, ?3, ?4, ?5)",
                           before.rid, before.version, to_milliseconds(before.updated), before.method);
  if (before.body)
    rows.bind(5, Blob{*before.body});
  rows.next();
}

} // namespace tripsis::store::sqlite
