// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Serving, for the commands that do it: `serve` and `demo`.
#pragma once

#include "app/config.hh"
#include "app/wiring.hh"

namespace tripsis::app {

/// Serves until SIGTERM or SIGINT. Throws where the address cannot be listened to.
void serve_practice(Program& program, Config const& config);

} // namespace tripsis::app
