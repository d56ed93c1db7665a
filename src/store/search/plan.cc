// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "store/search/plan.hh"

#include "store/search/collect.hh"

namespace tripsis::store::search {

namespace {

constexpr std::int64_t second = 1'000; ///< In milliseconds, as spans are
constexpr std::size_t most_pairs = 64; ///< Of patients and codes that are sought as pairs

std::int64_t floor_seconds(std::int64_t milliseconds) {
  return milliseconds >= 0 ? milliseconds / second : -((-milliseconds + second - 1) / second);
}

bool has_values(CompiledCriterion const& criterion) {
  return criterion.sense == Sense::AnyValue;
}

/// Puts a plan together from its criteria.
class Planner {
public:
  Planner(Query const& query, Snapshot& snapshot, Access const& access, Plan& plan)
      : query_{query}, snapshot_{snapshot}, access_{access}, plan_{plan} {}

  void plan() {
    order();
    bool const with_pairs = add_pairs();
    for (std::size_t i = 0; i < plan_.criteria.size(); ++i)
      add(i, with_pairs);
    if (access_.is_by_patient(plan_.type->name()))
      add_compartments();
    if (plan_.cursors.empty())
      add_ranges({{RangeKind::Token, plan_.type->all(), 0, 0}});
    add_segments();
  }

private:
  // --- The order
  // -----------------------------------------------------------------------------------------------------------------

  void order() {
    if (query_.sort.empty())
      return;
    auto const* main = plan_.type->main_date();
    plan_.is_sorted_by_walk =
        query_.sort.size() == 1 && main != nullptr && query_.sort.front().parameter == main->parameter;
    if (plan_.is_sorted_by_walk)
      plan_.direction = query_.sort.front().descending ? Direction::Descending : Direction::Ascending;
  }

  // Resources without the date that is sorted by come last. One of several days may lie far before the
  // bounds of the others.
  void add_segments() {
    if (auto const bounds = date_bounds()) {
      plan_.segments = {{.first = bounds->low, .last = bounds->high, .without = DateKind::None}};
      if (bounds->low > least)
        plan_.segments.push_back(
            {.last = std::min(bounds->low - 1, bounds->high), .only = DateKind::LongOrSeveral});
      if (plan_.direction == Direction::Ascending)
        std::ranges::reverse(plan_.segments);
    } else if (!query_.sort.empty() && plan_.is_sorted_by_walk) {
      plan_.segments = {{.without = DateKind::None}, {.only = DateKind::None}};
    } else {
      plan_.segments = {{}};
    }
  }

  /// The instants between which all resources with a simple date lie that match the criteria of the main
  /// date.
  std::optional<index::Span> date_bounds() const {
    std::optional<index::Span> bounds;
    for (auto const& criterion : plan_.criteria) {
      if (!is_main_date(criterion))
        continue;
      index::Span any{greatest, least};
      for (auto const& match : criterion.matches) {
        auto const one = bounds_of_instant(std::get<DateMatch>(match));
        any = {std::min(any.low, one.low), std::max(any.high, one.high)};
      }
      bounds = bounds ? index::Span{std::max(bounds->low, any.low), std::min(bounds->high, any.high)} : any;
    }
    return bounds;
  }

  static index::Span bounds_of_instant(DateMatch const& match) {
    auto const upper = floor_seconds(bounds_of_low(match).high);
    auto const from = [&](std::int64_t low) { return index::Span{floor_seconds(low), upper}; };
    switch (match.prefix) {
    case Prefix::Eq:
      return from(match.sought.low);
    case Prefix::Sa:
      return from(match.sought.high);
    case Prefix::Gt:
      return from(match.sought.high - index::longest_simple_date);
    case Prefix::Ge:
      return from(std::min(match.sought.low, match.sought.high - index::longest_simple_date));
    case Prefix::Ap:
      return from(match.sought.low - index::longest_simple_date);
    case Prefix::Ne:
    case Prefix::Lt:
    case Prefix::Le:
    case Prefix::Eb:
      break;
    }
    return {least, upper};
  }

  bool is_main_date(CompiledCriterion const& criterion) const {
    return criterion.parameter == plan_.type->main_date() && has_values(criterion);
  }

  // --- Cursors
  // -------------------------------------------------------------------------------------------------------------------

  void add_ranges(std::vector<Range> ranges) {
    plan_.cursors.emplace_back(
        [&index = snapshot_.index, ranges = std::move(ranges), direction = plan_.direction] {
          std::vector<std::unique_ptr<Cursor>> cursors;
          for (auto const& range : ranges)
            cursors.push_back(range_cursor(index, range, direction));
          return cursors.empty() ? list_cursor({}, direction) : union_cursor(std::move(cursors), direction);
        });
  }

