// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/folder_lock.hh"

#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <stdexcept>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tripsis::store::sqlite {

FolderLock::FolderLock(std::string const& folder) {
  std::error_code failed;
  if (std::filesystem::create_directories(folder, failed))
    ::chmod(folder.c_str(), S_IRWXU);
  if (failed)
    throw std::runtime_error{fmt::format(
        "The data folder {} cannot be made: {}. Choose another with --data.", folder, failed.message())};
  auto const path = folder + "/lock";
  descriptor_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (descriptor_ < 0)
    throw std::runtime_error{fmt::format("The data folder {} cannot be written: {}. See who owns it.",
                                         folder, std::strerror(errno))};
  if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
    ::close(descriptor_);
    throw std::runtime_error{fmt::format(
        "Another Tripsis uses the data folder {}: stop it first, or choose another with --data.", folder)};
  }
}

FolderLock::~FolderLock() {
  ::close(descriptor_);
}

} // namespace tripsis::store::sqlite
