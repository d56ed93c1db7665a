// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// From the socket to what answers: health, the API, the web client's files. The one place where an
// exception of a request is caught, because what a client can cause is never one.
#pragma once

#include "http/server.hh"
#include "rest/call.hh"

namespace tripsis::http {

/// Thread-safe, as what it is made of.
class Dispatch final : public Handler {
public:
  explicit Dispatch(rest::Services& services) : services_{services} {}

  Place place(rest::Request const& request) const noexcept override;
  rest::Response answer(rest::Request const& request) noexcept override;
  rest::Response refuse(int status, std::string_view why) noexcept override;

private:
  rest::Services& services_;
};

} // namespace tripsis::http
