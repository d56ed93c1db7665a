// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Reports on paper, read back by poppler's pdftotext and pdfinfo: what a person and a program can take from
// the page is what the record holds. Skipped, and said so, where poppler is not installed.
#include "clinic/report/print.hh"
#include "report_fixture.hh"

#include <array>
#include <cstdio>
#include <fstream>
#include <random>
#include <thread>

namespace tripsis::clinic::report {
namespace {

std::string output_of(std::string const& command) {
  std::string text;
  std::array<char, 4096> buffer{};
  auto* const pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr)
    return text;
  while (auto const read = std::fread(buffer.data(), 1, buffer.size(), pipe))
    text.append(buffer.data(), read);
  ::pclose(pipe);
  return text;
}

class Printed : public ReportTest {
protected:
  void SetUp() override {
    ReportTest::SetUp();
    if (output_of("command -v pdftotext && command -v pdfinfo").empty())
      GTEST_SKIP() << "pdftotext is not installed (package poppler-utils): the PDFs are not looked at.";
  }

  std::string file_of(std::string const& pdf) const {
    auto const path = folder + "/printed.pdf";
    std::ofstream{path, std::ios::binary} << pdf;
    return path;
  }
  /// The text, each run of white space one space.
  std::string text_of(std::string const& pdf) const {
    auto const text = output_of(fmt::format("pdftotext -layout '{}' -", file_of(pdf)));
    std::string joined;
    for (char const c : text)
      if (c != ' ' && c != '\n' && c != '\f')
        joined += c;
      else if (!joined.ends_with(' '))
        joined += ' ';
    return joined;
  }
  std::string info_of(std::string const& pdf) const {
    return output_of(fmt::format("pdfinfo '{}'", file_of(pdf)));
  }
  int pages_of(std::string const& pdf) const {
    auto const info = info_of(pdf);
    auto const at = info.find("Pages:");
    return at == std::string::npos ? 0 : std::stoi(info.substr(at + 6));
  }
};

void expect_holds(std::string const& text, std::initializer_list<std::string_view> parts) {
  for (auto const part : parts)
    EXPECT_TRUE(text.contains(part)) << part << "\nis not in\n" << text;
}

TEST_F(Printed, the_report_holds_the_records_measures_values_dates_and_names) {
  score("a", "rmdq-score", "2026-10-05", "12");
  score("b", "rmdq-score", "2026-11-16", "8");
  auto const pdf = print_report(report().value(), Paper::A4);
  expect_holds(text_of(pdf), {"Progress report",
                              "Tidewater Manual Therapy",
                              "Ana Petrov",
                              "born 24 Nov 1974",
                              "T-1003",
                              "Dr Hanna Weiss",
                              "ordered 1 Oct 2026",
                              "Neck pain",
                              "7 (5 Oct 2026)",
                              "4 (16 Nov 2026)",
                              "−3 (−43 %)",
                              "Clear change, better",
                              "Roland-Morris",
                              "12 (5 Oct 2026)",
                              "8 (16 Nov 2026)",
                              "No clear change",
                              "Trigger point compression",
                              "45 min",
                              "Read to my daughter",
                              "Pain 3 or less by 4 Jan 2027",
                              "3 of 10 authorised used",
                              "60 min, once a week",
                              "30 Nov 2026",
                              "do not prove",
                              "Maya Lind"});
  auto const info = info_of(pdf);
  expect_holds(info, {"Title:           Progress report", "Author:          Maya Lind",
                      "Tagged:          yes", "595.28 x 841.89", "Pages:           1"});
  EXPECT_LT(pdf.size(), 80'000U);
}

TEST_F(Printed, letters_of_every_script_come_out) {
  put(R"({"resourceType":"Patient","id":"p","name":[{"family":"Łukasz Nguyễn 李","given":["Zoë"]}]})");
  auto const pdf = print_report(report().value(), Paper::Letter);
  expect_holds(text_of(pdf), {"Łukasz", "Nguyễn", "李", "Zoë"});
  EXPECT_TRUE(info_of(pdf).contains("612 x 792"));
  EXPECT_FALSE(output_of(fmt::format("pdffonts '{}'", file_of(pdf))).contains(" no "))
      << "every font is embedded, as a subset, and can be read back";
}

TEST_F(Printed, the_letter_thanks_reports_and_asks) {
  auto const pdf = print_letter(letter(Ask::MoreVisits, 6).value(), Paper::Letter);
  expect_holds(text_of(pdf),
               {"Dear Dr Hanna Weiss", "Thank you for referring Ana Petrov", "7 (5 Oct 2026)",
                "6 more visits", "Yours sincerely", "Maya Lind", "Licensed massage therapist"});
  EXPECT_EQ(pages_of(pdf), 1);
}

TEST_F(Printed, records_number_their_pages_and_leave_nothing_out) {
  std::string lines;
  for (int i = 0; i < 400; ++i)
    lines += fmt::format(
        "<p>Line {} of a long assessment that goes on to the very edge of the page and beyond it.</p>", i);
  put(fmt::format(
      R"({{"resourceType":"Composition","id":"long","status":"final","subject":{{"reference":"Patient/p"}},"encounter":{{"reference":"Encounter/one"}},
    "type":{{"coding":[{{"system":"https://tripsis.org/fhir/CodeSystem/note","code":"session"}}]}},"date":"2026-11-20","author":[{{"reference":"Practitioner/maya"}}],"title":"Long note",
    "section":[{{"title":"Assessment","text":{{"status":"generated","div":"<div xmlns=\"http://www.w3.org/1999/xhtml\">{}</div>"}}}}]}})",
      lines));
  auto const pdf = print_records(records().value(), Paper::A4);
  auto const pages = pages_of(pdf);
  EXPECT_GE(pages, 8);
  auto const text = text_of(pdf);
  for (int page = 1; page <= pages; ++page)
    EXPECT_TRUE(text.contains(fmt::format("page {} of {} ", page, pages))) << page;
  for (int i = 0; i < 400; ++i)
    EXPECT_TRUE(text.contains(fmt::format("Line {} of a long", i))) << i;
  expect_holds(text, {"For: Dr Hanna Weiss", "Purpose: second opinion", "Session note, 5 Oct 2026",
                      "Levator scapulae, left, 15 min", "Pain before, 0 to 10: 7"});
  EXPECT_FALSE(text.contains("…"));
}

