// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// HTTP/1.1 on sockets: accepts, reads requests within limits, hands them to a Handler, writes its answers.
// Knows nothing of FHIR.
//
// A few I/O threads own the connections. What never waits (a read by id takes ten microseconds) is answered
// on the I/O thread itself, because two hops between threads would cost more than the work; what may wait
// (a write for the disk, a search for the index) goes to a pool of workers.
#pragma once

#include "rest/message.hh"

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

namespace tripsis::http {

struct Limits {
  std::size_t header_bytes = 16 * 1024;      ///< Request line and headers: beyond it 431
  std::size_t body_bytes = 16 * 1024 * 1024; ///< Beyond it 413
  std::chrono::seconds header_time{10};      ///< From the first byte of a request to the end of its headers
  std::chrono::seconds body_time{30};        ///< From the headers to the end of the body
  std::chrono::seconds idle_time{60}; ///< Between requests, and for a client that does not read its answer
  std::chrono::seconds stop_time{10}; ///< For requests under way when the server is told to stop
  std::size_t connections = 4096;     ///< Beyond it a connection is answered 503 and closed
  std::size_t io_threads = 2;
  std::size_t workers = 64;   ///< Most of them wait for one common fsync; started as they are needed
  std::size_t waiting = 4096; ///< Requests that wait for a worker: beyond it 503
};

/// Where a request is answered.
enum class Place : unsigned char {
  IoThread, ///< Never waits for a disk, a lock or another thread for longer than some microseconds
  Worker,
};

/// Called from many threads at once. Nothing throws.
class Handler {
public:
  virtual ~Handler() = default;
  virtual Place place(rest::Request const& request) const noexcept = 0;
  virtual rest::Response answer(rest::Request const& request) noexcept = 0;
  /// What a client is told whose bytes are no acceptable request (400, 413, 431 …), or whom the server
  /// cannot serve now (503).
  virtual rest::Response refuse(int status, std::string_view why) noexcept = 0;
};

/// run() blocks; stop() may be called from any thread, also from a signal's waiter.
class Server {
public:
  /// Binds at once. Throws std::runtime_error where the address cannot be had. Port 0 takes a free one.
  Server(std::string const& address, std::uint16_t port, Limits limits, Handler& handler);
  ~Server();

  std::uint16_t port() const noexcept;
  /// SIGTERM and SIGINT stop the server from now on.
  void stop_on_signals();
  /// Serves until stopped; then answers what has begun, and returns.
  void run();
  void stop();

private:
  struct State;
  std::unique_ptr<State> state_;
};

} // namespace tripsis::http
