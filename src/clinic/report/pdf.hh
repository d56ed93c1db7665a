// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A PDF as it is drawn: text that keeps within its box whatever it says, lines and dots, page after page.
// pdf.cc is the only file that uses Pango and Cairo. All lengths are points (1/72 inch) from the top left.
#pragma once

#include "clinic/report/wording.hh"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tripsis::clinic::report {

enum class Paper : unsigned char { A4, Letter };

struct Colour {
  double red, green, blue;
};
constexpr Colour colour(unsigned rgb) {
  return {(rgb >> 16) / 255.0, (rgb >> 8 & 0xFFU) / 255.0, (rgb & 0xFFU) / 255.0};
}

/// The colours of the web client's light theme that paper needs.
namespace tide {
constexpr Colour ink = colour(0x171c21), muted = colour(0x515c67), action = colour(0x0f5c66),
                 pain = colour(0xb3372f), threshold = colour(0x8a5a00), goal = colour(0x1f6b35),
                 line = colour(0xd5dce1), band = colour(0xd9ecee), page = colour(0xf7f8f9),
                 worse = colour(0x9c2a23);
} // namespace tide

enum class Weight : unsigned char { Regular, Medium, SemiBold };
enum class Align : unsigned char { Left, Right, Centre };
enum class Dash : unsigned char { Solid, Dashed };

struct Style {
  double size = 9;
  double leading = 13; ///< From line to line
  Weight weight = Weight::Regular;
  Colour colour = tide::ink;
  Align align = Align::Left;
  int lines = 1; ///< At most; what is longer ends in "…"
};

struct Point {
  double x, y;
};

struct Box {
  double x, y, width, height;
};

/// One document. Not thread-safe; each has its own fonts, so that many may be drawn at the same time.
class Pdf {
public:
  /// `title` and `author` are told by the file's properties.
  Pdf(Paper paper, std::string const& title, std::string const& author, Date written);
  ~Pdf();
  Pdf(Pdf const&) = delete;
  Pdf& operator=(Pdf const&) = delete;

  double width() const noexcept { return width_; }
  double height() const noexcept { return height_; }

  /// Draws the text from `top` in lines of the style's leading; nothing of it leaves the width or the
  /// lines. What was used of the height.
  double text(double x, double top, double width, std::string_view text, Style const& style);
  /// How many lines the text would take, at most the style's.
  int lines(double width, std::string_view text, Style const& style);
  /// The text broken into lines; its own line breaks count.
  std::vector<std::string> wrap(double width, std::string_view text, Style const& style);
  /// How wide it is on one line.
  double text_width(std::string_view text, Style const& style);

  void line(Point from, Point to, Colour colour, double thickness = 0.75, Dash dash = Dash::Solid);
  void polyline(std::vector<Point> const& points, Colour colour, double thickness);
  void fill(Box const& box, Colour colour, double radius = 0);
  void dot(Point centre, double radius, Colour colour);
  void end_page();

  /// What is drawn while it lives is that element for assistive software: "H1", "P", "Table", "TR", "TH",
  /// "TD".
  class Element {
  public:
    Element(Pdf& pdf, char const* name);
    ~Element();
    Element(Element const&) = delete;
    Element& operator=(Element const&) = delete;

  private:
    Pdf& pdf_;
    char const* name_;
  };

  /// The file. Nothing can be drawn any more.
  std::string finish();

private:
  struct Canvas;
  double width_, height_;
  std::unique_ptr<Canvas> canvas_;
};

} // namespace tripsis::clinic::report
