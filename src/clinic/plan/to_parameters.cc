// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What stands beside a proposal: why it is so, what to look out for, when to go on, to stop and to refer.
#include "clinic/plan/to_bundle.hh"

#include <algorithm>

#include <fmt/format.h>

namespace tripsis::clinic::plan {
namespace {

using json::object;
using json::Value;

/// A parameter with parts; what is empty is left out, since FHIR knows no empty strings.
class Parts {
public:
  explicit Parts(std::string_view name) : owner_{object({{"name", name}})} {}
  Parts& add(std::string_view name, std::string_view element, std::string_view value) {
    if (!value.empty())
      owner_.push("part", object({{"name", name}, {element, value}}));
    return *this;
  }
  Parts& add(std::string_view name, std::string_view element, Value value) {
    owner_.push("part", object({{"name", name}, {element, std::move(value)}}));
    return *this;
  }
  Value take() && { return std::move(owner_); }

private:
  Value owner_;
};

/// All of its sources were read, and it has some.
bool is_verified(Reason const& reason) {
  return !reason.sources.empty() && std::ranges::all_of(reason.sources, [](std::string const& mark) {
    return mark.starts_with("found:");
  });
}

Value to_parameter(Reason const& reason, Knowledge const& knowledge) {
  Parts parts{"reason"};
  parts.add("text", "valueString", std::string_view{reason.text})
      .add("grade", "valueString", std::string_view{reason.grade})
      .add("basis", "valueString", std::string_view{reason.basis});
  for (auto const& mark : reason.sources)
    parts.add("source", "valueString", std::string_view{knowledge.citation(mark)});
  parts.add("verified", "valueBoolean", Value{is_verified(reason)});
  return std::move(parts).take();
}

void add_conditions(Value& parameters, Plan const& plan, Input const& input) {
  for (auto const& candidate : input.candidates) {
    Parts parts{"condition"};
    parts.add("key", "valueCode", std::string_view{candidate.condition->id})
        .add("name", "valueString", std::string_view{candidate.condition->name});
    if (!candidate.reference.empty())
      parts.add("reference", "valueReference", object({{"reference", candidate.reference}}));
    parts.add("chosen", "valueBoolean", Value{candidate.condition == plan.condition});
    parameters.push("parameter", std::move(parts).take());
  }
}

void add_rules(Value& parameters, Plan const& plan, Care const& care) {
  auto const add = [&](std::string_view kind, std::string const& text) {
    if (!text.empty())
      parameters.push("parameter", std::move(Parts{"rule"}
                                                 .add("kind", "valueCode", kind)
                                                 .add("text", "valueString", std::string_view{text}))
                                       .take());
  };
  if (plan.protocol != nullptr) {
    add("progress", plan.protocol->progress);
    add("regress", plan.protocol->regress);
    add("stop", plan.protocol->stop);
    add("refer", plan.protocol->refer);
  }
  if (!plan.condition->red_flags.empty())
    add("refer", fmt::format("Look out for: {}.", fmt::join(plan.condition->red_flags, "; ")));
  add("pressure", care.pressure_rule);
  add("adverse", care.adverse_rule);
  add("discharge", care.discharge_rule);
}

} // namespace

Value to_parameters(Plan const& plan, Input const& input, Knowledge const& knowledge) {
  auto parameters = object({{"resourceType", "Parameters"}});
  auto const push = [&](std::string_view name, std::string_view element, Value value) {
    parameters.push("parameter", object({{"name", name}, {element, std::move(value)}}));
  };
  push("visits", "valueInteger", Value::integer(plan.visits));
  if (plan.severity != Severity::Unknown)
    push("severity", "valueCode", name(plan.severity));
  for (auto const& warning : plan.warnings)
    parameters.push("parameter", std::move(Parts{"warning"}
                                               .add("code", "valueCode", warning.code)
                                               .add("text", "valueString", std::string_view{warning.text}))
                                     .take());
  for (auto const& reason : plan.reasons)
    parameters.push("parameter", to_parameter(reason, knowledge));
  add_conditions(parameters, plan, input);
  add_rules(parameters, plan, knowledge.care);
  for (auto const* instrument : plan.without_baseline)
    push("missing", "valueCode", instrument->id);
  return parameters;
}

} // namespace tripsis::clinic::plan
