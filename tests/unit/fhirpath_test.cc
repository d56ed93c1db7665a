// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What the store, the validator and the terminology rely on in FHIRPath; the language as a whole is
// measured by tests/conformance/fhirpath_test.cc.
#include "base/json/parse.hh"
#include "fhirpath/fhirpath.hh"

#include <gtest/gtest.h>

namespace tripsis::fhirpath {
namespace {

json::Value parsed(std::string_view text) {
  return json::parse(text).value();
}

json::Value const& patient() {
  static auto const value = parsed(R"({"resourceType":"Patient","id":"p1","active":true,
    "name":[{"use":"official","family":"Weiss","given":["Anna","Maria"]},{"use":"nickname","given":["Anni"]}],
    "birthDate":"1984-05","_birthDate":{"extension":[{"url":"http://example.org/time","valueString":"dawn"}]},
    "deceasedBoolean":false,
    "managingOrganization":{"reference":"#o"},
    "generalPractitioner":[{"reference":"Practitioner/7"},{"reference":"https://host/fhir/Organization/8/_history/2"},
                           {"identifier":{"value":"x"},"type":"PractitionerRole"},{"display":"somebody"}],
    "contained":[{"resourceType":"Organization","id":"o","name":"Home"}]})");
  return value;
}

/// The items as JSON, each with its type: `"Anna":string`.
std::string shown(Result<Collection> const& result) {
  if (!result)
    return "error: " + result.error().what;
  std::string out;
  for (auto const& item : *result)
    out += (out.empty() ? "" : " ") + json::write(item.value()) + ":" + std::string{item.type()};
  return out;
}

std::string evaluated(std::string_view expression, json::Value const& resource = patient()) {
  auto const compiled = Expression::parse(expression);
  return compiled ? shown(compiled->evaluate(resource)) : "refused: " + compiled.error().what;
}

TEST(FHIRPath, items_point_into_the_resource_and_know_their_type) {
  auto const expression = Expression::parse("Patient.name.given").value();
  auto const found = expression.evaluate(patient()).value();
  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(&found[0].value(), &patient().items("name")[0].items("given")[0]);
  EXPECT_EQ(found[0].type(), "string");
  EXPECT_TRUE(found[0].is_node());
  EXPECT_EQ(evaluated("Patient.name[1]"), R"({"use":"nickname","given":["Anni"]}:HumanName)");
}

TEST(FHIRPath, another_type_of_resource_gives_nothing) {
  EXPECT_EQ(evaluated("Observation.code"), "");
  EXPECT_EQ(evaluated("Resource.id"), R"("p1":id)");
  EXPECT_EQ(evaluated("DomainResource.contained.name"), R"("Home":string)");
}

TEST(FHIRPath, a_choice_is_found_by_its_stem_with_its_type) {
  EXPECT_EQ(evaluated("Patient.deceased"), "false:boolean");
  EXPECT_EQ(evaluated("Patient.deceased as dateTime"), "");
  EXPECT_EQ(evaluated("Patient.deceased.exists() and Patient.deceased != false"), "false:Boolean");
}

TEST(FHIRPath, primitives_keep_their_extensions) {
  EXPECT_EQ(evaluated("Patient.birthDate.extension('http://example.org/time').value"), R"("dawn":string)");
  auto const found = Expression::parse("birthDate").value().evaluate(patient()).value();
  ASSERT_EQ(found.size(), 1u);
  ASSERT_NE(found[0].extras(), nullptr);
}

TEST(FHIRPath, resolve_gives_the_type_that_a_reference_names) {
  EXPECT_EQ(evaluated("Patient.generalPractitioner.where(resolve() is Practitioner).reference"),
            R"("Practitioner/7":string)");
  EXPECT_EQ(evaluated("Patient.generalPractitioner.where(resolve() is Organization).count()"), "1:Integer");
  EXPECT_EQ(evaluated("Patient.generalPractitioner.where(resolve() is PractitionerRole).count()"),
            "1:Integer");
  EXPECT_EQ(evaluated("Patient.managingOrganization.resolve().name"), R"("Home":string)");
}

TEST(FHIRPath, resolve_asks_the_callback) {
  auto const practitioner = parsed(R"({"resourceType":"Practitioner","id":"7","active":true})");
  Context context;
  context.resolve = [&](std::string_view reference) {
    return reference == "Practitioner/7" ? &practitioner : nullptr;
  };
  auto const expression = Expression::parse("generalPractitioner.resolve().active").value();
  EXPECT_EQ(shown(expression.evaluate(context, Item::resource(patient()))), "true:boolean");
}

TEST(FHIRPath, variables_and_terminology_are_handed_in) {
  Context context;
  context.variables.emplace_back("limit", Collection{Item::computed(json::Value::integer(2), "Integer")});
  context.member_of = [](json::Value const& coded, std::string_view set) -> Result<bool> {
    return set == "http://example.org/uses" && coded.is_string() && coded.string() == "official";
  };
  auto const focus = Item::resource(patient());
  EXPECT_EQ(shown(Expression::parse("name.count() = %limit").value().evaluate(context, focus)),
            "true:Boolean");
  EXPECT_EQ(shown(Expression::parse("name.use.select(memberOf('http://example.org/uses'))")
                      .value()
                      .evaluate(context, focus)),
            "true:Boolean false:Boolean");
  EXPECT_TRUE(evaluated("%nothing").starts_with("error: "));
}

TEST(FHIRPath, an_element_can_be_the_focus) {
  auto const expression = Expression::parse("given.first() & ' ' & family", "HumanName").value();
  auto const& name = patient().items("name")[0];
  Context context;
  context.resource = &patient();
  EXPECT_EQ(shown(expression.evaluate(context, Item::node(name, "HumanName"))), R"("Anna Weiss":String)");
}

TEST(FHIRPath, decimals_are_exact) {
  EXPECT_EQ(evaluated("0.1 + 0.2"), "0.3:Decimal");
  EXPECT_EQ(evaluated("1.50 * 2"), "3.00:Decimal");
  EXPECT_EQ(evaluated("123456789012345678.25 - 0.05"), "123456789012345678.20:Decimal");
  EXPECT_EQ(evaluated("1 / 3"), "0.333333333333333333:Decimal");
  EXPECT_EQ(evaluated("2147483647 + 1"), "");
  EXPECT_EQ(evaluated("-7 div 2"), "-3:Integer");
  EXPECT_EQ(evaluated("-7 mod 2"), "-1:Integer");
}

TEST(FHIRPath, partial_dates_compare_only_as_far_as_they_are_known) {
  EXPECT_EQ(evaluated("Patient.birthDate < @1984-05-17"), "");
  EXPECT_EQ(evaluated("Patient.birthDate < @1984-06-01"), "true:Boolean");
  EXPECT_EQ(evaluated("@2024-02-29 + 1 year"), R"("2025-02-28":Date)");
  EXPECT_EQ(evaluated("@2026-11-22T23:30:00-05:00 = @2026-11-23T04:30:00Z"), "true:Boolean");
}

TEST(FHIRPath, strings_are_counted_in_characters) {
  EXPECT_EQ(evaluated("'Zoë€𝄞x'.length()"), "6:Integer");
  EXPECT_EQ(evaluated("'Zoë€𝄞x'.substring(3, 2)"), R"("€𝄞":String)");
  EXPECT_EQ(evaluated("'straße'.upper()"), R"("STRASSE":String)");
  EXPECT_EQ(evaluated(R"('a-b'.replaceMatches('(\\w)-(\\w)', '$2 $1'))"), R"("b a":String)");
}

TEST(FHIRPath, a_syntax_error_names_its_place) {
  auto const refused = Expression::parse("Patient.\n  name.where(");
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().fault, Fault::Structure);
  EXPECT_NE(refused.error().what.find("line 2, column 14"), std::string::npos) << refused.error().what;
}

