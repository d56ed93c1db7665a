// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A line is {"seq":…, …, "prev":"HASH OF THE LINE BEFORE","hash":"HASH"}; the hash is taken of the line up
// to `,"hash"`.
#include "auth/audit.hh"

#include "base/json/parse.hh"
#include "base/log.hh"

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <stdexcept>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

#include <date/date.h>
#include <fmt/format.h>
#include <openssl/evp.h>

namespace tripsis::auth {
namespace {

constexpr std::string_view row_start = R"({"seq":)";
constexpr std::string_view hash_mark = R"(,"hash":")";
constexpr std::string_view prev_mark = R"(,"prev":")";
constexpr std::size_t hash_size = 64; // hexadecimal
std::string const no_hash(hash_size, '0');

/// The hash that a whole line names, checked against its content; nullopt where the line is not one of
/// ours.
struct Line {
  std::string_view hashed, prev, hash;
  std::uint64_t sequence = 0;
};
std::optional<Line> take_apart(std::string_view line) {
  auto const mark = line.rfind(hash_mark);
  auto const prev = line.rfind(prev_mark);
  if (mark == std::string_view::npos || prev == std::string_view::npos || !line.starts_with(row_start) ||
      !line.ends_with("\"}") || line.size() != mark + hash_mark.size() + hash_size + 2 ||
      mark != prev + prev_mark.size() + hash_size + 1)
    return std::nullopt;
  Line parts{line.substr(0, mark), line.substr(prev + prev_mark.size(), hash_size),
             line.substr(mark + hash_mark.size(), hash_size)};
  std::from_chars(line.data() + row_start.size(), line.data() + line.size(), parts.sequence);
  return parts;
}

void put_text(std::string& out, std::string_view name, std::string_view value) {
  if (value.empty())
    return;
  out.append(",\"").append(name).append("\":");
  json::write_string(value, out);
}

void put_list(std::string& out, std::string_view name, std::vector<std::string> const& values) {
  if (values.empty())
    return;
  out.append(",\"").append(name).append("\":[");
  for (auto const& value : values) {
    json::write_string(value, out);
    out += ',';
  }
  out.back() = ']';
}

/// The lock is held for two microseconds at a time: spinning that long is cheaper than sleeping.
std::unique_lock<std::mutex> patient_lock(std::mutex& mutex) {
  constexpr int tries = 200;
  std::unique_lock lock{mutex, std::try_to_lock};
  for (int i = 0; !lock && i < tries; ++i)
    static_cast<void>(lock.try_lock());
  if (!lock)
    lock.lock();
  return lock;
}

/// The last 4 MiB of the file, in which the last whole line is found: a row of a large transaction is long.
std::string read_tail(int file, std::int64_t size) {
  auto const from = std::max<std::int64_t>(0, size - 4 * 1024 * 1024);
  std::string text(static_cast<std::size_t>(size - from), '\0');
  if (::pread(file, text.data(), text.size(), from) != static_cast<ssize_t>(text.size()))
    throw std::system_error{errno, std::generic_category(), "cannot read the audit log"};
  return text;
}

} // namespace

/// Where the chain stands, and the hasher. Guarded by the log's mutex.
struct AuditLog::Chain {
  std::uint64_t sequence = 0;
  std::string last = no_hash;
  std::string line; // reused
  std::chrono::sys_seconds second{};
  std::string second_text;
  EVP_MD* algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  EVP_MD_CTX* context = EVP_MD_CTX_new();

  Chain() = default;
  Chain(Chain const&) = delete;
  Chain& operator=(Chain const&) = delete;
  ~Chain() {
    EVP_MD_CTX_free(context);
    EVP_MD_free(algorithm);
  }

  std::string hash(std::string_view text) const {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    if (EVP_DigestInit_ex2(context, algorithm, nullptr) != 1 ||
        EVP_DigestUpdate(context, text.data(), text.size()) != 1 ||
        EVP_DigestFinal_ex(context, digest.data(), &size) != 1)
      throw std::runtime_error{"OpenSSL cannot hash"};
    constexpr std::string_view digits = "0123456789abcdef";
    std::string hex(2 * std::size_t{size}, '0');
    for (std::size_t i = 0; i < size; ++i) {
      hex[2 * i] = digits[digest.at(i) >> 4U];
      hex[2 * i + 1] = digits[digest.at(i) & 0xfU];
    }
    return hex;
  }

  void put_time(Instant at) {
    auto const now = std::chrono::floor<std::chrono::seconds>(at);
    if (second_text.empty() || now != second) {
      second = now;
      second_text = date::format("%FT%T", now);
    }
    fmt::format_to(std::back_inserter(line), R"(,"time":"{}.{:03}Z")", second_text, (at - now).count());
  }

  /// Composes the next line, but does not go on to it.
  void compose(AuditRow const& row) {
    line.clear();
    fmt::format_to(std::back_inserter(line), R"({{"seq":{})", sequence + 1);
    put_time(row.time);
    put_text(line, "request", row.request_id);
    put_text(line, "who", row.who);
    put_text(line, "role", row.role);
    put_text(line, "peer", row.peer);
    put_text(line, "method", row.method);
    put_text(line, "interaction", row.interaction);
    put_text(line, "type", row.type);
    put_text(line, "id", row.id);
    put_list(line, "parameters", row.parameters);
    put_list(line, "entries", row.entries);
    fmt::format_to(std::back_inserter(line), R"(,"status":{},"us":{})", row.status, row.duration.count());
    line.append(prev_mark).append(last).append("\"");
  }
};

