// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Spot checks of the compiled tables against the pages of the specification.
#include "fhir/definitions.hh"

#include <algorithm>
#include <gmock/gmock.h>
#include <ranges>
#include <set>

#include <gtest/gtest.h>

namespace tripsis::fhir {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

std::vector<std::string_view> codes_of(std::string_view value_set) {
  std::vector<std::string_view> codes;
  for (auto const& code : required_codes(value_set))
    codes.push_back(code.code);
  return codes;
}

Element const& element(std::string_view type, std::string_view name) {
  return *find_type(type)->find(name);
}

TEST(Definitions, holds_the_148_minus_two_abstract_and_every_other_resource_type) {
  // https://hl7.org/fhir/R4/resourcelist.html: 148 definitions, of which Resource and DomainResource are
  // abstract
  EXPECT_EQ(resource_types().size(), 146U);
  EXPECT_TRUE(std::ranges::is_sorted(resource_types(), {}, &Type::name));
  EXPECT_TRUE(is_resource_type("Patient"));
  EXPECT_FALSE(is_resource_type("DomainResource"));
  EXPECT_FALSE(is_resource_type("HumanName"));
  EXPECT_FALSE(is_resource_type("patient"));
  EXPECT_FALSE(is_resource_type(""));
}

TEST(Definitions, holds_primitives_complex_types_and_backbones) {
  EXPECT_EQ(find_type("dateTime")->kind, TypeKind::Primitive);
  EXPECT_EQ(find_type("dateTime")->primitive, Primitive::DateTime);
  EXPECT_EQ(find_type("HumanName")->kind, TypeKind::Complex);
  EXPECT_EQ(find_type("HumanName")->primitive, Primitive::None);
  EXPECT_EQ(find_type("Patient.contact")->kind, TypeKind::Backbone);
  EXPECT_EQ(find_type("Patient.contact")->base, "BackboneElement");
  EXPECT_EQ(find_type("Timing.repeat")->base, "Element");
  EXPECT_EQ(find_type("Definition"), nullptr) << "a logical model";
  EXPECT_EQ(find_type("SimpleQuantity"), nullptr) << "a profile";
}

TEST(Definitions, describes_an_element) {
  auto const& birth_date = element("Patient", "birthDate");
  EXPECT_EQ(birth_date.types.front().code, "date");
  EXPECT_EQ(birth_date.types.front().definition, find_type("date"));
  EXPECT_EQ(birth_date.min, 0);
  EXPECT_EQ(birth_date.max, 1);
  EXPECT_FALSE(birth_date.is_list());
  EXPECT_FALSE(birth_date.is_choice());

  auto const& code = element("Observation", "code");
  EXPECT_EQ(code.min, 1);
  EXPECT_EQ(code.binding, Binding::Example);
  EXPECT_TRUE(element("Patient", "name").is_list());
  EXPECT_EQ(element("Patient", "id").types.front().code, "id");
  EXPECT_EQ(element("HumanName", "id").types.front().code, "string");
  EXPECT_EQ(element("Extension", "url").types.front().code, "uri");
  EXPECT_THAT(element("Patient", "generalPractitioner").types.front().targets,
              ElementsAre("Organization", "Practitioner", "PractitionerRole"));
}

TEST(Definitions, puts_inherited_elements_first) {
  std::vector<std::string_view> names;
  for (auto const& e : find_type("Patient")->elements)
    names.push_back(e.name);
  names.resize(10);
  EXPECT_THAT(names, ElementsAre("id", "meta", "implicitRules", "language", "text", "contained",
                                 "extension", "modifierExtension", "identifier", "active"));
}

TEST(Definitions, names_a_choice_as_JSON_does) {
  auto const& value = element("Observation", "value");
  EXPECT_TRUE(value.is_choice());
  EXPECT_THAT(value.json_names,
              ElementsAre("valueQuantity", "valueCodeableConcept", "valueString", "valueBoolean",
                          "valueInteger", "valueRange", "valueRatio", "valueSampledData", "valueTime",
                          "valueDateTime", "valuePeriod"));
  auto const found = find_type("Observation")->find_json("valueDateTime");
  ASSERT_TRUE(found);
  EXPECT_EQ(found.element, &value);
  EXPECT_EQ(found.type->code, "dateTime");
  EXPECT_FALSE(find_type("Observation")->find_json("value"));
  EXPECT_FALSE(find_type("Observation")->find_json("valueMoney"));
  EXPECT_FALSE(find_type("Observation")->find_json("_status"));
}

TEST(Definitions, follows_content_references) {
  auto const found = find_type("Questionnaire.item")->find_json("item");
  EXPECT_EQ(found.type->code, "Questionnaire.item");
  EXPECT_EQ(found.type->definition, find_type("Questionnaire.item"));
  EXPECT_EQ(element("Observation.component", "referenceRange").types.front().code,
            "Observation.referenceRange");
  EXPECT_EQ(element("Parameters.parameter", "part").types.front().code, "Parameters.parameter");
}

TEST(Definitions, every_element_leads_to_a_known_type) {
  std::size_t elements = 0;
  for (auto const* resource : resource_types())
    for (auto const& e : resource->elements) {
      ASSERT_FALSE(e.types.empty()) << resource->name << '.' << e.name;
      ASSERT_TRUE(e.json_names.size() == e.types.size());
      for (auto const& type : e.types)
        EXPECT_EQ(type.definition, find_type(type.code)) << resource->name << '.' << e.name;
      ++elements;
    }
  EXPECT_GT(elements, 3000U);
}

TEST(Definitions, knows_ancestry) {
  EXPECT_TRUE(is_a("Patient", "DomainResource"));
  EXPECT_TRUE(is_a("Patient", "Resource"));
  EXPECT_TRUE(is_a("Age", "Quantity"));
  EXPECT_TRUE(is_a("Age", "Element"));
  EXPECT_TRUE(is_a("Bundle", "Resource"));
  EXPECT_FALSE(is_a("Bundle", "DomainResource"));
  EXPECT_FALSE(is_a("Quantity", "Age"));
  EXPECT_FALSE(is_a("Nonsense", "Resource"));
}

TEST(Definitions, splits_search_expressions_by_type) {
  auto const* date = find_search_parameter("Observation", "date");
  ASSERT_NE(date, nullptr);
  EXPECT_EQ(date->kind, SearchType::Date);
  EXPECT_EQ(date->expression, "Observation.effective");
  EXPECT_EQ(find_search_parameter("RiskAssessment", "date")->expression,
            "(RiskAssessment.occurrence as dateTime)");
  EXPECT_EQ(find_search_parameter("InsurancePlan", "name")->expression,
            "InsurancePlan.name | InsurancePlan.alias");
  EXPECT_EQ(find_search_parameter("Medication", "ingredient-code")->expression,
            "(Medication.ingredient.item as CodeableConcept)");

  auto const* subject = find_search_parameter("Observation", "subject");
  EXPECT_EQ(subject->kind, SearchType::Reference);
  EXPECT_THAT(subject->targets, UnorderedElementsAre("Group", "Device", "Patient", "Location"));
}

TEST(Definitions, gives_every_type_the_common_parameters) {
  for (auto const* type : resource_types())
    for (auto code : {"_id", "_lastUpdated", "_profile", "_security", "_source", "_tag"})
      EXPECT_NE(find_search_parameter(type->name, code), nullptr) << type->name << ' ' << code;
  EXPECT_EQ(find_search_parameter("Patient", "_id")->expression, "Resource.id");
  EXPECT_EQ(find_search_parameter("Patient", "_content"), nullptr) << "it has no expression";
  EXPECT_EQ(find_search_parameter("Patient", "nonsense"), nullptr);
  EXPECT_THAT(search_parameters("Nonsense"), IsEmpty());
}

TEST(Definitions, tells_what_a_composite_is_made_of) {
  auto const* composite = find_search_parameter("Observation", "component-code-value-quantity");
  EXPECT_EQ(composite->kind, SearchType::Composite);
  EXPECT_EQ(composite->expression, "Observation.component");
  EXPECT_THAT(composite->components,
              ElementsAre("component-code|code", "component-value-quantity|value.as(Quantity)"));
}

TEST(Definitions, numbers_every_search_parameter_once) {
  std::set<std::uint16_t> numbers;
  std::size_t count = 0;
  for (auto const* type : resource_types()) {
    auto const parameters = search_parameters(type->name);
    EXPECT_TRUE(std::ranges::is_sorted(parameters, {}, &SearchParameter::code));
    for (auto const& parameter : parameters) {
      EXPECT_EQ(find_search_parameter(type->name, parameter.code), &parameter);
      numbers.insert(parameter.number);
      ++count;
    }
  }
  EXPECT_EQ(numbers.size(), count);
  EXPECT_FALSE(numbers.contains(0));
  EXPECT_EQ(definitions_version().size(), 16U);
}

TEST(Definitions, knows_the_patient_compartment) {
  // https://hl7.org/fhir/R4/compartmentdefinition-patient.html
  EXPECT_THAT(patient_compartment("Observation"), ElementsAre("subject", "performer"));
  EXPECT_THAT(patient_compartment("Appointment"), ElementsAre("actor"));
  EXPECT_THAT(patient_compartment("Patient"), ElementsAre("link"));
  EXPECT_THAT(patient_compartment("Organization"), IsEmpty());
}

TEST(Definitions, ships_the_codes_of_required_bindings) {
  EXPECT_THAT(codes_of("http://hl7.org/fhir/ValueSet/administrative-gender"),
              UnorderedElementsAre("male", "female", "other", "unknown"));
  auto const& gender = element("Patient", "gender");
  EXPECT_EQ(gender.binding, Binding::Required);
  EXPECT_EQ(gender.value_set, "http://hl7.org/fhir/ValueSet/administrative-gender");
  EXPECT_EQ(gender.codes.data(), required_codes(gender.value_set).data());
  EXPECT_THAT(codes_of("http://hl7.org/fhir/ValueSet/observation-status"), Contains("entered-in-error"))
      << "a nested concept";
  EXPECT_THAT(codes_of("http://hl7.org/fhir/ValueSet/resource-types"), Contains("Patient"));
  EXPECT_THAT(required_codes("http://hl7.org/fhir/ValueSet/mimetypes"), IsEmpty());
  EXPECT_THAT(required_codes("http://hl7.org/fhir/ValueSet/currencies"), IsEmpty());
  EXPECT_THAT(element("Observation", "code").codes, IsEmpty()) << "an example binding";
}

} // namespace
} // namespace tripsis::fhir
