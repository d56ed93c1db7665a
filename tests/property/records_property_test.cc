// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A random practice whose records are corrected at random: notes are signed, amended and entered in error,
// patients are merged. Afterwards every reference is right, every version can be read as it was, and every
// seal holds.
#include "base/json/parse.hh"
#include "clinic/canonical.hh"
#include "clinic/find.hh"
#include "fhir/reference.hh"
#include "support/test_program.hh"

#include <map>
#include <set>

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

namespace tripsis::test {
namespace {

using json::Value;

constexpr int people = 5;

enum class Act : unsigned char { Visit, Amend, Book, Answer, Other, Merge, EnterInError };

struct Step {
  Act act;
  int a, b;
};

std::ostream& operator<<(std::ostream& out, Step const& step) {
  return out << "{act " << static_cast<int>(step.act) << ", " << step.a << ", " << step.b << "}";
}

rc::Gen<Step> steps() {
  return rc::gen::map(
      rc::gen::tuple(rc::gen::inRange(0, 10), rc::gen::inRange(0, 30), rc::gen::inRange(0, 30)),
      [](auto const& t) {
        auto const act = std::get<0>(t); // Visits and merges are the most frequent
        return Step{act < 7    ? static_cast<Act>(act)
                    : act == 9 ? Act::Merge
                               : Act::Visit,
                    std::get<1>(t), std::get<2>(t)};
      });
}

class Practice {
public:
  Practice() {
    RC_ASSERT(program_.store
                  ->write({.changes = {{.method = store::Method::Update,
                                        .key = {"Practitioner", "therapist"},
                                        .resource = *json::parse(
                                            R"({"resourceType":"Practitioner","id":"therapist"})")}},
                           .now = program_.clock.now()})
                  .has_value());
    for (int i = 0; i < people; ++i)
      put(fmt::format(R"({{"resourceType":"Patient","id":"p{}","identifier":[{{"value":"{}"}}]}})", i, i));
  }

  void take(Step const& step) {
    auto const patient = "p" + std::to_string(in_use(step.a));
    auto const number = std::to_string(++count_);
    switch (step.act) {
    case Act::Visit:
      return visit(patient, number);
    case Act::Amend:
      if (!notes_.empty())
        amend(notes_[static_cast<std::size_t>(step.a) % notes_.size()], number);
      return;
    case Act::Book:
      return put(fmt::format(
          R"({{"resourceType":"Appointment","id":"a{}","status":"booked","start":"2026-12-01T10:00:00Z","end":"2026-12-01T11:00:00Z","participant":[{{"actor":{{"reference":"Patient/{}"}},"status":"accepted"}}]}})",
          number, patient));
    case Act::Answer:
      return put(fmt::format(
          R"({{"resourceType":"QuestionnaireResponse","id":"q{}","status":"completed","subject":{{"reference":"Patient/{}"}},"author":{{"reference":"Patient/{}"}}}})",
          number, patient, patient));
    case Act::Other:
      return put(fmt::format(
          R"({{"resourceType":"Basic","id":"b{}","code":{{"text":"Patient/{}"}},"contained":[{{"resourceType":"Goal","id":"g","lifecycleStatus":"active","description":{{"text":"walk"}},"subject":{{"reference":"Patient/{}"}}}}],"extension":[{{"url":"http://example.org/x","valueReference":{{"reference":"Patient/{}/_history/1"}}}}]}})",
          number, patient, patient, patient));
    case Act::Merge:
      return merge(step.a % people, step.b % people);
    case Act::EnterInError:
      if (!notes_.empty())
        enter_in_error(notes_[static_cast<std::size_t>(step.b) % notes_.size()]);
      return;
    }
  }

  void check() {
    check_references();
    check_versions();
    check_seals();
    RC_ASSERT(program_.store->check().problems == std::vector<std::string>{});
  }

private:
  /// A patient that has not been merged into another. One is always left.
  int in_use(int any) const {
    while (merged_.contains(any % people))
      ++any;
    return any % people;
  }

