// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "base/base64.hh"
#include "base/uuid.hh"

#include <gtest/gtest.h>

namespace tripsis {
namespace {

TEST(Uuid, version_7_begins_with_the_time_and_comes_back_from_its_text) {
  SeededRandom random{1};
  auto const at = Instant{std::chrono::milliseconds{0x0123456789ab}};
  auto const id = Uuid::v7(at, random);
  EXPECT_TRUE(id.text().starts_with("01234567-89ab-7")) << id.text();
  EXPECT_EQ(Uuid::parse(id.text()), id);
  EXPECT_NE(Uuid::v7(at, random), id);
}

TEST(Uuid, only_the_canonical_lower_case_form_is_a_uuid) {
  EXPECT_TRUE(Uuid::parse("0123abcd-0000-7000-8000-00000000000f"));
  for (auto text : {"", "0123ABCD-0000-7000-8000-00000000000f", "0123abcd00007000800000000000000f", "0123abcd-0000-7000-8000-00000000000g",
                    "0123abcd-0000-7000-8000-00000000000f ", "0123abcd_0000-7000-8000-00000000000f"})
    EXPECT_FALSE(Uuid::parse(text)) << text;
}

TEST(Base64, goes_there_and_back_and_refuses_the_rest) {
  for (std::string_view bytes : {"", "a", "ab", "abc", "\xff\xfe\xfd"})
    for (auto alphabet : {Base64::Standard, Base64::Url})
      EXPECT_EQ(base64_decode(base64_encode(bytes, alphabet), alphabet), bytes);
  EXPECT_EQ(base64_encode("\xff\xfe", Base64::Standard), "//4=");
  EXPECT_EQ(base64_encode("\xff\xfe", Base64::Url), "__4");
  for (auto text : {"a", "YQ", "YQ==x", "Y Q=="})
    EXPECT_FALSE(base64_decode(text, Base64::Standard)) << text;
}

} // namespace
} // namespace tripsis
