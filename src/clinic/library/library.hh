// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The clinical knowledge as FHIR resources (docs/formats/clinical-resources.md): techniques, conditions,
// protocols and safety rules, each with its sources, and the list of it all. What the practice adds itself
// has the same shapes, and is read from them here.
#pragma once

#include "clinic/library/shape.hh"

namespace tripsis::clinic::library {

/// All that ships, each with a fixed id.
std::vector<json::Value> library_resources(Knowledge const& knowledge);

// --- Each kind in its own file
std::vector<json::Value> techniques(Knowledge const& knowledge);
std::vector<json::Value> conditions(Knowledge const& knowledge);
std::vector<json::Value> protocols(Knowledge const& knowledge);
std::vector<json::Value> claims(Knowledge const& knowledge);
/// Of the rules as knowledge/contraindications.yaml has them.
std::vector<json::Value> rules(Knowledge const& knowledge, json::Array const& nodes);
/// Library/knowledge: the files that the knowledge is made of, with versions and counts.
json::Value contents(json::Value const& packed);

json::Value to_activity(Technique const& technique, Knowledge const& knowledge);
/// Fault::BusinessRule names the element and what is wrong with it; so do the other two.
Result<Technique> read_technique(json::Value const& activity_definition);

json::Value to_plan_definition(Protocol const& protocol, Knowledge const& knowledge);
/// Its id is the resource's.
Result<Protocol> read_protocol(json::Value const& plan_definition, Knowledge const& knowledge);

/// The language of a rule's expression: the grammar of knowledge/contraindications.yaml as JSON.
constexpr std::string_view trigger_language = "application/vnd.tripsis.trigger+json";
/// From a rule as the file has it.
json::Value to_plan_definition(json::Value const& rule_node, Knowledge const& knowledge);
/// The code of a rule, or "" where the resource is none.
std::string rule_code(json::Value const& plan_definition);
/// The rule as the file would have it. What it says is not judged.
Result<json::Value> rule_node(json::Value const& plan_definition);
/// Compiles a rule of the practice against the knowledge: Fault::BusinessRule names what is wrong and
/// where.
Result<screening::Rule> read_rule(json::Value const& plan_definition, Knowledge const& knowledge);

} // namespace tripsis::clinic::library
