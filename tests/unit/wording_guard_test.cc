// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "base/json/parse.hh"
#include "clinic/knowledge/knowledge.hh"

#include <array>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

namespace tripsis::clinic {
namespace {

Knowledge const& knowledge() {
  static auto const loaded = load_knowledge();
  return loaded;
}

std::string claims_in(std::string_view text) {
  std::string ids;
  for (auto const& one : knowledge().wording->check(text))
    ids += (ids.empty() ? "" : " ") + one.claim;
  return ids;
}

struct Case {
  std::string_view claim, sentence;
};

TEST(WordingGuard, finds_what_is_claimed_too_much) {
  constexpr std::array cases{
      Case{"toxins", "Massage flushes toxins."},
      Case{"toxins", "Deep tissue work flushes out toxins from your body."},
      Case{"toxins", "A session helps flushing out harmful toxins."},
      Case{"toxins", "TOXINS are removed after every session"},
      Case{"toxins", "Book our detox massage today!"},
      Case{"toxins", "De-toxifying strokes"},
      Case{"toxins", "It gets rid of toxins"},
      Case{"toxins", "Your body rids itself of toxins"},
      Case{"toxins", "It not only relaxes you, it flushes toxins."},
      Case{"toxins", "Massage not only flushes toxins but feels good."},
      Case{"toxins", "Massage flushes\ntoxins out."},
      Case{"toxins", "It does not hurt, and it flushes toxins."},
      Case{"toxins", "It purifies the blood."},
      Case{"metabolic_waste", "Kneading removes lactic acid from the legs."},
      Case{"metabolic_waste", "Lactic acid is flushed away."},
      Case{"metabolic_waste", "Clears metabolic waste"},
      Case{"metabolic_waste", "We drain waste products from your muscles."},
      Case{"blood_flow", "Massage improves circulation."},
      Case{"blood_flow", "It boosts your blood flow."},
      Case{"blood_flow", "Brings oxygen and nutrients to the muscles"},
      Case{"blood_flow", "You will have better circulation."},
      Case{"blood_flow", "Increased blood supply for your tissue"},
      Case{"brain_flow", "More blood flow to the brain"},
      Case{"joint_blood", "It increases blood flow to the joints."},
      Case{"circulatory_disease", "We treat circulatory problems."},
      Case{"circulatory_disease", "Massage cures varicose veins."},
      Case{"adhesions", "We break up adhesions in the fascia."},
      Case{"adhesions", "We melt your knots away."},
      Case{"adhesions", "Breaking down scar tissue"},
      Case{"cortisol", "Massage lowers cortisol."},
      Case{"cortisol", "Reduces stress hormones"},
      Case{"cortisol", "Your cortisol drops."},
      Case{"cortisol_30", "Massage brings cortisol down 30 %."},
      Case{"cortisol_30", "cortisol down 30%"},
      Case{"cortisol_30", "Lowers cortisol by up to 30 percent"},
      Case{"cortisol_30", "Lowers cortisol by up to 31\u00A0per cent"},
      Case{"cortisol_30", "A 30\u202F% drop in the stress hormone"},
      Case{"lbp_70", "70 % improvement in chronic low back pain"},
      Case{"lbp_70", "70% improvement"},
      Case{"lbp_70", "Our clients see seventy percent improvement."},
      Case{"lbp_70", "Back pain improves by up to 70 %."},
      Case{"surgery_50", "50 % faster recovery after surgery"},
      Case{"surgery_50", "You recover twice as fast."},
      Case{"surgery_50", "Recover in half the time"},
      Case{"endorphins", "It releases endorphins."},
      Case{"endorphins", "Endorphins are released during a massage."},
      Case{"serotonin_dopamine", "Massage boosts serotonin and dopamine."},
      Case{"serotonin_dopamine", "raises your happy hormones"},
      Case{"lymphocytes", "Massage boosts immunity."},
      Case{"lymphocytes", "Boost your immune system with a monthly massage."},
      Case{"lymphocytes", "Immune-boosting treatment"},
      Case{"lymphocytes", "It strengthens the immune defence."},
      Case{"lymphocytes", "Massage raises your lymphocytes."},
      Case{"lymphocytes", "A good massage fights colds."},
      Case{"performance", "Enhances athletic performance"},
      Case{"performance", "Massage makes you stronger."},
      Case{"performance", "You will run faster."},
      Case{"injury_prevention", "Regular massage prevents injuries."},
      Case{"injury_prevention", "Our injury prevention massage"},
      Case{"injury_prevention", "It protects runners from strains."},
      Case{"prevention_regular", "Monthly sessions prevent problems."},
      Case{"prevention_regular", "It keeps pain away."},
      Case{"healing_speed", "Massage speeds healing."},
      Case{"healing_speed", "It accelerates tissue repair."},
      Case{"healing_speed", "Muscles heal faster."},
      Case{"healing_speed", "Faster recovery for athletes"},
      Case{"inflammation", "Reduces inflammation"},
      Case{"inflammation", "It has an anti-inflammatory effect."},
      Case{"inflammation", "Massage eases joint inflammation."},
      Case{"scar", "It reduces scar tissue formation."},
      Case{"skin", "The oil exfoliates and renews your skin."},
      Case{"nerve_pressure", "We free pinched nerves."},
      Case{"hormones_other", "Massage regulates blood sugar."},
      Case{"hormones_other", "It balances your hormones."},
      Case{"posture", "We correct your posture."},
      Case{"posture", "Realigns the spine"},
      Case{"medication", "You can stop your pain medicine."},
      Case{"medication", "Fewer painkillers with massage"},
      Case{"energy", "It boosts your energy levels."},
      Case{"safe_natural", "Massage has no side effects."},
      Case{"safe_natural", "Relief without the side effects of meds"},
      Case{"safe_natural", "It is side-effect free."},
      Case{"safe_natural", "Completely safe and natural"},
      Case{"safe_natural", "There are no adverse effects."},
      Case{"safe_natural", "risk-free"},
      Case{"safe_natural", "You are safe to treat."},
      Case{"root_cause", "We treat the root cause of your pain."},
      Case{"root_cause", "Finding the underlying cause"},
      Case{"root_cause", "We found the root cause."},
      Case{"sleep", "Massage cures insomnia."},
      Case{"migraine", "It stops migraines."},
      Case{"arthritis", "Massage reverses arthritis."},
      Case{"fibromyalgia", "We heal fibromyalgia."},
      Case{"lbp", "Massage cures back pain."},
      Case{"lbp", "We guarantee full relief."},
  };
  for (auto const& one : cases)
    EXPECT_EQ(claims_in(one.sentence), one.claim) << one.sentence;
}

TEST(WordingGuard, leaves_alone_what_is_honest) {
  constexpr auto sentences = std::to_array<std::string_view>({
      "Massage does not remove toxins.",
      "Massage doesn\u2019t flush out toxins.",
      "Toxins are not flushed out by massage.",
      "There is no proof that massage removes toxins.",
      "That massage flushes toxins is a myth.",
      "No study has shown that it boosts the immune system.",
      "We do not claim that it lowers cortisol.",
      "Studies do not show that it sends more blood to the muscles.",
      "It has not been shown to heal tissue faster.",
      "It is unlikely to speed recovery.",
      "Massage cannot correct posture.",
      "Hands do not break up tissue.",
      "Nobody can promise faster healing.",
      "No side effects were reported.",
      "No adverse effects have been noted so far.",
      "Did you have any side effects after the last visit?",
      "Soreness for a day or two is common.",
      "She takes ibuprofen to reduce inflammation.",
      "His blood sugar was 110 mg/dL.",
      "Check your blood sugar before the visit.",
      "Circulation in both feet is good.",
      "Poor circulation in the left foot",
      "Posture: head forward, shoulders rounded.",
      "Please correct the date of the appointment.",
      "The knot in the left trapezius is tender.",
      "Trigger point released after 90 seconds.",
      "Pressure was released when she asked.",
      "The pain went from 7 to 4.",
      "ODI fell from 40 to 28, a change of 30 %.",
      "70 % of the visits are used.",
      "Up to 50 % of the visits may be moved.",
      "She recovered from surgery in March.",
      "Recovery after surgery: week 6.",
      "Please ask your prescriber before you take fewer painkillers.",
      "Never stop a medicine without your doctor.",
      "Bring your medicines to the visit.",
      "Insulin injected today: the site is left out.",
      "Massage may ease pain for a while.",
      "Many people feel calmer.",
      "Weekly sessions for four weeks",
      "Her energy is low today.",
      "He wants to run a marathon in spring.",
      "Work stress, sleeps badly",
      "Immune suppressed: no deep work.",
      "Is your immune system weak?",
      "An inflamed joint is left out.",
      "Scar on the left knee, healed",
      "Keep the scar out of the sun.",
      "The practice accepts your insurance.",
      "The cause of the pain is not known.",
      "Avoid the injured knee.",
      "Injury at work in May",
      "Nerve root signs: refer.",
      "Gentle work around the healing wound",
      "Moving often matters more than perfect posture.",
      "Light activity clears lactate better than massage.",
      "We cannot promise an anti-inflammatory effect.",
      "",
      "   \n\n  ",
  });
  for (auto const sentence : sentences)
    EXPECT_EQ(claims_in(sentence), "") << sentence;
}

TEST(WordingGuard, accepts_the_wording_that_it_offers) {
  for (auto const& claim : knowledge().evidence.claims)
    EXPECT_EQ(claims_in(claim.say), "") << claim.id << ": " << claim.say;
}

TEST(WordingGuard, tells_the_place_in_characters) {
  auto const found = knowledge().wording->check("Größe: ok. “It flushes toxins”, says Zoë.");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].phrase, "flushes toxins");
  EXPECT_EQ(found[0].start, 15U);
  EXPECT_EQ(found[0].length, 14U);
}

