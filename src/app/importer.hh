// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Brings resources from files into a store: Bundles and single resources (.json), and lists of resources,
// one a line (.ndjson). A bad resource is told and left out; the rest goes on. Importing the same files
// twice changes nothing. What the clinic's write rules judge by (diagnoses, answers …) comes in before what
// they judge (appointments, procedures, notes), in whichever order the files hold them.
#pragma once

#include "base/clock.hh"
#include "base/json/value.hh"
#include "clinic/rules.hh"
#include "store/store.hh"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace tripsis::app {

struct Tally {
  std::uint64_t read = 0, written = 0, left = 0, refused = 0;
};

struct ImportReport {
  std::map<std::string, Tally, std::less<>> by_type; ///< "" for what has no known type
  Tally total() const;
};

/// Lives on one thread.
class Importer {
public:
  /// Where in a file, and why something was refused: "bundle.json, entry 12 (Observation): …".
  using Complain = std::function<void(std::string const& sentence)>;
  /// Called after each part with how many resources have been read so far.
  using Progress = std::function<void(std::uint64_t read)>;

  /// `let_through` is the one that the store's write rules note in: each file's are told of in one
  /// Provenance.
  Importer(store::Store& store, clinic::LetThrough& let_through, Clock const& clock, Complain complain,
           Progress progress);

  /// A file, or all .json and .ndjson files of a folder in the order of their names. References between the
  /// files' Bundles by urn:uuid: become Type/id. Fault::NotFound where there is no such file or folder.
  Result<ImportReport> import(std::filesystem::path const& path);

private:
  enum class Pass : unsigned char { Facts, Acts };
  /// For the sentence that tells of a refusal.
  struct Place {
    std::string file;
    std::string_view unit; ///< "entry" or "line"; empty for a file that is one resource
    std::size_t number = 0;
    std::string type;
  };
  void learn_names(std::filesystem::path const& file);
  void import_file(std::filesystem::path const& file);
  void import_bundle(std::filesystem::path const& file, json::Value bundle);
  void import_lines(std::filesystem::path const& file);
  void take(Place place, json::Value resource);
  void flush();
  void mark_let_through();
  void refuse_text(Place const& place, std::string_view why);
  void refuse(Place const& place, std::string_view type, std::string_view why);

  store::Store& store_;
  clinic::LetThrough& let_through_;
  Pass pass_ = Pass::Facts;
  std::vector<clinic::LetThrough::Item> marked_; ///< Of the present file
  Clock const& clock_;
  Complain complain_;
  Progress progress_;
  ImportReport report_;
  std::uint64_t read_ = 0;
  std::unordered_map<std::string, std::string> references_; // fullUrl → Type/id
  std::vector<store::Changes> pending_;
  std::vector<Place> pending_places_;
};

} // namespace tripsis::app
