// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A client that sends whatever bytes it is told to, for tests of what no proper client sends.
#pragma once

#include <arpa/inet.h>
#include <chrono>
#include <cstdint>
#include <netinet/in.h>
#include <poll.h>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <unistd.h>

namespace tripsis::test {

class RawClient {
public:
  explicit RawClient(std::uint16_t port) : socket_{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)} {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = ::connect(socket_, reinterpret_cast<sockaddr const*>(&address), sizeof address) == 0;
  }
  ~RawClient() { ::close(socket_); }
  RawClient(RawClient const&) = delete;
  RawClient& operator=(RawClient const&) = delete;

  bool connected() const { return connected_; }

  /// False where the other side has gone.
  bool send(std::string_view bytes) const {
    while (!bytes.empty()) {
      auto const count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (count <= 0)
        return false;
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
  }
  void finish_sending() const { ::shutdown(socket_, SHUT_WR); }

  /// What comes until `enough` is in it, the other side closes, or the time is over.
  std::string receive(std::string_view enough = {},
                      std::chrono::milliseconds patience = std::chrono::seconds{10}) {
    std::string text;
    auto const until = std::chrono::steady_clock::now() + patience;
    closed_ = false;
    while (enough.empty() || !text.contains(enough)) {
      auto const left =
          std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
      pollfd waiting{socket_, POLLIN, 0};
      if (left.count() <= 0 || ::poll(&waiting, 1, static_cast<int>(left.count())) <= 0)
        break;
      char part[65536];
      auto const count = ::recv(socket_, part, sizeof part, 0);
      if (count <= 0) {
        closed_ = true;
        break;
      }
      text.append(part, static_cast<std::size_t>(count));
    }
    return text;
  }
  bool closed() const { return closed_; }

private:
  int socket_;
  bool connected_ = false;
  bool closed_ = false;
};

} // namespace tripsis::test
