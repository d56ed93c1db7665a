// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A patient's measures as a Parameters resource: what was measured, with a judgement of the change; what is
// due, and why; and what else belongs to their conditions.
#include "clinic/canonical.hh"
#include "clinic/daily_measures.hh"
#include "clinic/forms/questionnaires.hh"
#include "clinic/outcome/course.hh"
#include "clinic/outcome/diary.hh"
#include "clinic/views/view.hh"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace tripsis::clinic {
namespace {

using json::Value;
using outcome::DueMeasure;
using report::Measure;

/// One parameter `measure`; what is empty is left out, since FHIR knows no empty strings.
struct Parts {
  Value owner = json::object({{"name", "measure"}});

  void add(std::string_view name, std::string_view element, Value value) {
    if (!value.is_string() || !value.string().empty())
      owner.push("part", json::object({{"name", name}, {element, std::move(value)}}));
  }
  void decimal(std::string_view name, double value) {
    add(name, "valueDecimal",
        Value{json::Number{outcome::Score{static_cast<int>(std::lround(value * 10))}.text()}});
  }
};

std::string_view direction_of(std::string_view written) {
  return written == "lower_better"    ? "lower-better"
         : written == "higher_better" ? "higher-better"
                                      : std::string_view{};
}

/// "T points" of the PROMIS measures, mm, kPa …; most are points.
std::string unit_of(Instrument const& instrument, Value const& data) {
  if (auto const unit = data.text("unit"); !unit.empty())
    return std::string{unit};
  if (instrument.id == "headache_diary")
    return "days per 28";
  return forms::has_t_table(instrument.id) ? "T points"
         : instrument.id == "vas"          ? "mm"
         : instrument.id == "sleep_diary"  ? "%"
                                           : "points";
}

std::string_view entry_of(std::string_view instrument) {
  if (instrument == "rom")
    return "note"; // charted in the session; its form is another way
  return forms::entry_of(instrument) == forms::Entry::Form ? "form" : "score";
}

/// What the knowledge says of the instrument.
void add_instrument(Parts& parts, Knowledge const& knowledge, Instrument const& instrument) {
  static Value const none;
  auto const* found = forms::find_data(knowledge, instrument.id);
  auto const& data = found == nullptr ? none : *found;
  parts.add("unit", "valueString", unit_of(instrument, data));
  if (auto const& range = data.items("range"); range.size() == 2) {
    parts.add("low", "valueDecimal", range[0]);
    parts.add("high", "valueDecimal", range[1]);
  }
  parts.add("direction", "valueCode", direction_of(instrument.direction));
  parts.add("licence", "valueCode", instrument.licence);
  parts.add("entry", "valueCode", entry_of(instrument.id));
  parts.add("questionnaire", "valueUri",
            fmt::format("{}Questionnaire/{}", canonical::base, forms::form_id(instrument.id)));
}

void add_thresholds(Parts& parts, Knowledge const& knowledge, Instrument const& instrument) {
  auto const limits = outcome::thresholds(instrument);
  if (limits.mcid) {
    parts.decimal("clear", *limits.clear() / 10.0);
    if (auto const* larger = outcome::clear_threshold(instrument))
      parts.add("clearSource", "valueString",
                fmt::format("{} {} {}, {}: {}", larger->type, larger->value, larger->unit,
                            larger->population, knowledge.citation(larger->source)));
  }
  if (limits.mdc)
    parts.decimal("noise", *limits.mdc / 10.0);
}

void add_due(Parts& parts, DueMeasure const* due) {
  if (due == nullptr)
    return;
  if (due->on)
    parts.add("due", "valueDate", report::iso_of(report::Date{*due->on}));
  parts.add("reason", "valueString", due->reason);
}

void add_points(Parts& parts, Measure const& measure) {
  for (auto const& reading : measure.readings) {
    auto point = json::object({{"name", "point"}});
    auto const part = [&](std::string_view name, std::string_view element, Value value) {
      point.push("part", json::object({{"name", name}, {element, std::move(value)}}));
    };
    part("at", "valueDateTime", reading.at);
    part("value", "valueDecimal", Value{json::Number{reading.written}});
    part("ref", "valueReference", json::object({{"reference", reading.ref}}));
    if (reading.missing > 0)
      part("missing", "valueInteger", Value::integer(reading.missing));
    parts.owner.push("part", std::move(point));
  }
}

void add_judgement(Parts& parts, Measure const& measure) {
  if (measure.readings.size() > 1 || outcome::no_change(measure.instrument))
    parts.decimal("change", measure.difference());
  auto const change = measure.change();
  if (!change)
    return;
  parts.add("judgement", "valueCode", outcome::code_of(change->judgement));
  if (change->percent && !outcome::no_change(measure.instrument))
    parts.add("percent", "valueInteger", Value::integer(*change->percent));
}

void add_days(Parts& parts) {
  parts.add("unit", "valueString", "days per 28");
  parts.add("low", "valueDecimal", Value::integer(0));
  parts.add("high", "valueDecimal", Value::integer(outcome::window_days));
  parts.add("direction", "valueCode", "lower-better");
  parts.add("licence", "valueCode", "own");
  parts.add("entry", "valueCode", "form");
}

/// A measure that no instrument stands behind.
void add_daily(Parts& parts, Measure const& measure) {
  auto const* daily = find_daily_measure(measure.code);
  if (measure.name.ends_with(", days of 28")) {
    add_days(parts);
    return;
  }
  parts.add("unit", "valueString", daily == nullptr || daily->unit.empty() ? "points" : daily->unit);
  if (daily == nullptr)
    return;
  parts.add("low", "valueDecimal", Value::integer(0));
  parts.add("high", "valueDecimal", Value::integer(daily->high));
  if (daily->better != DailyMeasure::Better::NotSaid)
    parts.add("direction", "valueCode",
              daily->better == DailyMeasure::Better::Lower ? "lower-better" : "higher-better");
  parts.add("licence", "valueCode", "own");
  parts.add("entry", "valueCode", daily->code.ends_with("-before") ? "note" : "form");
}

/// The reference value of adults, and the ends that references give.
void add_norm(Parts& parts, Knowledge const& knowledge, std::string_view movement) {
  auto const known = std::ranges::find(knowledge.movements, movement, &Movement::id);
  if (known == knowledge.movements.end())
    return;
  for (auto const& [name, value] : {std::pair{"norm", &known->norm}, std::pair{"normLow", &known->low},
                                    std::pair{"normHigh", &known->high}})
    if (!value->empty())
      parts.add(name, "valueDecimal", Value{json::Number{*value}});
}

class Builder {
public:
  Builder(Knowledge const& knowledge, outcome::Measured const& found)
      : knowledge_{knowledge}, found_{found}, due_{outcome::due_measures(knowledge, found.course)} {}

