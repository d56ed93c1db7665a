// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/report/records.hh"

#include "clinic/canonical.hh"
#include "fhir/date_time.hh"

#include <algorithm>

#include <fmt/format.h>

namespace tripsis::clinic::report {
namespace {

using json::Value;

constexpr std::string_view disclosed = "disclosure";

std::string_view first_text(Value const& resource, std::initializer_list<std::string_view> elements) {
  for (auto const element : elements)
    if (auto const text = resource.text(element); !text.empty())
      return text;
  return {};
}

std::string number_extension_words(Value const& procedure, std::string_view name) {
  for (auto const& extension : procedure.items("extension"))
    if (extension.text("url").ends_with("StructureDefinition/" + std::string{name}))
      if (auto const* value = extension.find("valueInteger"); value != nullptr && value->is_number())
        return value->lexeme();
  return {};
}

/// A note's Procedure or Observation on one line.
std::string line_of(Value const& part) {
  auto line = text_of(part.find("code"));
  if (auto const site = text_of(part.find("bodySite")); !site.empty())
    line += ", " + site;
  if (part.text("resourceType") == "Observation") {
    auto const value = value_of(part);
    return value.empty() ? line : fmt::format("{}: {}", line, value);
  }
  if (auto const minutes = number_extension_words(part, "minutes"); !minutes.empty())
    line += fmt::format(", {} min", minutes);
  if (auto const pressure = number_extension_words(part, "pressure"); !pressure.empty())
    line += fmt::format(", pressure {} of 10", pressure);
  return line;
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    auto const end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

class Gatherer {
public:
  Gatherer(store::ReadTx& tx, ViewContext const& context, RecordsRequest const& request)
      : tx_{tx}, context_{context}, request_{request}, find_{find_in(tx)} {}

  Result<Records> gather() {
    auto head = TRY(make_report(tx_, context_,
                                {.patient = request_.patient,
                                 .since = request_.period.from,
                                 .until = request_.period.to,
                                 .today = request_.today,
                                 .practice = request_.practice,
                                 .author = request_.author}));
    records_.practice = std::move(head.practice);
    records_.author = std::move(head.author);
    records_.written = head.written;
    records_.period = request_.period;
    records_.subject = std::move(head.subject);
    records_.sources.patient = std::move(head.sources.patient);
    records_.sources.author = std::move(head.sources.author);
    records_.recipient = request_.recipient;
    records_.purpose = request_.purpose;
    TRY(add_notes());
    TRY(add_measures());
    TRY(add_consents());
    TRY(add_disclosures());
    return std::move(records_);
  }

private:
  Parameters of_patient() const { return {{"patient", request_.patient}}; }

  std::optional<Date> date(std::string_view text) const {
    auto const parsed = fhir::DateTime::parse(text);
    return parsed ? std::optional{context_.zone.date(parsed->range(context_.zone).low)} : std::nullopt;
  }
  bool is_in_period(std::string_view text) const {
    auto const on = date(text);
    return on && request_.period.contains(*on);
  }
  /// All matches whose date (one of the elements) lies in the period, oldest first.
  Result<std::vector<Value>> find_dated(std::string_view type,
                                        std::initializer_list<std::string_view> elements) {
    std::vector<Value> found;
    for (auto& each : TRY(find_(type, of_patient())))
      if (is_in_period(first_text(each, elements)))
        found.push_back(std::move(each));
    std::ranges::stable_sort(found, {}, [&](Value const& each) {
      return fhir::DateTime::parse(first_text(each, elements))->range(context_.zone).low;
    });
    return found;
  }

  Result<> add_notes() {
    for (auto& note : TRY(find_dated("Composition", {"date"}))) {
      auto const status = note.text("status");
      if (code_in(note.find("type"), canonical::note).empty() || status == "preliminary")
        continue;
      if (status == "entered-in-error") {
        ++records_.withdrawn;
        continue;
      }
      records_.notes.push_back(TRY(note_of(note)));
      records_.sources.notes.push_back(std::move(note));
    }
    return {};
  }

  Result<RecordedNote> note_of(Value const& note) {
    RecordedNote words;
    auto const title = note.text("title");
    words.heading = fmt::format("{}, {}", title.empty() ? "Note" : title,
                                report::words_of(note.text("date"), context_.zone));
    std::vector<std::string> authors;
    for (auto const& author : note.items("author"))
      authors.push_back(name_behind(author));
    auto const* attested = note.at({"attester", "time"});
    words.signature = fmt::format("Signed by {}{}", list_of(authors),
                                  attested != nullptr && attested->is_string()
                                      ? ", " + report::words_of(attested->string(), context_.zone)
                                      : "");
    for (auto const& relation : note.items("relatesTo"))
      words.amends = amendment(relation);
    TRY(add_sections(note.items("section"), words.sections));
    return words;
  }

  std::string name_behind(Value const& reference) {
    if (auto const display = reference.text("display"); !display.empty())
      return std::string{display};
    auto const key = key_of(&reference);
    auto const found = key ? read(tx_, *key) : fail(Fault::NotFound, "");
    auto name = found ? name_of(*found) : std::string{};
    return name.empty() ? "a person whose name is not kept" : name;
  }

  std::string amendment(Value const& relation) {
    auto const key = key_of(relation.find("targetReference"));
    auto const original = key ? read(tx_, *key) : fail(Fault::NotFound, "");
    auto const of = original ? report::words_of(original->text("date"), context_.zone) : std::string{};
    return fmt::format("Amendment: {} the note{}{}.",
                       relation.text("code") == "replaces" ? "replaces" : "adds to",
                       of.empty() ? "" : " of ", of);
  }

  Result<> add_sections(json::Array const& sections, std::vector<RecordedSection>& words) {
    for (auto const& section : sections) {
      RecordedSection one{std::string{section.text("title")}, {}};
      if (auto const* text = section.find("text"))
        one.lines = lines_of(plain_text(text->text("div")));
      for (auto const& entry : section.items("entry")) {
        auto const key = key_of(&entry);
        auto part = key ? read(tx_, *key) : fail(Fault::NotFound, "");
        if (!part || part->text("status") == "entered-in-error")
          continue;
        one.lines.push_back(line_of(*part));
        records_.sources.parts.push_back(*std::move(part));
      }
      words.push_back(std::move(one));
      TRY(add_sections(section.items("section"), words));
    }
    return {};
  }

  Result<> add_measures() {
    for (auto& observation : TRY(find_dated("Observation", {"effectiveDateTime", "issued"}))) {
      auto const value = value_of(observation);
      if (!is_final(observation) || value.empty())
        continue;
      auto what = text_of(observation.find("code"));
      if (auto const site = text_of(observation.find("bodySite")); !site.empty())
        what += ", " + site;
      records_.measures.push_back(
          {report::words_of(first_text(observation, {"effectiveDateTime", "issued"}), context_.zone), what,
           value});
      records_.sources.observations.push_back(std::move(observation));
    }
    return {};
  }

  Result<> add_consents() {
    for (auto& consent : TRY(find_dated("Consent", {"dateTime"}))) {
      if (consent.text("status") == "entered-in-error")
        continue;
      auto line = fmt::format("{}: {}", report::words_of(consent.text("dateTime"), context_.zone),
                              text_or(consent.find("category"), "Consent"));
      auto const* provision = consent.find("provision");
      if (provision != nullptr) {
        line += fmt::format(", {}", permission(*provision));
        for (auto const& part : provision->items("provision"))
          line += fmt::format("; {}: {}", text_or(part.find("code"), "part"), permission(part));
      }
      line += fmt::format(" ({})", consent.text("status"));
      records_.consents.push_back(std::move(line));
      records_.sources.consents.push_back(std::move(consent));
    }
    return {};
  }

  static std::string_view permission(Value const& provision) {
    return provision.text("type") == "deny" ? "not given" : "given";
  }

  static std::string text_or(Value const* concept_, std::string_view otherwise) {
    auto text = text_of(concept_);
    auto const* code = concept_ != nullptr && concept_->is_array() && !concept_->array().empty()
                           ? concept_->array().front().at({"coding", "code"})
                           : nullptr;
    if (text.empty() && code != nullptr && code->is_string())
      text = code->string();
    return text.empty() ? std::string{otherwise} : text;
  }

  Result<> add_disclosures() {
    for (auto& sent : TRY(find_dated("Communication", {"sent"}))) {
      if (code_in(sent.find("category"), canonical::communication) != disclosed ||
          sent.text("status") == "entered-in-error")
        continue;
      auto const* to = sent.at({"recipient", "display"});
      auto const* what = sent.at({"payload", "contentString"});
      records_.disclosures.push_back(
          fmt::format("{}: to {}. {}", report::words_of(sent.text("sent"), context_.zone),
                      to != nullptr && to->is_string() ? to->string() : "nobody named",
                      what != nullptr && what->is_string() ? what->string() : ""));
      records_.sources.disclosures.push_back(std::move(sent));
    }
    return {};
  }

  store::ReadTx& tx_;
  ViewContext const& context_;
  RecordsRequest const& request_;
  Find find_;
  Records records_;
};

} // namespace

Result<Records> make_records(store::ReadTx& tx, ViewContext const& context, RecordsRequest const& request) {
  return Gatherer{tx, context, request}.gather();
}

Value disclosure(RecordsRequest const& request, std::string_view id, std::string_view sent) {
  auto entry = json::object({{"resourceType", "Communication"}, {"id", id}, {"status", "completed"}});
  entry.push(
      "category",
      json::object({{"coding", json::array({json::object({{"system", canonical::communication},
                                                          {"code", disclosed},
                                                          {"display", "Disclosure of records"}})})}}));
  entry.set("subject", json::object({{"reference", "Patient/" + request.patient}}));
  entry.set("sent", sent).push("recipient", json::object({{"display", request.recipient}}));
  if (!request.author.empty())
    entry.set("sender", json::object({{"reference", request.author}}));
  entry.push("reasonCode", json::object({{"text", request.purpose}}));
  entry.push("payload",
             json::object(
                 {{"contentString",
                   fmt::format("Signed notes, measures and consents from {} to {}. Purpose: {}",
                               iso_of(request.period.from), iso_of(request.period.to), request.purpose)}}));
  return entry;
}

} // namespace tripsis::clinic::report
