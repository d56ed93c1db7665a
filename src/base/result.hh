// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// How a function says that it could not do what was asked.
//
// A failure that a caller, a client or a user can cause is a value: Result<T>. A failure that means
// the program or the machine is broken (disk error, broken invariant) is a thrown std::exception,
// caught once per thread entry: http/dispatch.cc, the store's writers, the job runner, the command
// line. Nothing else in the tree contains a `catch`.
#pragma once

#include <expected>
#include <string>
#include <utility>

namespace tripsis {

/// The kinds of failure, named as FHIR names them (https://hl7.org/fhir/R4/valueset-issue-type.html),
/// so that one table (rest/outcome.cc) turns each into an HTTP status and an OperationOutcome.
enum class Fault : unsigned char {
  Value,        ///< An element's value is not acceptable: 400.
  Structure,    ///< Not the shape that FHIR or JSON asks for: 400.
  Required,     ///< Something that must be there is missing: 400.
  Invariant,    ///< Well formed, but against a rule of content: 422.
  TooLong,      ///< Longer, deeper or larger than what is accepted: 400 (a body: 413).
  NotSupported, ///< Understood and not offered here: 400 (an interaction: 405).
  NotFound,     ///< 404.
  Deleted,      ///< 410.
  Conflict, ///< Against the present state, such as a taken hour or a stale version: 409 (If-Match: 412).
  BusinessRule, ///< Against a rule of the clinic, such as a hard stop or a signed note: 422.
  Login,        ///< Nobody is signed in: 401.
  Forbidden,    ///< Signed in, and not allowed: 403.
  Throttled,    ///< Too many requests just now: 429.
  Transient,    ///< The server is briefly unable (queue full, disk full): 503 with Retry-After.
  Precondition, ///< If-Match or If-None-Match did not hold: 412.
};

struct [[nodiscard]] Error {
  Fault fault;
  std::string what;       ///< A sentence for a person. Never holds patient data: it is logged.
  std::string where = {}; ///< A FHIRPath to the element at fault; empty when the whole request is.
};

template <class T = void>
using Result = std::expected<T, Error>;

[[nodiscard]] inline auto fail(Fault fault, std::string what, std::string where = {}) {
  return std::unexpected{Error{.fault = fault, .what = std::move(what), .where = std::move(where)}};
}

} // namespace tripsis

/// Unwraps a Result, or returns its Error from the enclosing function. Not for coroutines.
#define TRY(...)                                                                                           \
  __extension__({                                                                                          \
    auto tripsis_try = (__VA_ARGS__);                                                                      \
    if (!tripsis_try) [[unlikely]]                                                                         \
      return std::unexpected{std::move(tripsis_try).error()};                                              \
    *std::move(tripsis_try);                                                                               \
  })
