// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What a records request is answered with: the signed notes of a span of days with their amendments, the
// measures, the consents, and to whom records went before.
#pragma once

#include "clinic/report/report_model.hh"

#include <string>
#include <vector>

namespace tripsis::clinic::report {

struct RecordedSection {
  std::string title;
  std::vector<std::string> lines;
};

struct RecordedNote {
  std::string heading; ///< "Session note, 4 Mar 2026"
  std::string signature;
  std::string amends; ///< What it changes, where it is an amendment
  std::vector<RecordedSection> sections;
};

struct Records {
  std::string practice;
  Author author;
  Date written{};
  Period period;
  Subject subject;
  std::string recipient, purpose;
  std::vector<RecordedNote> notes;                ///< Oldest first
  std::size_t withdrawn = 0;                      ///< Notes that were entered in error: told of, not given
  std::vector<std::vector<std::string>> measures; ///< Date, what, value
  std::vector<std::string> consents, disclosures;

  struct Sources {
    json::Value patient;
    std::optional<json::Value> author;
    std::vector<json::Value> notes, parts, observations, consents, disclosures;
  } sources;
};

struct RecordsRequest {
  std::string patient; ///< Its id
  Period period;
  std::string recipient, purpose;
  Date today{};
  std::string practice, author;
};

/// Fault::NotFound, Fault::Deleted as for a read of the patient.
Result<Records> make_records(store::ReadTx& tx, ViewContext const& context, RecordsRequest const& request);

/// The entry that says to whom, when and why records went (docs/formats/clinical-resources.md).
json::Value disclosure(RecordsRequest const& request, std::string_view id, std::string_view sent);

} // namespace tripsis::clinic::report
