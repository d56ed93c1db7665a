// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What the role patient gets, as a table: every route and every resource type, with another patient's data
// present. The tables here say again what is meant (docs/operating.md#roles), so that a change of the
// policy shows; a route or an operation without a row fails.
#include "base/json/parse.hh"
#include "fhir/definitions.hh"
#include "rest/router.hh"
#include "support/test_program.hh"

#include <map>
#include <set>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace tripsis::test {
namespace {

constexpr std::string_view own_mark = "what-is-own";
constexpr std::string_view others_mark = "what-is-anothers";

enum class Sees : unsigned char { Nothing, Own, All };

Sees patients_view_of(std::string_view type) {
  static std::set<std::string_view> const own{"Patient",
                                              "Appointment",
                                              "Encounter",
                                              "Composition",
                                              "Procedure",
                                              "Observation",
                                              "Condition",
                                              "AllergyIntolerance",
                                              "MedicationStatement",
                                              "Consent",
                                              "QuestionnaireResponse",
                                              "CarePlan",
                                              "Goal",
                                              "ServiceRequest",
                                              "RelatedPerson",
                                              "DocumentReference",
                                              "Invoice",
                                              "Communication"};
  static std::set<std::string_view> const all{"Questionnaire", "CodeSystem", "ValueSet"};
  return own.contains(type) ? Sees::Own : all.contains(type) ? Sees::All : Sees::Nothing;
}

/// What a request is answered to a patient.
enum class Answer : unsigned char {
  Forbidden, ///< 403, whomever it concerns
  ByType,    ///< As patients_view_of says; asked for every type below
  Own,       ///< 200 of themselves, 404 of another
  Beyond,    ///< Signing in and out, and what is open to all: no record is shown
  Entries,   ///< A Bundle, whose entries are judged one by one; asked below
};

struct Row {
  std::string_view method, pattern;
  Answer answer;
  std::string_view parameters = {};
};

/// A new route needs a row here: who adds one says what a patient gets.
constexpr auto route_rows = std::to_array<Row>({
    {"GET", "/fhir/R4/metadata", Answer::Beyond},
    {"POST", "/fhir/R4", Answer::Entries},
    {"GET", "/fhir/R4/{type}", Answer::ByType},
    {"POST", "/fhir/R4/{type}/_search", Answer::ByType},
    {"POST", "/fhir/R4/{type}", Answer::ByType},
    {"GET", "/fhir/R4/{type}/{id}", Answer::ByType},
    {"PUT", "/fhir/R4/{type}/{id}", Answer::ByType},
    {"DELETE", "/fhir/R4/{type}/{id}", Answer::ByType},
    {"GET", "/fhir/R4/{type}/{id}/_history", Answer::ByType},
    {"GET", "/fhir/R4/{type}/{id}/_history/{version}", Answer::ByType},
    {"GET", "/fhir/R4/$day", Answer::Forbidden, "?date=2026-11-23"},
    {"GET", "/fhir/R4/$evidence", Answer::Forbidden},
    {"POST", "/fhir/R4/$check-wording", Answer::Forbidden},
    {"GET", "/fhir/R4/Patient/{id}/$chart", Answer::Forbidden},
    {"GET", "/fhir/R4/Patient/{id}/$screen", Answer::Forbidden},
    {"POST", "/fhir/R4/Patient/{id}/$screen", Answer::Forbidden},
    {"POST", "/fhir/R4/Patient/{id}/$request-clearance", Answer::Forbidden},
    {"GET", "/fhir/R4/Task/{id}/$letter", Answer::Forbidden},
    {"POST", "/fhir/R4/Patient/{id}/$clear", Answer::Forbidden},
    {"POST", "/fhir/R4/Patient/{id}/$override", Answer::Forbidden},
    {"GET", "/fhir/R4/Patient/{id}/$note-prefill", Answer::Forbidden},
    {"POST", "/fhir/R4/Patient/$match", Answer::Forbidden},
    {"POST", "/fhir/R4/Patient/$merge", Answer::Forbidden},
    {"POST", "/fhir/R4/Composition/{id}/$entered-in-error", Answer::Forbidden},
    {"GET", "/fhir/R4/$worklist", Answer::Forbidden},
    {"GET", "/fhir/R4/$rules-report", Answer::Forbidden, "?start=2026-11-01&end=2026-11-30"},
    {"GET", "/fhir/R4/$adverse-events", Answer::Forbidden, "?start=2026-11-01&end=2026-11-30"},
    {"GET", "/fhir/R4/Patient/{id}/$portal", Answer::Own},
    {"GET", "/fhir/R4/Patient/{id}/$measures", Answer::Own},
    {"POST", "/fhir/R4/Questionnaire/{id}/$populate", Answer::Beyond}, // in a test of its own below
    {"GET", "/fhir/R4/QuestionnaireResponse/{id}/$extract", Answer::Forbidden},
    {"POST", "/fhir/R4/QuestionnaireResponse/$extract", Answer::Forbidden},
    {"GET", "/fhir/R4/Patient/{id}/$propose-plan", Answer::Forbidden},
    {"GET", "/fhir/R4/PlanDefinition/{id}/$apply", Answer::Forbidden, "?subject=Patient/own"},
    {"POST", "/fhir/R4/PlanDefinition/{id}/$apply", Answer::Forbidden},
    {"POST", "/fhir/R4/Patient/{id}/$invite", Answer::Forbidden},
    {"POST", "/fhir/R4/Appointment/{id}/$check-in", Answer::Beyond}, // in check_in.scenario
    {"GET", "/fhir/R4/Patient/{id}/$report", Answer::Forbidden},
    {"GET", "/fhir/R4/ServiceRequest/{id}/$letter", Answer::Forbidden},
    {"POST", "/fhir/R4/Patient/{id}/$records", Answer::Forbidden},
    {"POST", "/auth/sign-in", Answer::Beyond},
    {"POST", "/auth/sign-out", Answer::Beyond},
    {"GET", "/auth/session", Answer::Beyond},
    {"POST", "/auth/link", Answer::Beyond},
    {"POST", "/auth/link-request", Answer::Beyond},
    {"POST", "/auth/hand-over", Answer::Forbidden},
    {"GET", "/cds-services", Answer::Forbidden},
    {"POST", "/cds-services/{id}", Answer::Forbidden},
    {"POST", "/cds-services/{id}/feedback", Answer::Forbidden},
    {"GET", "/drafts", Answer::Forbidden},
    {"GET", "/drafts/{key}", Answer::Forbidden},
    {"PUT", "/drafts/{key}", Answer::Forbidden},
    {"DELETE", "/drafts/{key}", Answer::Forbidden},
});

std::string filled(std::string_view pattern, std::string_view type, std::string_view id) {
  std::string text{pattern};
  for (auto const& [mark, value] : {std::pair<std::string_view, std::string_view>{"{type}", type},
                                    {"{id}", id},
                                    {"{version}", "1"},
                                    {"{key}", "note.1"}})
    if (auto const at = text.find(mark); at != std::string::npos)
      text.replace(at, mark.size(), value);
  return text;
}

/// A resource of this type about that patient, wherever the type says whom it is about. It is put into the
/// store as it is: that it would not be valid does not matter to who may see it.
json::Value resource_about(std::string_view type, std::string const& patient, std::string_view mark) {
  auto const reference = json::object({{"reference", "Patient/" + patient}});
  auto const id = type == "Patient" ? patient : patient + "-1";
  auto resource = json::object({{"resourceType", type},
                                {"id", id},
                                {"status", type == "Composition" ? "final" : "active"},
                                {"subject", reference},
                                {"patient", reference},
                                {"beneficiary", reference},
                                {"individual", reference},
                                {"language", mark}});
  resource.set("participant", json::array({json::object({{"actor", reference}, {"status", "accepted"}})}));
  if (type == "Patient") {
    resource.erase("patient");
    resource.erase("subject");
  }
  return resource;
}

class PatientAccess : public testing::Test {
protected:
  PatientAccess() {
    for (auto const* type : fhir::resource_types())
      if (rest::is_served(type->name)) {
        types_.push_back(type->name);
        put(resource_about(type->name, "own", own_mark));
        put(resource_about(type->name, "other", others_mark));
      }
  }