/// Words that are hard to place: long, piled up, from right to left, controls.
std::string hard_words(std::mt19937& random) {
  static constexpr std::array<std::string_view, 9> kinds{"Pneumonoultramicroscopicsilicovolcanoconiosis",
                                                         "שלום ",
                                                         "مرحبا بالعالم ",
                                                         "👩‍👩‍👧‍👦🏳️‍🌈",
                                                         "Z̷̧̢̛̗̫̱͉̤͓̀̂a̵l̴g̶o̷",
                                                         "李明華",
                                                         "\xE2\x80\xAE right to left",
                                                         "\n\r\t\x01 \xE2\x80\xA8",
                                                         "a "};
  std::string text;
  auto const times = std::uniform_int_distribution{0, 1}(random) == 0 ? 3 : 300;
  for (int i = 0; i < times; ++i)
    text += kinds.at(std::uniform_int_distribution<std::size_t>{0, kinds.size() - 1}(random));
  return text;
}

ReportModel hard_report(std::mt19937& random) {
  auto const count = [&] { return std::uniform_int_distribution{0, 40}(random); };
  ReportModel report{.practice = hard_words(random),
                     .author = {{}, hard_words(random), hard_words(random)},
                     .written = today};
  report.period = {today, today};
  report.subject = {hard_words(random), hard_words(random), hard_words(random), 50};
  if (count() > 10)
    report.order =
        Order{{}, hard_words(random), hard_words(random), hard_words(random), hard_words(random), 10};
  report.complaint = hard_words(random);
  for (int i = count(); i > 0; --i)
    report.visits.dates.push_back(today);
  for (int i = count(); i > 0; --i) {
    Measure measure{.key = i == 1 ? "nprs" : "x",
                    .name = hard_words(random),
                    .clear_change = 2,
                    .source = hard_words(random)};
    for (int j = count() + 1; j > 0; --j)
      measure.readings.push_back({today, static_cast<double>(count() - 15), hard_words(random)});
    report.measures.push_back(std::move(measure));
  }
  for (int i = count(); i > 0; --i)
    report.work.push_back({hard_words(random), {hard_words(random)}, i});
  for (int i = count(); i > 0; --i)
    report.aims.push_back({hard_words(random), hard_words(random), hard_words(random)});
  report.plan = Plan{hard_words(random), hard_words(random)};
  for (int i = count(); i > 0; --i)
    report.harms.push_back({hard_words(random), hard_words(random)});
  return report;
}

/// The lowest and rightmost edge of all words, by pdftotext's own boxes.
void expect_within(std::string const& boxes, double width, double height) {
  for (auto const& [name, most] : {std::pair{"xMax=\"", width}, {"yMax=\"", height}})
    for (auto at = boxes.find(name); at != std::string::npos; at = boxes.find(name, at + 1))
      EXPECT_LE(std::stod(boxes.substr(at + 6)), most);
}

TEST_F(Printed, whatever_the_record_holds_report_and_letter_stay_one_page) {
  std::mt19937 random{20261123};
  for (int round = 0; round < 6; ++round) {
    auto const report = hard_report(random);
    auto const paper = round % 2 == 0 ? Paper::A4 : Paper::Letter;
    auto const pdf = print_report(report, paper);
    EXPECT_EQ(pages_of(pdf), 1) << round;
    Letter letter{.report = report,
                  .ask = Ask::Clearance,
                  .salutation = hard_words(random),
                  .about = hard_words(random)};
    letter.report.order = Order{{}, hard_words(random), {}, {}, {}, {}};
    letter.opening = {hard_words(random), hard_words(random), hard_words(random), hard_words(random)};
    letter.request = hard_words(random);
    for (int i = 0; i < round; ++i)
      letter.points.push_back(hard_words(random));
    EXPECT_EQ(pages_of(print_letter(letter, paper)), 1) << round;
  }
  auto const made = print_report(report().value(), Paper::Letter);
  expect_within(output_of(fmt::format("pdftotext -bbox '{}' -", file_of(made))), 612, 792);
}

TEST_F(Printed, many_may_be_drawn_at_the_same_time) {
  auto const made = report().value();
  auto const alone = print_report(made, Paper::A4);
  std::array<std::string, 4> drawn;
  {
    std::vector<std::jthread> threads;
    for (auto& one : drawn)
      threads.emplace_back([&] { one = print_report(made, Paper::A4); });
  }
  for (auto const& one : drawn)
    EXPECT_EQ(text_of(one), text_of(alone));
}

} // namespace
} // namespace tripsis::clinic::report
