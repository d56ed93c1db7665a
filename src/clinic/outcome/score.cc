// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/outcome/score.hh"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <numeric>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace tripsis::clinic::outcome {
namespace {

enum class Rule : unsigned char { Single, Mean, Count, Sum, Doubled, Percent, Dash, Parts };
enum class Places : unsigned char { Whole, Tenths };

struct Specification {
  Scale scale;
  std::string_view id, name;
  Rule rule;
  std::size_t least_items, most_items;
  int low, high;            ///< Of one item
  std::size_t may_lack = 0; ///< Items that may be missing; the sum is then scaled up to all of them
  Places places = Places::Whole;
};

using enum Rule;
constexpr std::array specifications{
    Specification{Scale::Nprs, "nprs", "NPRS", Single, 1, 1, 0, 10},
    Specification{Scale::Vas, "vas", "VAS", Single, 1, 1, 0, 100},
    Specification{Scale::Peg, "peg", "PEG", Mean, 3, 3, 0, 10, 0, Places::Tenths},
    Specification{Scale::Psfs, "psfs", "PSFS", Mean, 1, 5, 0, 10, 0, Places::Tenths},
    Specification{Scale::Rmdq, "rmdq", "RMDQ", Count, 24, 24, 0, 1},
    Specification{Scale::Odi, "odi", "ODI", Percent, 10, 10, 0, 5, 2, Places::Tenths},
    Specification{Scale::Ndi, "ndi", "NDI", Sum, 10, 10, 0, 5, 2, Places::Tenths},
    Specification{Scale::QuickDash, "quickdash", "QuickDASH", Dash, 11, 11, 1, 5, 1, Places::Tenths},
    Specification{Scale::Spadi, "spadi", "SPADI", Parts, 13, 13, 0, 10, 0, Places::Tenths},
    Specification{Scale::Lefs, "lefs", "LEFS", Sum, 20, 20, 0, 4},
    Specification{Scale::Koos, "koos", "KOOS", Parts, 42, 42, 0, 4, 0, Places::Tenths},
    Specification{Scale::Hit6, "hit6", "HIT-6", Sum, 6, 6, 6, 13},
    Specification{Scale::Midas, "midas", "MIDAS", Sum, 5, 5, 0, 92}, // days of three months
    Specification{Scale::Fiqr, "fiqr", "FIQR", Parts, 21, 21, 0, 10, 0, Places::Tenths},
    Specification{Scale::Psqi, "psqi", "PSQI", Sum, 7, 7, 0, 3},
    Specification{Scale::Isi, "isi", "ISI", Sum, 7, 7, 0, 4},
    Specification{Scale::Gad7, "gad7", "GAD-7", Sum, 7, 7, 0, 3},
    Specification{Scale::Phq9, "phq9", "PHQ-9", Sum, 9, 9, 0, 3, 2},
    Specification{Scale::Pss10, "pss10", "PSS-10", Sum, 10, 10, 0, 4},
    Specification{Scale::Groc, "groc", "GROC", Single, 1, 1, -7, 7},
    Specification{Scale::Pgic, "pgic", "PGIC", Single, 1, 1, 1, 7},
    Specification{Scale::Vss, "vss", "VSS", Sum, 4, 4, 0, 5},
    Specification{Scale::ComfortAlliance, "comfort_alliance", "The comfort check", Doubled, 5, 5, 0, 10},
    Specification{Scale::Goal, "goal", "The goal rating", Single, 1, 1, 0, 10},
};

Specification const& specification_of(Scale scale) {
  return *std::ranges::find(specifications, scale, &Specification::scale);
}

/// Exact, until it is rounded once at the end.
struct Ratio {
  std::int64_t numerator, denominator;