TEST(FHIRPath, an_unknown_function_is_named) {
  auto const refused = Expression::parse("Patient.name.frobnicate()");
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().fault, Fault::NotSupported);
  EXPECT_NE(refused.error().what.find("frobnicate"), std::string::npos);
}

TEST(FHIRPath, strict_checking_refuses_names_that_no_type_has) {
  EXPECT_TRUE(Expression::parse("Patient.nmae").has_value());
  EXPECT_EQ(Expression::parse("Patient.nmae", {}, Checking::Strict).error().fault, Fault::Value);
  EXPECT_EQ(Expression::parse("name.where(use2 = 'x')", "Patient", Checking::Strict).error().fault,
            Fault::Value);
  EXPECT_TRUE(Expression::parse("name.where(use = 'x').given", "Patient", Checking::Strict).has_value());
}

TEST(FHIRPath, hostile_nesting_is_refused) {
  for (auto const* piece : {"(", "-", "not(", "a[", "{", "a.where(", "1+(", "a is "}) {
    std::string text;
    for (int i = 0; i < 20'000; ++i)
      text += piece;
    EXPECT_FALSE(Expression::parse(text).has_value()) << piece;
  }
  std::string chain = "1";
  for (int i = 0; i < 10'000; ++i)
    chain += "+1";
  EXPECT_EQ(Expression::parse(chain).error().fault, Fault::TooLong);
  EXPECT_TRUE(Expression::parse(std::string(150, '(') + "1" + std::string(150, ')')).has_value());
}

TEST(FHIRPath, the_deepest_that_is_parsed_is_also_evaluated) {
  for (auto const* piece : {"exists(", "where(", "iif(true,", "select(", "not(", "-(", "('a')&("}) {
    int most = 0;
    for (int depth = 1; depth < 250; ++depth) {
      std::string text;
      for (int i = 0; i < depth; ++i)
        text += piece;
      text += "1" + std::string(static_cast<std::size_t>(depth), ')');
      auto const expression = Expression::parse(text);
      if (!expression)
        continue;
      most = depth;
      (void)expression->evaluate(patient());
    }
    EXPECT_TRUE(most > 60 || std::string_view{piece} == "not(") << piece;
  }
}

TEST(FHIRPath, long_numbers_do_no_harm) {
  EXPECT_EQ(evaluated("(98765432109876543210.1 * 98765432109876543210.1)"), "");
  EXPECT_EQ(evaluated("0.00000000000000000001 * 0.00000000000000000001 > 0"), "true:Boolean");
  EXPECT_TRUE(evaluated("1" + std::string(5000, '0')).starts_with("refused: "));
  EXPECT_TRUE(evaluated("0." + std::string(5000, '0') + "1").starts_with("refused: "));
  EXPECT_EQ(evaluated("(1234567890.123456789).power(30)"), evaluated("(1234567890.123456789).power(30)"));
  auto const resource =
      parsed(R"({"resourceType":"Observation","valueQuantity":{"value":)" + std::string(3000, '9') + "}}");
  EXPECT_EQ(evaluated("Observation.value.value.exists()", resource), "true:Boolean");
  EXPECT_EQ(evaluated("Observation.value > 3", resource).substr(0, 5), "error");
}

TEST(FHIRPath, endless_work_is_ended) {
  Context context;
  context.variables.emplace_back(
      "long", Collection{Item::computed(json::Value{std::string(10'000'000, 'a')}, "String")});
  for (auto const* endless :
       {"repeat($this & 'a')", "(1).repeat($this + 1)", "repeat(%context.descendants() | $this & 'x')",
        "'x'.repeat($this + $this)", "%long.toChars().count()",
        "descendants().select(%long.matches('a.*b'))",
        "descendants().select(descendants().select(descendants().select(%context ~ %context)))",
        "descendants().select(descendants().select(%long.replace('a', %long)))",
        "descendants().select(%context.descendants().select(%context.descendants()."
        "select(%context.descendants())))"}) {
    auto const expression = Expression::parse(endless).value();
    auto const result = expression.evaluate(context, Item::resource(patient()));
    if (!result) {
      EXPECT_TRUE(result.error().fault == Fault::TooLong || result.error().fault == Fault::Value)
          << endless;
    }
  }
}

TEST(FHIRPath, a_collection_as_a_condition) {
  auto const condition = [](std::string_view text) {
    auto const found = Expression::parse(text).value().evaluate(patient()).value();
    return to_boolean(found);
  };
  EXPECT_EQ(condition("{}").value(), false);
  EXPECT_EQ(condition("active").value(), true);
  EXPECT_EQ(condition("name.first()").value(), true);
  EXPECT_FALSE(condition("name").has_value());
}

} // namespace
} // namespace tripsis::fhirpath
