// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The last session's note, to copy today's from.
#include "base/json/parse.hh"
#include "clinic/canonical.hh"
#include "clinic/find.hh"
#include "clinic/views/view.hh"

namespace tripsis::clinic {
namespace {

/// The references of the sections' entries.
void collect(json::Array const& sections, std::vector<store::Key>& keys) {
  for (auto const& section : sections) {
    for (auto const& entry : section.items("entry"))
      if (auto key = key_of(&entry))
        keys.push_back(*std::move(key));
    collect(section.items("section"), keys);
  }
}

} // namespace

Result<View> note_prefill_view(store::ReadTx& tx, std::string const& patient,
                               std::optional<std::string> const& appointment) {
  TRY(tx.read({"Patient", patient}));
  Parameters parameters{{"patient", patient},
                        {"type", std::string{canonical::note} + "|session"},
                        {"status", "final,amended"},
                        {"_sort", "-date"}};
  if (appointment) {
    auto const booked = TRY(read(tx, {"Appointment", *appointment}));
    if (auto const start = booked.text("start"); !start.empty())
      parameters.emplace_back("date", "lt" + std::string{start});
  }
  ViewBuilder view{tx};
  TRY(view.add("Composition", parameters, 1, ViewEntry::Mode::Match));
  if (view.entries().empty())
    return View{};
  std::vector<store::Key> parts;
  collect(TRY(json::parse(view.entries().front().json)).items("section"), parts);
  for (std::string_view const type : {"Procedure", "Observation"}) {
    std::vector<std::string> ids;
    for (auto const& key : parts)
      if (key.type == type)
        ids.push_back(key.id);
    TRY(view.add_by_id(type, std::move(ids)));
  }
  return std::move(view).take();
}

} // namespace tripsis::clinic