  void add_list(std::vector<Position> positions) {
    plan_.cursors.emplace_back([positions = std::move(positions), direction = plan_.direction] {
      return list_cursor(positions, direction);
    });
  }

  void add(std::size_t place, bool with_pairs) {
    auto const& criterion = plan_.criteria[place];
    auto const kind = criterion.parameter->parameter->kind;
    if (!has_values(criterion) || criterion.parameter->parameter->code == "_lastUpdated" ||
        is_main_date(criterion))
      return plan_.questions.push_back(place);
    if (criterion.parameter->parameter->code == "_id")
      return add_list(positions_of_ids(criterion));
    if (with_pairs && is_said_by_pairs(place))
      return;
    bool const is_ranges = kind == fhir::SearchType::Token || kind == fhir::SearchType::Uri ||
                           kind == fhir::SearchType::Reference;
    if (is_ranges &&
        std::ranges::none_of(criterion.matches, [](Match const& m) { return is_whole_system(m); }))
      return add_ranges(ranges_of(criterion));
    auto collected = collect(criterion, snapshot_.index);
    if (!collected || collected->must_ask)
      plan_.questions.push_back(place);
    if (collected)
      add_list(std::move(collected->positions));
  }

  static bool is_whole_system(Match const& match) {
    auto const* token = std::get_if<TokenMatch>(&match);
    return token != nullptr && !token->code;
  }

  std::vector<Range> ranges_of(CompiledCriterion const& criterion) {
    std::vector<Range> ranges;
    auto const number = criterion.parameter->number;
    for (auto const& match : criterion.matches) {
      if (auto const* reference = std::get_if<ReferenceMatch>(&match)) {
        ranges.push_back({RangeKind::Reference, number, reference->target, 0});
        continue;
      }
      auto const& token = std::get<TokenMatch>(match);
      auto const systems = token.systems ? *token.systems : systems_of(number, *token.code);
      for (auto const system : systems)
        ranges.push_back({RangeKind::Token, number, *token.code, system});
    }
    return ranges;
  }

  /// The systems in which a code occurs: a step each, from one to the next.
  std::vector<std::int64_t> systems_of(std::uint32_t number, std::int64_t code) {
    std::vector<std::int64_t> systems;
    auto rows = snapshot_.index.query(
        "SELECT s FROM tok WHERE p = ?1 AND h = ?2 AND s > ?3 ORDER BY s LIMIT 1", number, code, -1);
    while (rows.next()) {
      systems.push_back(rows.integer(0));
      rows.rewind();
      rows.bind(3, systems.back());
    }
    return systems;
  }

  std::vector<Position> positions_of_ids(CompiledCriterion const& criterion) {
    std::vector<Position> positions;
    auto const type = snapshot_.context.types.number(plan_.type->name());
    for (auto const& match : criterion.matches)
      if (auto const row = sqlite::find_row(snapshot_.truth, type, std::get<IdMatch>(match).id);
          row && row->body && !snapshot_.is_fresh(row->rid))
        positions.push_back({row->when, row->rid});
    return positions;
  }

  // --- Patient and code together
  // -------------------------------------------------------------------------------------------------

  CompiledCriterion const* pair_part(index::IndexedParameter const* parameter) const {
    for (std::size_t i = 0; i < plan_.criteria.size(); ++i)
      if (is_pair_part(i, parameter))
        return &plan_.criteria[i];
    return nullptr;
  }

  // subject=Patient/1 says the same as patient=1; subject=1 may mean a group.
  bool is_pair_part(std::size_t place, index::IndexedParameter const* parameter) const {
    auto const& criterion = plan_.criteria[place];
    if (!has_values(criterion) || criterion.parameter->number != parameter->number ||
        criterion.matches.empty())
      return false;
    auto const& asked = query_.criteria[place];
    bool const is_patient = parameter == plan_.type->patient();
    bool const names_patients =
        criterion.parameter == parameter ||
        std::ranges::all_of(asked.values, [](auto const& v) { return v.starts_with("Patient/"); });
    return is_patient
               ? asked.modifier != "identifier" && names_patients
               : std::ranges::none_of(criterion.matches, [](Match const& m) { return is_whole_system(m); });
  }

  bool is_said_by_pairs(std::size_t place) const {
    auto const& criterion = plan_.criteria[place];
    if (&criterion == pair_part(plan_.type->patient()))
      return true;
    return &criterion == pair_part(plan_.type->code()) &&
           std::ranges::none_of(criterion.matches,
                                [](Match const& m) { return std::get<TokenMatch>(m).systems.has_value(); });
  }

