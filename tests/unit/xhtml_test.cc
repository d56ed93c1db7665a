// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "validation/xhtml.hh"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace tripsis::validation {
namespace {

/// Whether a narrative that holds this passes without any remark.
bool passes(std::string_view content) {
  return !check_xhtml(fmt::format(R"(<div xmlns="http://www.w3.org/1999/xhtml">{}</div>)", content));
}

TEST(Xhtml, accepts_FHIRs_formatting) {
  for (auto content :
       {"Anna", "<p>Anna<br/>Weiss</p>",
        "<table class=\"grid\"><tr><td colspan='2'><b>7</b></td></tr></table>",
        "<a href=\"Patient/1\">her</a>", "<a href='https://example.org/?a=1&amp;b=2'>x</a>",
        "<a name=\"top\"> </a>x", "<img src=\"#photo\" alt=\"a\"/>",
        "<img src='data:image/png;base64,QQ=='/>", "<!-- a comment --><p>x</p>",
        "5 &lt; 7 &amp; 7 &gt; 5 &#160; &#xA0; ü", "<p style=\"color: red; margin: 0\">x</p>",
        "<p style='background: url(back.png)'>x</p>",
        "<p style='background: url(data: image/png;base64,QQ==)'>x</p>", "<p\nclass = 'a'\n>x</p >",
        "a > b"})
    EXPECT_TRUE(passes(content)) << content;
  EXPECT_FALSE(check_xhtml("  <div>x</div>\n"));
}

TEST(Xhtml, refuses_what_could_run) {
  for (auto content : {"<script>x</script>",
                       "<SCRIPT>x</SCRIPT>",
                       "<p onclick='x()'>x</p>",
                       "<p OnClick='x()'>x</p>",
                       "<a href='javascript:x()'>x</a>",
                       "<a href=' JaVaScRiPt:x()'>x</a>",
                       "<a href='java&#10;script:x()'>x</a>",
                       "<a href='&#106;avascript:x()'>x</a>",
                       "<a href='vbscript:x'>x</a>",
                       "<a href='data:text/html,x'>x</a>",
                       "<img src='javascript:x'/>",
                       "<img src='data:image/svg+xml,x'/>",
                       "<a href='data:image/png,x'>x</a>",
                       "<iframe src='x'/>",
                       "<object data='x'/>",
                       "<embed src='x'/>",
                       "<form>x</form>",
                       "<input value='x'/>",
                       "<link href='x'/>",
                       "<meta/>",
                       "<style>x</style>",
                       "<svg/>",
                       "<body>x</body>",
                       "<p xlink:href='x'>x</p>",
                       "<p style='background: url(https://example.org/x.png)'>x</p>",
                       "<p style='background: url(&quot;//example.org/x.png&quot;)'>x</p>",
                       "<p style='width: expression(x)'>x</p>",
                       "<p style='background: u\\72l(x)'>x</p>",
                       "<p style='behavior:x'>x</p>",
                       "<p style='background: u/**/rl(https://e.org)'>x</p>"})
    EXPECT_FALSE(passes(content)) << content;
}

TEST(Xhtml, refuses_what_is_not_well_formed) {
  for (auto content : {"<p>x",
                       "x</p>",
                       "<p><b>x</p></b>",
                       "<p class=a>x</p>",
                       "<p class>x</p>",
                       "<p class='a' class='b'>x</p>",
                       "<p class='a'id='b'>x</p>",
                       "&nbsp;",
                       "a & b",
                       "&#0;",
                       "&#xD800;",
                       "&#x110000;",
                       "&#;",
                       "&#x;",
                       "&;",
                       "<",
                       "<!",
                       "<!DOCTYPE x>",
                       "<![CDATA[x]]>",
                       "<?x?>",
                       "<!-- a -- b -->",
                       "<!-- a",
                       "<p title='<'>x</p>",
                       "<p title='&x'>x</p>",
                       "<div xmlns='http://example.org'>x</div>",
                       "< p>x</p>"})
    EXPECT_FALSE(passes(content)) << content;
  for (auto text : {"x", "<p>x</p>", "<div>x</div><div>y</div>", "<div>x</div>y", "<div>x", "<div", "<div ",
                    "<divx>x</divx>", "<div a", "<div a=", "<div a='", "<?xml version='1.0'?><div>x</div>"})
    EXPECT_TRUE(check_xhtml(text)) << text;
}

TEST(Xhtml, warns_of_a_narrative_that_says_nothing) {
  for (auto text : {"<div></div>", "<div/>", "<div> \n<p/></div>"}) {
    auto const problem = check_xhtml(text);
    ASSERT_TRUE(problem) << text;
    EXPECT_EQ(problem->severity, Severity::Warning) << text;
  }
}

TEST(Xhtml, is_not_slowed_down_by_hostile_text) {
  std::string urls;
  for (int i = 0; i < 300'000; ++i)
    urls += "url(x) ";
  EXPECT_TRUE(passes("<p style='a:" + urls + "'>x</p>")); // the test's time limit is the assertion
  std::string open;
  for (int i = 0; i < 300'000; ++i)
    open += "url(";
  EXPECT_FALSE(passes("<p style='a:" + open + "'>x</p>"));
  EXPECT_FALSE(passes(std::string(2'000'000, '<')));
  EXPECT_FALSE(passes(std::string(2'000'000, '&') + ";"));
}

TEST(Xhtml, bounds_its_depth) {
  std::string deep;
  for (int i = 0; i < 300; ++i)
    deep += "<b>";
  EXPECT_EQ(check_xhtml("<div>" + deep).value().fault, Fault::TooLong);
}

} // namespace
} // namespace tripsis::validation
