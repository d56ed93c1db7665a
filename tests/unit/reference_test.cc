// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "base/json/parse.hh"
#include "fhir/reference.hh"

#include <gmock/gmock.h>

#include <gtest/gtest.h>

namespace tripsis::fhir {
namespace {

using Kind = Reference::Kind;

Reference reference(std::string_view text) {
  return Reference::parse(text).value();
}

TEST(Reference, takes_a_relative_one_apart) {
  auto const plain = reference("Patient/123");
  EXPECT_EQ(plain.kind, Kind::Relative);
  EXPECT_EQ(plain.type, "Patient");
  EXPECT_EQ(plain.id, "123");
  EXPECT_EQ(plain.version, "");
  EXPECT_EQ(plain.text, "Patient/123");
  EXPECT_EQ(reference("Patient/123/_history/2").version, "2");
}

TEST(Reference, takes_an_absolute_one_apart) {
  auto const absolute = reference("https://example.org/fhir/R4/Patient/123/_history/2");
  EXPECT_EQ(absolute.kind, Kind::Absolute);
  EXPECT_EQ(absolute.base, "https://example.org/fhir/R4");
  EXPECT_EQ(absolute.type, "Patient");
  EXPECT_EQ(absolute.id, "123");
  EXPECT_EQ(absolute.version, "2");
  EXPECT_EQ(reference("http://example.org/Patient/1").base, "http://example.org");
  EXPECT_EQ(reference("http://example.org/other/thing").kind, Kind::Other);
  EXPECT_EQ(reference("http://Patient/1").kind, Kind::Other) << "Patient is the host";
  EXPECT_EQ(reference("mailto:someone@example.org").kind, Kind::Other);
}

TEST(Reference, knows_the_other_kinds) {
  EXPECT_EQ(reference("urn:uuid:c757873d-ec9a-4326-a141-556f43239520").kind, Kind::Urn);
  EXPECT_EQ(reference("#organisation").kind, Kind::Contained);
  EXPECT_EQ(reference("#organisation").id, "organisation");
  EXPECT_EQ(reference("#").id, "");
  EXPECT_EQ(reference("123").kind, Kind::Id);
  auto const conditional = reference("Patient?identifier=http://example.org|7");
  EXPECT_EQ(conditional.kind, Kind::Conditional);
  EXPECT_EQ(conditional.type, "Patient");
  EXPECT_EQ(conditional.query, "identifier=http://example.org|7");
}

TEST(Reference, refuses_what_is_none) {
  for (auto text :
       {"", " ", "Patient/", "Patient/1 2", "Patient/1/2", "Patiant/1", "/Patient/1", "Patient/1/_history/",
        "Patient//1", "Patient/a_b", "#a b", "../Patient/1", "Patient/1?x=y",
        "Patient/12345678901234567890123456789012345678901234567890123456789012345"})
    EXPECT_EQ(Reference::parse(text).error().fault, Fault::Value) << text;
}

TEST(Reference, checks_ids_uuids_and_oids) {
  EXPECT_TRUE(is_id("a-B.9"));
  EXPECT_FALSE(is_id(""));
  EXPECT_FALSE(is_id("a_b"));
  EXPECT_FALSE(is_id(std::string(65, 'a')));
  EXPECT_TRUE(is_uuid_urn("urn:uuid:c757873d-ec9a-4326-a141-556f43239520"));
  EXPECT_FALSE(is_uuid_urn("urn:uuid:C757873D-EC9A-4326-A141-556F43239520"));
  EXPECT_FALSE(is_uuid_urn("urn:uuid:c757873dec9a4326a141556f43239520"));
  EXPECT_TRUE(is_oid_urn("urn:oid:1.2.3.40"));
  for (auto text :
       {"urn:oid:", "urn:oid:1", "urn:oid:3.1", "urn:oid:1.", "urn:oid:1.02", "urn:oid:1.2x", "1.2.3"})
    EXPECT_FALSE(is_oid_urn(text)) << text;
}

TEST(RewriteReferences, turns_what_points_to_another_entry_and_nothing_else) {
  auto resource = json::parse(R"({
    "resourceType": "Observation",
    "meta": {"profile": ["urn:uuid:1"]},
    "text": {"status": "generated", "div": "<div><a class='x' href=\"urn:uuid:1\">see</a><img alt=\"\" src = 'urn:uuid:1'/><b>urn:uuid:1</b></div>"},
    "contained": [{"resourceType": "Patient", "id": "p", "managingOrganization": {"reference": "urn:uuid:1"}}],
    "extension": [{"url": "http://example.org", "valueReference": {"reference": "urn:uuid:1"}}],
    "identifier": [{"system": "urn:uuid:1", "value": "urn:uuid:1"}],
    "subject": {"reference": "urn:uuid:1", "display": "urn:uuid:1"},
    "_issued": {"extension": [{"url": "http://example.org", "valueUri": "urn:uuid:1"}]},
    "component": [{"valueString": "urn:uuid:1"}],
    "unheardOf": {"reference": "urn:uuid:1"}
  })")
                      .value();
  rewrite_references(resource, [](std::string_view text) -> std::optional<std::string> {
    return text == "urn:uuid:1" ? std::optional{std::string{"Patient/7&"}} : std::nullopt;
  });
  auto const expected = json::parse(R"({
    "resourceType": "Observation",
    "meta": {"profile": ["urn:uuid:1"]},
    "text": {"status": "generated", "div": "<div><a class='x' href=\"Patient/7&amp;\">see</a><img alt=\"\" src = 'Patient/7&amp;'/><b>urn:uuid:1</b></div>"},
    "contained": [{"resourceType": "Patient", "id": "p", "managingOrganization": {"reference": "Patient/7&"}}],
    "extension": [{"url": "http://example.org", "valueReference": {"reference": "Patient/7&"}}],
    "identifier": [{"system": "Patient/7&", "value": "urn:uuid:1"}],
    "subject": {"reference": "Patient/7&", "display": "urn:uuid:1"},
    "_issued": {"extension": [{"url": "http://example.org", "valueUri": "Patient/7&"}]},
    "component": [{"valueString": "urn:uuid:1"}],
    "unheardOf": {"reference": "urn:uuid:1"}
  })")
                            .value();
  EXPECT_EQ(json::write(resource), json::write(expected));
}

