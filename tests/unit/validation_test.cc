// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Each rule of structure, one by one.
#include "base/json/parse.hh"
#include "validation/validation.hh"

#include <gmock/gmock.h>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace tripsis::validation {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::UnorderedElementsAre;

std::vector<Issue> issues_of(std::string_view json) {
  return validate(json::parse(json).value());
}

/// Where the issues are.
std::vector<std::string> wheres(std::string_view json) {
  std::vector<std::string> found;
  for (auto const& issue : issues_of(json))
    found.push_back(issue.where);
  return found;
}

/// A valid Patient with these members added.
std::string patient(std::string_view members) {
  return fmt::format(R"({{"resourceType":"Patient",{}}})", members);
}

/// A valid Observation with these members added.
std::string observation(std::string_view members) {
  return fmt::format(R"({{"resourceType":"Observation","status":"final","code":{{"text":"pain"}},{}}})",
                     members);
}

/// Whether a value of this primitive type is accepted: it stands in an extension of that type.
bool accepts(std::string_view type, std::string_view json_value) {
  auto const json = patient(
      fmt::format(R"("extension":[{{"url":"http://example.org/x","value{}":{}}}])", type, json_value));
  return issues_of(json).empty();
}

TEST(Validation, accepts_what_is_right) {
  EXPECT_THAT(wheres(R"({"resourceType":"Patient"})"), IsEmpty());
  EXPECT_THAT(wheres(R"({
    "resourceType": "Patient", "id": "example", "meta": {"versionId": "1", "lastUpdated": "2026-11-22T10:20:30.123Z"},
    "text": {"status": "generated", "div": "<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>Anna</p></div>"},
    "contained": [{"resourceType": "Organization", "id": "o", "name": "Clinic"}],
    "active": true, "name": [{"family": "Weiss", "given": ["Anna", null], "_given": [null, {"extension": [{"url": "http://e.org/x", "valueCode": "y"}]}]}],
    "gender": "female", "birthDate": "1980-02", "_birthDate": {"id": "b"}, "deceasedBoolean": false,
    "managingOrganization": {"reference": "#o"}, "generalPractitioner": [{"reference": "Practitioner/1"}, {"display": "Dr X"}],
    "multipleBirthInteger": 2, "contact": [{"gender": "other", "period": {"start": "2026"}}]
  })"),
              IsEmpty());
}

TEST(Validation, asks_for_a_known_resource_type) {
  EXPECT_THAT(wheres("[]"), ElementsAre("Resource"));
  EXPECT_THAT(wheres("7"), ElementsAre("Resource"));
  EXPECT_THAT(wheres("{}"), ElementsAre("Resource.resourceType"));
  EXPECT_THAT(wheres(R"({"resourceType":"Patiant"})"), ElementsAre("Resource.resourceType"));
  EXPECT_THAT(wheres(R"({"resourceType":"DomainResource"})"), ElementsAre("Resource.resourceType"));
  EXPECT_THAT(wheres(R"({"resourceType":"HumanName"})"), ElementsAre("Resource.resourceType"));
  EXPECT_THAT(wheres(R"({"resourceType":["Patient"]})"), ElementsAre("Resource.resourceType"));
}

TEST(Validation, finds_unknown_elements) {
  EXPECT_THAT(wheres(patient(R"("nickname":"Nan","contact":[{"age":7}])")),
              UnorderedElementsAre("Patient.nickname", "Patient.contact[0].age"));
  EXPECT_THAT(wheres(observation(R"("value":7)")), ElementsAre("Observation.value"))
      << "a choice without its type";
  EXPECT_THAT(wheres(observation(R"("valueMoney":{"value":1})")), ElementsAre("Observation.valueMoney"));
  EXPECT_THAT(wheres(patient(R"("name":[{"resourceType":"HumanName","text":"x"}])")),
              ElementsAre("Patient.name[0].resourceType"));
  EXPECT_THAT(wheres(patient(R"("_contact":[{"id":"a"}])")), ElementsAre("Patient._contact"))
      << "not a primitive";
  EXPECT_THAT(wheres(patient(R"("fhir_comments":["x"])")), ElementsAre("Patient.fhir_comments"));
}

TEST(Validation, does_not_repeat_what_a_person_typed_as_a_name) {
  auto const issues = issues_of(patient(R"("Anna Weiss, born 1980":"x")"));
  ASSERT_EQ(issues.size(), 1U);
  EXPECT_EQ(issues[0].where, "Patient");
  EXPECT_THAT(issues[0].what, Not(HasSubstr("Anna")));
}

TEST(Validation, checks_the_JSON_type_of_each_element) {
  EXPECT_THAT(wheres(patient(R"("active":"true")")), ElementsAre("Patient.active"));
  EXPECT_THAT(wheres(patient(R"("multipleBirthInteger":"2")")), ElementsAre("Patient.multipleBirth"));
  EXPECT_THAT(wheres(patient(R"("birthDate":1980)")), ElementsAre("Patient.birthDate"));
  EXPECT_THAT(wheres(patient(R"("name":{"text":"x"})")), ElementsAre("Patient.name")) << "a list";
  EXPECT_THAT(wheres(patient(R"("gender":["male"])")), ElementsAre("Patient.gender")) << "no list";
  EXPECT_THAT(wheres(patient(R"("name":["x"])")), ElementsAre("Patient.name[0]"));
  EXPECT_THAT(wheres(patient(R"("maritalStatus":"x")")), ElementsAre("Patient.maritalStatus"));
  EXPECT_THAT(wheres(patient(R"("name":[{"given":[["x"]]}])")), ElementsAre("Patient.name[0].given[0]"));
}

TEST(Validation, refuses_what_is_empty) {
  EXPECT_THAT(wheres(patient(R"("name":[])")), ElementsAre("Patient.name"));
  EXPECT_THAT(wheres(patient(R"("name":[{}])")), ElementsAre("Patient.name[0]"));
  EXPECT_THAT(wheres(patient(R"("maritalStatus":{})")), ElementsAre("Patient.maritalStatus"));
  EXPECT_THAT(wheres(patient(R"("birthDate":"")")), ElementsAre("Patient.birthDate"));
  EXPECT_THAT(wheres(patient(R"("birthDate":null)")), ElementsAre("Patient.birthDate"));
  EXPECT_THAT(wheres(patient(R"("maritalStatus":null)")), ElementsAre("Patient.maritalStatus"));
  EXPECT_THAT(wheres(patient(R"("name":[null])")), ElementsAre("Patient.name[0]"));
}

TEST(Validation, asks_for_required_elements) {
  EXPECT_THAT(wheres(R"({"resourceType":"Observation"})"),
              UnorderedElementsAre("Observation.status", "Observation.code"));
  EXPECT_THAT(wheres(observation(R"("component":[{"valueInteger":1}])")),
              ElementsAre("Observation.component[0].code"));
  EXPECT_THAT(wheres(R"({"resourceType":"Observation","_status":{"id":"x"},"code":{"text":"x"}})"),
              IsEmpty());
  auto const issues = issues_of(R"({"resourceType":"Observation","status":"final"})");
  ASSERT_EQ(issues.size(), 1U);
  EXPECT_EQ(issues[0].fault, Fault::Required);
  EXPECT_TRUE(has_errors(issues));
}

TEST(Validation, refuses_a_choice_in_two_types) {
  EXPECT_THAT(wheres(observation(R"("valueString":"x","valueInteger":1)")),
              ElementsAre("Observation.value"));
  EXPECT_THAT(wheres(observation(R"("valueString":"x","_valueInteger":{"id":"x"})")),
              ElementsAre("Observation.value"));
  EXPECT_THAT(wheres(observation(R"("valueString":"x","_valueString":{"id":"x"})")), IsEmpty());
}

TEST(Validation, lines_up_lists_with_their_extensions) {
  auto const given = [](std::string_view members) {
    return wheres(patient(fmt::format(R"("name":[{{{}}}])", members)));
  };
  EXPECT_THAT(given(R"("given":["a",null],"_given":[null,{"id":"x"}])"), IsEmpty());
  EXPECT_THAT(given(R"("_given":[null,{"id":"x"}],"given":["a",null])"), IsEmpty());
  EXPECT_THAT(given(R"("_given":[{"id":"x"}])"), IsEmpty());
  EXPECT_THAT(given(R"("given":["a",null])"), ElementsAre("Patient.name[0].given[1]"));
  EXPECT_THAT(given(R"("given":[null,"a"],"_given":[null,{"id":"x"}])"),
              UnorderedElementsAre("Patient.name[0].given[0]", "Patient.name[0].given[0]"));
  EXPECT_THAT(given(R"("given":["a","b"],"_given":[{"id":"x"}])"), ElementsAre("Patient.name[0].given"));
  EXPECT_THAT(given(R"("given":["a"],"_given":{"id":"x"})"), ElementsAre("Patient.name[0].given"));
  EXPECT_THAT(given(R"("given":["a"],"_given":[])"), ElementsAre("Patient.name[0].given"));
  EXPECT_THAT(given(R"("given":["a"],"_given":[{"value":"x"}])"),
              ElementsAre("Patient.name[0].given[0].value"));
  EXPECT_THAT(given(R"("family":"a","_family":[{"id":"x"}])"), ElementsAre("Patient.name[0].family"));
  EXPECT_THAT(given(R"("family":"a","_family":null)"), ElementsAre("Patient.name[0].family"));
}

TEST(Validation, an_extension_has_a_value_or_extensions) {
  auto const extension = [](std::string_view members) {
    return wheres(patient(fmt::format(R"("extension":[{{{}}}])", members)));
  };
  EXPECT_THAT(extension(R"("url":"http://e.org","valueString":"x")"), IsEmpty());
  EXPECT_THAT(extension(R"("url":"http://e.org","_valueString":{"id":"x"})"), IsEmpty());
  EXPECT_THAT(extension(R"("url":"http://e.org","extension":[{"url":"a","valueInteger":1}])"), IsEmpty());
  EXPECT_THAT(extension(R"("valueString":"x")"), ElementsAre("Patient.extension[0].url"));
  EXPECT_THAT(extension(R"("url":"http://e.org")"), ElementsAre("Patient.extension[0]"));
  EXPECT_THAT(
      extension(R"("url":"http://e.org","valueString":"x","extension":[{"url":"a","valueInteger":1}])"),
      ElementsAre("Patient.extension[0]"));
  EXPECT_THAT(extension(R"("url":"http://e.org","valueNonsense":"x")"),
              ElementsAre("Patient.extension[0].valueNonsense"));
}

TEST(Validation, contained_resources_have_ids_and_contain_none) {
  auto const contained = [](std::string_view items) {
    return wheres(patient(fmt::format(R"("contained":[{}])", items)));
  };
  EXPECT_THAT(contained(R"({"resourceType":"Organization","id":"a","name":"x"})"), IsEmpty());
  EXPECT_THAT(contained(R"({"resourceType":"Organization","name":"x"})"),
              ElementsAre("Patient.contained[0].id"));
  EXPECT_THAT(contained(R"({"resourceType":"Organization","id":"a b"})"),
              ElementsAre("Patient.contained[0].id"));
  EXPECT_THAT(contained(R"({"id":"a"})"), ElementsAre("Patient.contained[0].resourceType"));
  EXPECT_THAT(
      contained(R"({"resourceType":"Organization","id":"a"},{"resourceType":"Organization","id":"a"})"),
      ElementsAre("Patient.contained[1].id"));
  EXPECT_THAT(
      contained(
          R"({"resourceType":"Organization","id":"a","contained":[{"resourceType":"Patient","id":"b"}]})"),
      ElementsAre("Patient.contained[0].contained"));
  EXPECT_THAT(contained(R"({"resourceType":"Organization","id":"a","nickname":"x"})"),
              ElementsAre("Patient.contained[0].nickname"));
}

TEST(Validation, goes_into_Bundles_and_Parameters) {
  EXPECT_THAT(
      wheres(
          R"({"resourceType":"Bundle","type":"transaction","entry":[{"resource":{"resourceType":"Patient","gender":"x"}},
                        {"resource":{"resourceType":"Nonsense"}},{"resource":"x"},{"request":{"method":"GET","url":"Patient"}}]})"),
      ElementsAre("Bundle.entry[0].resource.gender", "Bundle.entry[1].resource.resourceType",
                  "Bundle.entry[2].resource"));
  EXPECT_THAT(
      wheres(
          R"({"resourceType":"Parameters","parameter":[{"name":"a","part":[{"name":"b","resource":{"resourceType":"Observation"}}]}]})"),
      ElementsAre("Parameters.parameter[0].part[0].resource.status",
                  "Parameters.parameter[0].part[0].resource.code"));
  EXPECT_THAT(wheres(R"({"resourceType":"Bundle","type":"collection","entry":[
                        {"resource":{"resourceType":"Patient","contained":[{"resourceType":"Organization","id":"o"}],"managingOrganization":{"reference":"#o"}}},
                        {"resource":{"resourceType":"Patient","managingOrganization":{"reference":"#o"}}}]})"),
              ElementsAre("Bundle.entry[1].resource.managingOrganization.reference"))
      << "what is contained belongs to its own container";
}

TEST(Validation, checks_codes_of_required_bindings) {
  auto const issues = issues_of(patient(R"("gender":"man")"));
  ASSERT_EQ(issues.size(), 1U);
  EXPECT_EQ(issues[0].where, "Patient.gender");
  EXPECT_EQ(issues[0].what, "One of these codes is expected here: female, male, other, unknown.");
  EXPECT_THAT(
      wheres(observation(R"("component":[{"code":{"text":"x"},"valueQuantity":{"comparator":"~"}}])")),
      ElementsAre("Observation.component[0].value.comparator"));
  auto const status = [](std::string_view coded) {
    return wheres(fmt::format(
        R"({{"resourceType":"Condition","subject":{{"reference":"Patient/1"}},"clinicalStatus":{}}})",
        coded));
  };
  constexpr auto system = "http://terminology.hl7.org/CodeSystem/condition-clinical";
  EXPECT_THAT(status(fmt::format(R"({{"coding":[{{"system":"{}","code":"active"}}]}})", system)),
              IsEmpty());
  EXPECT_THAT(
      status(fmt::format(
          R"({{"coding":[{{"system":"http://e.org","code":"x"}},{{"system":"{}","code":"active"}}]}})",
          system)),
      IsEmpty());
  EXPECT_THAT(status(fmt::format(R"({{"coding":[{{"system":"{}","code":"asleep"}}]}})", system)),
              ElementsAre("Condition.clinicalStatus.coding"));
  EXPECT_THAT(status(R"({"coding":[{"code":"active"}]})"), ElementsAre("Condition.clinicalStatus.coding"))
      << "no system";
  EXPECT_THAT(status(R"({"text":"active"})"), ElementsAre("Condition.clinicalStatus.coding"));
  EXPECT_THAT(wheres(observation(R"("interpretation":[{"text":"high"}])")), IsEmpty())
      << "not a required binding";
}

TEST(Validation, checks_references) {
  auto const subject = [](std::string_view members) {
    return issues_of(observation(fmt::format(R"("subject":{{{}}})", members)));
  };
  for (auto text : {"Patient/1", "Patient/1/_history/2", "http://example.org/fhir/Patient/1",
                    "urn:uuid:c757873d-ec9a-4326-a141-556f43239520", "Patient?identifier=7", "#"})
    EXPECT_THAT(subject(fmt::format(R"("reference":"{}")", text)), IsEmpty()) << text;
  for (auto text : {"1", "Patiant/1", "Patient", "Patient/", "Patient/a_b", "#missing", "Patient/1 "})
    EXPECT_TRUE(has_errors(subject(fmt::format(R"("reference":"{}")", text)))) << text;
  EXPECT_THAT(subject(R"("display":"Anna")"), IsEmpty());

  auto const other = subject(R"("reference":"Practitioner/1")");
  ASSERT_EQ(other.size(), 1U) << "R4 lists Patient, Group, Device and Location";
  EXPECT_EQ(other[0].where, "Observation.subject.reference");
  EXPECT_EQ(other[0].severity, Severity::Warning);
  EXPECT_FALSE(has_errors(other));
  EXPECT_EQ(subject(R"("display":"x","type":"Practitioner")").size(), 1U);
}

TEST(Validation, checks_the_id_of_the_resource) {
  EXPECT_THAT(wheres(patient(R"("id":"a-B.9")")), IsEmpty());
  EXPECT_THAT(wheres(patient(R"("id":"a/b")")), ElementsAre("Patient.id"));
  EXPECT_THAT(wheres(patient(R"("id":7)")), ElementsAre("Patient.id"));
}

TEST(Validation, stops_at_its_bound) {
  std::string items;
  for (int i = 0; i < 500; ++i)
    items += fmt::format(R"({}{{"nickname":"x"}})", i == 0 ? "" : ",");
  EXPECT_EQ(issues_of(patient(fmt::format(R"("name":[{}])", items))).size(), max_issues);
}

TEST(Validation, warnings_do_not_crowd_out_an_error) {
  std::string items;
  for (int i = 0; i < 200; ++i)
    items += fmt::format(R"({}{{"reference":"Patient/1"}})", i == 0 ? "" : ",");
  auto const issues = issues_of(patient(fmt::format(R"("generalPractitioner":[{}],"gender":"x")", items)));
  EXPECT_EQ(issues.size(), max_issues);
  EXPECT_EQ(issues.front().where, "Patient.gender");
  EXPECT_TRUE(has_errors(issues));
}

TEST(Validation, never_shows_the_value_at_fault) {
  for (auto const& issue : issues_of(
           patient(R"("gender":"Anna","birthDate":"Anna","active":"Anna","name":["Anna"],"id":"Anna Weiss",
                                             "generalPractitioner":[{"reference":"Anna"}],"text":{"status":"Anna","div":"Anna"})")))
    EXPECT_THAT(issue.what + issue.where, Not(HasSubstr("Anna")));
}

TEST(Primitives, booleans_and_numbers) {
  EXPECT_TRUE(accepts("Boolean", "true"));
  EXPECT_FALSE(accepts("Boolean", "1"));
  for (auto n : {"0", "-1", "2147483647", "-2147483648"})
    EXPECT_TRUE(accepts("Integer", n)) << n;
  for (auto n : {"2147483648", "-2147483649", "1.0", "1e2", "-0", "\"1\""})
    EXPECT_FALSE(accepts("Integer", n)) << n;
  EXPECT_TRUE(accepts("UnsignedInt", "0"));
  EXPECT_FALSE(accepts("UnsignedInt", "-1"));
  EXPECT_TRUE(accepts("PositiveInt", "1"));
  EXPECT_FALSE(accepts("PositiveInt", "0"));
  for (auto n : {"0", "-0.0", "2.10", "1E-22", "-1.000000000000000000E+245"})
    EXPECT_TRUE(accepts("Decimal", n)) << n;
  for (auto n : {"1e1000", "1234567890123456789012345678901234567", "\"1\"", "null"})
    EXPECT_FALSE(accepts("Decimal", n)) << n;
}

TEST(Primitives, strings) {
  EXPECT_TRUE(accepts("String", R"("a\tb\r\nc ü 💆")"));
  EXPECT_FALSE(accepts("String", R"("a\u0000b")"));
  EXPECT_FALSE(accepts("String", R"("a\u001bb")"));
  EXPECT_FALSE(accepts("String", fmt::format("\"{}\"", std::string(1'048'577, 'x'))));
  EXPECT_TRUE(accepts("Markdown", R"("# Title\n\ntext")"));
  EXPECT_FALSE(accepts("Markdown", R"("\u0007")"));
}

TEST(Primitives, names_of_things) {
  EXPECT_TRUE(accepts("Code", R"("a b")"));
  for (auto text : {R"(" a")", R"("a ")", R"("a  b")", R"("\u0001")"})
    EXPECT_FALSE(accepts("Code", text)) << text;
  EXPECT_TRUE(accepts("Id", R"("a-B.9")"));
  EXPECT_FALSE(accepts("Id", R"("a_b")"));
  for (auto type : {"Uri", "Url", "Canonical"}) {
    EXPECT_TRUE(accepts(type, R"("http://example.org/ü|1.0")")) << type;
    EXPECT_FALSE(accepts(type, R"("http://example.org/a b")")) << type;
  }
  EXPECT_TRUE(accepts("Oid", R"("urn:oid:1.2.3")"));
  EXPECT_FALSE(accepts("Oid", R"("1.2.3")"));
  EXPECT_TRUE(accepts("Uuid", R"("urn:uuid:c757873d-ec9a-4326-a141-556f43239520")"));
  EXPECT_FALSE(accepts("Uuid", R"("c757873d-ec9a-4326-a141-556f43239520")"));
}

TEST(Primitives, times) {
  EXPECT_TRUE(accepts("Date", R"("2026-11")"));
  EXPECT_FALSE(accepts("Date", R"("2026-02-29")"));
  EXPECT_FALSE(accepts("Date", R"("2026-02-28T10:00:00Z")"));
  EXPECT_TRUE(accepts("DateTime", R"("2026-11-22T10:20:30+01:00")"));
  EXPECT_FALSE(accepts("DateTime", R"("2026-11-22T10:20:30")"));
  EXPECT_TRUE(accepts("Instant", R"("2026-11-22T10:20:30.123Z")"));
  EXPECT_FALSE(accepts("Instant", R"("2026-11-22")"));
  EXPECT_TRUE(accepts("Time", R"("10:20:30")"));
  EXPECT_FALSE(accepts("Time", R"("24:00:00")"));
}

TEST(Primitives, base64) {
  for (auto text : {"QQ==", "QUI=", "QUJD", "QU JD", "QUJD\\nQUJD", "+/+/"})
    EXPECT_TRUE(accepts("Base64Binary", fmt::format("\"{}\"", text))) << text;
  for (auto text : {"Q", "QQ=", "QQ===", "Q=Q=", "QUJ-", "===="})
    EXPECT_FALSE(accepts("Base64Binary", fmt::format("\"{}\"", text))) << text;
}

} // namespace
} // namespace tripsis::validation
