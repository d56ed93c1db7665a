// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// How fast the store is, beside the machine's own floor measured in the same run. tests/bench/README.md
// keeps results.
//   build/release/store_bench [folder on the disk to measure] [resources] [import: only that]
#include "base/json/parse.hh"
#include "store/store.hh"

#include <atomic>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <random>
#include <sys/resource.h>
#include <thread>
#include <unistd.h>

namespace tripsis::store {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

Instant wall_now() {
  return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

std::string text_id(std::uint64_t n) {
  return fmt::format("{:08x}-{:04x}-7{:03x}-8{:03x}-{:012x}", n >> 16, n & 0xffff, n % 4096, n * 7 % 4096,
                     n * 2'654'435'761U);
}

/// An Observation as records hold them, some 900 bytes.
enum class Age : unsigned char { Old, New };
json::Value observation(std::uint64_t n, std::uint64_t patients, Age age) {
  static constexpr std::array names{"Body weight",
                                    "Body height",
                                    "Heart rate",
                                    "Systolic blood pressure",
                                    "Pain severity - 0-10 verbal numeric rating",
                                    "Body mass index",
                                    "Oxygen saturation",
                                    "Respiratory rate",
                                    "Glucose",
                                    "Hemoglobin A1c"};
  // What is imported is spread over eight years; what is new is dated now.
  auto const now = std::chrono::floor<std::chrono::seconds>(wall_now());
  auto const at = age == Age::New
                      ? now
                      : now - std::chrono::days{n * 37 % 3'000} - std::chrono::seconds{n * 7 % 86'400};
  auto const day = std::chrono::floor<std::chrono::days>(at);
  std::chrono::year_month_day const date{day};
  std::chrono::hh_mm_ss const time{at - day};
  auto const when = fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}-05:00", static_cast<int>(date.year()),
                                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                                time.hours().count(), time.minutes().count(), time.seconds().count());
  auto const code = n * 31 % 90;
  auto parsed = json::parse(fmt::format(
      R"({{"resourceType":"Observation","id":"{}","meta":{{"profile":["http://hl7.org/fhir/StructureDefinition/vitalsigns"]}},"status":"final","category":[{{"coding":[{{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"vital-signs","display":"vital-signs"}}]}}],"code":{{"coding":[{{"system":"http://loinc.org","code":"{}-{}","display":"{}"}}],"text":"{}"}},"subject":{{"reference":"Patient/{}"}},"encounter":{{"reference":"Encounter/{}"}},"effectiveDateTime":"{}","issued":"{}.123-05:00","valueQuantity":{{"value":{}.{},"unit":"kg","system":"http://unitsofmeasure.org","code":"kg"}}}})",
      text_id(n), 29'000 + code, code % 10, names[code % names.size()], names[code % names.size()],
      text_id(1'000'000'000 + n % patients), text_id(2'000'000'000 + n / 8), when, when.substr(0, 19),
      40 + n % 90, n % 100));
  return *std::move(parsed);
}

Change create(std::uint64_t n, std::uint64_t patients, Age age = Age::New) {
  auto resource = observation(n, patients, age);
  return {.method = Method::Create, .key = {"Observation", text_id(n)}, .resource = std::move(resource)};
}

void report(std::string_view what, double count, double seconds, std::string_view unit = "/s") {
  fmt::print("{:<58} {:>12.0f} {}\n", what, count / seconds, unit);
}

/// Runs `work(thread, i)` on threads until `seconds` have passed; prints the rate and the latencies.
void measure(std::string const& what, int threads, double seconds, double per_call,
             std::function<void(int, std::uint64_t)> const& work) {
  std::vector<std::vector<double>> times(static_cast<std::size_t>(threads));
  auto const start = Clock::now();
  {
    std::vector<std::jthread> running;
    for (int thread = 0; thread < threads; ++thread)
      running.emplace_back([&, thread] {
        for (std::uint64_t i = 0; seconds_since(start) < seconds; ++i) {
          auto const begin = Clock::now();
          work(thread, i);
          times[static_cast<std::size_t>(thread)].push_back(seconds_since(begin) * 1e6);
        }
      });
  }
  auto const took = seconds_since(start);
  std::vector<double> all;
  for (auto const& one : times)
    all.insert(all.end(), one.begin(), one.end());
  std::ranges::sort(all);
  auto const at = [&](double part) {
    return all[static_cast<std::size_t>(part * static_cast<double>(all.size() - 1))];
  };
  fmt::print("{:<58} {:>12.0f} /s   p50 {:>7.1f} µs  p99 {:>8.1f} µs\n", what,
             static_cast<double>(all.size()) * per_call / took, at(0.5), at(0.99));
}

void measure_floor(std::string const& folder) {
  auto const path = folder + "/floor";
  auto const file = ::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC, 0600);
  std::string const block(8'192, 'x');
  off_t offset = 0;
  measure("floor: 8 KiB write and fdatasync", 1, 1, 1, [&](int, std::uint64_t) {
    if (::pwrite(file, block.data(), block.size(), offset) < 0 || ::fdatasync(file) != 0)
      std::abort();
    offset += static_cast<off_t>(block.size());
  });
  ::close(file);
  std::filesystem::remove(path);
}

std::uint64_t bytes_in(std::string const& folder) {
  std::uint64_t sum = 0;
  for (auto const& entry : std::filesystem::directory_iterator{folder})
    sum += entry.file_size();
  return sum;
}

class Bench {
public:
  Bench(std::string folder, std::uint64_t resources)
      : folder_{std::move(folder)}, resources_{resources},
        patients_{std::max<std::uint64_t>(resources / 340, 1)} {
    std::filesystem::remove_all(folder_);
    store_ = open_sqlite(folder_, {});
  }

