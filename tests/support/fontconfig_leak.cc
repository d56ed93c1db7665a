// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Fontconfig keeps a little for as long as the process lives (288 bytes once, however many reports are
// drawn), which the leak sanitizer would report as ours.

extern "C" char const* __lsan_default_suppressions(); // NOLINT: the sanitizer's name

extern "C" char const* __lsan_default_suppressions() { // NOLINT
  return "leak:libfontconfig.so";
}
