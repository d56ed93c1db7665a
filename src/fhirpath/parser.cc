// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "fhirpath/parser.hh"

#include "fhirpath/functions.hh"
#include "fhirpath/lexer.hh"
#include "fhirpath/model.hh"
#include "fhirpath/regex.hh"
#include "fhirpath/values.hh"

#include <array>
#include <cctype>

#include <fmt/format.h>

namespace tripsis::fhirpath {
namespace {

using NodePtr = std::unique_ptr<Node>;

struct BinaryOperator {
  std::string_view spelling;
  Operator op;
  int precedence; ///< Higher binds tighter
};

constexpr int is_as_precedence = 7;
constexpr std::array<BinaryOperator, 22> binary_operators{{
    {"*", Operator::Multiply, 9},       {"/", Operator::Divide, 9},     {"div", Operator::IntegerDivide, 9},
    {"mod", Operator::Modulo, 9},       {"+", Operator::Add, 8},        {"-", Operator::Subtract, 8},
    {"&", Operator::Concatenate, 8},    {"|", Operator::Union, 6},      {"<=", Operator::LessOrEqual, 5},
    {"<", Operator::Less, 5},           {">", Operator::Greater, 5},    {">=", Operator::GreaterOrEqual, 5},
    {"=", Operator::Equal, 4},          {"~", Operator::Equivalent, 4}, {"!=", Operator::NotEqual, 4},
    {"!~", Operator::NotEquivalent, 4}, {"in", Operator::In, 3},        {"contains", Operator::Contains, 3},
    {"and", Operator::And, 2},          {"or", Operator::Or, 1},        {"xor", Operator::Xor, 1},
    {"implies", Operator::Implies, 0},
}};

NodePtr make(NodeKind kind, std::size_t position) {
  auto node = std::make_unique<Node>();
  node->kind = kind;
  node->position = position;
  return node;
}

void adopt(Node& node, NodePtr operand) {
  if (operand)
    node.height = std::max(node.height, operand->height + 1);
  node.operands.push_back(std::move(operand));
}

class Parser {
public:
  Parser(std::string_view text, std::vector<Token> tokens) : text_{text}, tokens_{std::move(tokens)} {}

  Result<NodePtr> run() {
    auto root = TRY(expression(0));
    if (peek().kind != TokenKind::End)
      return wrong("The expression should end");
    return root;
  }

private:
  Token const& peek(std::size_t ahead = 0) const {
    return tokens_[std::min(at_ + ahead, tokens_.size() - 1)];
  }
  bool is_symbol(std::string_view s) const { return peek().kind == TokenKind::Symbol && peek().text == s; }
  bool is_word(std::string_view s) const {
    return peek().kind == TokenKind::Identifier && peek().text == s;
  }
  bool take_symbol(std::string_view s) {
    bool const found = is_symbol(s);
    at_ += found ? 1 : 0;
    return found;
  }
  std::unexpected<Error> wrong(std::string_view what) const {
    return fail(Fault::Structure,
                fmt::format("{} {} of the FHIRPath expression.", what, place(text_, peek().position)));
  }
  Result<> expect(std::string_view s) {
    if (!take_symbol(s))
      return wrong(fmt::format("'{}' is expected", s));
    return {};
  }
  std::unexpected<Error> too_deep() const {
    return fail(Fault::TooLong, "This FHIRPath expression nests more than 200 levels.");
  }
  Result<NodePtr> checked(NodePtr node) const {
    if (node->height > max_nesting)
      return too_deep();
    return node;
  }

  BinaryOperator const* binary_operator() const {
    auto const kind = peek().kind;
    if (kind == TokenKind::Symbol || kind == TokenKind::Identifier)
      for (auto const& candidate : binary_operators)
        if (candidate.spelling == peek().text)
          return &candidate;
    return nullptr;
  }

  Result<NodePtr> expression(int least) {
    if (nesting_ == max_nesting)
      return too_deep();
    ++nesting_;
    auto left = TRY(prefix());
    while (true) {
      if ((is_word("is") || is_word("as")) && is_as_precedence >= least) {
        auto node = make(is_word("is") ? NodeKind::Is : NodeKind::As, peek().position);
        ++at_;
        node->type = TRY(type_name());
        adopt(*node, std::move(left));
        left = TRY(checked(std::move(node)));
        continue;
      }
      auto const* const found = binary_operator();
      if (found == nullptr || found->precedence < least)
        break;
      auto node = make(NodeKind::Binary, peek().position);
      ++at_;
      node->op = found->op;
      adopt(*node, std::move(left));
      adopt(*node, TRY(expression(found->precedence + 1)));
      left = TRY(checked(std::move(node)));
    }
    --nesting_;
    return left;
  }