  void run(bool import_only) {
    measure_floor(folder_);
    import();
    if (import_only)
      return;
    reads();
    searches();
    writes();
    start();
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    fmt::print("{:<58} {:>12} MB\n", "resident memory, most", usage.ru_maxrss / 1024);
  }

private:
  static constexpr std::uint64_t batch = 500;

  void import() {
    auto const begin = Clock::now();
    std::atomic<std::uint64_t> next = 0;
    {
      std::vector<std::jthread> threads;
      for (int thread = 0; thread < 2; ++thread)
        threads.emplace_back([&] {
          while (true) {
            auto const from = next.fetch_add(batch);
            if (from >= resources_)
              return;
            std::vector<Changes> units;
            for (auto n = from; n < std::min(from + batch, resources_); ++n) {
              units.push_back({.changes = {create(n, patients_, Age::Old)},
                               .origin = Origin::Import,
                               .now = wall_now()});
              units.back().changes.front().import_updated =
                  Instant{std::chrono::milliseconds{1'600'000'000'000 + n}};
            }
            store_->write_each(std::move(units));
          }
        });
    }
    auto const written = seconds_since(begin);
    count();
    report(fmt::format("import of {} by batches of {} (making JSON included)", resources_, batch),
           static_cast<double>(resources_), written);
    report("... until indexed", static_cast<double>(resources_), seconds_since(begin));
    store_.reset();
    fmt::print("{:<58} {:>12.0f} bytes\n", "disk a resource",
               static_cast<double>(bytes_in(folder_)) / static_cast<double>(resources_));
    store_ = open_sqlite(folder_, {});
  }

  std::uint64_t count() {
    std::uint64_t total = 0;
    store_->read({}, [&](ReadTx& tx) {
      total =
          tx.search(*parse_query("Observation", {{"_summary", "count"}}, Unknown::Refuse))->total.value();
    });
    return total;
  }