TEST(WordingGuard, knows_every_claim_that_is_contradicted_or_has_no_source) {
  auto const source = [] {
    std::ifstream in{"knowledge/wording.yaml"};
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
  }();
  for (auto const& claim : knowledge().evidence.claims) {
    if (claim.certainty == "contradicted" || claim.certainty == "no_source") {
      EXPECT_TRUE(source.contains("claim: " + claim.id + "\n")) << claim.id;
    }
  }
}

TEST(WordingGuard, refuses_what_is_no_pattern_or_names_no_claim) {
  auto const compile = [](std::string_view json) {
    return WordingGuard::compile(json::parse(json).value(), knowledge().evidence);
  };
  EXPECT_EQ(compile("{}").error().fault, Fault::Structure);
  EXPECT_EQ(compile(R"({"wording":{"phrases":[{"claim":"toxins","patterns":["("]}]}})").error().fault,
            Fault::Structure);
  EXPECT_EQ(compile(R"({"wording":{"phrases":[{"claim":"none","patterns":["a"]}]}})").error().fault,
            Fault::Structure);
  EXPECT_TRUE(compile(R"({"wording":{"phrases":[{"claim":"toxins","patterns":["a"]}]}})"));
}

/// The strings that a person sees: what stands in quotes, and the text between tags.
TEST(WordingGuard, finds_nothing_in_what_the_program_itself_says) {
  namespace fs = std::filesystem;
  std::size_t files = 0;
  for (std::string_view const folder : {"ui/src", "src/jobs", "src/clinic/report", "src/app/demo"})
    for (auto const& entry : fs::recursive_directory_iterator{std::string{folder}}) {
      auto const extension = entry.path().extension();
      if (!entry.is_regular_file() || (extension != ".tsx" && extension != ".ts" && extension != ".cc") ||
          entry.path().string().contains(".test.ts"))
        continue;
      std::ifstream in{entry.path()};
      std::stringstream text;
      text << in.rdbuf();
      for (auto const& one : knowledge().wording->check(text.str()))
        ADD_FAILURE() << entry.path() << ": " << one.claim << ": " << one.phrase;
      ++files;
    }
  EXPECT_GT(files, 200U);
  for (std::string_view const file : {"forms", "instruments", "protocols", "conditions", "techniques"}) {
    std::ifstream in{"knowledge/" + std::string{file} + ".yaml"};
    std::stringstream text;
    text << in.rdbuf();
    for (auto const& one : knowledge().wording->check(text.str()))
      ADD_FAILURE() << file << ": " << one.claim << ": " << one.phrase;
  }
}

} // namespace
} // namespace tripsis::clinic
