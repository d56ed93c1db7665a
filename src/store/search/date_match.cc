// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "store/search/date_match.hh"

namespace tripsis::store::search {

namespace {

constexpr std::array<std::pair<std::string_view, Prefix>, 9> prefixes{{{"eq", Prefix::Eq},
                                                                       {"ne", Prefix::Ne},
                                                                       {"gt", Prefix::Gt},
                                                                       {"lt", Prefix::Lt},
                                                                       {"ge", Prefix::Ge},
                                                                       {"le", Prefix::Le},
                                                                       {"sa", Prefix::Sa},
                                                                       {"eb", Prefix::Eb},
                                                                       {"ap", Prefix::Ap}}};

Certainty less(Between a, std::int64_t b) {
  return a.most < b ? Certainty::Yes : a.least >= b ? Certainty::No : Certainty::Unknown;
}

Certainty negate(Certainty c) {
  return c == Certainty::Yes ? Certainty::No : c == Certainty::No ? Certainty::Yes : Certainty::Unknown;
}

Certainty at_least(Between a, std::int64_t b) {
  return negate(less(a, b));
}

Certainty both(Certainty a, Certainty b) {
  return std::min(a, b);
}

Certainty either(Certainty a, Certainty b) {
  return std::max(a, b);
}

} // namespace

Certainty judge(DateMatch const& match, Between low, Between high) {
  auto const& sought = match.sought;
  auto const within = [&] {
    return both(at_least(low, sought.low), negate(at_least(high, sought.high + 1)));
  };
  auto const reaches_above = [&] { return at_least(high, sought.high + 1); };
  auto const reaches_below = [&] { return less(low, sought.low); };
  switch (match.prefix) {
  case Prefix::Eq:
    return within();
  case Prefix::Ne:
    return negate(within());
  case Prefix::Gt:
    return reaches_above();
  case Prefix::Lt:
    return reaches_below();
  case Prefix::Ge:
    return either(reaches_above(), within());
  case Prefix::Le:
    return either(reaches_below(), within());
  case Prefix::Sa:
    return at_least(low, sought.high);
  case Prefix::Eb:
    return less(high, sought.low + 1);
  case Prefix::Ap: // `sought` has been widened already
    return both(less(low, sought.high), at_least(high, sought.low + 1));
  }
  return Certainty::Unknown;
}

bool matches(DateMatch const& match, index::Span const& span) {
  return judge(match, {span.low, span.low}, {span.high, span.high}) == Certainty::Yes;
}

index::Span bounds_of_low(DateMatch const& match) {
  auto const& sought = match.sought;
  switch (match.prefix) {
  case Prefix::Eq:
    return sought;
  case Prefix::Lt:
  case Prefix::Eb:
    return {index::far_past, sought.low};
  case Prefix::Le:
  case Prefix::Ap:
    return {index::far_past, sought.high};
  case Prefix::Sa:
    return {sought.high, index::far_future};
  case Prefix::Gt:
  case Prefix::Ge:
  case Prefix::Ne:
    break;
  }
  return {index::far_past, index::far_future};
}

std::pair<Prefix, std::string_view> split_prefix(std::string_view value) {
  for (auto const& [text, prefix] : prefixes)
    if (value.starts_with(text))
      return {prefix, value.substr(text.size())};
  return {Prefix::Eq, value};
}

} // namespace tripsis::store::search
