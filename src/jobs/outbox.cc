// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "jobs/outbox.hh"

#include "base/uuid.hh"

#include <filesystem>
#include <fstream>
#include <sys/stat.h>
#include <system_error>

#include <fmt/format.h>

namespace tripsis::jobs {

// Written beside and renamed, so that whoever looks into the folder finds whole mails.
Result<> Outbox::send(Mail const& mail) {
  auto const now = clock_.now();
  auto const id = Uuid::v7(now, random_).text();
  auto const text = TRY(compose(mail, sender_, now, id));
  std::error_code failed;
  if (std::filesystem::create_directory(folder_, failed))
    ::chmod(folder_.c_str(), S_IRWXU);
  auto const file = fmt::format("{}/{}.eml", folder_, id);
  auto const beside = file + ".part";
  {
    std::ofstream out{beside, std::ios::binary};
    out << text;
    if (!out.flush())
      return fail(Fault::Transient, "the outbox folder cannot be written to");
  }
  std::filesystem::rename(beside, file, failed);
  if (failed)
    return fail(Fault::Transient, "the outbox folder cannot be written to");
  return {};
}

} // namespace tripsis::jobs
