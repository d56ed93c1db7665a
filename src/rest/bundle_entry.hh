// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The entries of a batch or a transaction, taken apart (https://hl7.org/fhir/R4/bundle.html).
#pragma once

#include "rest/call.hh"

#include <string>
#include <vector>

namespace tripsis::rest {

struct BundleEntry {
  std::size_t place = 0;                                    ///< In the Bundle, from 0
  std::string method;                                       ///< "POST"
  std::string url;                                          ///< As given: "Patient/1"
  std::string full_url;                                     ///< Or empty
  json::Value* resource = nullptr;                          ///< Or nullptr
  std::vector<std::pair<std::string, std::string>> headers; ///< If-Match and its kin, as headers
};

constexpr std::size_t most_entries = 5000;
/// Of what the entries of one Bundle answer together: a few bytes may ask for the same large record often.
constexpr std::size_t most_answer_bytes = std::size_t{64} * 1024 * 1024;

/// Fault::Structure, Required or Value with where, "Bundle.entry[3].request.url", for an entry that is no
/// request. The entries point into `bundle`.
Result<BundleEntry> parse_entry(json::Value& entry, std::size_t place);

/// "Bundle.entry[3]"
std::string entry_path(std::size_t place);

/// DELETE, POST, PUT, then GET (https://hl7.org/fhir/R4/http.html#trules): the order in which a Bundle's
/// entries are done.
std::vector<std::size_t> order_of_work(std::vector<BundleEntry> const& entries);

/// Answers the entry on its own, with the rights and preferences of the call that carries it. Adds what the
/// answer holds to `answered`, and refuses once that is more than most_answer_bytes.
Response answer_alone(Call& call, BundleEntry const& entry, std::size_t& answered);

/// The entry of the answer: status, location, etag, lastModified, and the resource or the outcome.
class BundleWriter;
void write_answer(BundleWriter& bundle, Response const& response);
/// "201 Created"
std::string status_line(int status);

/// All or nothing (transaction.cc). The entries are requests already.
Result<Response> transaction(Call& call, std::vector<BundleEntry> entries);

} // namespace tripsis::rest