  rest::Response send(std::string method, std::string target, std::string body = {}) {
    rest::Request request{
        .method = std::move(method), .target = "/fhir/R4/" + std::move(target), .body = std::move(body)};
    request.headers = {{"Authorization", "Bearer " + token_}, {"Content-Type", "application/fhir+json"}};
    return program_.dispatch.answer(request);
  }

  static std::string reference(std::string_view text) {
    return fmt::format(R"({{"reference":"{}"}})", text);
  }

  void put(std::string const& body) {
    auto const resource = *json::parse(body);
    auto const target = clinic::reference_to(resource);
    RC_ASSERT(send("PUT", target, body).status == 201);
    remember(target);
  }

  /// Keeps the present version, to compare it with what is read of it in the end.
  void remember(std::string const& target) {
    auto const read = send("GET", target);
    RC_ASSERT(read.status == 200);
    auto const body = std::string{read.content()};
    auto const version = std::string{json::parse(body)->at({"meta", "versionId"})->string()};
    auto const [kept, is_new] = versions_.emplace(target + "/_history/" + version, body);
    RC_ASSERT(kept->second == body);
  }

  void remember_all() {
    std::vector<std::string> targets;
    RC_ASSERT(program_.store
                  ->for_each([&](store::Version const& version) -> Result<> {
                    targets.push_back(version.key.reference());
                    return {};
                  })
                  .has_value());
    for (auto const& target : targets)
      remember(target);
  }

  std::string note(std::string const& id, std::string const& status, std::string const& subject,
                   std::string const& visit, std::string const& more) {
    return fmt::format(
        R"({{"resourceType":"Composition","id":"{}","status":"{}","type":{{"coding":[{{"system":"{}","code":"session"}}]}},"subject":{},"encounter":{},"date":"2026-11-23T09:00:00-05:00","author":[{}],"title":"Session note"{}}})",
        id, status, clinic::canonical::note, reference(subject), reference("Encounter/e" + visit),
        reference("Practitioner/therapist"), more);
  }

  static std::string signature(std::string const& id) {
    return fmt::format(
        R"({{"resourceType":"Provenance","id":"s{}","target":[{}],"recorded":"2026-11-23T09:00:00-05:00","activity":{{"coding":[{{"system":"http://terminology.hl7.org/CodeSystem/v3-DocumentCompletion","code":"LA"}}]}},"agent":[{{"who":{}}}],"signature":[{{"type":[{{"code":"1"}}],"when":"2026-11-23T09:00:00-05:00","who":{}}}]}})",
        id, reference("Composition/" + id), reference("Practitioner/therapist"),
        reference("Practitioner/therapist"));
  }

  void sign(std::vector<std::string> const& bodies) {
    std::string entries;
    std::vector<std::string> targets;
    for (auto const& body : bodies) {
      targets.push_back(clinic::reference_to(*json::parse(body)));
      entries += fmt::format(R"({}{{"resource":{},"request":{{"method":"PUT","url":"{}"}}}})",
                             entries.empty() ? "" : ",", body, targets.back());
    }
    auto const answer =
        send("POST", "",
             fmt::format(R"({{"resourceType":"Bundle","type":"transaction","entry":[{}]}})", entries));
    RC_ASSERT(answer.status == 200);
    for (auto const& target : targets) {
      sealed_.insert(target);
      remember(target);
    }
  }

  void visit(std::string const& patient, std::string const& n) {
    auto const subject = reference("Patient/" + patient), encounter = reference("Encounter/e" + n);
    auto const pain = fmt::format(
        R"({{"resourceType":"Observation","id":"o{}","status":"final","code":{{"text":"pain"}},"subject":{},"encounter":{},"performer":[{}],"valueInteger":6}})",
        n, subject, encounter, subject);
    sign(
        {fmt::format(
             R"({{"resourceType":"Encounter","id":"e{}","status":"finished","class":{{"code":"AMB"}},"subject":{}}})",
             n, subject),
         pain,
         note("n" + n, "final", "Patient/" + patient, n,
              fmt::format(R"(,"section":[{{"title":"Measures","entry":[{}]}}])",
                          reference("Observation/o" + n))),
         signature("n" + n)});
    notes_.push_back("n" + n);
  }

  Value present(std::string const& target) { return *json::parse(send("GET", target).content()); }

