// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "base/json/parse.hh"

#include <gtest/gtest.h>

namespace tripsis::json {
namespace {

Fault fault_of(std::string_view text) {
  auto const result = parse(text);
  EXPECT_FALSE(result.has_value()) << text.substr(0, 60);
  return result ? Fault::NotFound : result.error().fault;
}

std::string nested(int depth) {
  return std::string(static_cast<std::size_t>(depth), '[') +
         std::string(static_cast<std::size_t>(depth), ']');
}

TEST(Json, comes_back_as_it_was_written) {
  for (auto text : {R"({"a":2.10,"b":[1e400,-0,0.1200],"c":{"d":null,"e":true,"f":false},"g":"h"})", "[]",
                    "{}", "\"x\"", "2.50", "true", "null", R"({"q":"a\"b\\c\n\t\u0001é€😀"})",
                    R"([[],{},[{}]])", "123456789012345678901234567890"})
    EXPECT_EQ(write(parse(text).value()), text);
}

TEST(Json, reads_escapes) {
  EXPECT_EQ(parse(R"("\u00e9\ud83d\ude00\/")").value().string(), "é😀/");
  EXPECT_NE(parse(R"({"\u0061":1})").value().find("a"), nullptr);
}

TEST(Json, refuses_what_is_not_json) {
  for (auto text : {"",          " ",          "{",    "[1,]",  "{\"a\":1,}", "[1 2]",       "{'a':1}",
                    "{\"a\" 1}", "[01]",       "[+1]", "[.5]",  "[1.]",       "[NaN]",       "[tru]",
                    "nul",       "[nullx]",    "[1]x", "{} {}", "\"\x01\"",   "\"\\ud800\"", "[\"\xff\"]",
                    "\"abc",     "[\"a\\x\"]", "1 2",  "[,]",   "[1}"})
    EXPECT_EQ(fault_of(text), Fault::Structure) << text;
}

TEST(Json, refuses_repeated_names) {
  EXPECT_EQ(fault_of(R"({"a":1,"a":2})"), Fault::Structure);
  EXPECT_EQ(fault_of(R"({"a":1,"\u0061":2})"), Fault::Structure);
  std::string many = "{";
  for (int i = 0; i < 40; ++i)
    many += "\"k" + std::to_string(i) + "\":0,";
  EXPECT_TRUE(parse(many + "\"x\":0}").has_value());
  EXPECT_EQ(fault_of(many + "\"k7\":0}"), Fault::Structure);
}

TEST(Json, refuses_what_is_too_deep) {
  EXPECT_TRUE(parse(nested(64)).has_value());
  EXPECT_EQ(fault_of(nested(65)), Fault::TooLong);
  EXPECT_EQ(fault_of(nested(100'000)), Fault::TooLong);
}

TEST(Json, an_error_names_the_element) {
  auto const result = parse(R"({"a":{"b":{"c":01}}})");
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error().where, "a.b.c");
  EXPECT_EQ(parse(R"({"a":[[1],[{"b":[0,01]}]]})").error().where, "a[1][0].b[1]");
  EXPECT_EQ(parse("{\"a b\":[01]}").error().where, "?[0]");
  EXPECT_NE(parse(" [1,]").error().what.find("at byte 4"), std::string::npos);
}

TEST(Json, allows_space_around_the_document_and_nothing_else) {
  for (std::string const text : {"true", "false", "null", "1", "-1.5e3", "\"x\"", "[]", "{}"}) {
    for (auto space : {" ", "\n", " \n\t\r  "})
      EXPECT_EQ(write(parse(space + text + space).value()), text);
    for (auto rest : {"x", "x\n", " 1", "]", ",", "l ", "0x"})
      EXPECT_EQ(fault_of(text + rest), Fault::Structure) << text << rest;
  }
}

TEST(Json, equality_ignores_the_order_of_members_and_minds_the_spelling_of_numbers) {
  EXPECT_EQ(parse(R"({"a":1,"b":2})").value(), parse(R"({"b":2,"a":1})").value());
  EXPECT_NE(parse("[1.0]").value(), parse("[1.00]").value());
  EXPECT_NE(parse("[1,2]").value(), parse("[2,1]").value());
}

TEST(Json, resources_can_be_composed) {
  auto patient = object({{"resourceType", "Patient"}, {"active", Value{true}}});
  patient.push("name", object({{"family", "Petrov"}})).set("gender", "female");
  EXPECT_EQ(write(patient),
            R"({"resourceType":"Patient","active":true,"name":[{"family":"Petrov"}],"gender":"female"})");
  EXPECT_EQ(patient.at({"name", "family"})->string(), "Petrov");
  EXPECT_TRUE(patient.erase("name"));
  EXPECT_EQ(patient.text("name"), "");
  EXPECT_TRUE(patient.items("name").empty());
}

} // namespace
} // namespace tripsis::json
