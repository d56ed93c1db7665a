// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/report/document.hh"

#include "clinic/canonical.hh"
#include "clinic/find.hh"
#include "clinic/report/narrative.hh"

#include <set>

#include <fmt/format.h>

namespace tripsis::clinic::report {
namespace {

using json::Value;

/// A document as it grows: what a section refers to is put into the Bundle at the same time.
class Document {
public:
  Document(Issue const& issue, std::string_view loinc, std::string_view display, std::string_view title)
      : issue_{issue} {
    composition_ = json::object({{"resourceType", "Composition"}, {"id", issue.id}});
    // Made from the record, and not attested by itself.
    composition_.set("status", "preliminary");
    composition_.set(
        "type", json::object(
                    {{"coding", json::array({json::object(
                                    {{"system", systems::loinc}, {"code", loinc}, {"display", display}})})},
                     {"text", title}}));
    composition_.set("date", issue.timestamp).set("title", title);
  }

  void subject(Value const& patient, std::string_view name) {
    composition_.set("subject", reference(patient, name));
  }
  void author(Author const& author, std::optional<Value> const& resource) {
    composition_.push("author", resource ? reference(*resource, author.name)
                                         : json::object({{"display", author.name}}));
  }
  void section(std::string_view title, Narrative const& text,
               std::initializer_list<std::vector<Value> const*> sources = {}) {
    auto section = json::object({{"title", title}, {"text", text.element()}});
    std::set<std::string> seen;
    for (auto const* list : sources)
      for (auto const& resource : *list)
        if (seen.insert(reference_to(resource)).second)
          section.push("entry", reference(resource, {}));
    composition_.push("section", std::move(section));
  }

  Value finish() {
    auto bundle = json::object({{"resourceType", "Bundle"}});
    bundle.set("identifier",
               json::object({{"system", "urn:ietf:rfc:3986"}, {"value", "urn:uuid:" + issue_.id}}));
    bundle.set("type", "document").set("timestamp", issue_.timestamp);
    bundle.push("entry", entry(std::move(composition_)));
    for (auto& resource : resources_)
      bundle.push("entry", entry(std::move(resource)));
    return bundle;
  }

private:
  Value entry(Value resource) const {
    auto address = fmt::format("{}/{}", issue_.base, reference_to(resource));
    return json::object({{"fullUrl", std::move(address)}, {"resource", std::move(resource)}});
  }

  Value reference(Value const& resource, std::string_view display) {
    auto to = reference_to(resource);
    if (included_.insert(to).second)
      resources_.push_back(resource);
    auto element = json::object({{"reference", std::move(to)}});
    if (!display.empty())
      element.set("display", display);
    return element;
  }