  bool add_pairs() {
    if (plan_.type->patient() == nullptr)
      return false;
    auto const* patients = pair_part(plan_.type->patient());
    auto const* codes = pair_part(plan_.type->code());
    if (patients == nullptr || codes == nullptr ||
        patients->matches.size() * codes->matches.size() > most_pairs)
      return false;
    std::vector<Range> ranges;
    for (auto const& patient : patients->matches)
      for (auto const& code : codes->matches)
        ranges.push_back({RangeKind::PatientCode, plan_.type->code()->number,
                          std::get<ReferenceMatch>(patient).target, *std::get<TokenMatch>(code).code});
    add_ranges(std::move(ranges));
    return true;
  }

  // --- What the caller may see
  // ---------------------------------------------------------------------------------------------------

  void add_compartments() {
    std::vector<Range> ranges;
    for (auto const& reference : access_.references())
      for (auto const* parameter : plan_.type->compartment())
        ranges.push_back({RangeKind::Reference, parameter->number,
                          snapshot_.context.extractor.converter().reference_hash(reference), 0});
    if (plan_.type->name() != "Patient")
      return add_ranges(std::move(ranges));
    std::vector<Position> own;
    auto const type = snapshot_.context.types.number("Patient");
    for (auto const& reference : access_.references())
      if (auto const row =
              sqlite::find_row(snapshot_.truth, type, reference.substr(reference.find('/') + 1));
          row && row->body)
        own.push_back({row->when, row->rid});
    plan_.cursors.emplace_back([&index = snapshot_.index, ranges, own, direction = plan_.direction] {
      std::vector<std::unique_ptr<Cursor>> cursors;
      cursors.push_back(list_cursor(own, direction));
      for (auto const& range : ranges)
        cursors.push_back(range_cursor(index, range, direction));
      return union_cursor(std::move(cursors), direction);
    });
  }

  Query const& query_;
  Snapshot& snapshot_;
  Access const& access_;
  Plan& plan_;
};

bool meets(CompiledCriterion const& criterion, Snapshot& snapshot, Candidate& candidate) {
  if (criterion.parameter->parameter->code == "_id")
    return meets_id(criterion, candidate.key().id);
  if (criterion.parameter->parameter->code == "_lastUpdated")
    return meets_last_updated(criterion, candidate.row()->updated);
  return search::meets(criterion, snapshot.context.extractor, candidate.document());
}

/// What a simple date's position says of the criterion.
Certainty judge_by_position(CompiledCriterion const& criterion, Position at) {
  Between const low{at.when * second, at.when * second + second - 1};
  Between const high{low.least + 1, low.most + index::longest_simple_date};
  auto certainty = Certainty::No;
  for (auto const& match : criterion.matches)
    certainty = std::max(certainty, judge(std::get<DateMatch>(match), low, high));
  return certainty;
}

} // namespace

Range Plan::range_of(DateKind kind) const {
  return {RangeKind::Token, type->main_date()->number,
          kind == DateKind::None ? index::no_date : index::long_or_several_dates, 0};
}

Result<Plan> make_plan(Query const& query, Snapshot& snapshot, Access const& access) {
  Plan plan{.type = snapshot.context.extractor.find_type(query.type)};
  if (plan.type == nullptr)
    return fail(Fault::NotSupported, "There is no resource type of that name.");
  auto now = snapshot.truth.query("SELECT upd FROM log ORDER BY seq DESC LIMIT 1");
  auto const newest = now.next() ? now.integer(0) : 0;
  for (auto const& criterion : query.criteria)
    plan.criteria.push_back(TRY(compile(criterion, snapshot.context.extractor, newest)));
  Planner{query, snapshot, access, plan}.plan();
  return plan;
}

bool meets_all(Plan const& plan, Snapshot& snapshot, Candidate& candidate) {
  return candidate.row() != nullptr && std::ranges::all_of(plan.criteria, [&](CompiledCriterion const& c) {
           return meets(c, snapshot, candidate);
         });
}

bool meets_rest(Plan const& plan, Snapshot& snapshot, Candidate& candidate, Position at, DateKind kind) {
  return std::ranges::all_of(plan.questions, [&](std::size_t place) {
    auto const& criterion = plan.criteria[place];
    if (kind == DateKind::Simple && criterion.parameter == plan.type->main_date() && has_values(criterion))
      if (auto const certainty = judge_by_position(criterion, at); certainty != Certainty::Unknown)
        return certainty == Certainty::Yes;
    return candidate.row() != nullptr && meets(criterion, snapshot, candidate);
  });
}

} // namespace tripsis::store::search