  Result<NodePtr> prefix() {
    if (!is_symbol("+") && !is_symbol("-"))
      return postfix();
    auto node = make(is_symbol("+") ? NodeKind::Plus : NodeKind::Minus, peek().position);
    ++at_;
    if (nesting_ == max_nesting)
      return too_deep();
    ++nesting_;
    adopt(*node, TRY(prefix()));
    --nesting_;
    return checked(std::move(node));
  }

  Result<NodePtr> postfix() {
    auto left = TRY(term());
    while (true) {
      if (take_symbol(".")) {
        left = TRY(invocation(std::move(left)));
      } else if (is_symbol("[")) {
        auto node = make(NodeKind::Indexer, peek().position);
        ++at_;
        adopt(*node, std::move(left));
        adopt(*node, TRY(expression(0)));
        TRY(expect("]"));
        left = TRY(checked(std::move(node)));
      } else {
        return left;
      }
    }
  }

  Result<NodePtr> term() {
    auto const& token = peek();
    switch (token.kind) {
    case TokenKind::Identifier:
      if (token.text == "true" || token.text == "false") {
        auto node = make(NodeKind::Literal, token.position);
        node->literal = Item::boolean(token.text == "true");
        ++at_;
        return node;
      }
      return invocation(nullptr);
    case TokenKind::Delimited:
    case TokenKind::Special:
      return invocation(nullptr);
    case TokenKind::Variable: {
      auto node = make(NodeKind::Variable, token.position);
      node->name = token.text;
      ++at_;
      return node;
    }
    case TokenKind::Symbol:
      return bracket();
    case TokenKind::End:
      return wrong("Something is missing");
    default:
      return literal();
    }
  }

  Result<NodePtr> bracket() {
    if (take_symbol("(")) {
      auto node = TRY(expression(0));
      TRY(expect(")"));
      return node;
    }
    auto node = make(NodeKind::Empty, peek().position);
    if (!take_symbol("{"))
      return wrong("A value or a name is expected");
    TRY(expect("}"));
    return node;
  }

  Result<NodePtr> literal() {
    auto const& token = peek();
    auto node = make(NodeKind::Literal, token.position);
    ++at_;
    if (token.kind == TokenKind::String) {
      node->literal = Item::computed(json::Value{token.text}, "String");
      return node;
    }
    if (token.kind == TokenKind::Number)
      return number(token, std::move(node));
    auto const type = token.kind == TokenKind::Date       ? system_type(System::Date)
                      : token.kind == TokenKind::DateTime ? system_type(System::DateTime)
                                                          : system_type(System::Time);
    if (!Temporal::parse(token.text, kind_of(*type))) {
      --at_;
      return wrong("There is no such day or time");
    }
    node->literal = Item::computed(json::Value{token.text}, type->name);
    return node;
  }

  Result<NodePtr> number(Token const& token, NodePtr node) {
    // 007 is a number to FHIRPath and none to JSON.
    auto lexeme = std::string_view{token.text};
    while (lexeme.size() > 1 && lexeme[0] == '0' && lexeme[1] != '.')
      lexeme.remove_prefix(1);
    auto const value = parse_number(lexeme);
    if (!value) {
      --at_;
      return wrong("This number has too many digits");
    }
    if (peek().kind == TokenKind::String) {
      node->literal = quantity_item({*value, peek().text, UnitKind::Ucum});
      ++at_;
    } else if (peek().kind == TokenKind::Identifier && is_calendar_unit(peek().text)) {
      node->literal = quantity_item({*value, peek().text, UnitKind::Calendar});
      ++at_;
    } else {
      bool const whole = lexeme.find('.') == lexeme.npos;
      node->literal =
          Item::computed(json::Value{json::Number{std::string{lexeme}}}, whole ? "Integer" : "Decimal");
    }
    return node;
  }

  static NodeKind special_kind(std::string_view name) {
    return name == "this" ? NodeKind::This : name == "index" ? NodeKind::Index : NodeKind::Total;
  }