TEST(RewriteReferences, is_not_slowed_down_by_a_hostile_narrative) {
  for (std::string const piece : {"<a ", "<a>", "<a href", "<a href='x'>", "<img src = "}) {
    std::string html;
    while (html.size() < 2'000'000)
      html += piece;
    auto resource =
        json::object({{"resourceType", "Patient"}, {"text", json::object({{"div", html + ">"}})}});
    rewrite_references(resource, [](std::string_view) {
      return std::string{"Patient/1"};
    }); // the test's time limit is the assertion
    EXPECT_EQ(resource.at({"text", "div"})->string().empty(), false);
  }
}

TEST(RewriteReferences, passes_over_what_is_not_as_FHIR_says) {
  for (auto text : {R"([])", R"({})", R"({"resourceType":"Nonsense","a":{"reference":"x"}})",
                    R"({"resourceType":"Patient","name":7})",
                    R"({"resourceType":"Patient","text":{"div":"<a href=<img src='"}})",
                    R"({"resourceType":"Patient","text":{"div":["<a","<img","<img src","<a href='x'"]}})",
                    R"({"resourceType":"Patient","generalPractitioner":{"reference":7}})"}) {
    auto value = json::parse(text).value();
    rewrite_references(value, [](std::string_view) { return std::string{"changed"}; });
    EXPECT_EQ(json::write(value), text);
  }
}

} // namespace
} // namespace tripsis::fhir
