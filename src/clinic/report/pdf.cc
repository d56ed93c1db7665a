// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/report/pdf.hh"

#include <algorithm>
#include <array>
#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <stdexcept>

#include <fmt/format.h>

namespace tripsis::clinic::report {
namespace {

constexpr std::array<Point, 2> sizes{{{595.28, 841.89}, {612, 792}}}; // ISO 216 A4; ANSI letter
/// So much of a text that has its most lines is laid out: they hold less, and the work stays bounded.
constexpr std::size_t longest_text = 20'000;

struct Unref {
  void operator()(PangoFontMap* map) const { g_object_unref(map); }
  void operator()(PangoContext* context) const { g_object_unref(context); }
  void operator()(PangoLayout* layout) const { g_object_unref(layout); }
  void operator()(PangoFontDescription* description) const { pango_font_description_free(description); }
  void operator()(PangoAttrList* list) const { pango_attr_list_unref(list); }
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  void operator()(cairo_t* cairo) const { cairo_destroy(cairo); }
};
template <class T>
using Owned = std::unique_ptr<T, Unref>;

cairo_status_t append(void* file, unsigned char const* bytes, unsigned length) {
  static_cast<std::string*>(file)->append(reinterpret_cast<char const*>(bytes), length);
  return CAIRO_STATUS_SUCCESS;
}

PangoWeight pango_weight(Weight weight) {
  switch (weight) {
  case Weight::Regular:
    return PANGO_WEIGHT_NORMAL;
  case Weight::Medium:
    return PANGO_WEIGHT_MEDIUM;
  case Weight::SemiBold:
    return PANGO_WEIGHT_SEMIBOLD;
  }
  return PANGO_WEIGHT_NORMAL;
}

PangoAlignment pango_alignment(Align align) {
  switch (align) {
  case Align::Left:
    return PANGO_ALIGN_LEFT;
  case Align::Right:
    return PANGO_ALIGN_RIGHT;
  case Align::Centre:
    return PANGO_ALIGN_CENTER;
  }
  return PANGO_ALIGN_LEFT;
}

int units(double points) {
  return static_cast<int>(points * PANGO_SCALE);
}

enum class Breaks : unsigned char { Kept, Spaces };

/// The text without what no font draws: controls become spaces, line breaks too unless they are kept.
std::string drawable(std::string_view text, Breaks breaks) {
  std::string out;
  auto end = breaks == Breaks::Kept ? text.size() : std::min(text.size(), longest_text);
  while (end < text.size() && end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
    --end;
  for (char const c : text.substr(0, end)) {
    auto const control = static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
    out += control && (c != '\n' || breaks == Breaks::Spaces) ? ' ' : c;
  }
  for (std::string_view const separator : {"\u2028", "\u2029", "\u0085"})
    for (auto at = out.find(separator); at != std::string::npos; at = out.find(separator, at))
      out.replace(at, separator.size(), " ");
  return out;
}

} // namespace

struct Pdf::Canvas {
  std::string file;
  Owned<cairo_surface_t> surface;
  Owned<cairo_t> cairo;
  Owned<PangoFontMap> fonts;
  Owned<PangoContext> context;

  Owned<PangoLayout> layout(std::string const& text, Style const& style) const {
    Owned<PangoLayout> made{pango_layout_new(context.get())};
    Owned<PangoFontDescription> font{
        pango_font_description_from_string("Inter, Droid Sans Fallback, DejaVu Sans")};
    pango_font_description_set_absolute_size(font.get(), style.size * PANGO_SCALE);
    pango_font_description_set_weight(font.get(), pango_weight(style.weight));
    pango_layout_set_font_description(made.get(), font.get());
    pango_layout_set_wrap(made.get(), PANGO_WRAP_WORD_CHAR);
    pango_layout_set_alignment(made.get(), pango_alignment(style.align));
    Owned<PangoAttrList> attributes{pango_attr_list_new()};
    pango_attr_list_insert(attributes.get(), pango_attr_line_height_new_absolute(units(style.leading)));
    pango_attr_list_insert(attributes.get(), pango_attr_fallback_new(TRUE));
    pango_attr_list_insert(attributes.get(), pango_attr_font_features_new("tnum=1"));
    pango_layout_set_attributes(made.get(), attributes.get());
    pango_layout_set_text(made.get(), text.data(), static_cast<int>(text.size()));
    return made;
  }

  Owned<PangoLayout> boxed(double width, std::string_view text, Style const& style) const {
    auto made = layout(drawable(text, Breaks::Spaces), style);
    pango_layout_set_width(made.get(), units(width));
    pango_layout_set_height(made.get(), -style.lines);
    pango_layout_set_ellipsize(made.get(), PANGO_ELLIPSIZE_END);
    return made;
  }

  void set_colour(Colour const& colour) const {
    cairo_set_source_rgb(cairo.get(), colour.red, colour.green, colour.blue);
  }
};

Pdf::Pdf(Paper paper, std::string const& title, std::string const& author, Date written)
    : width_{sizes.at(static_cast<std::size_t>(paper)).x},
      height_{sizes.at(static_cast<std::size_t>(paper)).y}, canvas_{std::make_unique<Canvas>()} {
  canvas_->surface.reset(cairo_pdf_surface_create_for_stream(append, &canvas_->file, width_, height_));
  auto* const surface = canvas_->surface.get();
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, title.c_str());
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_AUTHOR, author.c_str());
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "Tripsis");
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE,
                                 (iso_of(written) + "T00:00:00Z").c_str());
  canvas_->cairo.reset(cairo_create(surface));
  canvas_->fonts.reset(pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT));
  if (!canvas_->fonts)
    throw std::runtime_error{"Pango was built without FreeType; reports cannot be drawn."};
  canvas_->context.reset(pango_font_map_create_context(canvas_->fonts.get()));
  pango_cairo_update_context(canvas_->cairo.get(), canvas_->context.get());
  pango_context_set_language(canvas_->context.get(), pango_language_from_string("en"));
  pango_context_set_round_glyph_positions(canvas_->context.get(), FALSE);
}

