// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What a safety screening costs: build/release/screening_bench [folder of Bundles]. A record of 500
// resources, from memory and from the store, and 10,000 patients one after the other on one core; with a
// folder, its Bundles too. Each figure is processor time beside its limit.
#include "app/demo/practice.hh"
#include "base/json/parse.hh"
#include "clinic/patient_record.hh"
#include "clinic/screening/facts.hh"
#include "clinic/screening/screening.hh"
#include "clinic/views/view.hh"
#include "store/store.hh"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <fmt/format.h>

namespace tripsis {
namespace {

using clinic::screening::PatientRecord;

/// Of this thread: others on the machine do not count.
double cpu_milliseconds() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

template <class Work>
void measure(std::string_view what, double limit, Work const& work) {
  constexpr std::size_t runs = 300;
  std::vector<double> times;
  for (std::size_t i = 0; i < runs; ++i) {
    auto const begin = cpu_milliseconds();
    work();
    times.push_back(cpu_milliseconds() - begin);
  }
  std::ranges::sort(times);
  fmt::print("{:<52} {:7.3f} ms in the middle, {:7.3f} ms at most  (limit {} ms)\n", what, times[runs / 2],
             times.back(), limit);
}

json::Value parsed(std::string const& text) {
  return json::parse(text).value();
}

/// Somebody who has come for years: every second resource is one that a rule may read.
std::vector<json::Value> long_record() {
  std::vector<json::Value> all;
  auto const add = [&](int count, auto const& make) {
    for (int i = 0; i < count; ++i) {
      auto resource = parsed(make(i));
      resource.set("id", fmt::format("r{}", all.size()));
      resource.set("subject", json::object({{"reference", "Patient/p"}}));
      all.push_back(std::move(resource));
    }
  };
  auto const day = [](int i) {
    return fmt::format("{}-{:02}-{:02}", 2026 - i / 100, 1 + i % 11, 1 + i % 28);
  };
  constexpr std::array codes{"M54.50", "I10", "M79.18", "G44.209", "E11.9", "Z85.3", "F41.1", "S52.501D"};
  constexpr std::array medicines{"apixaban 5 MG Oral Tablet", "atorvastatin 20 MG Oral Tablet",
                                 "ibuprofen 400 MG", "metformin 500 MG Oral Tablet"};
  constexpr std::array loinc{"72514-3", "8310-5", "8867-4", "718-7", "39156-5"};
  auto const with = []<std::size_t n>(std::array<char const*, n> const& from, int i) {
    return from[static_cast<std::size_t>(i) % n];
  };
  add(30, [&](int i) {
    return fmt::format(
        R"({{"resourceType":"Condition","code":{{"coding":[{{"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"{}","display":"Some diagnosis"}}]}},"onsetDateTime":"{}"}})",
        with(codes, i), day(i * 9));
  });
  add(40, [&](int i) {
    return fmt::format(
        R"({{"resourceType":"MedicationStatement","status":"{}","medicationCodeableConcept":{{"text":"{}"}},"effectivePeriod":{{"start":"{}"}}}})",
        i % 4 == 0 ? "active" : "completed", with(medicines, i), day(i * 7));
  });
  add(20, [&](int i) {
    return fmt::format(
        R"({{"resourceType":"Procedure","status":"completed","code":{{"coding":[{{"system":"http://snomed.info/sct","code":"80146002"}}]}},"performedDateTime":"{}"}})",
        day(100 + i * 9));
  });
  add(60, [&](int i) {
    return fmt::format(
        R"({{"resourceType":"Observation","status":"final","code":{{"coding":[{{"system":"http://loinc.org","code":"85354-9"}}]}},"effectiveDateTime":"{}","component":[{{"code":{{"coding":[{{"system":"http://loinc.org","code":"8480-6"}}]}},"valueQuantity":{{"value":128,"unit":"mm[Hg]","code":"mm[Hg]"}}}},{{"code":{{"coding":[{{"system":"http://loinc.org","code":"8462-4"}}]}},"valueQuantity":{{"value":78,"unit":"mm[Hg]","code":"mm[Hg]"}}}}]}})",
        day(i * 5));
  });
  add(180, [&](int i) {
    return fmt::format(
        R"({{"resourceType":"Observation","status":"final","code":{{"coding":[{{"system":"http://loinc.org","code":"{}"}}]}},"effectiveDateTime":"{}","valueQuantity":{{"value":36,"unit":"Cel","code":"Cel"}}}})",
        with(loinc, i), day(i * 2));
  });
  add(60, [&](int i) {
    std::string items;
    for (auto const* finding : {"pv_infection", "pv_new_medical", "pv_limb", "pv_neuro", "pv_chest",
                                "pregnant", "pv_after_effect", "chest_pain_now", "fever_now", "open_wound"})
      items += fmt::format(R"({}{{"linkId":"{}","answer":[{{"valueBoolean":false}}]}})",
                           items.empty() ? "" : ",", finding);
    return fmt::format(
        R"({{"resourceType":"QuestionnaireResponse","status":"completed","authored":"{}T08:00:00-05:00","item":[{{"linkId":"g","item":[{}]}}]}})",
        day(i * 5), items);
  });
  add(110, [&](int i) {
    return fmt::format(
        R"({{"resourceType":"Encounter","status":"finished","class":{{"code":"AMB"}},"period":{{"start":"{}"}}}})",
        day(i * 3));
  });
  return all;
}