  Issue const& issue_;
  Value composition_;
  std::vector<Value> resources_;
  std::set<std::string> included_;
};

std::vector<Value> in_list(std::optional<Value> const& value) {
  return value ? std::vector{*value} : std::vector<Value>{};
}

void add_measures(Document& document, ReportModel const& report) {
  Narrative text;
  text.paragraph(headline(report));
  std::vector<std::vector<std::string>> rows{{"Measure", "First", "Latest", "Change", "Reading"}};
  for (auto const& measure : report.measures)
    rows.push_back({measure.name,
                    fmt::format("{} ({})", measure.baseline().written, words_of(measure.baseline().on)),
                    measure.readings.size() < 2
                        ? ""
                        : fmt::format("{} ({})", measure.now().written, words_of(measure.now().on)),
                    change_words(measure), std::string{words_of(measure.verdict())}});
  if (!report.measures.empty())
    text.table(rows);
  std::vector<std::string> sources;
  for (auto const& measure : report.measures)
    if (measure.clear_change)
      sources.push_back(fmt::format("{}: {} points are a clear change ({})", measure.name,
                                    number_words(*measure.clear_change), measure.source));
  text.list(sources);
  text.paragraph(honest_sentence);
  document.section("Measures", text, {&report.sources.observations});
}

void add_referral(Document& document, ReportModel const& report) {
  Narrative text;
  if (report.order)
    text.paragraph(fmt::format("Referred by {}: {}.",
                               report.order->requester.empty() ? "a clinician who is not named"
                                                               : report.order->requester,
                               order_words(*report.order)));
  text.paragraph(report.complaint.empty() ? "No complaint is recorded." : "Complaint: " + report.complaint);
  auto const order = in_list(report.sources.order);
  document.section("Referral and complaint", text, {&order, &report.sources.conditions});
}

void add_visits(Document& document, ReportModel const& report) {
  Narrative text;
  text.paragraph(visits_words(report));
  if (!report.visits.dates.empty())
    text.paragraph(visit_dates(report.visits));
  document.section("Visits", text, {&report.sources.encounters});
  Narrative work;
  std::vector<std::string> lines;
  for (auto const& one : report.work)
    lines.push_back(fmt::format("{}: {} min; {}", one.region, one.minutes, list_of(one.techniques)));
  if (lines.empty())
    work.paragraph("No technique is recorded in this period.");
  work.list(lines);
  document.section("Worked on", work, {&report.sources.procedures});
}

void add_plan(Document& document, ReportModel const& report) {
  Narrative goals;
  std::vector<std::string> lines;
  for (auto const& aim : report.aims)
    lines.push_back(
        fmt::format("{}{}{}: {}", aim.words, aim.target.empty() ? "" : "; ", aim.target, aim.state));
  if (lines.empty())
    goals.paragraph("No goal is recorded.");
  goals.list(lines);
  document.section("Goals", goals, {&report.sources.goals});
  Narrative plan;
  plan.paragraph(report.plan && !report.plan->dose.empty() ? "Plan: " + report.plan->dose
                                                           : "No plan is recorded.");
  plan.paragraph(next_words(report));
  document.section("Plan and what is next", plan, {&report.sources.plans, &report.sources.reviews});
  Narrative harms;
  harms.paragraph(harms_words(report.harms));
  document.section("Adverse events", harms, {&report.sources.harms});
}

void add_report(Document& document, ReportModel const& report) {
  document.subject(report.sources.patient, report.subject.name);
  document.author(report.author, report.sources.author);
  add_referral(document, report);
  add_visits(document, report);
  add_measures(document, report);
  add_plan(document, report);
}

} // namespace

Value report_document(ReportModel const& report, Issue const& issue) {
  Document document{issue, "11506-3", "Progress note", "Progress report"};
  add_report(document, report);
  return document.finish();
}

Value letter_document(Letter const& letter, Issue const& issue) {
  Document document{issue, "11488-4", "Consult note", "Letter to the referrer"};
  Narrative text;
  text.paragraph(letter.salutation);
  text.paragraph("About: " + letter.about);
  for (auto const& sentence : letter.opening)
    text.paragraph(sentence);
  document.section("Letter", text);
  Narrative request;
  if (!letter.request.empty())
    request.paragraph(letter.request);
  request.list(letter.points);
  if (!letter.closing.empty())
    request.paragraph(letter.closing);
  document.section("What we ask", request);
  add_report(document, letter.report);
  return document.finish();
}

Value clearance_document(ClearanceLetter const& letter, Issue const& issue) {
  Document document{issue, "11488-4", "Consult note", "Request for a clearance"};
  Narrative text;
  text.paragraph(letter.physician.empty() ? "To the treating physician" : "To " + letter.physician);
  text.paragraph("About: " + letter.about);
  text.paragraph(letter.opening);
  for (auto const& point : letter.points) {
    text.paragraph(point.name);
    text.list({point.why, "In the record: " + point.because, "What we wait for: " + point.lifts});
  }
  if (!letter.planned.empty())
    text.paragraph(letter.planned);
  if (!letter.note.empty())
    text.paragraph(letter.note);
  document.section("What we ask", text);
  Narrative answer;
  answer.list({std::begin(answer_lines), std::end(answer_lines)});
  document.section("Your answer", answer);
  add_report(document, letter.report);
  return document.finish();
}

Value records_document(Records const& records, Issue const& issue) {
  Document document{issue, "11503-0", "Medical records", "Records"};
  document.subject(records.sources.patient, records.subject.name);
  document.author(records.author, records.sources.author);
  Narrative request;
  request.paragraph(fmt::format("Records from {} to {}, for {}. Purpose: {}", words_of(records.period.from),
                                words_of(records.period.to), records.recipient, records.purpose));
  document.section("Request", request);
  Narrative notes;
  for (auto const& note : records.notes) {
    notes.paragraph(note.heading + ". " + note.signature + ".");
    if (!note.amends.empty())
      notes.paragraph(note.amends);
    for (auto const& section : note.sections) {
      notes.paragraph(section.title);
      notes.list(section.lines);
    }
  }
  notes.paragraph(
      count_of(records.notes.size(), "signed note.", "signed notes.") +
      (records.withdrawn > 0 ? fmt::format(" {} entered in error and left out.", records.withdrawn) : ""));
  document.section("Signed notes", notes, {&records.sources.notes, &records.sources.parts});
  Narrative measures;
  std::vector<std::vector<std::string>> rows{{"Date", "Measure", "Value"}};
  rows.insert(rows.end(), records.measures.begin(), records.measures.end());
  measures.table(rows);
  document.section("Measures", measures, {&records.sources.observations});
  Narrative consents;
  consents.paragraph(count_of(records.consents.size(), "consent.", "consents."));
  consents.list(records.consents);
  document.section("Consents", consents, {&records.sources.consents});
  Narrative disclosures;
  disclosures.paragraph(
      count_of(records.disclosures.size(), "earlier disclosure.", "earlier disclosures."));
  disclosures.list(records.disclosures);
  document.section("Earlier disclosures", disclosures, {&records.sources.disclosures});
  return document.finish();
}

} // namespace tripsis::clinic::report