Pdf::~Pdf() = default;

double Pdf::text(double x, double top, double width, std::string_view text, Style const& style) {
  if (text.empty() || width <= 0)
    return 0;
  auto const layout = canvas_->boxed(width, text, style);
  auto const used = std::min(pango_layout_get_line_count(layout.get()), style.lines) * style.leading;
  auto* const cairo = canvas_->cairo.get();
  cairo_save(cairo);
  PangoRectangle ink;
  pango_layout_get_pixel_extents(layout.get(), &ink, nullptr);
  constexpr int slack = 2;
  if (ink.x < -slack || ink.y < -slack || ink.x + ink.width > width + slack ||
      ink.y + ink.height > used + slack) {
    cairo_rectangle(cairo, x - slack, top - slack, width + 2 * slack,
                    used + 2 * slack); // marks piled on marks
    cairo_clip(cairo);
  }
  canvas_->set_colour(style.colour);
  cairo_move_to(cairo, x, top);
  pango_cairo_show_layout(cairo, layout.get());
  cairo_restore(cairo);
  return used;
}

int Pdf::lines(double width, std::string_view text, Style const& style) {
  if (text.empty())
    return 0;
  auto const layout = canvas_->boxed(width, text, style);
  return std::min(pango_layout_get_line_count(layout.get()), style.lines);
}

std::vector<std::string> Pdf::wrap(double width, std::string_view text, Style const& style) {
  auto const content = drawable(text, Breaks::Kept);
  auto const layout = canvas_->layout(content, style);
  pango_layout_set_width(layout.get(), units(width));
  std::vector<std::string> lines;
  for (auto* item = pango_layout_get_lines_readonly(layout.get()); item != nullptr; item = item->next) {
    auto const* line = static_cast<PangoLayoutLine const*>(item->data);
    auto text_of_line =
        content.substr(static_cast<std::size_t>(line->start_index), static_cast<std::size_t>(line->length));
    while (text_of_line.ends_with(' '))
      text_of_line.pop_back();
    lines.push_back(std::move(text_of_line));
  }
  return lines;
}

double Pdf::text_width(std::string_view text, Style const& style) {
  auto const layout = canvas_->layout(drawable(text, Breaks::Spaces), style);
  int width = 0;
  pango_layout_get_size(layout.get(), &width, nullptr);
  return static_cast<double>(width) / PANGO_SCALE;
}

void Pdf::line(Point from, Point to, Colour colour, double thickness, Dash dash) {
  auto* const cairo = canvas_->cairo.get();
  cairo_save(cairo);
  canvas_->set_colour(colour);
  cairo_set_line_width(cairo, thickness);
  constexpr std::array<double, 2> pattern{4, 3};
  if (dash == Dash::Dashed)
    cairo_set_dash(cairo, pattern.data(), pattern.size(), 0);
  cairo_move_to(cairo, from.x, from.y);
  cairo_line_to(cairo, to.x, to.y);
  cairo_stroke(cairo);
  cairo_restore(cairo);
}

void Pdf::polyline(std::vector<Point> const& points, Colour colour, double thickness) {
  auto* const cairo = canvas_->cairo.get();
  canvas_->set_colour(colour);
  cairo_set_line_width(cairo, thickness);
  cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND);
  cairo_new_path(cairo); // text leaves its place behind
  for (auto const& point : points)
    cairo_line_to(cairo, point.x, point.y);
  cairo_stroke(cairo);
}

void Pdf::fill(Box const& box, Colour colour, double radius) {
  auto* const cairo = canvas_->cairo.get();
  canvas_->set_colour(colour);
  constexpr double quarter = 1.5707963267948966;
  cairo_new_sub_path(cairo);
  cairo_arc(cairo, box.x + box.width - radius, box.y + radius, radius, -quarter, 0);
  cairo_arc(cairo, box.x + box.width - radius, box.y + box.height - radius, radius, 0, quarter);
  cairo_arc(cairo, box.x + radius, box.y + box.height - radius, radius, quarter, 2 * quarter);
  cairo_arc(cairo, box.x + radius, box.y + radius, radius, 2 * quarter, 3 * quarter);
  cairo_close_path(cairo);
  cairo_fill(cairo);
}

void Pdf::dot(Point centre, double radius, Colour colour) {
  fill({centre.x - radius, centre.y - radius, 2 * radius, 2 * radius}, colour, radius);
}

void Pdf::end_page() {
  cairo_show_page(canvas_->cairo.get());
}

Pdf::Element::Element(Pdf& pdf, char const* name) : pdf_{pdf}, name_{name} {
  cairo_tag_begin(pdf_.canvas_->cairo.get(), name_, nullptr);
}

Pdf::Element::~Element() {
  cairo_tag_end(pdf_.canvas_->cairo.get(), name_);
}

std::string Pdf::finish() {
  cairo_surface_finish(canvas_->surface.get());
  auto const status = cairo_status(canvas_->cairo.get());
  auto const closed = cairo_surface_status(canvas_->surface.get());
  if (status != CAIRO_STATUS_SUCCESS || closed != CAIRO_STATUS_SUCCESS)
    throw std::runtime_error{
        fmt::format("Cairo could not draw a report: {}.",
                    cairo_status_to_string(status != CAIRO_STATUS_SUCCESS ? status : closed))};
  return std::move(canvas_->file);
}

} // namespace tripsis::clinic::report
