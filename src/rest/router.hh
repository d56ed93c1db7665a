// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Which function answers which method and path: the whole grammar of the API stands in the table of
// router.cc.
#pragma once

#include "rest/call.hh"

#include <span>
#include <string_view>

namespace tripsis::rest {

/// Whether answering may have to wait, for a disk or for the index.
enum class Waits : unsigned char { No, Maybe };

/// What a request's body is.
enum class Body : unsigned char { None, Json, Form };

/// What a request can be answered with.
enum class Answers : unsigned char { Json, JsonOrPdf };

/// One row of the grammar. A pattern's {type}, {id} and {version} are checked before the endpoint is
/// called.
struct Route {
  std::string_view method;
  std::string_view pattern;
  auth::Interaction interaction;
  Endpoint endpoint;
  Waits waits = Waits::Maybe;
  Body body = Body::None;
  Answers answers = Answers::Json;
};

std::span<Route const> routes() noexcept;

/// The name of the operation that a pattern ends with: "chart", or empty.
std::string_view operation_of(std::string_view pattern) noexcept;

/// Fills in route, type, id and version. Otherwise the answer: 404 for what there is not, 405 with Allow
/// for what may be done otherwise.
std::optional<Response> find_route(Call& call);

/// Whether answering will wait neither for a disk nor for the index.
bool is_quick(Request const& request) noexcept;

/// Whether a resource type is stored and served here: every concrete one of R4 but Parameters and
/// OperationOutcome, which are messages and not records.
bool is_served(std::string_view type) noexcept;

} // namespace tripsis::rest