  void put(json::Value resource) {
    store::Changes unit{.practitioner = "Practitioner/therapist", .now = program_.clock.now()};
    store::Key key{std::string{resource.text("resourceType")}, std::string{resource.text("id")}};
    unit.changes.push_back({store::Method::Update, key, std::move(resource)});
    auto const written = program_.store->write(std::move(unit));
    ASSERT_TRUE(written) << key.reference() << ": " << written.error().what;
  }

  rest::Response ask(std::string method, std::string target, std::string body = {},
                     std::string_view media = "application/fhir+json") {
    rest::Request request{.method = std::move(method),
                          .target = std::move(target),
                          .headers = {{"Host", "localhost"},
                                      {"Authorization", "Bearer " + token_},
                                      {"Content-Type", std::string{media}}},
                          .body = std::move(body),
                          .peer = "192.0.2.1"};
    auto response = program_.dispatch.answer(request);
    EXPECT_FALSE(response.content().contains(others_mark)) << request.method << " " << request.target;
    EXPECT_FALSE(response.content().contains(R"("reference":"Patient/other)"))
        << request.method << " " << request.target;
    return response;
  }

  static std::string id_of(std::string_view type, std::string const& patient) {
    return type == "Patient" ? patient : patient + "-1";
  }

  TestProgram program_;
  std::string token_ = program_.patients_token("own");
  std::vector<std::string_view> types_;
};

TEST_F(PatientAccess, every_route_has_a_row_and_every_row_a_route) {
  for (auto const& route : rest::routes())
    EXPECT_EQ(std::ranges::count_if(route_rows,
                                    [&](Row const& row) {
                                      return row.method == route.method && row.pattern == route.pattern;
                                    }),
              1)
        << "say in route_rows what a patient is answered to " << route.method << " " << route.pattern;
  for (auto const& row : route_rows)
    EXPECT_TRUE(std::ranges::any_of(rest::routes(),
                                    [&](rest::Route const& route) {
                                      return row.method == route.method && row.pattern == route.pattern;
                                    }))
        << row.method << " " << row.pattern;
}

TEST_F(PatientAccess, operations_and_what_is_the_staffs_are_as_the_rows_say) {
  for (auto const& row : route_rows)
    for (std::string const patient : {"own", "other"}) {
      auto const target = filled(row.pattern, "", patient) + std::string{row.parameters};
      SCOPED_TRACE(fmt::format("{} {}", row.method, target));
      if (row.answer != Answer::Forbidden && row.answer != Answer::Own)
        continue;
      auto const response = ask(std::string{row.method}, target, R"({"resourceType": "Parameters"})");
      EXPECT_EQ(response.status, row.answer == Answer::Forbidden ? 403
                                 : patient == "own"              ? 200
                                                                 : 404)
          << response.content();
    }
}

TEST_F(PatientAccess, forms_are_filled_in_for_themselves_alone) {
  auto const about = [](std::string_view patient) {
    return fmt::format(
        R"({{"resourceType": "Parameters", "parameter": [{{"name": "subject", "valueReference": {{"reference": "Patient/{}"}}}}]}})",
        patient);
  };
  EXPECT_EQ(ask("POST", "/fhir/R4/Questionnaire/own-1/$populate", about("own")).status, 200);
  EXPECT_EQ(ask("POST", "/fhir/R4/Questionnaire/own-1/$populate", about("other")).status, 404);
}

TEST_F(PatientAccess, reads_show_only_their_own) {
  for (auto const type : types_) {
    SCOPED_TRACE(type);
    auto const view = patients_view_of(type);
    for (std::string_view const pattern : {"/fhir/R4/{type}/{id}", "/fhir/R4/{type}/{id}/_history",
                                           "/fhir/R4/{type}/{id}/_history/{version}"}) {
      SCOPED_TRACE(pattern);
      auto const own = ask("GET", filled(pattern, type, id_of(type, "own")));
      EXPECT_EQ(own.status, view == Sees::Nothing ? 403 : 200);
      EXPECT_EQ(own.content().contains(own_mark), view != Sees::Nothing);
      if (view == Sees::All)
        continue; // what is shared is nobody's, and the marks of the two do not count
      auto const other = ask("GET", filled(pattern, type, id_of(type, "other")));
      EXPECT_EQ(other.status, view == Sees::Nothing ? 403 : 404);
    }
  }
}

TEST_F(PatientAccess, searches_show_only_their_own) {
  for (auto const type : types_) {
    SCOPED_TRACE(type);
    auto const view = patients_view_of(type);
    if (view == Sees::All)
      continue;
    for (auto const& query :
         {std::string{}, std::string{"_id="} + id_of(type, "other"), std::string{"_total=accurate"},
          std::string{"_sort=_lastUpdated"}, std::string{"_summary=count"}}) {
      SCOPED_TRACE(query);
      auto const get = ask("GET", fmt::format("/fhir/R4/{}?{}", type, query));
      auto const post =
          ask("POST", fmt::format("/fhir/R4/{}/_search", type), query, "application/x-www-form-urlencoded");
      EXPECT_EQ(get.status, view == Sees::Nothing ? 403 : 200);
      EXPECT_EQ(post.status, get.status);
      auto const bundle = json::parse(get.content());
      ASSERT_TRUE(bundle);
      if (auto const* total = bundle->find("total")) {
        EXPECT_EQ(total->lexeme(), "1");
      }
      EXPECT_EQ(bundle->items("entry").size(),
                view == Sees::Nothing || query == "_summary=count" || query.starts_with("_id") ? 0U : 1U);
    }
  }
}

TEST_F(PatientAccess, searches_by_another_patient_find_nothing) {
  for (auto const type : types_)
    if (patients_view_of(type) == Sees::Own && type != "Patient") {
      auto const found = ask("GET", fmt::format("/fhir/R4/{}?patient=Patient/other", type));
      EXPECT_EQ(found.status, 200) << type;
      EXPECT_FALSE(found.content().contains("\"entry\"")) << type;
    }
}

TEST_F(PatientAccess, bundles_give_no_more_than_requests) {
  for (std::string_view const kind : {"batch", "transaction"})
    for (auto const type : types_) {
      SCOPED_TRACE(fmt::format("{} {}", kind, type));
      auto const view = patients_view_of(type);
      auto const body = [&](std::string_view url) {
        return fmt::format(
            R"({{"resourceType": "Bundle", "type": "{}", "entry": [{{"request": {{"method": "GET", "url": "{}"}}}}]}})",
            kind, url);
      };
      auto const own = ask("POST", "/fhir/R4", body(fmt::format("{}/{}", type, id_of(type, "own"))));
      EXPECT_EQ(own.status, 200);
      EXPECT_EQ(own.content().contains(own_mark), view != Sees::Nothing) << own.content();
      if (view == Sees::All)
        continue;
      for (auto const& url : {fmt::format("{}/{}", type, id_of(type, "other")), std::string{type},
                              fmt::format("{}/{}/_history", type, id_of(type, "other")),
                              fmt::format("{}/{}/_history/1", type, id_of(type, "other"))})
        EXPECT_EQ(ask("POST", "/fhir/R4", body(url)).status, 200);
    }
}

TEST_F(PatientAccess, nothing_is_changed_or_deleted) {
  for (auto const type : types_)
    for (std::string const patient : {"own", "other"}) {
      auto const id = id_of(type, patient);
      auto const path = fmt::format("/fhir/R4/{}/{}", type, id);
      auto const body = json::write(resource_about(type, "own", own_mark));
      EXPECT_EQ(ask("PUT", path, body).status, 403) << path;
      EXPECT_EQ(ask("DELETE", path).status, 403) << path;
      for (std::string_view const kind : {"batch", "transaction"}) {
        auto const answer = ask(
            "POST", "/fhir/R4",
            fmt::format(
                R"({{"resourceType": "Bundle", "type": "{}", "entry": [{{"request": {{"method": "DELETE", "url": "{}/{}"}}}}]}})",
                kind, type, id));
        EXPECT_TRUE(answer.status == 403 || answer.content().contains("403 Forbidden")) << kind << path;
      }
    }
}

TEST_F(PatientAccess, only_forms_and_consents_are_created) {
  for (auto const type : types_) {
    auto const body = fmt::format(R"({{"resourceType": "{}"}})", type);
    auto const answer = ask("POST", fmt::format("/fhir/R4/{}", type), body);
    if (type == "QuestionnaireResponse" || type == "Consent")
      EXPECT_NE(answer.status, 201) << type; // it names nobody
    else
      EXPECT_EQ(answer.status, 403) << type;
  }
}

struct Content {
  std::string_view body;
  int status;
};

TEST_F(PatientAccess, what_is_created_is_about_themselves) {
  constexpr std::string_view form = "QuestionnaireResponse";
  for (
      auto const& [body, status] : std::vector<Content>{
          {R"("subject": {"reference": "Patient/own"})", 201},
          {R"("subject": {"reference": "Patient/own"}, "author": {"reference": "Patient/own"})", 201},
          {R"("subject": {"reference": "Patient/other"})", 403},
          {R"("subject": {"reference": "Patient/own/_history/1"})", 403},
          {R"("subject": {"display": "me"})", 403},
          {R"("status": "completed")", 403},
          {R"("subject": {"reference": "Patient/own"}, "author": {"reference": "Practitioner/therapist"})",
           403},
          {R"("subject": {"reference": "Patient/own"}, "author": {"display": "me"})", 403},
          {R"("subject": {"reference": "Patient/own"}, "questionnaire": "https://tripsis.org/fhir/Questionnaire/odi")",
           403},
          {R"("subject": {"reference": "Patient/own"}, "questionnaire": "https://tripsis.org/fhir/Questionnaire/rom|1")",
           403},
          {R"("subject": {"reference": "Patient/own"}, "source": {"reference": "Patient/other"})", 403},
          {R"("subject": {"reference": "Patient/own"}, "item": [{"linkId": "1", "answer": [{"valueReference": {"reference": "Patient/other"}}]}])",
           403}}) {
    SCOPED_TRACE(body);
    auto const state = body.contains("\"status\"") ? "" : R"("status": "completed", )";
    auto const resource = fmt::format(R"({{"resourceType": "{}", {}{}}})", form, state, body);
    EXPECT_EQ(ask("POST", "/fhir/R4/QuestionnaireResponse", resource).status, status);
    auto const entry = fmt::format(R"([{{"resource": {}, "request": {{"method": "POST", "url": "{}"}}}}])",
                                   resource, form);
    auto const batch =
        ask("POST", "/fhir/R4",
            fmt::format(R"({{"resourceType": "Bundle", "type": "batch", "entry": {}}})", entry));
    EXPECT_TRUE(batch.content().contains(fmt::format("\"status\":\"{} ", status))) << batch.content();
    auto const transaction =
        ask("POST", "/fhir/R4",
            fmt::format(R"({{"resourceType": "Bundle", "type": "transaction", "entry": {}}})", entry));
    EXPECT_EQ(transaction.status, status == 201 ? 200 : status) << transaction.content();
  }
}

TEST_F(PatientAccess, a_consent_is_their_own) {
  auto const consent = [](std::string_view patient) {
    return fmt::format(
        R"({{"resourceType": "Consent", "status": "active", "scope": {{"text": "treatment"}}, "category": [{{"text": "treatment"}}], "patient": {{"reference": "Patient/{}"}}, "policyRule": {{"text": "house"}}}})",
        patient);
  };
  EXPECT_EQ(ask("POST", "/fhir/R4/Consent", consent("own")).status, 201);
  EXPECT_EQ(ask("POST", "/fhir/R4/Consent", consent("other")).status, 403);
}

TEST_F(PatientAccess, earlier_versions_are_judged_by_what_they_hold) {
  auto draft = resource_about("Composition", "own", own_mark);
  draft.set("id", "note").set("status", "preliminary").set("title", "unfinished");
  put(draft);
  EXPECT_EQ(ask("GET", "/fhir/R4/Composition/note").status, 404);
  EXPECT_EQ(ask("GET", "/fhir/R4/Composition/note/_history").status, 404);
  EXPECT_FALSE(ask("GET", "/fhir/R4/Composition").content().contains("unfinished"));
  draft.set("status", "final").set("title", "finished");
  put(draft);
  EXPECT_EQ(ask("GET", "/fhir/R4/Composition/note/_history/2").status, 200);
  EXPECT_EQ(ask("GET", "/fhir/R4/Composition/note/_history/1").status, 404);
  auto const history = ask("GET", "/fhir/R4/Composition/note/_history");
  EXPECT_TRUE(history.content().contains("\"finished\""));
  EXPECT_FALSE(history.content().contains("unfinished"));

  auto moved = resource_about("Observation", "other", others_mark);
  moved.set("id", "moved");
  put(moved);
  auto mine = resource_about("Observation", "own", own_mark);
  mine.set("id", "moved");
  put(mine);
  EXPECT_EQ(ask("GET", "/fhir/R4/Observation/moved/_history/2").status, 200);
  EXPECT_EQ(ask("GET", "/fhir/R4/Observation/moved/_history/1").status, 404);
  EXPECT_EQ(ask("GET", "/fhir/R4/Observation/moved/_history").status, 200);
  put(moved); // and back: nothing of it is theirs any more
  for (auto const* tail : {"", "/_history", "/_history/2"})
    EXPECT_EQ(ask("GET", std::string{"/fhir/R4/Observation/moved"} + tail).status, 404);
}

/// A compartment is wider than what is about its patient.
TEST_F(PatientAccess, what_they_said_of_another_is_anothers) {
  auto said = resource_about("Observation", "other", others_mark);
  said.set("id", "said").set("performer", json::array({json::object({{"reference", "Patient/own"}})}));
  put(said);
  auto linked = resource_about("Patient", "relative", others_mark);
  linked.set("link", json::array({json::object(
                         {{"other", json::object({{"reference", "Patient/own"}})}, {"type", "seealso"}})}));
  put(linked);
  auto shared = resource_about("Appointment", "own", others_mark);
  shared.set("id", "shared")
      .push("participant", json::object({{"actor", json::object({{"reference", "Patient/other"}})}}));
  put(shared);
  for (auto const* path : {"Observation/said", "Patient/relative", "Appointment/shared"})
    EXPECT_EQ(ask("GET", std::string{"/fhir/R4/"} + path).status, 404) << path;
  for (auto const* type : {"Observation", "Patient", "Appointment"})
    EXPECT_EQ(ask("GET", std::string{"/fhir/R4/"} + type).status, 200) << type;
}

TEST_F(PatientAccess, definitions_are_shared) {
  for (auto const* type : {"Questionnaire", "CodeSystem", "ValueSet"}) {
    auto definition = json::object({{"resourceType", type}, {"id", "shared"}, {"status", "draft"}});
    put(definition);
    EXPECT_EQ(ask("GET", fmt::format("/fhir/R4/{}/shared", type)).status, 200) << type;
    EXPECT_TRUE(ask("GET", fmt::format("/fhir/R4/{}?_id=shared", type)).content().contains("\"entry\""))
        << type;
  }
}

TEST_F(PatientAccess, the_session_says_whose_it_is) {
  auto const session = ask("GET", "/auth/session");
  EXPECT_EQ(session.status, 200);
  EXPECT_TRUE(session.content().contains(R"("role":"patient")")) << session.content();
  EXPECT_TRUE(session.content().contains(R"("patient":"Patient/own","scope":"portal")"));
}

} // namespace
} // namespace tripsis::test
