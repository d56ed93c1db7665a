// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Milliseconds of the read operations that are made for a screen, on the made-up practice:
// build/release/views_bench. Times the views alone, without HTTP.
#include "app/demo/practice.hh"
#include "clinic/views/view.hh"
#include "store/store.hh"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>

#include <fmt/format.h>

namespace tripsis {
namespace {

constexpr int runs = 40;

template <class Work>
void measure(std::string_view name, store::Store& store, Work const& work) {
  std::vector<double> milliseconds;
  std::size_t entries = 0;
  for (int i = 0; i < runs; ++i) {
    auto const begin = std::chrono::steady_clock::now();
    store.read({}, [&](store::ReadTx& tx) { entries = work(tx, i); });
    milliseconds.push_back(
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
  }
  std::ranges::sort(milliseconds);
  fmt::print("{:<14} {:6.1f} ms in the middle, {:6.1f} ms at most, {} entries\n", name,
             milliseconds[milliseconds.size() / 2], milliseconds.back(), entries);
}

std::size_t count(Result<clinic::View> const& view) {
  if (!view)
    throw std::runtime_error{view.error().what};
  return view->size();
}

void run(std::string const& folder) {
  auto const zone = TimeZone::find("America/New_York").value();
  auto const knowledge = clinic::load_knowledge();
  auto const monday = std::chrono::year{2026} / 11 / 23;
  auto store = store::open_sqlite(folder, {}, zone);
  std::vector<std::string> patients;
  auto practice = app::demo::make_practice({1, monday}, zone, knowledge);
  for (auto const& unit : practice.units)
    for (auto const& change : unit.changes)
      if (change.key.type == "Patient")
        patients.push_back(change.key.id);
  for (auto const& written : store->write_each(std::move(practice.units)))
    if (!written)
      throw std::runtime_error{written.error().what};
  auto const now = zone.first_instant(std::chrono::local_days{monday} + std::chrono::minutes{620});
  clinic::ViewContext const context{knowledge, zone};
  auto const patient = [&](int i) { return patients[static_cast<std::size_t>(i) % patients.size()]; };
  SeededRandom random{1};

  measure("$day", *store,
          [&](store::ReadTx& tx, int) { return count(clinic::day_view(tx, context, monday)); });
  measure("$worklist", *store,
          [&](store::ReadTx& tx, int) { return count(clinic::worklist_view(tx, context, "", now)); });
  measure("$chart", *store,
          [&](store::ReadTx& tx, int i) { return count(clinic::chart_view(tx, patient(i), now)); });
  measure("$portal", *store, [&](store::ReadTx& tx, int i) {
    return count(clinic::portal_view(tx, context, patient(i), now));
  });
  measure("$propose-plan", *store, [&](store::ReadTx& tx, int i) {
    auto const bundle = clinic::propose_plan(tx, context, patient(i), {}, now, random);
    if (!bundle)
      throw std::runtime_error{bundle.error().what};
    return bundle->items("entry").size();
  });
}

} // namespace
} // namespace tripsis

int main() {
  auto folder = (std::filesystem::temp_directory_path() / "tripsis-views-XXXXXX").string();
  if (::mkdtemp(folder.data()) == nullptr)
    return EXIT_FAILURE;
  tripsis::run(folder);
  std::filesystem::remove_all(folder);
}
