// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Random resources, changed and deleted at random, and random searches: what the store answers is what a
// plain loop over a model of the same resources answers, in the same order, on one page and on many.
#include "base/json/parse.hh"
#include "store/store.hh"

#include <filesystem>
#include <map>
#include <random>
#include <unistd.h>

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

namespace tripsis::store {
namespace {

using namespace std::chrono;

constexpr std::int64_t start_of_time = 1'795'000'000'000;
constexpr std::int64_t open_end = 4'000'000'000'000'000;

/// Milliseconds, `high` not included, and how FHIR writes it.
struct Moment {
  std::int64_t low = 0, high = 0;
  std::string text;
};

std::int64_t day_start(int day) {
  return sys_days{year{2026} / January / 1}.time_since_epoch().count() * 86'400'000LL + day * 86'400'000LL;
}

std::string date_text(int day) {
  year_month_day const date{sys_days{year{2026} / January / 1} + days{day}};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

/// A month, a day or a second of the first quarter of 2026.
rc::Gen<Moment> moments() {
  return rc::gen::map(
      rc::gen::tuple(rc::gen::inRange(0, 90), rc::gen::inRange(0, 3), rc::gen::inRange(0, 4)),
      [](auto const& parts) {
        auto const& [day, precision, quarter] = parts;
        if (precision == 0) {
          year_month_day const date{sys_days{year{2026} / January / 1} + days{day}};
          sys_days const first{date.year() / date.month() / 1},
              next{(date.year() / date.month() + months{1}) / 1};
          return Moment{first.time_since_epoch().count() * 86'400'000LL,
                        next.time_since_epoch().count() * 86'400'000LL, date_text(day).substr(0, 7)};
        }
        auto const low = day_start(day);
        if (precision == 1)
          return Moment{low, low + 86'400'000, date_text(day)};
        auto const at = low + quarter * 21'600'000LL;
        return Moment{at, at + 1'000, fmt::format("{}T{:02}:00:00Z", date_text(day), quarter * 6)};
      });
}

struct ModelObservation {
  std::string id;
  int rid = 0;
  std::int64_t updated = 0;
  std::string status, patient;
  std::vector<std::pair<std::string, std::string>> codings;
  std::optional<Moment> effective;
  std::string text; ///< valueString

  std::int64_t when() const {
    auto const at = effective ? effective->low : updated;
    return at / 1'000;
  }
};

std::string to_json(ModelObservation const& o, bool as_period) {
  auto value = json::object(
      {{"resourceType", "Observation"}, {"id", json::Value{o.id}}, {"status", json::Value{o.status}}});
  json::Value code = json::object({});
  for (auto const& [system, symbol] : o.codings) {
    auto coding = json::object({{"code", json::Value{symbol}}});
    if (!system.empty())
      coding.set("system", json::Value{system});
    code.push("coding", std::move(coding));
  }
  value.set("code", std::move(code));
  if (!o.patient.empty())
    value.set("subject", json::object({{"reference", json::Value{"Patient/" + o.patient}}}));
  if (o.effective && as_period) {
    auto period =
        json::object({{"start", json::Value{o.effective->text.substr(0, o.effective->text.find('/'))}}});
    if (o.effective->high != open_end)
      period.set("end", json::Value{o.effective->text.substr(o.effective->text.find('/') + 1)});
    value.set("effectivePeriod", std::move(period));
  } else if (o.effective) {
    value.set("effectiveDateTime", json::Value{o.effective->text});
  }
  if (!o.text.empty())
    value.set("valueString", json::Value{o.text});
  return json::write(value);
}

bool has_coding(ModelObservation const& o, std::string const& system, std::string const& symbol) {
  return std::ranges::find(o.codings, std::pair{system, symbol}) != o.codings.end();
}

std::string folded(std::string_view text) {
  std::string out;
  for (char const c : text)
    out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

/// https://hl7.org/fhir/R4/search.html#prefix, as it stands there.
bool date_matches(std::string_view prefix, Moment const& q, Moment const& r) {
  bool const contained = q.low <= r.low && r.high <= q.high;
  if (prefix == "ne")
    return !contained;
  if (prefix == "gt")
    return r.high > q.high;
  if (prefix == "lt")
    return r.low < q.low;
  if (prefix == "ge")
    return r.high > q.high || contained;
  if (prefix == "le")
    return r.low < q.low || contained;
  if (prefix == "sa")
    return r.low >= q.high;
  if (prefix == "eb")
    return r.high <= q.low;
  return contained;
}

struct ModelCriterion {
  std::string name, value;
  std::function<bool(ModelObservation const&)> holds;
};

ModelCriterion random_criterion() {
  auto const symbol = std::string(1, *rc::gen::element('a', 'b', 'c'));
  switch (*rc::gen::inRange(0, 11)) {
  case 0:
    return {"code", symbol, [=](auto const& o) {
              return std::ranges::any_of(o.codings, [&](auto const& c) { return c.second == symbol; });
            }};
  case 1:
    return {"code", "s1|" + symbol, [=](auto const& o) { return has_coding(o, "s1", symbol); }};
  case 2:
    return {"code", "|" + symbol, [=](auto const& o) { return has_coding(o, "", symbol); }};
  case 3:
    return {"code", "s2|", [](auto const& o) {
              return std::ranges::any_of(o.codings, [](auto const& c) { return c.first == "s2"; });
            }};
  case 4:
    return {"code:not", symbol, [=](auto const& o) {
              return std::ranges::none_of(o.codings, [&](auto const& c) { return c.second == symbol; });
            }};
  case 5: {
    auto const other = std::string(1, *rc::gen::element('x', 'y'));
    return {"patient", "x,Patient/" + other,
            [=](auto const& o) { return o.patient == "x" || (!o.patient.empty() && o.patient == other); }};
  }
  case 6:
    return {"subject", "Patient/y", [](auto const& o) { return o.patient == "y"; }};
  case 7:
    return {"status", "final", [](auto const& o) { return o.status == "final"; }};
  case 8: {
    auto const prefix = *rc::gen::element<std::string>("", "HE", "hello w", "World");
    if (prefix.empty())
      return {"value-string:missing", "true", [](auto const& o) { return o.text.empty(); }};
    return {"value-string", prefix,
            [=](auto const& o) { return folded(o.text).starts_with(folded(prefix)) && !o.text.empty(); }};
  }
  default: {
    auto const prefix = *rc::gen::element<std::string>("", "eq", "ne", "gt", "lt", "ge", "le", "sa", "eb");
    auto const moment = *moments();
    return {"date", prefix + moment.text,
            [=](auto const& o) { return o.effective && date_matches(prefix, moment, *o.effective); }};
  }
  }
}

/// The store and the model, changed alike.
class World {
public:
  World()
      : folder_{std::filesystem::temp_directory_path() / fmt::format("tripsis-property-{}", ::getpid())} {
    std::filesystem::remove_all(folder_);
    store_ = open_sqlite(folder_, {});
  }
  ~World() {
    store_.reset();
    std::filesystem::remove_all(folder_);
  }

  void reopen() {
    store_.reset();
    store_ = open_sqlite(folder_, {});
  }

  void change_some() {
    std::vector<Changes> units;
    auto const count = *rc::gen::inRange(1, 40);
    for (int i = 0; i < count; ++i) {
      now_ += 1'000;
      units.push_back({.changes = {change_one()}, .now = Instant{milliseconds{now_}}});
    }
    auto const results = store_->write_each(std::move(units));
    for (auto const& result : results)
      RC_ASSERT(result.has_value());
  }

  void search_once() {
    std::vector<ModelCriterion> criteria;
    std::vector<std::pair<std::string, std::string>> parameters;
    auto const count = *rc::gen::inRange(0, 4);
    for (int i = 0; i < count; ++i) {
      criteria.push_back(random_criterion());
      parameters.emplace_back(criteria.back().name, criteria.back().value);
    }
    auto const sort = *rc::gen::element<std::string>("", "date", "-date", "_id", "-_id", "_lastUpdated",
                                                     "-_lastUpdated", "value-string", "-value-string,_id");
    if (!sort.empty())
      parameters.emplace_back("_sort", sort);
    auto const wanted = expected(criteria, sort);
    std::string asked;
    for (auto const& [name, value] : parameters)
      asked += name + "=" + value + "&";
    RC_LOG() << asked;
    RC_ASSERT(all_pages(parameters, 1'000) == wanted);
    RC_ASSERT(all_pages(parameters, static_cast<std::size_t>(*rc::gen::inRange(1, 8))) == wanted);
    parameters.emplace_back("_summary", "count");
    RC_ASSERT(page_of(parameters).total == wanted.size());
  }

  void check() { RC_ASSERT(store_->check().problems == std::vector<std::string>{}); }

private:
  Change change_one() {
    auto const id = fmt::format("id{}", *rc::gen::inRange(0, 60));
    if (model_.contains(id) && *rc::gen::inRange(0, 4) == 0) {
      model_.erase(id);
      return {.method = Method::Delete, .key = {"Observation", id}};
    }
    auto const rid = rids_.try_emplace(id, static_cast<int>(rids_.size())).first->second;
    ModelObservation o{.id = id,
                       .rid = rid,
                       .updated = now_,
                       .status = *rc::gen::element<std::string>("final", "amended")};
    o.patient = *rc::gen::element<std::string>("", "x", "y", "z");
    auto const codings = *rc::gen::inRange(0, 3);
    for (int i = 0; i < codings; ++i)
      o.codings.emplace_back(*rc::gen::element<std::string>("", "s1", "s2"),
                             *rc::gen::element<std::string>("a", "b", "c"));
    o.text = *rc::gen::element<std::string>("", "Hello World", "HELP", "world", "hello");
    bool as_period = false;
    if (auto const kind = *rc::gen::inRange(0, 8); kind > 0) {
      o.effective = *moments();
      as_period = kind == 1;
      if (as_period) {
        auto const end = *moments();
        bool const is_open = end.high <= o.effective->high;
        o.effective =
            Moment{o.effective->low, is_open ? open_end : end.high, o.effective->text + "/" + end.text};
      }
    }
    auto const resource = json::parse(to_json(o, as_period));
    model_.insert_or_assign(id, o);
    return {.method = Method::Update, .key = {"Observation", id}, .resource = *resource};
  }

  std::vector<std::string> expected(std::vector<ModelCriterion> const& criteria,
                                    std::string const& sort) const {
    std::vector<ModelObservation> found;
    for (auto const& [id, o] : model_)
      if (std::ranges::all_of(criteria, [&](auto const& c) { return c.holds(o); }))
        found.push_back(o);
    std::ranges::sort(found, [&](auto const& a, auto const& b) { return comes_before(a, b, sort); });
    std::vector<std::string> ids;
    for (auto const& o : found)
      ids.push_back(o.id);
    return ids;
  }

  static bool comes_before(ModelObservation const& a, ModelObservation const& b, std::string const& sort) {
    auto const by_date = [](auto const& o) { return std::pair{o.when(), o.rid}; };
    if (sort.empty())
      return by_date(b) < by_date(a);
    if (sort == "date" || sort == "-date") {
      if (a.effective.has_value() != b.effective.has_value())
        return a.effective.has_value();
      return sort == "date" ? by_date(a) < by_date(b) : by_date(b) < by_date(a);
    }
    if (sort == "_id")
      return a.id < b.id;
    if (sort == "-_id")
      return b.id < a.id;
    if (sort == "_lastUpdated")
      return a.updated < b.updated;
    if (sort == "-_lastUpdated")
      return b.updated < a.updated;
    if (a.text.empty() != b.text.empty())
      return b.text.empty();
    auto const x = folded(a.text), y = folded(b.text);
    if (sort == "value-string")
      return std::tie(x, a.rid) < std::tie(y, b.rid);
    return x != y ? y < x : a.id < b.id;
  }

  Page page_of(std::vector<std::pair<std::string, std::string>> const& parameters) {
    auto const query = parse_query("Observation", parameters, Unknown::Refuse);
    RC_ASSERT(query.has_value());
    Result<Page> page;
    store_->read({}, [&](ReadTx& tx) { page = tx.search(*query); });
    RC_ASSERT(page.has_value());
    return *std::move(page);
  }

  std::vector<std::string> all_pages(std::vector<std::pair<std::string, std::string>> parameters,
                                     std::size_t count) {
    parameters.emplace_back("_count", std::to_string(count));
    parameters.emplace_back("_cursor", "");
    std::vector<std::string> ids;
    do {
      auto const page = page_of(parameters);
      for (auto const& match : page.matches)
        ids.push_back(match.key.id);
      RC_ASSERT(page.matches.size() <= count);
      parameters.back().second = page.next;
    } while (!parameters.back().second.empty());
    return ids;
  }

  std::string folder_;
  std::unique_ptr<Store> store_;
  std::int64_t now_ = start_of_time;
  std::map<std::string, ModelObservation> model_;
  std::map<std::string, int> rids_;
};

RC_GTEST_PROP(StoreProperty, searches_answer_what_a_plain_loop_answers, ()) {
  World world;
  for (int round = 0; round < 3; ++round) {
    world.change_some();
    for (int i = 0; i < 6; ++i)
      world.search_once();
    if (*rc::gen::inRange(0, 4) == 0)
      world.reopen();
  }
  world.check();
}

} // namespace
} // namespace tripsis::store
