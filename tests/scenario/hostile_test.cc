// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What no proper client sends, over real sockets: each is answered with 4xx and an OperationOutcome, or the
// connection is closed, and the server goes on.
#include "http/server.hh"
#include "support/raw_client.hh"
#include "support/test_program.hh"

#include <thread>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace tripsis::test {
namespace {

http::Limits short_limits() {
  http::Limits limits;
  limits.header_time = std::chrono::seconds{1};
  limits.body_time = std::chrono::seconds{1};
  limits.idle_time = std::chrono::seconds{2};
  limits.stop_time = std::chrono::seconds{2};
  limits.connections = 64;
  limits.workers = 4;
  return limits;
}

class Hostile : public testing::Test {
protected:
  ~Hostile() override {
    EXPECT_TRUE(is_alive());
    server_.stop();
  }

  /// One request with a token; the answer until the connection ends or the answer is whole.
  std::string ask(std::string_view method, std::string_view target, std::string_view body = {},
                  std::string_view more = {}) {
    RawClient client{server_.port()};
    client.send(fmt::format(
        "{} {} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer {}\r\n{}", method,
        target, token_, more));
    if (!body.empty())
      client.send(
          fmt::format("Content-Type: application/fhir+json\r\nContent-Length: {}\r\n", body.size()));
    client.send("\r\n");
    client.send(body);
    return client.receive();
  }
  /// Bytes as they are, then the end of sending.
  std::string say(std::string_view bytes) {
    RawClient client{server_.port()};
    client.send(bytes);
    client.finish_sending();
    return client.receive();
  }
  bool is_alive() {
    RawClient client{server_.port()};
    client.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
    return client.receive("ok\"}").starts_with("HTTP/1.1 200 ");
  }

  static bool is_refusal(std::string_view answer, int status) {
    return answer.starts_with(fmt::format("HTTP/1.1 {} ", status)) &&
           answer.contains(R"({"resourceType":"OperationOutcome","issue":[{"severity":"error")");
  }

