// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What is measured on the body, computed by hand from the rules in knowledge/instruments.yaml.
#include "base/json/parse.hh"
#include "clinic/knowledge/knowledge.hh"
#include "clinic/outcome/measurement.hh"

#include <algorithm>
#include <vector>

#include <gtest/gtest.h>

namespace tripsis::clinic::outcome {
namespace {

using Values = std::vector<std::optional<double>>;

TEST(Measurement, a_pressure_pain_threshold_is_the_mean_of_the_second_and_third_reading) {
  EXPECT_EQ(pressure_pain_threshold(Values{250, 310, 330}), 320);
  EXPECT_EQ(pressure_pain_threshold(Values{std::nullopt, 310, 331}), 320.5);
  EXPECT_FALSE(pressure_pain_threshold(Values{250, 310, std::nullopt}));
  EXPECT_FALSE(pressure_pain_threshold(Values{250, 310}));
}

TEST(Measurement, a_movement_is_the_mean_of_its_readings) {
  EXPECT_EQ(mean_reading(Values{40, 44, 45}), 43); // 129 / 3
  EXPECT_EQ(mean_reading(Values{40, std::nullopt, 45}), 42.5);
  EXPECT_FALSE(mean_reading(Values{std::nullopt}));
  EXPECT_FALSE(mean_reading(Values{}));
}

TEST(Measurement, a_limb_is_a_pile_of_truncated_cones) {
  // A cylinder of 30 cm girth: 3 · 900 · 4 / 12π = 900 / π = 286.48 mL for 4 cm
  EXPECT_NEAR(*limb_volume(std::vector<double>{30, 30}, 4), 286.479, 0.001);
  // 20 and 24 cm: (400 + 480 + 576) · 4 / 12π = 154.49; 24 and 25: (576 + 600 + 625) · 4 / 12π = 191.09
  EXPECT_NEAR(*limb_volume(std::vector<double>{20, 24, 25}, 4), 154.487 + 191.093, 0.002);
  EXPECT_FALSE(limb_volume(std::vector<double>{20}, 4));
  EXPECT_FALSE(limb_volume(std::vector<double>{}, 4));
}

TEST(Measurement, ashworth_stores_one_plus_as_one_and_a_half) {
  EXPECT_EQ(ashworth("0")->text(), "0");
  EXPECT_EQ(ashworth("1+")->text(), "1.5");
  EXPECT_EQ(ashworth("4")->text(), "4");
  EXPECT_FALSE(ashworth("5"));
  EXPECT_FALSE(ashworth(""));
}

TEST(Measurement, opioids_are_doses_times_their_factors) {
  auto const knowledge = load_knowledge();
  auto const meds = *std::ranges::find(knowledge.instrument_data, "meds",
                                       [](json::Value const& one) { return one.text("id"); });
  auto const of = [&](std::string_view drug, char const* dose) {
    auto const number = *json::parse(dose);
    return morphine_equivalents(meds, drug, &number);
  };
  EXPECT_EQ(of("codeine", "15"), 2'250'000);                      // 15 · 0.15 = 2.25
  EXPECT_EQ(of("tramadol", "150"), 30'000'000);                   // 150 · 0.2
  EXPECT_EQ(of("tapentadol", "100"), 40'000'000);                 // 100 · 0.4
  EXPECT_EQ(of("hydrocodone", "7.5"), 7'500'000);                 // 7.5 · 1
  EXPECT_EQ(of("morphine", "10"), 10'000'000);                    // 10 · 1
  EXPECT_EQ(of("oxycodone", "2.5"), 3'750'000);                   // 2.5 · 1.5
  EXPECT_EQ(of("oxymorphone", "5"), 15'000'000);                  // 5 · 3
  EXPECT_EQ(of("hydromorphone", "2"), 10'000'000);                // 2 · 5
  EXPECT_EQ(of("methadone", "5"), 23'500'000);                    // 5 · 4.7
  EXPECT_EQ(of("fentanyl_patch_mcg_per_hour", "12"), 28'800'000); // 12 · 2.4
  EXPECT_FALSE(of("ibuprofen", "400"));
  EXPECT_FALSE(of("morphine", "-1"));
  EXPECT_FALSE(morphine_equivalents(meds, "morphine", nullptr));
}

} // namespace
} // namespace tripsis::clinic::outcome
