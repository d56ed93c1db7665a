// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Every instrument's score at its ends, with missing items, and with answers that there are not; all
// expected values are computed by hand from the rules in knowledge/instruments.yaml.
#include "clinic/knowledge/knowledge.hh"
#include "clinic/outcome/score.hh"

#include <algorithm>
#include <vector>

#include <gtest/gtest.h>

namespace tripsis::clinic::outcome {
namespace {

using Form = std::vector<std::optional<int>>;
constexpr std::nullopt_t none = std::nullopt;

/// The score's text; "none" where there is none; the Error's text where the answers are refused.
std::string text_of(Scale scale, Form const& answers) {
  auto const result = score(scale, answers);
  if (!result)
    return result.error().what;
  return *result ? (*result)->text(scale) : "none";
}

Form repeated(std::size_t count, std::optional<int> answer) {
  return Form(count, answer);
}

TEST(Score, knows_the_instruments_that_are_made_of_answers_by_their_ids) {
  for (auto const* id : {"nprs",
                         "vas",
                         "peg",
                         "psfs",
                         "rmdq",
                         "odi",
                         "ndi",
                         "quickdash",
                         "spadi",
                         "lefs",
                         "koos",
                         "hit6",
                         "midas",
                         "fiqr",
                         "psqi",
                         "isi",
                         "gad7",
                         "phq9",
                         "pss10",
                         "groc",
                         "pgic",
                         "vss",
                         "comfort_alliance",
                         "goal"})
    EXPECT_TRUE(find_scale(id)) << id;
  EXPECT_FALSE(find_scale("ppt"));         // measured
  EXPECT_FALSE(find_scale("promis_pi4a")); // by a table
  EXPECT_FALSE(find_scale(""));
}

TEST(Score, nprs_is_the_one_number) {
  EXPECT_EQ(text_of(Scale::Nprs, {0}), "0");
  EXPECT_EQ(text_of(Scale::Nprs, {10}), "10");
  EXPECT_EQ(text_of(Scale::Nprs, {none}), "none");
  EXPECT_EQ(text_of(Scale::Nprs, {11}), "Answer 1 of NPRS must be from 0 to 10.");
  EXPECT_EQ(text_of(Scale::Nprs, {}), "NPRS has 1 answers, and 0 were given.");
}

TEST(Score, peg_is_the_mean_of_all_three_with_one_decimal) {
  EXPECT_EQ(text_of(Scale::Peg, {0, 0, 0}), "0.0");
  EXPECT_EQ(text_of(Scale::Peg, {10, 10, 10}), "10.0");
  EXPECT_EQ(text_of(Scale::Peg, {5, 6, 6}), "5.7"); // 17 / 3 = 5.67
  EXPECT_EQ(text_of(Scale::Peg, {5, 5, 6}), "5.3"); // 16 / 3 = 5.33
  EXPECT_EQ(text_of(Scale::Peg, {5, none, 6}), "none");
  EXPECT_EQ(text_of(Scale::Peg, {5, -1, 6}), "Answer 2 of PEG must be from 0 to 10.");
}

TEST(Score, psfs_is_the_mean_of_the_activities_that_were_rated) {
  EXPECT_EQ(text_of(Scale::Psfs, {3}), "3.0");
  EXPECT_EQ(text_of(Scale::Psfs, {3, 4}), "3.5");
  EXPECT_EQ(text_of(Scale::Psfs, {2, 3, 3}), "2.7"); // 8 / 3 = 2.67
  EXPECT_EQ(text_of(Scale::Psfs, {10, 10, 10, 10, 10}), "10.0");
  EXPECT_EQ(text_of(Scale::Psfs, {2, none}), "none"); // an activity was named and not rated
  EXPECT_EQ(text_of(Scale::Psfs, {}), "PSFS has 1 to 5 answers, and 0 were given.");
  EXPECT_EQ(text_of(Scale::Psfs, repeated(6, 1)), "PSFS has 1 to 5 answers, and 6 were given.");
}

TEST(Score, rmdq_counts_what_is_ticked_and_takes_the_rest_as_not_so) {
  EXPECT_EQ(text_of(Scale::Rmdq, repeated(24, none)), "0");
  EXPECT_EQ(text_of(Scale::Rmdq, repeated(24, 1)), "24");
  auto some = repeated(24, none);
  some[0] = some[5] = some[23] = 1;
  some[7] = 0;
  EXPECT_EQ(text_of(Scale::Rmdq, some), "3");
  EXPECT_EQ(text_of(Scale::Rmdq, repeated(23, 1)), "RMDQ has 24 answers, and 23 were given.");
  some[2] = 2;
  EXPECT_EQ(text_of(Scale::Rmdq, some), "Answer 3 of RMDQ must be from 0 to 1.");
}

TEST(Score, gad7_is_the_sum_and_needs_every_item) {
  EXPECT_EQ(text_of(Scale::Gad7, repeated(7, 0)), "0");
  EXPECT_EQ(text_of(Scale::Gad7, repeated(7, 3)), "21");
  EXPECT_EQ(text_of(Scale::Gad7, {1, 2, 3, 0, 1, 2, 3}), "12");
  EXPECT_EQ(text_of(Scale::Gad7, {1, 2, 3, none, 1, 2, 3}), "none");
  EXPECT_EQ(text_of(Scale::Gad7, {1, 2, 3, 4, 1, 2, 3}), "Answer 4 of GAD-7 must be from 0 to 3.");
}

TEST(Score, phq9_is_scaled_up_where_one_or_two_items_are_missing) {
  EXPECT_EQ(text_of(Scale::Phq9, repeated(9, 0)), "0");
  EXPECT_EQ(text_of(Scale::Phq9, repeated(9, 3)), "27");
  EXPECT_EQ(text_of(Scale::Phq9, {1, 1, 1, 1, 1, 1, 1, 1, none}), "9");     // 8 · 9 / 8
  EXPECT_EQ(text_of(Scale::Phq9, {3, 1, 1, 1, 1, 1, 1, 1, none}), "11");    // 10 · 9 / 8 = 11.25
  EXPECT_EQ(text_of(Scale::Phq9, {2, 2, 1, 1, 1, 1, 1, none, none}), "12"); // 9 · 9 / 7 = 11.57
  EXPECT_EQ(text_of(Scale::Phq9, {3, 3, 3, 3, 3, 3, 3, none, none}), "27");
  EXPECT_EQ(text_of(Scale::Phq9, {1, 1, 1, 1, 1, 1, none, none, none}), "none");
  EXPECT_EQ(text_of(Scale::Phq9, repeated(9, none)), "none");
  EXPECT_EQ(text_of(Scale::Phq9, {0, 0, 0, 0, 0, 0, 0, 0, 4}), "Answer 9 of PHQ-9 must be from 0 to 3.");
}

TEST(Score, groc_runs_from_minus_seven_to_seven) {
  EXPECT_EQ(text_of(Scale::Groc, {-7}), "-7");
  EXPECT_EQ(text_of(Scale::Groc, {0}), "0");
  EXPECT_EQ(text_of(Scale::Groc, {7}), "7");
  EXPECT_EQ(text_of(Scale::Groc, {-8}), "Answer 1 of GROC must be from -7 to 7.");
  EXPECT_EQ(text_of(Scale::Groc, {none}), "none");
}

TEST(Score, vas_pgic_and_goal_are_the_one_number) {
  EXPECT_EQ(text_of(Scale::Vas, {0}), "0");
  EXPECT_EQ(text_of(Scale::Vas, {100}), "100");
  EXPECT_EQ(text_of(Scale::Vas, {101}), "Answer 1 of VAS must be from 0 to 100.");
  EXPECT_EQ(text_of(Scale::Pgic, {1}), "1");
  EXPECT_EQ(text_of(Scale::Pgic, {7}), "7");
  EXPECT_EQ(text_of(Scale::Pgic, {0}), "Answer 1 of PGIC must be from 1 to 7.");
  EXPECT_EQ(text_of(Scale::Pgic, {none}), "none");
  EXPECT_EQ(text_of(Scale::Goal, {10}), "10");
  EXPECT_EQ(text_of(Scale::Goal, {11}), "Answer 1 of The goal rating must be from 0 to 10.");
  EXPECT_EQ(text_of(Scale::Goal, {none}), "none");
}

TEST(Score, odi_is_the_percentage_of_the_sections_that_were_answered) {
  EXPECT_EQ(text_of(Scale::Odi, repeated(10, 0)), "0.0");
  EXPECT_EQ(text_of(Scale::Odi, repeated(10, 5)), "100.0");
  EXPECT_EQ(text_of(Scale::Odi, {1, 2, 3, 0, 1, 2, 3, 0, 1, 2}), "30.0");       // 15 / 50
  EXPECT_EQ(text_of(Scale::Odi, {1, 2, 3, 0, 1, 2, 3, 0, 1, none}), "28.9");    // 13 / 45 = 28.89
  EXPECT_EQ(text_of(Scale::Odi, {1, 2, 3, 0, 1, 2, 3, 0, none, none}), "30.0"); // 12 / 40
  EXPECT_EQ(text_of(Scale::Odi, {1, 2, 3, 0, 1, 2, 3, none, none, none}), "none");
  EXPECT_EQ(text_of(Scale::Odi, {6, 2, 3, 0, 1, 2, 3, 0, 1, 2}), "Answer 1 of ODI must be from 0 to 5.");
  EXPECT_EQ(text_of(Scale::Odi, repeated(9, 1)), "ODI has 10 answers, and 9 were given.");
}

TEST(Score, ndi_is_the_sum_scaled_up_where_one_or_two_are_missing) {
  EXPECT_EQ(text_of(Scale::Ndi, repeated(10, 0)), "0.0");
  EXPECT_EQ(text_of(Scale::Ndi, repeated(10, 5)), "50.0");
  EXPECT_EQ(text_of(Scale::Ndi, {1, 2, 3, 0, 1, 2, 3, 0, 1, 2}), "15.0");
  EXPECT_EQ(text_of(Scale::Ndi, {1, 2, 3, 0, 1, 2, 3, 0, 1, none}), "14.4");    // 13 · 10 / 9 = 14.44
  EXPECT_EQ(text_of(Scale::Ndi, {1, 2, 3, 0, 1, 2, 3, 0, none, none}), "15.0"); // 12 · 10 / 8
  EXPECT_EQ(text_of(Scale::Ndi, {1, 2, 3, 0, 1, 2, 3, none, none, none}), "none");
  EXPECT_EQ(text_of(Scale::Ndi, {1, 2, 3, 0, 1, 2, -1, 0, 1, 2}), "Answer 7 of NDI must be from 0 to 5.");
}

TEST(Score, quickdash_is_the_mean_of_ten_or_eleven_on_a_scale_of_100) {
  EXPECT_EQ(text_of(Scale::QuickDash, repeated(11, 1)), "0.0");
  EXPECT_EQ(text_of(Scale::QuickDash, repeated(11, 5)), "100.0");
  auto mixed = repeated(11, 2);
  mixed[0] = 5; // sum 25: (25 / 11 - 1) · 25 = 14 · 25 / 11 = 31.82
  EXPECT_EQ(text_of(Scale::QuickDash, mixed), "31.8");
  mixed[10] = none; // sum 23 of 10: (2.3 - 1) · 25 = 32.5
  EXPECT_EQ(text_of(Scale::QuickDash, mixed), "32.5");
  mixed[9] = none;
  EXPECT_EQ(text_of(Scale::QuickDash, mixed), "none");
  mixed[9] = 0;
  EXPECT_EQ(text_of(Scale::QuickDash, mixed), "Answer 10 of QuickDASH must be from 1 to 5.");
}

std::string parts_of(Scale scale, Form const& answers) {
  auto const found = sub_scores(scale, answers);
  if (!found)
    return found.error().what;
  std::string text;
  for (auto const& one : *found)
    text += std::string{one.id} + " " + (one.score ? one.score->text() : "none") + "; ";
  return text;
}

/// Of so many answers each, one after the other.
Form joined(std::initializer_list<std::pair<std::size_t, std::optional<int>>> runs) {
  Form all;
  for (auto const& [count, answer] : runs)
    all.insert(all.end(), count, answer);
  return all;
}

TEST(Score, spadi_is_the_mean_of_pain_and_disability) {
  EXPECT_EQ(text_of(Scale::Spadi, repeated(13, 0)), "0.0");
  EXPECT_EQ(text_of(Scale::Spadi, repeated(13, 10)), "100.0");
  auto const some = joined({{5, 7}, {7, 3}, {1, 4}}); // pain 35 / 50 = 70; disability 25 / 80 = 31.25
  EXPECT_EQ(parts_of(Scale::Spadi, some), "pain 70; disability 31.3; ");
  EXPECT_EQ(text_of(Scale::Spadi, some), "50.6"); // (70 + 31.25) / 2 = 50.625, and not (70 + 31.3) / 2
  auto const lacking = joined({{5, 7}, {7, 3}, {1, none}});
  EXPECT_EQ(parts_of(Scale::Spadi, lacking), "pain 70; disability none; ");
  EXPECT_EQ(text_of(Scale::Spadi, lacking), "none");
  EXPECT_EQ(text_of(Scale::Spadi, joined({{12, 1}, {1, 11}})), "Answer 13 of SPADI must be from 0 to 10.");
}

TEST(Score, fiqr_divides_its_domains_by_three_one_and_two) {
  EXPECT_EQ(text_of(Scale::Fiqr, repeated(21, 0)), "0.0");
  EXPECT_EQ(text_of(Scale::Fiqr, repeated(21, 10)), "100.0");         // 30 + 20 + 50
  auto const some = joined({{8, 5}, {1, 6}, {2, 4}, {9, 3}, {1, 4}}); // 46 / 3 + 8 + 31 / 2
  EXPECT_EQ(parts_of(Scale::Fiqr, some), "function 15.3; overall 8; symptoms 15.5; ");
  EXPECT_EQ(text_of(Scale::Fiqr, some), "38.8"); // 15.333 + 8 + 15.5 = 38.833
  EXPECT_EQ(text_of(Scale::Fiqr, joined({{9, 5}, {2, none}, {10, 3}})), "none");
  EXPECT_EQ(text_of(Scale::Fiqr, joined({{20, 5}, {1, 12}})), "Answer 21 of FIQR must be from 0 to 10.");
}

TEST(Score, koos_needs_half_of_each_part) {
  EXPECT_EQ(text_of(Scale::Koos, repeated(42, 0)), "100.0");
  EXPECT_EQ(text_of(Scale::Koos, repeated(42, 4)), "0.0");
  // symptoms 7 · 1 → 75; pain 9 · 2 → 50; daily living 17 · 1 → 75; sport 5 · 3 → 25; quality 4 · 4 → 0
  auto some = joined({{7, 1}, {9, 2}, {17, 1}, {5, 3}, {4, 4}});
  EXPECT_EQ(parts_of(Scale::Koos, some),
            "symptoms 75; pain 50; daily-living 75; sport 25; quality-of-life 0; ");
  EXPECT_EQ(text_of(Scale::Koos, some), "45.0"); // 225 / 5
  // pain answered 5 of 9, sum 8: 100 - 8 / 5 · 25 = 60; sport answered 2 of 5: less than half
  some = joined({{7, 1}, {3, 2}, {2, 1}, {4, none}, {17, 1}, {2, 3}, {3, none}, {4, 4}});
  EXPECT_EQ(parts_of(Scale::Koos, some),
            "symptoms 75; pain 60; daily-living 75; sport none; quality-of-life 0; ");
  EXPECT_EQ(text_of(Scale::Koos, some), "none");
  EXPECT_EQ(text_of(Scale::Koos, joined({{41, 1}, {1, 5}})), "Answer 42 of KOOS must be from 0 to 4.");
}

TEST(Score, the_whole_can_be_made_of_sub_scores_that_were_entered) {
  auto spadi = sub_scores_of(Scale::Spadi);
  ASSERT_EQ(spadi.size(), 2U);
  spadi[0].score = Score{700};
  EXPECT_FALSE(total(Scale::Spadi, spadi));
  spadi[1].score = Score{313};
  EXPECT_EQ(total(Scale::Spadi, spadi)->text(), "50.7"); // (70 + 31.3) / 2 = 50.65
  auto fiqr = sub_scores_of(Scale::Fiqr);
  fiqr[0].score = Score{153}, fiqr[1].score = Score{80}, fiqr[2].score = Score{155};
  EXPECT_EQ(total(Scale::Fiqr, fiqr)->text(), "38.8"); // 15.3 + 8 + 15.5
  EXPECT_FALSE(total(Scale::Ndi, sub_scores_of(Scale::Ndi)));
}

TEST(Score, sums_that_need_every_answer) {
  EXPECT_EQ(text_of(Scale::Lefs, repeated(20, 4)), "80");
  EXPECT_EQ(text_of(Scale::Lefs, joined({{19, 3}, {1, 0}})), "57");
  EXPECT_EQ(text_of(Scale::Lefs, joined({{19, 3}, {1, none}})), "none");
  EXPECT_EQ(text_of(Scale::Lefs, joined({{19, 3}, {1, 5}})), "Answer 20 of LEFS must be from 0 to 4.");
  EXPECT_EQ(text_of(Scale::Isi, repeated(7, 4)), "28");
  EXPECT_EQ(text_of(Scale::Isi, {1, 2, 3, 4, 0, 1, 2}), "13");
  EXPECT_EQ(text_of(Scale::Isi, {1, 2, 3, 4, 0, 1, none}), "none");
  EXPECT_EQ(text_of(Scale::Isi, {1, 2, 3, 5, 0, 1, 2}), "Answer 4 of ISI must be from 0 to 4.");
  EXPECT_EQ(text_of(Scale::Psqi, repeated(7, 3)), "21");
  EXPECT_EQ(text_of(Scale::Psqi, {0, 1, 2, 3, 0, 1, 2}), "9");
  EXPECT_EQ(text_of(Scale::Psqi, {0, 1, 2, 3, 0, none, 2}), "none");
  EXPECT_EQ(text_of(Scale::Psqi, {0, 1, 2, 4, 0, 1, 2}), "Answer 4 of PSQI must be from 0 to 3.");
}

TEST(Score, hit6_has_five_answers_with_numbers_of_their_own) {
  EXPECT_EQ(text_of(Scale::Hit6, repeated(6, 6)), "36");
  EXPECT_EQ(text_of(Scale::Hit6, repeated(6, 13)), "78");
  EXPECT_EQ(text_of(Scale::Hit6, {6, 8, 10, 11, 13, 10}), "58");
  EXPECT_EQ(text_of(Scale::Hit6, {6, 8, 10, 11, 13, none}), "none");
  EXPECT_EQ(text_of(Scale::Hit6, {6, 8, 10, 11, 12, 10}),
            "Answer 5 of HIT-6 must be one of 6, 8, 10, 11, 13.");
}

TEST(Score, midas_is_the_sum_of_five_counts_of_days) {
  EXPECT_EQ(text_of(Scale::Midas, repeated(5, 0)), "0");
  EXPECT_EQ(text_of(Scale::Midas, {3, 5, 2, 4, 1}), "15");
  EXPECT_EQ(text_of(Scale::Midas, {90, 0, 90, 0, 90}), "270");
  EXPECT_EQ(text_of(Scale::Midas, {90, 1, 90, 0, 90}), "MIDAS goes up to 270 days in all.");
  EXPECT_EQ(text_of(Scale::Midas, {93, 0, 0, 0, 0}), "Answer 1 of MIDAS must be from 0 to 92.");
  EXPECT_EQ(text_of(Scale::Midas, {3, 5, none, 4, 1}), "none");
}

TEST(Score, pss10_reverses_items_4_5_7_and_8) {
  EXPECT_EQ(text_of(Scale::Pss10, repeated(10, 0)), "16");                // four reversed: 4 · 4
  EXPECT_EQ(text_of(Scale::Pss10, repeated(10, 4)), "24");                // six as they are: 6 · 4
  EXPECT_EQ(text_of(Scale::Pss10, {4, 4, 4, 0, 0, 4, 0, 0, 4, 4}), "40"); // all at their worst
  EXPECT_EQ(text_of(Scale::Pss10, {1, 2, 3, 1, 2, 0, 3, 4, 2, 1}), "15"); // 9 + (3 + 2 + 1 + 0)
  EXPECT_EQ(text_of(Scale::Pss10, {1, 2, 3, 1, none, 0, 3, 4, 2, 1}), "none");
  EXPECT_EQ(text_of(Scale::Pss10, {1, 2, 3, 1, 5, 0, 3, 4, 2, 1}),
            "Answer 5 of PSS-10 must be from 0 to 4.");
}

TEST(Score, vss_has_another_highest_number_for_each_part) {
  EXPECT_EQ(text_of(Scale::Vss, {3, 2, 5, 3}), "13");
  EXPECT_EQ(text_of(Scale::Vss, {1, 0, 4, 2}), "7");
  EXPECT_EQ(text_of(Scale::Vss, {1, 3, 4, 2}), "Answer 2 of VSS must be from 0 to 2.");
  EXPECT_EQ(text_of(Scale::Vss, {1, none, 4, 2}), "none");
}

TEST(Score, the_comfort_check_doubles_its_sum) {
  EXPECT_EQ(text_of(Scale::ComfortAlliance, repeated(5, 10)), "100");
  EXPECT_EQ(text_of(Scale::ComfortAlliance, {9, 8, 7, 10, 6}), "80"); // 40 · 2
  EXPECT_EQ(text_of(Scale::ComfortAlliance, {9, 8, 7, 10, none}), "none");
  EXPECT_EQ(text_of(Scale::ComfortAlliance, {9, 8, 7, 10, 11}),
            "Answer 5 of The comfort check must be from 0 to 10.");
}

json::Value data_of(std::string_view instrument) {
  static auto const knowledge = load_knowledge();
  return *std::ranges::find(knowledge.instrument_data, instrument,
                            [](json::Value const& one) { return one.text("id"); });
}

TEST(Score, promis_raw_sums_become_t_scores_by_their_tables) {
  auto const t = [](std::string_view instrument, std::optional<int> raw) {
    auto const found = t_score(data_of(instrument), raw);
    return !found ? found.error().what : *found ? (*found)->text() : "none";
  };
  EXPECT_EQ(t("promis_pi4a", 4), "41.6");
  EXPECT_EQ(t("promis_pi4a", 6), "52");
  EXPECT_EQ(t("promis_pi4a", 20), "75.6");
  EXPECT_EQ(t("promis_pf4a", 4), "22.9");
  EXPECT_EQ(t("promis_pf4a", 20), "56.9");
  EXPECT_EQ(t("promis_sd4a", 12), "54.3");
  EXPECT_EQ(t("promis_sd4a", none), "none");
  EXPECT_EQ(t("promis_sd4a", 3), "The raw sum of PROMIS Sleep Disturbance 4a must be from 4 to 20.");
  EXPECT_EQ(t("promis_sd4a", 21), "The raw sum of PROMIS Sleep Disturbance 4a must be from 4 to 20.");
  EXPECT_EQ(t("ndi", 10), "none"); // no table
  for (auto const* one : {"promis_pi4a", "promis_pf4a", "promis_sd4a"})
    EXPECT_EQ(data_of(one).find("t_table")->object().size(), 17U) << one; // 4 to 20
}

TEST(Score, bands_begin_at_their_lower_number) {
  auto const band = [](std::string_view instrument, int tenths) {
    return band_of(data_of(instrument), Score{tenths});
  };
  EXPECT_EQ(band("odi", 0), "minimal");
  EXPECT_EQ(band("odi", 205), "minimal");
  EXPECT_EQ(band("odi", 210), "moderate");
  EXPECT_EQ(band("odi", 610), "crippling (original label)");
  EXPECT_EQ(band("ndi", 40), "none");
  EXPECT_EQ(band("ndi", 350), "complete");
  EXPECT_EQ(band("hit6", 360), "little");
  EXPECT_EQ(band("hit6", 490), "little");
  EXPECT_EQ(band("hit6", 500), "some");
  EXPECT_EQ(band("hit6", 600), "severe");
  EXPECT_EQ(band("midas", 50), "grade I, little");
  EXPECT_EQ(band("midas", 60), "grade II, mild");
  EXPECT_EQ(band("midas", 210), "grade IV, severe");
  EXPECT_EQ(band("phq9", 190), "moderately severe");
  EXPECT_EQ(band("phq9", 200), "severe");
  EXPECT_EQ(band("gad7", 40), "minimal");
  EXPECT_EQ(band("isi", 80), "subthreshold");
  EXPECT_EQ(band("pss10", 270), "high (convention, not validated cut-offs)");
  EXPECT_EQ(band("fiqr", 389), "mild");
  EXPECT_EQ(band("fiqr", 590), "severe");
  EXPECT_EQ(band("nprs", 90), ""); // has none
}

} // namespace
} // namespace tripsis::clinic::outcome