  TestProgram program_;
  std::string token_ = program_.token(auth::Role::Owner);
  http::Server server_{"127.0.0.1", 0, short_limits(), program_.dispatch};
  std::jthread thread_{[this] { server_.run(); }};
};

std::string nested(std::size_t depth) {
  return R"({"resourceType":"Patient","extension":)" + std::string(depth, '[') + std::string(depth, ']') +
         "}";
}

TEST_F(Hostile, deep_json) {
  EXPECT_TRUE(is_refusal(ask("POST", "/fhir/R4/Patient", nested(65)), 400));
  EXPECT_TRUE(is_refusal(ask("POST", "/fhir/R4/Patient", nested(100'000)), 400));
  EXPECT_TRUE(is_refusal(ask("POST", "/fhir/R4/Patient", std::string(100'000, '{')), 400));
  EXPECT_TRUE(is_refusal(
      ask("POST", "/fhir/R4",
          R"({"resourceType":"Bundle","type":"transaction","entry":)" + std::string(100'000, '[')),
      400));
}

TEST_F(Hostile, malformed_json) {
  for (std::string_view const body :
       {"{", "}", "null", "\"Patient\"", "7", "{\"resourceType\":\"Patient\",}",
        "{\"resourceType\":\"Patient\"} x", "{\"resourceType\":\"Patient\",\"active\":tru}",
        "\xef\xbb\xbf{}", "{\"resourceType\":\"Patient\",\"id\":\"\xff\xfe\"}",
        "{\"resourceType\":\"Patient\",\"id\":\"\\ud800\"}", "{'resourceType':'Patient'}", "[[[[",
        "{\"a\":1e999999999999}"})
    EXPECT_TRUE(is_refusal(ask("POST", "/fhir/R4/Patient", body), 400)) << body;
  EXPECT_TRUE(is_refusal(
      ask("POST", "/fhir/R4/Patient", std::string_view{"{\"resourceType\":\"Patient\0\"}", 28}), 400));
}

TEST_F(Hostile, wrong_types) {
  for (std::string_view const body :
       {R"({"resourceType":7})", R"({"resourceType":["Patient"]})",
        R"({"resourceType":"Patient","name":"Ana"})", R"({"resourceType":"Patient","name":[7]})",
        R"({"resourceType":"Patient","active":"true"})", R"({"resourceType":"Patient","birthDate":1970})",
        R"({"resourceType":"Patient","meta":[]})", R"({"resourceType":"Patient","id":{}})",
        R"({"resourceType":"Patient","contained":[1]})"})
    EXPECT_TRUE(is_refusal(ask("POST", "/fhir/R4/Patient", body), 400)) << body;
  for (
      std::string_view const body :
      {R"({"resourceType":"Bundle","type":7})", R"({"resourceType":"Bundle","type":"batch","entry":7})",
       R"({"resourceType":"Bundle","type":"transaction","entry":[7]})",
       R"({"resourceType":"Bundle","type":"transaction","entry":[{"request":7}]})",
       R"({"resourceType":"Bundle","type":"transaction","entry":[{"request":{"method":7,"url":7}}]})",
       R"({"resourceType":"Bundle","type":"transaction","entry":[{"resource":7,"request":{"method":"POST","url":"Patient"}}]})"})
    EXPECT_TRUE(is_refusal(ask("POST", "/fhir/R4", body), 400)) << body;
}

TEST_F(Hostile, bodies_beyond_the_limit) {
  std::string const large(20 * 1024 * 1024, ' ');
  EXPECT_TRUE(is_refusal(ask("POST", "/fhir/R4/Patient", large), 413));
  RawClient chunked{server_.port()};
  chunked.send(
      fmt::format("POST /fhir/R4/Patient HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {}\r\n"
                  "Content-Type: application/fhir+json\r\nTransfer-Encoding: chunked\r\n\r\n",
                  token_));
  auto const chunk = "100000\r\n" + std::string(0x100000, ' ') + "\r\n";
  for (int i = 0; i < 20 && chunked.send(chunk); ++i) {
  }
  EXPECT_TRUE(is_refusal(chunked.receive(), 413));
}

TEST_F(Hostile, a_length_alone_takes_no_memory) {
  std::vector<std::unique_ptr<RawClient>> clients;
  for (int i = 0; i < 50; ++i) {
    clients.push_back(std::make_unique<RawClient>(server_.port()));
    clients.back()->send(
        "POST /fhir/R4/Patient HTTP/1.1\r\nHost: localhost\r\nContent-Length: 16000000\r\n\r\n{");
  }
  EXPECT_TRUE(is_alive());
}

TEST_F(Hostile, paths_and_statements) {
  for (std::string_view const target :
       {"/fhir/R4/Patient/../..", "/fhir/R4/Patient/%2e%2e/%2e%2e/etc/passwd", "/fhir/R4/Patient/%00",
        "/fhir/R4/Patient/%ff%fe", "/fhir/R4/Patient?%ff=1", "/fhir/R4/Patient/%", "/fhir/R4/Patient/%4",
        "/fhir/R4/Patient/%0d%0aSet-Cookie:%20a=b", "/fhir/R4/Patient/%c0%ae%c0%ae",
        "/fhir/R4/Patient/%ed%a0%80"})
    EXPECT_TRUE(is_refusal(ask("GET", target), 400)) << target;
  for (std::string_view const target :
       {"/fhir/R4/Patient/'%20OR%201=1--", "/fhir/R4/Patient/1;DROP%20TABLE%20res",
        "/fhir/R4/Patient/..%2f..%2fetc", "/../../etc/passwd.txt", "/assets/../../tripsis.db",
        "/auth/../fhir", "/fhir"})
    EXPECT_TRUE(ask("GET", target).starts_with("HTTP/1.1 4")) << target;
  EXPECT_TRUE(ask("GET", "/fhir/R4/" + std::string(15'000, 'a')).starts_with("HTTP/1.1 4"));
}

TEST_F(Hostile, broken_requests) {
  for (std::string_view const bytes :
       {"\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "GET / HTTP/1.1\r\nBad Header\r\n\r\n",
        "\x16\x03\x01\x02\x00", "GET /\xff\xfe HTTP/1.1\r\nHost: a\r\nX: \x01\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1x\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999999\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"}) {
    auto const answer = say(bytes);
    EXPECT_TRUE(answer.empty() || answer.starts_with("HTTP/1.1 4")) << bytes << "\n" << answer;
  }
  EXPECT_TRUE(is_refusal(
      say("POST /fhir/R4/Patient HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\nxx"), 501));
}

TEST_F(Hostile, header_floods) {
  EXPECT_TRUE(
      is_refusal(ask("GET", "/fhir/R4/Patient/p", {}, "X: " + std::string(20'000, 'x') + "\r\n"), 431));
  std::string many;
  for (int i = 0; i < 2000; ++i)
    many += fmt::format("X-{}: y\r\n", i);
  EXPECT_TRUE(is_refusal(ask("GET", "/fhir/R4/Patient/p", {}, many), 431));
}

TEST_F(Hostile, a_body_shorter_than_its_length) {
  EXPECT_EQ(say("POST /fhir/R4/Patient HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{}"),
            ""); // it went before it had said all
}

TEST_F(Hostile, half_a_request_is_given_up) {
  RawClient client{server_.port()};
  client.send("GET /healthz HTTP/1.1\r\nHost:");
  EXPECT_EQ(client.receive({}, std::chrono::seconds{6}), "");
  EXPECT_TRUE(client.closed());
}

TEST_F(Hostile, one_byte_at_a_time_is_given_up) {
  RawClient client{server_.port()};
  auto const begun = std::chrono::steady_clock::now();
  std::string_view const request = "GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Slow: "
                                   "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
  bool open = true;
  for (std::size_t i = 0; open && i < request.size(); ++i) {
    open = client.send(request.substr(i, 1));
    client.receive("never", std::chrono::milliseconds{100});
    open = open && !client.closed();
  }
  EXPECT_FALSE(open);
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds{6});
}

TEST_F(Hostile, a_slow_body_is_given_up) {
  RawClient client{server_.port()};
  client.send("POST /fhir/R4/Patient HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{");
  EXPECT_EQ(client.receive({}, std::chrono::seconds{6}), "");
  EXPECT_TRUE(client.closed());
}

TEST_F(Hostile, silence_is_given_up) {
  RawClient client{server_.port()};
  client.send("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_TRUE(client.receive("ok\"}").contains("200 OK"));
  EXPECT_EQ(client.receive({}, std::chrono::seconds{6}), "");
  EXPECT_TRUE(client.closed());
}

TEST_F(Hostile, more_connections_than_allowed) {
  std::vector<std::unique_ptr<RawClient>> clients;
  for (int i = 0; i < 64; ++i) {
    clients.push_back(std::make_unique<RawClient>(server_.port()));
    clients.back()->send("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_TRUE(clients.back()->receive("ok\"}").contains("200 OK"));
  }
  RawClient late{server_.port()};
  EXPECT_TRUE(late.receive().starts_with("HTTP/1.1 503 "));
  clients.clear();
  std::this_thread::sleep_for(std::chrono::milliseconds{200});
}

TEST_F(Hostile, a_client_that_does_not_read_is_given_up) {
  RawClient client{server_.port()};
  std::string requests;
  for (int i = 0; i < 200; ++i)
    requests += "GET /fhir/R4/metadata HTTP/1.1\r\nHost: a\r\n\r\n";
  client.send(requests);
  std::this_thread::sleep_for(std::chrono::seconds{5});
  client.receive({}, std::chrono::seconds{5});
  EXPECT_TRUE(client.closed());
}

} // namespace
} // namespace tripsis::test
