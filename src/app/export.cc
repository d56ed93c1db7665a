// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// tripsis export: everything, as one list of resources a type
// (https://hl7.org/fhir/uv/bulkdata/export.html#bulk-data-output), which `tripsis import` reads back.
#include "app/command.hh"
#include "app/wiring.hh"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <map>
#include <sys/stat.h>
#include <system_error>

#include <fmt/format.h>

namespace tripsis::app {
namespace {

/// One file a type, opened when its first resource comes.
class Files {
public:
  explicit Files(std::filesystem::path folder) : folder_{std::move(folder)} {}

  void write(store::Version const& version) {
    auto& file = files_[version.key.type];
    if (!file.out.is_open())
      file.out.open(folder_ / (version.key.type + ".ndjson"), std::ios::binary);
    file.out << version.json << '\n';
    if (!file.out)
      throw std::system_error{errno, std::generic_category(), "cannot write into " + folder_.string()};
    ++file.count;
  }

  void finish() {
    for (auto& [type, file] : files_) {
      file.out.close();
      if (!file.out)
        throw std::system_error{errno, std::generic_category(), "cannot write into " + folder_.string()};
      fmt::print("{:<28} {:>9}\n", type, file.count);
    }
  }

private:
  struct File {
    std::ofstream out;
    std::uint64_t count = 0;
  };
  std::filesystem::path folder_;
  std::map<std::string, File> files_;
};

Result<Exit> run(Arguments const& arguments) {
  std::filesystem::path const target = arguments.get("path");
  auto const source = arguments.get("data");
  if (!std::filesystem::is_directory(source))
    return fail(Fault::NotFound, fmt::format("There is no data folder {}.", source));
  if (std::filesystem::exists(target) && !std::filesystem::is_empty(target))
    return fail(Fault::Conflict, fmt::format("{} is not empty; name a new folder.", target.string()));
  auto const store = open_store(DataFolder::ensure(source));
  if (std::filesystem::create_directories(target))
    ::chmod(target.c_str(), S_IRWXU); // patient data
  Files files{target};
  TRY(store->for_each([&](store::Version const& version) -> Result<> {
    files.write(version);
    return {};
  }));
  files.finish();
  return Exit::Fine;
}

} // namespace

Command export_command() {
  return {"export",
          "Writes every resource into a folder, one TYPE.ndjson a type",
          {{"path", "The folder; it must be empty or absent", Argument::Kind::Positional,
            Argument::Need::Required},
           data_argument},
          run};
}

} // namespace tripsis::app
