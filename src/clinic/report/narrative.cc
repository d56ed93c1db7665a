// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/report/narrative.hh"

namespace tripsis::clinic::report {
namespace {

/// Text as XML's content; what XML cannot hold is a space.
void append_text(std::string_view text, std::string& out) {
  for (char const c : text) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (static_cast<unsigned char>(c) < 0x20)
      out += ' ';
    else
      out += c;
  }
}

void append_element(std::string_view tag, std::string_view text, std::string& out) {
  out.append("<").append(tag).append(">");
  append_text(text, out);
  out.append("</").append(tag).append(">");
}

} // namespace

void Narrative::paragraph(std::string_view text) {
  append_element("p", text, div_);
}

void Narrative::table(std::vector<std::vector<std::string>> const& rows) {
  div_ += "<table>";
  for (auto const& row : rows) {
    div_ += "<tr>";
    for (auto const& cell : row)
      append_element(&row == &rows.front() ? "th" : "td", cell, div_);
    div_ += "</tr>";
  }
  div_ += "</table>";
}

void Narrative::list(std::vector<std::string> const& items) {
  if (items.empty())
    return;
  div_ += "<ul>";
  for (auto const& item : items)
    append_element("li", item, div_);
  div_ += "</ul>";
}

json::Value Narrative::element() const {
  return json::object({{"status", "generated"},
                       {"div", R"(<div xmlns="http://www.w3.org/1999/xhtml">)" + div_ + "</div>"}});
}

} // namespace tripsis::clinic::report
