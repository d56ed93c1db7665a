// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// One process at a time works in a data folder: it holds the file `lock` there with flock(2), which the
// system lets go when the process ends, however it ends.
#pragma once

#include <string>

namespace tripsis::store::sqlite {

class FolderLock {
public:
  /// Makes the folder where it is absent (for the owner alone). Throws std::runtime_error that says what to
  /// do where the folder cannot be used or another process has it.
  explicit FolderLock(std::string const& folder);
  FolderLock(FolderLock const&) = delete;
  FolderLock& operator=(FolderLock const&) = delete;
  ~FolderLock();

private:
  int descriptor_ = -1;
};

} // namespace tripsis::store::sqlite