  void amend(std::string const& id, std::string const& n) {
    auto const original = present("Composition/" + id);
    auto const encounter = std::string{original.at({"encounter", "reference"})->string()};
    auto const body = note("n" + n, "amended", original.at({"subject", "reference"})->string(),
                           encounter.substr(std::string_view{"Encounter/e"}.size()),
                           fmt::format(R"(,"relatesTo":[{{"code":"appends","targetReference":{}}}])",
                                       reference("Composition/" + id)));
    if (original.text("status") == "entered-in-error") {
      RC_ASSERT(send("PUT", "Composition/n" + n, body).status == 422);
      return;
    }
    sign({body, signature("n" + n)});
    notes_.push_back("n" + n);
  }

  void merge(int source, int target) {
    auto const body = fmt::format(
        R"({{"resourceType":"Parameters","parameter":[{{"name":"source-patient","valueReference":{}}},{{"name":"target-patient","valueReference":{}}}]}})",
        reference(fmt::format("Patient/p{}", source)), reference(fmt::format("Patient/p{}", target)));
    bool const can = source != target && !merged_.contains(source) && !merged_.contains(target);
    RC_ASSERT(send("POST", "Patient/$merge", body).status == (can ? 200 : 422));
    if (can)
      merged_.insert(source);
    remember_all();
  }

  void enter_in_error(std::string const& id) {
    bool const can = present("Composition/" + id).text("status") != "entered-in-error";
    auto const answer = send(
        "POST", "Composition/" + id + "/$entered-in-error",
        R"({"resourceType":"Parameters","parameter":[{"name":"reason","valueString":"Wrong patient"}]})");
    RC_ASSERT(answer.status == (can ? 200 : 422));
    remember_all();
    RC_ASSERT(present("Composition/" + id).text("status") == "entered-in-error");
  }

  /// The references by which a merge is remembered: they must name what was.
  static void forget_merges(Value& resource) {
    if (resource.text("resourceType") == "Patient")
      resource.erase("link");
    if (clinic::code_in(resource.find("activity"), clinic::canonical::activity) == "merge")
      resource.erase("target");
  }

  void check_references() {
    std::vector<Value> all;
    std::set<std::string> there;
    RC_ASSERT(program_.store
                  ->for_each([&](store::Version const& version) -> Result<> {
                    all.push_back(*json::parse(version.json));
                    there.insert(version.key.reference());
                    return {};
                  })
                  .has_value());
    for (auto& resource : all) {
      fhir::rewrite_references(resource, [&](std::string_view text) -> std::optional<std::string> {
        if (auto const key = clinic::key_of(text))
          RC_ASSERT(there.contains(key->reference()));
        return std::nullopt;
      });
      forget_merges(resource);
      fhir::rewrite_references(resource, [&](std::string_view text) -> std::optional<std::string> {
        if (auto const key = clinic::key_of(text); key && key->type == "Patient")
          RC_ASSERT(!merged_.contains(std::stoi(key->id.substr(1))));
        return std::nullopt;
      });
    }
  }

  void check_versions() {
    for (auto const& [target, body] : versions_) {
      auto const read = send("GET", target);
      RC_ASSERT(read.status == 200);
      RC_ASSERT(read.content() == body);
    }
  }

  void check_seals() {
    for (auto const& target : sealed_) {
      auto changed = present(target);
      changed.set("language", "en");
      RC_ASSERT(send("PUT", target, json::write(changed)).status == 422);
      RC_ASSERT(send("DELETE", target).status == 422);
    }
  }

  TestProgram program_;
  std::string token_ = program_.token(auth::Role::Therapist, "therapist", std::chrono::hours{1000});
  int count_ = 0;
  std::vector<std::string> notes_;
  std::set<int> merged_;
  std::set<std::string> sealed_;
  std::map<std::string, std::string> versions_; ///< By "Type/id/_history/n"
};

RC_GTEST_PROP(Records, stay_right_whatever_is_corrected, ()) {
  auto const work = *rc::gen::container<std::vector<Step>>(steps());
  Practice practice;
  for (auto const& step : work)
    practice.take(step);
  practice.check();
}

} // namespace
} // namespace tripsis::test
