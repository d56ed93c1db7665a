// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A mail server on this machine that takes one connection after the other and remembers what was said: just
// enough of https://www.rfc-editor.org/rfc/rfc5321 for a client that behaves.
#pragma once

#include <arpa/inet.h>
#include <atomic>
#include <cstdint>
#include <mutex>
#include <netinet/in.h>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace tripsis::test {

class FakeSmtp {
public:
  struct Received {
    std::string from, to, data;
  };

  FakeSmtp() : listener_{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)} {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    ::bind(listener_, reinterpret_cast<sockaddr const*>(&address), size);
    ::listen(listener_, 4);
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread{[this] { serve(); }};
  }
  ~FakeSmtp() {
    ::shutdown(listener_, SHUT_RDWR);
    thread_.join();
    ::close(listener_);
  }
  FakeSmtp(FakeSmtp const&) = delete;
  FakeSmtp& operator=(FakeSmtp const&) = delete;

  std::uint16_t port() const { return port_; }
  /// What is answered to RCPT TO from now on.
  void answer_recipients(std::string line) {
    std::lock_guard const lock{mutex_};
    recipient_answer_ = std::move(line);
  }
  std::vector<Received> received() const {
    std::lock_guard const lock{mutex_};
    return received_;
  }

private:
  void serve() {
    for (int client = 0; (client = ::accept(listener_, nullptr, nullptr)) >= 0;) {
      talk(client);
      ::close(client);
    }
  }

  static void say(int client, std::string const& line) {
    static_cast<void>(::send(client, (line + "\r\n").data(), line.size() + 2, MSG_NOSIGNAL));
  }

  static bool read_up_to(int client, std::string& buffer, std::string_view end, std::string& out) {
    while (!buffer.contains(end)) {
      char part[4096];
      auto const count = ::recv(client, part, sizeof part, 0);
      if (count <= 0)
        return false;
      buffer.append(part, static_cast<std::size_t>(count));
    }
    out = buffer.substr(0, buffer.find(end));
    buffer.erase(0, out.size() + end.size());
    return true;
  }

  void talk(int client) {
    std::string buffer, line;
    Received mail;
    say(client, "220 fake.example");
    while (read_up_to(client, buffer, "\r\n", line)) {
      if (line.starts_with("EHLO") || line.starts_with("HELO")) {
        say(client, "250 fake.example");
      } else if (line.starts_with("MAIL FROM:")) {
        mail.from = line.substr(10);
        say(client, "250 ok");
      } else if (line.starts_with("RCPT TO:")) {
        mail.to = line.substr(8);
        std::lock_guard const lock{mutex_};
        say(client, recipient_answer_);
      } else if (line == "DATA") {
        say(client, "354 go on");
        if (!read_up_to(client, buffer, "\r\n.\r\n", mail.data))
          return;
        std::lock_guard const lock{mutex_};
        received_.push_back(mail);
        say(client, "250 taken");
      } else if (line == "QUIT") {
        say(client, "221 bye");
        return;
      } else {
        say(client, "500 what");
      }
    }
  }

  int listener_;
  std::uint16_t port_ = 0;
  mutable std::mutex mutex_;
  std::string recipient_answer_ = "250 ok";
  std::vector<Received> received_;
  std::thread thread_;
};

} // namespace tripsis::test
