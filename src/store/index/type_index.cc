// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "store/index/type_index.hh"

#include "base/log.hh"

namespace tripsis::store::index {

namespace {

/// Numbers of search parameters fit in 16 bits; the types' own rows follow.
constexpr std::uint32_t first_type_row = 0x1'0000;

/// The first of these that a type has as a date parameter dates its resources.
constexpr std::array main_dates{"authoredon",    "date",         "authored",       "authored-on",
                                "recorded-date", "recorded",     "sent",           "created",
                                "issued",        "started",      "start",          "start-date",
                                "occurrence",    "effective",    "effective-time", "identified",
                                "entered-date",  "whenprepared", "period",         "onset-date"};

/// "Observation.subject" of "Observation.subject.where(resolve() is Patient)", with the target; {} for
/// other forms.
std::pair<std::string_view, std::string_view> wider(std::string_view expression) {
  constexpr std::string_view condition = ".where(resolve() is ";
  auto const at = expression.find(condition);
  if (at == std::string_view::npos || !expression.ends_with(')') ||
      expression.find(" | ") != std::string_view::npos)
    return {};
  return {expression.substr(0, at),
          expression.substr(at + condition.size(), expression.size() - at - condition.size() - 1)};
}

bool has_kind_with_rows(fhir::SearchParameter const& parameter) {
  return parameter.kind != fhir::SearchType::Composite && parameter.kind != fhir::SearchType::Special;
}

/// For the few expressions that are no paths. One that leads to a resource (Bundle.entry[0].resource) gives
/// nothing to index.
std::shared_ptr<fhirpath::Expression const> parse_expression(fhir::SearchParameter const& parameter) {
  if (parameter.kind == fhir::SearchType::Reference)
    return nullptr;
  auto parsed = fhirpath::Expression::parse(parameter.expression);
  return parsed ? std::make_shared<fhirpath::Expression const>(*std::move(parsed)) : nullptr;
}

} // namespace

void IndexedParameter::find(json::Value const& resource, std::vector<Found>& found) const {
  if (expression == nullptr)
    return path.walk(resource, found);
  auto const items = expression->evaluate(resource);
  if (!items) {
    if (!complained->exchange(true))
      log::warn("store", fmt::format("the expression of {}.{} cannot be evaluated on some resource",
                                     parameter->type, parameter->code));
    return;
  }
  for (auto const& item : *items) {
    auto owner = item.is_node() ? nullptr : std::make_shared<json::Value const>(item.value());
    auto const* value = owner != nullptr ? owner.get() : &item.value();
    found.push_back({.value = value, .type = item.type(), .owner = std::move(owner)});
  }
}

TypeIndex::TypeIndex(fhir::Type const& type, std::uint32_t place)
    : name_{type.name}, all_{first_type_row + place} {
  for (auto const& parameter : fhir::search_parameters(type.name)) {
    IndexedParameter indexed{.parameter = &parameter, .number = parameter.number};
    auto path = has_kind_with_rows(parameter) ? SearchPath::compile(parameter.expression) : std::nullopt;
    if (has_kind_with_rows(parameter) && !path)
      indexed.expression = parse_expression(parameter);
    // _id and _lastUpdated are columns of the truth.
    bool const is_column = parameter.code == "_id" || parameter.code == "_lastUpdated";
    indexed.is_offered = path.has_value() || indexed.expression != nullptr;
    indexed.has_rows = indexed.is_offered && !is_column;
    indexed.complained = std::make_shared<std::atomic<bool>>(false);
    if (path)
      indexed.path = *std::move(path);
    parameters_.push_back(std::move(indexed));
  }
  share_rows();
  for (auto const* code : main_dates)
    if (auto const* found = find(code); main_date_ == nullptr && found != nullptr &&
                                        found->parameter->kind == fhir::SearchType::Date && found->has_rows)
      main_date_ = found;
  patient_ = find("patient");
  code_ = find("code");
  if (code_ != nullptr && code_->parameter->kind != fhir::SearchType::Token)
    code_ = nullptr;
  for (auto const code : fhir::patient_compartment(type.name))
    if (auto const* found = find(code); found != nullptr && found->is_offered)
      compartment_.push_back(found);
}

// A parameter whose expression is another's, or another's with a condition on the target, has no rows of
// its own.
void TypeIndex::share_rows() {
  for (auto& indexed : parameters_) {
    auto const [expression, target] = wider(indexed.parameter->expression);
    for (auto const& other : parameters_) {
      bool const is_wider = !target.empty() && other.parameter->expression == expression;
      bool const is_equal =
          other.parameter->expression == indexed.parameter->expression && other.number < indexed.number;
      if (!indexed.has_rows || !other.has_rows || other.parameter->kind != indexed.parameter->kind ||
          (!is_wider && !is_equal))
        continue;
      indexed.number = other.number;
      indexed.has_rows = false;
      indexed.target = is_wider ? target : std::string_view{};
      break;
    }
  }
}

IndexedParameter const* TypeIndex::find(std::string_view code) const noexcept {
  auto const found = std::ranges::find_if(
      parameters_, [&](IndexedParameter const& p) { return p.parameter->code == code; });
  return found != parameters_.end() ? &*found : nullptr;
}

TypeIndex const* TypeIndexes::find(std::string_view type) const {
  auto const types = fhir::resource_types();
  auto const found = std::ranges::lower_bound(types, type, {}, [](fhir::Type const* t) { return t->name; });
  if (found == types.end() || (*found)->name != type)
    return nullptr;
  auto const place = static_cast<std::size_t>(found - types.begin());
  auto& entry = entries_.at(place);
  std::call_once(entry.once, [&] {
    entry.index = std::make_unique<TypeIndex const>(**found, static_cast<std::uint32_t>(place));
  });
  return entry.index.get();
}

} // namespace tripsis::store::index