  void reads() {
    auto const read = [&](int thread, std::uint64_t i) {
      Key const key{"Observation",
                    text_id((i * 7'919 + static_cast<std::uint64_t>(thread) * 13) % resources_)};
      store_->read({}, [&](ReadTx& tx) {
        if (!tx.read(key))
          std::abort();
      });
    };
    measure("read by id, 1 thread", 1, 2, 1, read);
    measure("read by id, 2 threads", 2, 2, 1, read);
  }

  void
  search(std::string const& what,
         std::function<std::vector<std::pair<std::string, std::string>>(std::uint64_t)> const& parameters) {
    measure(what, 1, 1.5, 1, [&](int, std::uint64_t i) {
      store_->read({}, [&](ReadTx& tx) {
        if (!tx.search(*parse_query("Observation", parameters(i), Unknown::Refuse)))
          std::abort();
      });
    });
  }

  void searches() {
    auto const patient = [this](std::uint64_t i) {
      return "Patient/" + text_id(1'000'000'000 + i * 31 % patients_);
    };
    auto const code = [](std::uint64_t i) {
      return fmt::format("http://loinc.org|{}-{}", 29'000 + i % 90, i % 90 % 10);
    };
    search("search patient=X, 20 a page", [&](std::uint64_t i) {
      return std::vector<std::pair<std::string, std::string>>{{"patient", patient(i)}, {"_count", "20"}};
    });
    search("search patient=X&_sort=-date", [&](std::uint64_t i) {
      return std::vector<std::pair<std::string, std::string>>{{"patient", patient(i)}, {"_sort", "-date"}};
    });
    search("search patient=X&code=S|C", [&](std::uint64_t i) {
      return std::vector<std::pair<std::string, std::string>>{{"patient", patient(i)}, {"code", code(i)}};
    });
    search("search code=S|C&date=ge…&_sort=-date", [&](std::uint64_t i) {
      return std::vector<std::pair<std::string, std::string>>{
          {"code", code(i)}, {"date", fmt::format("ge20{}-03", 19 + i % 6)}, {"_sort", "-date"}};
    });
    search("search category&status (two broad tokens that meet)", [](std::uint64_t) {
      return std::vector<std::pair<std::string, std::string>>{{"category", "vital-signs"},
                                                              {"status", "final"}};
    });
    search("count of one code", [&](std::uint64_t i) {
      return std::vector<std::pair<std::string, std::string>>{{"code", code(i)}, {"_summary", "count"}};
    });
  }

  void writes() {
    std::atomic<std::uint64_t> next = resources_;
    for (int const threads : {1, 16, 64})
      measure(fmt::format("durable creates, {} callers", threads), threads, 3, 1, [&](int, std::uint64_t) {
        if (!store_->write({.changes = {create(next++, patients_)}, .now = wall_now()}))
          std::abort();
      });
    measure("durable creates in units of 50, 4 callers (resources)", 4, 3, 50, [&](int, std::uint64_t) {
      Changes unit{.now = wall_now()};
      for (int i = 0; i < 50; ++i)
        unit.changes.push_back(create(next++, patients_));
      if (!store_->write(std::move(unit)))
        std::abort();
    });
    measure("durable updates, 16 callers", 16, 2, 1, [&](int thread, std::uint64_t i) {
      auto change = create((i * 16 + static_cast<std::uint64_t>(thread)) % resources_, patients_);
      if (!store_->write({.changes = {std::move(change)}, .now = wall_now()}))
        std::abort();
    });
  }

  void start() {
    store_.reset();
    auto const begin = Clock::now();
    store_ = open_sqlite(folder_, {});
    auto const total = count();
    fmt::print("{:<58} {:>12.1f} ms with {} resources\n", "opening to the first answer",
               seconds_since(begin) * 1e3, total);
    auto const checking = Clock::now();
    auto const check = store_->check();
    fmt::print("{:<58} {:>12.1f} s, {} problems\n", "check", seconds_since(checking),
               check.problems.size());
    for (auto const& problem : check.problems)
      fmt::print("  {}\n", problem);
  }

  std::string folder_;
  std::uint64_t resources_, patients_;
  std::unique_ptr<Store> store_;
};

} // namespace
} // namespace tripsis::store

int main(int count, char** arguments) {
  std::string const folder = count > 1 ? arguments[1] : "build/store_bench_data";
  auto const resources = count > 2 ? std::strtoull(arguments[2], nullptr, 10) : 100'000;
  tripsis::store::Bench{folder, resources}.run(count > 3);
  std::filesystem::remove_all(folder);
}