AuditLog::AuditLog(std::string file) : path_{std::move(file)}, chain_{std::make_unique<Chain>()} {
  file_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  struct stat status{};
  if (file_ < 0 || ::fstat(file_, &status) != 0)
    throw std::system_error{errno, std::generic_category(), "cannot open " + path_};
  auto const tail = read_tail(file_, status.st_size);
  auto const end = tail.rfind('\n');
  auto const cut = tail.size() - (end == std::string::npos ? 0 : end + 1);
  if (end == std::string::npos && !tail.starts_with(row_start.substr(0, tail.size())))
    throw std::runtime_error{path_ + " is not an audit log; move it away and start again"};
  if (cut > 0) {
    log::warn(
        "audit",
        fmt::format("{} ends with an unfinished line, which was never acknowledged; it is cut off", path_));
    if (::ftruncate(file_, status.st_size - static_cast<off_t>(cut)) != 0)
      throw std::system_error{errno, std::generic_category(), "cannot mend " + path_};
  }
  if (end != std::string::npos) {
    auto const before = tail.rfind('\n', end - 1);
    auto const start = before == std::string::npos || end == 0 ? 0 : before + 1;
    auto const line = take_apart(std::string_view{tail}.substr(start, end - start));
    if (!line)
      throw std::runtime_error{path_ +
                               " does not end with a row of an audit log; move it away and start again"};
    chain_->sequence = line->sequence;
    chain_->last = line->hash;
  }
  flusher_ = std::jthread{[this](std::stop_token const& stop) { flush_each_second(stop); }};
}

AuditLog::~AuditLog() {
  flusher_ = {};
  ::fdatasync(file_);
  ::close(file_);
}

void AuditLog::append(AuditRow const& row, Durability durability) {
  auto lock = patient_lock(mutex_);
  auto& chain = *chain_;
  chain.compose(row);
  auto hash = chain.hash(chain.line);
  chain.line.append(hash_mark).append(hash).append("\"}\n");
  auto const count = ::write(file_, chain.line.data(), chain.line.size());
  if (count != static_cast<ssize_t>(chain.line.size())) {
    auto const error = count < 0 ? errno : ENOSPC; // a part of it: the disk has no room for the rest
    struct stat status{};
    if (count > 0 && ::fstat(file_, &status) == 0 && ::ftruncate(file_, status.st_size - count) != 0)
      complain("cannot be mended", errno);
    complain("cannot be written", error);
    return;
  }
  ++chain.sequence;
  chain.last = std::move(hash);
  auto const mine = ++written_;
  if (durability == Durability::Now)
    sync_up_to(mine, lock);
}

/// Whoever finds nobody syncing does it for all rows written so far; the others wait for that.
void AuditLog::sync_up_to(std::uint64_t row, std::unique_lock<std::mutex>& lock) {
  while (synced_ < row) {
    if (syncing_) {
      synced_changed_.wait(lock);
      continue;
    }
    syncing_ = true;
    auto const target = written_;
    lock.unlock();
    auto const failed = ::fdatasync(file_) != 0 ? errno : 0;
    lock.lock();
    if (failed != 0)
      complain("cannot be flushed", failed);
    synced_ = target;
    syncing_ = false;
    synced_changed_.notify_all();
  }
}

void AuditLog::flush_each_second(std::stop_token const& stop) {
  constexpr std::chrono::milliseconds pause{800};
  std::mutex mine;
  std::condition_variable_any never;
  std::unique_lock wait{mine};
  while (!stop.stop_requested()) {
    never.wait_for(wait, stop, pause, [] { return false; });
    std::unique_lock lock{mutex_};
    sync_up_to(written_, lock);
  }
}

void AuditLog::complain(std::string_view what, int error) {
  auto const now = std::chrono::steady_clock::now();
  if (now - complained_ < std::chrono::minutes{1})
    return;
  complained_ = now;
  log::error("audit",
             fmt::format("{} {}: {}; free some space on the disk", path_, what, std::strerror(error)));
}

Result<std::uint64_t> AuditLog::verify(std::string const& file) {
  std::ifstream in{file, std::ios::binary};
  Chain const hasher;
  std::string last = no_hash;
  std::uint64_t rows = 0;
  for (std::string text; std::getline(in, text); ++rows) {
    auto const line = take_apart(text);
    auto const number = rows + 1;
    if (!line)
      return fail(Fault::Invariant, fmt::format("line {} is not a row of an audit log", number));
    if (line->prev != last || line->sequence != number)
      return fail(Fault::Invariant, fmt::format("line {} does not follow the one before it", number));
    if (hasher.hash(line->hashed) != line->hash)
      return fail(Fault::Invariant, fmt::format("line {} was changed", number));
    last = line->hash;
  }
  return rows;
}

} // namespace tripsis::auth