  /// What stands after a dot, or at the beginning of a term.
  Result<NodePtr> invocation(NodePtr input) {
    auto const& token = peek();
    if (token.kind == TokenKind::Special) {
      ++at_;
      // `x.$this` is in the grammar; it is the same as `$this`.
      return make(special_kind(token.text), token.position);
    }
    if (token.kind != TokenKind::Identifier && token.kind != TokenKind::Delimited)
      return wrong("A name is expected");
    if (peek(1).kind == TokenKind::Symbol && peek(1).text == "(")
      return call(std::move(input));
    ++at_;
    if (input && input->kind == NodeKind::Path) {
      input->steps.push_back({token.text, token.position, {}});
      return input;
    }
    bool const first = input == nullptr;
    auto node = make(NodeKind::Path, token.position);
    adopt(*node, std::move(input));
    if (first && !token.text.empty() && std::isupper(static_cast<unsigned char>(token.text.front())) != 0)
      node->root = fhir::find_type(token.text);
    if (node->root == nullptr)
      node->steps.push_back({token.text, token.position, {}});
    return checked(std::move(node));
  }

  Result<NodePtr> call(NodePtr input) {
    auto const& token = peek();
    if (token.text == "is" || token.text == "as" || token.text == "ofType")
      return type_call(std::move(input));
    auto node = make(NodeKind::Call, token.position);
    node->function = find_function(token.text);
    if (node->function == nullptr)
      return fail(Fault::NotSupported,
                  fmt::format("The FHIRPath function {}() is not known here.", token.text));
    at_ += 2;
    adopt(*node, std::move(input));
    if (!take_symbol(")")) {
      do
        adopt(*node, TRY(expression(0)));
      while (take_symbol(","));
      TRY(expect(")"));
    }
    int const given = static_cast<int>(node->operands.size()) - 1;
    if (given < node->function->least || given > node->function->most)
      return fail(Fault::Structure,
                  fmt::format("The FHIRPath function {}() does not take {} arguments ({}).", token.text,
                              given, place(text_, token.position)));
    TRY(prepare(*node));
    return checked(std::move(node));
  }

  static Result<> prepare(Node& node) {
    if (node.function->prepared != Prepared::Regex || node.operands[1]->kind != NodeKind::Literal)
      return {};
    auto const& pattern = node.operands[1]->literal->value();
    node.regex = pattern.is_string() ? compile_regex(pattern.string()) : nullptr;
    if (node.regex == nullptr)
      return fail(Fault::Value, fmt::format("FHIRPath: {}() takes a regular expression "
                                            "(https://github.com/google/re2/wiki/Syntax).",
                                            node.function->name));
    return {};
  }

  Result<NodePtr> type_call(NodePtr input) {
    auto const& name = peek().text;
    auto node = make(name == "is" ? NodeKind::Is : NodeKind::As, peek().position);
    node->many = name == "as" ? Many::Refused : Many::Allowed;
    at_ += 2;
    adopt(*node, std::move(input));
    node->type = TRY(type_name());
    TRY(expect(")"));
    return checked(std::move(node));
  }

  Result<std::string_view> type_word() {
    if (peek().kind != TokenKind::Identifier && peek().kind != TokenKind::Delimited)
      return wrong("A type's name is expected");
    return tokens_[at_++].text;
  }

  Result<TypeName> type_name() {
    auto const position = peek().position;
    auto const first = TRY(type_word());
    TypeName found;
    if ((first == "FHIR" || first == "System") && take_symbol(".")) {
      auto const name = TRY(type_word());
      (first == "FHIR" ? found.fhir : found.system) =
          first == "FHIR" ? fhir::find_type(name) : find_system_type(name);
    } else {
      found = {fhir::find_type(first), find_system_type(first)};
    }
    if (found.fhir == nullptr && found.system == nullptr)
      return fail(Fault::Value,
                  fmt::format("A type that FHIR R4 does not have stands {} of the FHIRPath expression.",
                              place(text_, position)));
    return found;
  }

  std::string_view text_;
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  int nesting_ = 0;
};

} // namespace

Result<NodePtr> parse_tree(std::string_view text) {
  return Parser{text, TRY(tokenize(text))}.run();
}

} // namespace tripsis::fhirpath
