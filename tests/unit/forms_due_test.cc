// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Which forms are due, at the days on which it changes.
#include "clinic/forms_due.hh"
#include "store_fixture.hh"

namespace tripsis::clinic {
namespace {

using namespace std::chrono_literals;
using Ids = std::vector<std::string>;

class FormsDue : public store::StoreTest {
protected:
  Ids due(std::chrono::year_month_day on, std::string const& patient = "p") {
    auto const zone = TimeZone::find("America/New_York").value();
    Result<std::map<std::string, Ids, std::less<>>> found;
    store->read({}, [&](store::ReadTx& tx) { found = forms_due(find_in(tx), {patient}, on, zone); });
    return found->contains(patient) ? found->at(patient) : Ids{};
  }
  void answer(std::string_view form, std::string_view authored, std::string_view status = "completed") {
    ASSERT_TRUE(write(store::put(fmt::format(
        R"({{"resourceType":"QuestionnaireResponse","id":"r{}","status":"{}","subject":{{"reference":"Patient/p"}},
"questionnaire":"https://tripsis.org/fhir/Questionnaire/{}","authored":"{}"}})",
        ++count_, status, form, authored))));
  }
  void consent(std::string_view status, std::string_view at) {
    ASSERT_TRUE(write(store::put(fmt::format(
        R"({{"resourceType":"Consent","id":"c{}","status":"{}","patient":{{"reference":"Patient/p"}},"dateTime":"{}",
"scope":{{"text":"t"}},"category":[{{"coding":[{{"system":"https://tripsis.org/fhir/CodeSystem/consent","code":"treatment"}}]}}]}})",
        ++count_, status, at))));
  }

private:
  int count_ = 0;
};

TEST_F(FormsDue, all_for_somebody_new) {
  EXPECT_EQ(due(2026y / 11 / 23), (Ids{"health-history", "intake", "consent", "goals-and-comfort"}));
}

TEST_F(FormsDue, none_when_all_are_filled_in) {
  for (auto const* form : {"health-history", "intake", "goals-and-comfort"})
    answer(form, "2026-11-20T10:00:00-05:00");
  consent("active", "2026-11-20T10:00:00-05:00");
  EXPECT_EQ(due(2026y / 11 / 23), Ids{});
  EXPECT_EQ(due(2026y / 11 / 23, "somebody-else").size(), 4U);
}

TEST_F(FormsDue, come_again_on_the_day) {
  answer("health-history", "2026-01-01T10:00:00-05:00");
  answer("goals-and-comfort", "2020-01-01");
  answer("intake|1.0", "2026-01-01T23:00:00-05:00"); // The clinic's day
  consent("active", "2026-01-01T10:00:00-05:00");
  EXPECT_EQ(due(2026y / 6 / 29), Ids{});           // 179 days later
  EXPECT_EQ(due(2026y / 6 / 30), (Ids{"intake"})); // 180
  EXPECT_EQ(due(2026y / 12 / 31), (Ids{"intake"}));
  EXPECT_EQ(due(2027y / 1 / 1), (Ids{"health-history", "intake", "consent"}));
}

TEST_F(FormsDue, an_unfinished_or_withdrawn_answer_is_none) {
  answer("goals-and-comfort", "2026-11-20", "in-progress");
  answer("health-history", "2026-11-20", "entered-in-error");
  answer("intake", "2026-11-20", "amended");
  consent("inactive", "2026-11-20");
  consent("proposed", "2026-11-20");
  EXPECT_EQ(due(2026y / 11 / 23), (Ids{"health-history", "consent", "goals-and-comfort"}));
}

} // namespace
} // namespace tripsis::clinic
