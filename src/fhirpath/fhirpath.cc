// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "fhirpath/fhirpath.hh"

#include "fhirpath/binder.hh"
#include "fhirpath/evaluator.hh"
#include "fhirpath/model.hh"
#include "fhirpath/parser.hh"

#include <stdexcept>

namespace tripsis::fhirpath {

Item Item::node(json::Value const& value, std::string_view type, json::Value const* extras) {
  auto const* found = fhir::find_type(type);
  return Item{&value, extras, nullptr, found != nullptr ? found : unknown_type()};
}

Item Item::resource(json::Value const& resource) {
  return node(resource, resource.text("resourceType"));
}

Item Item::computed(json::Value value, std::string_view type) {
  auto const* found = type == type_info_type()->name ? type_info_type() : find_system_type(type);
  if (found == nullptr)
    throw std::invalid_argument{"Item::computed takes a System type"};
  auto owned = std::make_shared<json::Value const>(std::move(value));
  auto const* at = owned.get();
  return Item{at, nullptr, std::move(owned), found};
}

Item Item::boolean(bool value) noexcept {
  static json::Value const yes{true}, no{false};
  return Item{value ? &yes : &no, nullptr, nullptr, system_type(System::Boolean)};
}

bool Item::is_node() const noexcept {
  return !is_system_type(*type_) && type_ != type_info_type();
}

Expression::Expression(std::unique_ptr<Node const> root) : root_{std::move(root)} {}
Expression::Expression(Expression&&) noexcept = default;
Expression& Expression::operator=(Expression&&) noexcept = default;
Expression::~Expression() = default;

Result<Expression> Expression::parse(std::string_view text, std::string_view focus_type,
                                     Checking checking) {
  auto root = TRY(parse_tree(text));
  TRY(bind_tree(*root, fhir::find_type(focus_type), checking, text));
  return Expression{std::move(root)};
}

Result<Collection> Expression::evaluate(Context const& context, Item const& focus) const {
  Evaluator evaluator{context, focus};
  TRY(evaluator.evaluate(*root_, Scope{focus}));
  return evaluator.take();
}

Result<Collection> Expression::evaluate(json::Value const& resource) const {
  static Context const plain;
  return evaluate(plain, Item::resource(resource));
}

Result<bool> to_boolean(Collection const& collection) {
  return TRY(to_truth(collection)) == Truth::True;
}

} // namespace tripsis::fhirpath