json::Value patient(std::string const& id) {
  return json::object({{"resourceType", "Patient"}, {"id", id}, {"birthDate", "1961-05-17"}});
}

std::unique_ptr<store::Store> fill(std::string const& folder, TimeZone const& zone,
                                   std::vector<store::Changes> units) {
  auto store = store::open_sqlite(folder, {}, zone);
  for (auto const& written : store->write_each(std::move(units)))
    if (!written)
      throw std::runtime_error{written.error().what};
  return store;
}

void bench_one(clinic::Knowledge const& knowledge, TimeZone const& zone, std::string const& folder) {
  auto const day = std::chrono::year{2026} / 11 / 23;
  auto const resources = long_record();
  PatientRecord record{patient("p")};
  store::Changes changes{.changes = {{.key = {"Patient", "p"}, .resource = patient("p")}},
                         .origin = store::Origin::Import};
  for (auto const& resource : resources) {
    record.add(resource);
    changes.changes.push_back(
        {.key = {std::string{resource.text("resourceType")}, std::string{resource.text("id")}},
         .resource = resource});
  }
  auto const on = std::chrono::sys_days{day};
  measure("gather facts, 500 resources", 1, [&] { gather(knowledge.rules, record, on, &zone); });
  measure("screen (gather and judge), 500 resources", 1,
          [&] { clinic::screening::screen(knowledge.rules, record, on, &zone); });
  std::vector<store::Changes> units;
  units.push_back(std::move(changes));
  auto const store = fill(folder + "/one", zone, std::move(units));
  clinic::ViewContext const context{knowledge, zone};
  measure("gather the record from the store, 500 resources", 1, [&] {
    store->read({}, [&](store::ReadTx& tx) {
      clinic::gather_record(clinic::find_in(tx), knowledge.rules, "p").value();
    });
  });
  measure("$screen from the store, 500 resources", 1, [&] {
    store->read({}, [&](store::ReadTx& tx) {
      clinic::to_parameters(clinic::screen_on(tx, context, "p", on).value(), knowledge, on);
    });
  });
}

/// The made-up practice's patients again and again, as a calendar or a worklist screens them.
void bench_many(clinic::Knowledge const& knowledge, TimeZone const& zone, std::string const& folder) {
  constexpr std::size_t wanted = 10'000;
  auto const monday = std::chrono::year{2026} / 11 / 23;
  auto practice = app::demo::make_practice({1, monday}, zone, knowledge);
  std::vector<std::string> patients;
  for (auto const& unit : practice.units)
    for (auto const& change : unit.changes)
      if (change.key.type == "Patient")
        patients.push_back(change.key.id);
  auto const store = fill(folder + "/practice", zone, std::move(practice.units));
  auto const begin = cpu_milliseconds();
  std::size_t screened = 0;
  double reading = 0;
  while (screened < wanted) {
    auto const began = cpu_milliseconds();
    clinic::PatientRecords records;
    store->read({}, [&](store::ReadTx& tx) {
      records = clinic::gather_records(clinic::find_in(tx), knowledge.rules, patients).value();
    });
    reading += cpu_milliseconds() - began;
    for (auto const& [id, record] : records)
      clinic::screening::screen(knowledge.rules, record, std::chrono::sys_days{monday}, &zone);
    screened += records.size();
  }
  fmt::print("{:<52} {:7.2f} s, of which {:.2f} s read from the store  (limit 10 s)\n",
             fmt::format("{} screenings of {} patients", screened, patients.size()),
             (cpu_milliseconds() - begin) / 1000, reading / 1000);
}

void bench_bundles(clinic::Knowledge const& knowledge, std::string const& folder) {
  std::vector<PatientRecord> records;
  for (auto const& file : std::filesystem::recursive_directory_iterator{folder}) {
    if (file.path().extension() != ".json")
      continue;
    std::ifstream in{file.path()};
    auto bundle = json::parse(std::string{std::istreambuf_iterator<char>{in}, {}});
    if (auto record =
            bundle ? PatientRecord::from_bundle(*std::move(bundle)) : std::unexpected{bundle.error()})
      records.push_back(*std::move(record));
  }
  auto const on = std::chrono::sys_days{std::chrono::year{2026} / 11 / 21};
  measure(fmt::format("{} Bundles of {}, each", records.size(), folder),
          static_cast<double>(records.size()), [&] {
            for (auto const& record : records)
              clinic::screening::screen(knowledge.rules, record, on);
          });
}

void run(std::string const& folder, std::vector<std::string> const& bundles) {
  auto const zone = TimeZone::find("America/New_York").value();
  auto const knowledge = clinic::load_knowledge();
  bench_one(knowledge, zone, folder);
  bench_many(knowledge, zone, folder);
  for (auto const& more : bundles)
    bench_bundles(knowledge, more);
}

} // namespace
} // namespace tripsis

int main(int argc, char** argv) {
  auto folder = (std::filesystem::temp_directory_path() / "tripsis-screening-XXXXXX").string();
  if (::mkdtemp(folder.data()) == nullptr)
    return EXIT_FAILURE;
  for (auto const* name : {"/one", "/practice"})
    std::filesystem::create_directory(folder + name);
  tripsis::run(folder, {argv + 1, argv + argc});
  std::filesystem::remove_all(folder);
}
