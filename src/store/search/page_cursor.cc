// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "store/search/page_cursor.hh"

#include "base/base64.hh"
#include "base/json/parse.hh"
#include "base/random.hh"

#include <charconv>

#include <sodium.h>

namespace tripsis::store::search {

namespace {

unsigned char const* bytes(std::string_view text) {
  return reinterpret_cast<unsigned char const*>(text.data());
}

unsigned char* bytes(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

/// Names the search: its type, criteria and order, not the page's size.
std::string fingerprint(Query const& query) {
  std::string text = query.type;
  for (auto const& criterion : query.criteria) {
    text.append("\n").append(criterion.parameter->code).append(":").append(criterion.modifier);
    for (auto const& value : criterion.values)
      text.append("\t").append(value);
  }
  for (auto const& key : query.sort)
    text.append(key.descending ? "\n-" : "\n+").append(key.parameter->code);
  std::string hash(crypto_generichash_BYTES_MIN, '\0');
  crypto_generichash(bytes(hash), hash.size(), bytes(std::string_view{text}), text.size(), nullptr, 0);
  return base64_encode(hash, Base64::Url);
}

json::Value to_json(SortValue const& value) {
  switch (value.kind) {
  case SortValue::Kind::Number:
    return json::Value{json::Number{fmt::format("{}", value.number)}};
  case SortValue::Kind::Text:
    return json::Value{value.text};
  case SortValue::Kind::Missing:
    break;
  }
  return {};
}

double number_of(std::string_view text) {
  double number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

SortValue to_sort_value(json::Value const& value) {
  if (value.is_number())
    return {.kind = SortValue::Kind::Number, .number = number_of(value.lexeme())};
  if (value.is_string())
    return {.kind = SortValue::Kind::Text, .text = value.string()};
  return {};
}

std::int64_t integer_of(json::Value const* value) {
  std::int64_t number = 0;
  if (value != nullptr && value->is_number())
    std::from_chars(value->lexeme().data(), value->lexeme().data() + value->lexeme().size(), number);
  return number;
}

std::unexpected<Error> refused() {
  return fail(Fault::Value,
              "_cursor: this is not the place of a page of this search; search again from the first page");
}

} // namespace

std::string encode_mark(PageMark const& mark, Query const& query, std::string_view key) {
  auto content = json::object({{"search", json::Value{fingerprint(query)}},
                               {"segment", json::Value::integer(static_cast<std::int64_t>(mark.segment))},
                               {"when", json::Value::integer(mark.position.when)},
                               {"rid", json::Value::integer(mark.position.rid)}});
  for (auto const& value : mark.sorted_by)
    content.push("by", to_json(value));
  auto const plain = json::write(content);
  std::string sealed(crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + plain.size(), '\0');
  SystemRandom random;
  random.fill(std::as_writable_bytes(std::span{sealed}.first(crypto_secretbox_NONCEBYTES)));
  crypto_secretbox_easy(bytes(sealed) + crypto_secretbox_NONCEBYTES, bytes(std::string_view{plain}),
                        plain.size(), bytes(std::string_view{sealed}), bytes(key));
  return base64_encode(sealed, Base64::Url);
}

Result<PageMark> decode_mark(std::string_view text, Query const& query, std::string_view key) {
  auto const sealed = base64_decode(text, Base64::Url);
  if (!sealed || sealed->size() < crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES)
    return refused();
  std::string plain(sealed->size() - crypto_secretbox_NONCEBYTES - crypto_secretbox_MACBYTES, '\0');
  auto const* nonce = bytes(std::string_view{*sealed});
  if (crypto_secretbox_open_easy(bytes(plain), nonce + crypto_secretbox_NONCEBYTES,
                                 sealed->size() - crypto_secretbox_NONCEBYTES, nonce, bytes(key)) != 0)
    return refused();
  auto const content = json::parse(plain);
  if (!content || content->text("search") != fingerprint(query))
    return refused();
  PageMark mark{.segment = static_cast<std::size_t>(integer_of(content->find("segment"))),
                .position = {integer_of(content->find("when")), integer_of(content->find("rid"))}};
  for (auto const& value : content->items("by"))
    mark.sorted_by.push_back(to_sort_value(value));
  return mark;
}

} // namespace tripsis::store::search