  Value build() {
    auto parameters = json::object({{"resourceType", "Parameters"}});
    for (auto const& measure : found_.measures)
      parameters.push("parameter", of(measure));
    for (auto const& due : due_)
      if (!is_measured(*due.instrument))
        parameters.push("parameter", of(*due.instrument, &due));
    for (auto const* instrument : outcome::instruments_of(knowledge_, found_.course.conditions))
      if (!is_measured(*instrument) && due_of(instrument->id) == nullptr)
        parameters.push("parameter", of(*instrument, nullptr));
    return parameters;
  }

private:
  bool is_measured(Instrument const& instrument) const {
    return std::ranges::find(found_.measures, instrument.id, &Measure::instrument) != found_.measures.end();
  }

  DueMeasure const* due_of(std::string_view id) const {
    auto const found =
        std::ranges::find_if(due_, [&](DueMeasure const& due) { return due.instrument->id == id; });
    return found == due_.end() ? nullptr : &*found;
  }

  Value of(Measure const& measure) const {
    Parts parts;
    parts.add("code", "valueCode", measure.code);
    parts.add("name", "valueString", measure.name);
    auto const known = std::ranges::find(knowledge_.instruments, measure.instrument, &Instrument::id);
    if (known == knowledge_.instruments.end()) {
      add_daily(parts, measure);
    } else {
      add_instrument(parts, knowledge_, *known);
      add_norm(parts, knowledge_, measure.code);
      add_due(parts, due_of(known->id));
      add_thresholds(parts, knowledge_, *known);
      if (known->id == "headache_diary")
        parts.add("alert", "valueString", found_.overuse);
    }
    add_points(parts, measure);
    add_judgement(parts, measure);
    return std::move(parts.owner);
  }

  Value of(Instrument const& instrument, DueMeasure const* due) const {
    Parts parts;
    parts.add("code", "valueCode", instrument.id);
    parts.add("name", "valueString", instrument.name);
    add_instrument(parts, knowledge_, instrument);
    add_due(parts, due);
    add_thresholds(parts, knowledge_, instrument);
    return std::move(parts.owner);
  }

  Knowledge const& knowledge_;
  outcome::Measured const& found_;
  std::vector<DueMeasure> due_;
};

} // namespace

Result<Value> measures_view(store::ReadTx& tx, ViewContext const& context, std::string const& patient,
                            Instant now) {
  TRY(tx.read({"Patient", patient}));
  auto const found = TRY(outcome::read_measured(find_in(tx), context.knowledge, context.zone, patient,
                                                outcome::Day{context.zone.date(now)}));
  return Builder{context.knowledge, found}.build();
}

} // namespace tripsis::clinic
