// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What proper clients expect of HTTP/1.1 (https://www.rfc-editor.org/rfc/rfc9112), over real sockets.
#include "http/server.hh"
#include "support/raw_client.hh"
#include "support/test_program.hh"

#include <atomic>
#include <thread>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace tripsis::test {
namespace {

class Served : public testing::Test {
protected:
  ~Served() override { server_.stop(); }

  TestProgram program_;
  std::string token_ = program_.token(auth::Role::Owner);
  http::Server server_{"127.0.0.1", 0, {}, program_.dispatch};
  std::jthread thread_{[this] { server_.run(); }};
};

std::size_t count(std::string_view text, std::string_view part) {
  std::size_t found = 0;
  for (auto at = text.find(part); at != std::string_view::npos; at = text.find(part, at + part.size()))
    ++found;
  return found;
}

TEST_F(Served, requests_one_after_another_on_one_connection) {
  RawClient client{server_.port()};
  for (int i = 0; i < 100; ++i) {
    client.send("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
    ASSERT_TRUE(client.receive("ok\"}").starts_with("HTTP/1.1 200 OK\r\nDate: "));
  }
}

TEST_F(Served, pipelined_requests_are_answered_in_their_order) {
  RawClient client{server_.port()};
  std::string requests;
  for (int i = 0; i < 50; ++i) {
    requests += fmt::format("PUT /fhir/R4/Patient/p{0} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer "
                            "{1}\r\nContent-Type: application/fhir+json\r\n"
                            "Content-Length: {2}\r\n\r\n{{\"resourceType\":\"Patient\",\"id\":\"p{0}\"}}",
                            i, token_, 35 + std::to_string(i).size());
    requests += fmt::format(
        "GET /fhir/R4/Patient/p{} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {}\r\n\r\n", i, token_);
  }
  requests += "GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
  client.send(requests);
  auto const answers = client.receive();
  EXPECT_EQ(count(answers, "HTTP/1.1 201 Created"), 50U);
  EXPECT_EQ(count(answers, "HTTP/1.1 200 OK"), 51U);
  EXPECT_LT(answers.find("\"id\":\"p7\""), answers.find("\"id\":\"p8\""));
}

TEST_F(Served, a_body_is_invited) {
  RawClient client{server_.port()};
  std::string_view const body = R"({"resourceType":"Patient"})";
  client.send(fmt::format("POST /fhir/R4/Patient HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer "
                          "{}\r\nContent-Type: application/fhir+json\r\n"
                          "Content-Length: {}\r\nExpect: 100-continue\r\n\r\n",
                          token_, body.size()));
  EXPECT_EQ(client.receive("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  client.send(body);
  EXPECT_TRUE(client.receive("\r\n\r\n").starts_with("HTTP/1.1 201 Created"));
}

TEST_F(Served, a_body_in_chunks) {
  RawClient client{server_.port()};
  client.send(fmt::format("POST /fhir/R4/Patient HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer "
                          "{}\r\nContent-Type: application/fhir+json\r\n"
                          "Transfer-Encoding: chunked\r\n\r\n",
                          token_));
  client.send("5\r\n{\"res\r\n");
  client.send("15\r\nourceType\":\"Patient\"}\r\n0\r\n\r\n");
  EXPECT_TRUE(client.receive("\r\n\r\n").starts_with("HTTP/1.1 201 Created"));
}

TEST_F(Served, head_has_no_body) {
  RawClient client{server_.port()};
  client.send("HEAD /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  auto const answer = client.receive();
  EXPECT_TRUE(answer.contains("Content-Length: 15\r\n")) << answer;
  EXPECT_TRUE(answer.ends_with("\r\n\r\n")) << answer;
}

TEST_F(Served, large_answers_to_slow_readers) {
  RawClient client{server_.port()};
  std::string requests;
  for (int i = 0; i < 20; ++i)
    requests += "GET /fhir/R4/metadata HTTP/1.1\r\nHost: a\r\n\r\n";
  client.send(requests + "GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  std::this_thread::sleep_for(std::chrono::milliseconds{300});
  auto const answers = client.receive();
  EXPECT_EQ(count(answers, R"("resourceType":"CapabilityStatement")"), 20U);
  EXPECT_TRUE(answers.ends_with(R"({"status":"ok"})"));
}

TEST_F(Served, many_writers_at_once) {
  std::atomic<int> created = 0;
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 16; ++t)
      threads.emplace_back([&] {
        RawClient client{server_.port()};
        std::string_view const body = R"({"resourceType":"Patient"})";
        for (int i = 0; i < 20; ++i) {
          client.send(fmt::format("POST /fhir/R4/Patient HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer "
                                  "{}\r\nContent-Type: application/fhir+json\r\n"
                                  "Prefer: return=minimal\r\nContent-Length: {}\r\n\r\n{}",
                                  token_, body.size(), body));
          created += client.receive("\r\n\r\n").starts_with("HTTP/1.1 201 ") ? 1 : 0;
        }
      });
  }
  EXPECT_EQ(created, 320);
  EXPECT_EQ(auth::AuditLog::verify(program_.folder.path() + "/audit.log").value_or(0), 320U);
}

/// Answers after a while, to be stopped meanwhile.
class SlowHandler final : public http::Handler {
public:
  http::Place place(rest::Request const&) const noexcept override { return http::Place::Worker; }
  rest::Response answer(rest::Request const&) noexcept override {
    asked = true;
    std::this_thread::sleep_for(std::chrono::milliseconds{500});
    return {.status = 200, .body = "done"};
  }
  rest::Response refuse(int status, std::string_view) noexcept override { return {.status = status}; }
  std::atomic<bool> asked = false;
};

TEST(Stopping, finishes_what_has_begun_and_closes_the_rest) {
  SlowHandler handler;
  http::Server server{"127.0.0.1", 0, {}, handler};
  std::jthread thread{[&] { server.run(); }};
  RawClient busy{server.port()};
  RawClient idle{server.port()};
  busy.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  while (!handler.asked)
    std::this_thread::sleep_for(std::chrono::milliseconds{5});
  auto const begun = std::chrono::steady_clock::now();
  server.stop();
  auto const answer = busy.receive();
  EXPECT_TRUE(answer.ends_with("done")) << answer;
  EXPECT_TRUE(answer.contains("Connection: close"));
  EXPECT_EQ(idle.receive(), "");
  EXPECT_TRUE(idle.closed());
  thread.join();
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds{3});
}

TEST(Listening, an_address_that_cannot_be_had_is_told) {
  SlowHandler handler;
  http::Server const first{"127.0.0.1", 0, {}, handler};
  EXPECT_THROW((http::Server{"127.0.0.1", first.port(), {}, handler}), std::runtime_error);
  EXPECT_THROW((http::Server{"no address", 0, {}, handler}), std::runtime_error);
}

TEST(Stopping, refuses_when_too_many_wait) {
  SlowHandler handler;
  http::Limits limits;
  limits.workers = 1;
  limits.waiting = 1;
  http::Server server{"127.0.0.1", 0, limits, handler};
  std::jthread thread{[&] { server.run(); }};
  std::vector<std::unique_ptr<RawClient>> clients;
  std::string statuses;
  for (int i = 0; i < 4; ++i) {
    clients.push_back(std::make_unique<RawClient>(server.port()));
    clients.back()->send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    std::this_thread::sleep_for(std::chrono::milliseconds{50});
  }
  for (auto const& client : clients)
    statuses += client->receive().substr(9, 3) + " ";
  EXPECT_EQ(statuses, "200 200 503 503 ");
  server.stop();
}

} // namespace
} // namespace tripsis::test