  /// Halves away from zero.
  int rounded(int times = 1) const {
    auto const scaled = numerator * times;
    auto const half = denominator / 2;
    return static_cast<int>((scaled < 0 ? scaled - half : scaled + half) / denominator);
  }
  Score score() const { return {rounded(10)}; }
  friend Ratio operator+(Ratio one, Ratio two) {
    return {one.numerator * two.denominator + two.numerator * one.denominator,
            one.denominator * two.denominator};
  }
};

/// A part of a form: so many items, one after the other.
struct Part {
  Scale scale;
  std::string_view id, name;
  int items, high; ///< high: of the sub-score
  int least;       ///< Items that must be answered
  Ratio (*score)(int sum, int given);
};

Ratio of_50(int sum, int) {
  return {sum * 100, 50};
}
Ratio of_80(int sum, int) {
  return {sum * 100, 80};
}
Ratio third(int sum, int) {
  return {sum, 3};
}
Ratio half(int sum, int) {
  return {sum, 2};
}
Ratio whole(int sum, int) {
  return {sum, 1};
}
Ratio koos(int sum, int given) {
  return {100 * given - 25 * sum, given};
}

/// How many of KOOS's 42 items each sub-score has is known and was not re-read in a source.
constexpr std::array parts{
    Part{Scale::Spadi, "pain", "Pain", 5, 100, 5, of_50},
    Part{Scale::Spadi, "disability", "Disability", 8, 100, 8, of_80},
    Part{Scale::Fiqr, "function", "Function", 9, 30, 9, third},
    Part{Scale::Fiqr, "overall", "Overall impact", 2, 20, 2, whole},
    Part{Scale::Fiqr, "symptoms", "Symptoms", 10, 50, 10, half},
    Part{Scale::Koos, "symptoms", "Symptoms", 7, 100, 4, koos},
    Part{Scale::Koos, "pain", "Pain", 9, 100, 5, koos},
    Part{Scale::Koos, "daily-living", "Function, daily living", 17, 100, 9, koos},
    Part{Scale::Koos, "sport", "Function, sport and recreation", 5, 100, 3, koos},
    Part{Scale::Koos, "quality-of-life", "Quality of life", 4, 100, 2, koos},
};

constexpr std::array hit6_answers{6, 8, 10, 11, 13};
constexpr std::array<std::size_t, 4> pss10_reversed{3, 4, 6, 7}; // items 4, 5, 7, 8
constexpr std::array vss_highs{3, 2, 5, 3}; // known, not re-read; together the 13 of the scale

Result<> check(Specification const& form, Answers answers) {
  if (answers.size() < form.least_items || answers.size() > form.most_items)
    return fail(Fault::Structure,
                fmt::format("{} has {} answers, and {} were given.", form.name,
                            form.least_items == form.most_items
                                ? fmt::format("{}", form.most_items)
                                : fmt::format("{} to {}", form.least_items, form.most_items),
                            answers.size()));
  for (std::size_t i = 0; i < answers.size(); ++i)
    if (answers[i])
      TRY(check_item(form.scale, i, *answers[i]));
  return {};
}

int sum_of(Answers answers) {
  return std::accumulate(answers.begin(), answers.end(), 0,
                         [](int total, auto const& one) { return total + one.value_or(0); });
}

int count_of(Answers answers) {
  return static_cast<int>(std::ranges::count_if(answers, [](auto const& one) { return one.has_value(); }));
}

/// Those of the PSS-10 that ask for what is good count the other way round.
int reversed_sum(Specification const& form, Answers answers) {
  auto sum = sum_of(answers);
  if (form.scale == Scale::Pss10)
    for (auto const place : pss10_reversed)
      sum += answers[place] ? form.high - 2 * *answers[place] : 0;
  return sum;
}

Ratio combined(Scale scale, std::span<Ratio const> each) {
  auto const sum = std::accumulate(each.begin(), each.end(), Ratio{0, 1});
  return scale == Scale::Fiqr
             ? sum
             : Ratio{sum.numerator, sum.denominator * static_cast<std::int64_t>(each.size())};
}

/// Of each part; nullopt where too little of it was answered.
std::vector<std::optional<Ratio>> part_scores(Scale scale, Answers answers) {
  std::vector<std::optional<Ratio>> found;
  for (auto const& part : parts) {
    if (part.scale != scale)
      continue;
    auto const own = answers.first(static_cast<std::size_t>(part.items));
    answers = answers.subspan(own.size());
    auto const given = count_of(own);
    found.push_back(given < part.least ? std::nullopt : std::optional{part.score(sum_of(own), given)});
  }
  return found;
}

std::optional<Score> total_of_parts(Scale scale, Answers answers) {
  std::vector<Ratio> each;
  for (auto const& one : part_scores(scale, answers)) {
    if (!one)
      return std::nullopt;
    each.push_back(*one);
  }
  return combined(scale, each).score();
}

/// MIDAS: three months have no more days than the scale, however they are split over its questions.
Result<> check_total(Specification const& form, int sum) {
  constexpr int most_days = 270;
  if (form.scale == Scale::Midas && sum > most_days)
    return fail(Fault::Value, fmt::format("MIDAS goes up to {} days in all.", most_days));
  return {};
}

int leading_number(std::string_view text) {
  int number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

struct Band {
  int from;
  std::string label;
};

/// "0-20 minimal", "<=49 little", ">=60 severe", "IV 21+ severe" (a grade stands before its numbers): the
/// word with a number says from where.
Band read_band(std::string_view text) {
  Band band{.from = 0, .label = {}};
  for (auto found = false; !text.empty();) {
    auto const end = std::min(text.find(' '), text.size());
    auto const word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    auto const digit = word.find_first_of("0123456789");
    if (!found && digit != std::string_view::npos) {
      found = true;
      if (!band.label.empty())
        band.label = "grade " + band.label + ',';
      band.from = word.starts_with("<") ? 0 : leading_number(word.substr(digit));
    } else {
      band.label += (band.label.empty() ? "" : " ") + std::string{word};
    }
  }
  return band;
}

} // namespace

std::optional<Scale> find_scale(std::string_view instrument) noexcept {
  auto const* found = std::ranges::find(specifications, instrument, &Specification::id);
  return found == specifications.end() ? std::nullopt : std::optional{found->scale};
}

std::string_view short_name(Scale scale) {
  return specification_of(scale).name;
}

bool is_whole(Scale scale) {
  return specification_of(scale).places == Places::Whole;
}

std::size_t item_count(Scale scale) {
  return specification_of(scale).most_items;
}

ItemRange item_range(Scale scale, std::size_t index) {
  auto const& form = specification_of(scale);
  return {form.low, scale == Scale::Vss ? vss_highs.at(index) : form.high};
}

Result<> check_item(Scale scale, std::size_t index, int answer) {
  auto const& form = specification_of(scale);
  if (scale == Scale::Hit6 && std::ranges::find(hit6_answers, answer) == hit6_answers.end())
    return fail(Fault::Value, fmt::format("Answer {} of {} must be one of {}.", index + 1, form.name,
                                          fmt::join(hit6_answers, ", ")));
  auto const [low, high] = item_range(scale, index);
  if (answer < low || answer > high)
    return fail(Fault::Value,
                fmt::format("Answer {} of {} must be from {} to {}.", index + 1, form.name, low, high));
  return {};
}

std::string Score::text() const {
  return tenths % 10 == 0
             ? fmt::format("{}", tenths / 10)
             : fmt::format("{}{}.{}", tenths < 0 ? "-" : "", std::abs(tenths) / 10, std::abs(tenths) % 10);
}

std::string Score::text(Scale scale) const {
  if (specification_of(scale).places == Places::Tenths)
    return fmt::format("{}.{}", tenths / 10, tenths % 10);
  return fmt::format("{}", tenths / 10);
}

Result<std::optional<Score>> score(Scale scale, Answers answers) {
  auto const& form = specification_of(scale);
  TRY(check(form, answers));
  if (form.rule == Parts)
    return total_of_parts(scale, answers);
  auto const given = count_of(answers);
  auto const all = static_cast<int>(answers.size());
  auto const sum = reversed_sum(form, answers);
  if (form.rule == Count)
    return Ratio{sum, 1}.score();
  if (all - given > static_cast<int>(form.may_lack) || given == 0)
    return std::nullopt;
  TRY(check_total(form, sum));
  auto const scaled = [&]() -> Ratio {
    switch (form.rule) {
    case Mean:
      return {sum, given};
    case Sum:
      return {sum * all, given};
    case Doubled:
      return {sum * 2, 1};
    case Percent:
      return {sum * 100, form.high * given};
    case Dash:
      return {(sum - given) * 25, given};
    default:
      return {sum, 1};
    }
  }();
  return form.places == Places::Tenths ? scaled.score() : Score{scaled.rounded() * 10};
}

std::vector<SubScore> sub_scores_of(Scale scale) {
  std::vector<SubScore> found;
  for (auto const& part : parts)
    if (part.scale == scale)
      found.push_back({part.id, part.name, 0, part.high});
  return found;
}

Result<std::vector<SubScore>> sub_scores(Scale scale, Answers answers) {
  auto found = sub_scores_of(scale);
  if (found.empty())
    return found;
  TRY(check(specification_of(scale), answers));
  auto const scores = part_scores(scale, answers);
  for (std::size_t i = 0; i < found.size(); ++i)
    if (scores[i])
      found[i].score = scores[i]->score();
  return found;
}

std::optional<Score> total(Scale scale, std::span<SubScore const> sub_scores) {
  std::vector<Ratio> each;
  for (auto const& one : sub_scores) {
    if (!one.score)
      return std::nullopt;
    each.push_back({one.score->tenths, 10});
  }
  return each.empty() ? std::nullopt : std::optional{combined(scale, each).score()};
}

Result<std::optional<Score>> t_score(json::Value const& instrument, std::optional<int> raw) {
  auto const* table = instrument.find("t_table");
  if (table == nullptr || !raw)
    return std::nullopt;
  auto const* found = table->find(fmt::format("{}", *raw));
  if (found == nullptr || !found->is_number())
    return fail(Fault::Value,
                fmt::format("The raw sum of {} must be from {} to {}.", instrument.text("name"),
                            table->object().front().name, table->object().back().name));
  auto const& text = found->lexeme();
  auto const point = std::min(text.find('.'), text.size());
  auto const tenth = point + 1 < text.size() ? text[point + 1] - '0' : 0;
  return Score{leading_number(text) * 10 + tenth};
}

std::string band_of(json::Value const& instrument, Score score) {
  std::string label;
  for (auto const& written : instrument.items("bands"))
    if (auto band = read_band(written.string()); score.tenths >= band.from * 10)
      label = std::move(band.label);
  return label;
}

} // namespace tripsis::clinic::outcome
