// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The only file with Asio and Beast. Each I/O thread has its own loop, and a connection lives on one loop
// for its whole life, so nothing here needs a lock. A connection is a small state machine with callbacks:
// that costs no coroutine frames, and nothing that a compiler could destroy twice.
#include "http/server.hh"

#include "base/log.hh"
#include "http/workers.hh"

#include <array>
#include <atomic>
#include <cstring>
#include <ctime>
#include <optional>
#include <sys/resource.h>
#include <thread>
#include <unordered_set>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/status.hpp>
#include <fmt/format.h>

namespace tripsis::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::ip::tcp;
using SteadyClock = std::chrono::steady_clock;
using boost::system::error_code;

constexpr std::size_t read_bytes = 16 * 1024;  // at least so much room for each read
constexpr std::chrono::seconds linger_time{5}; // how long a refused client may go on sending unread
constexpr std::chrono::seconds sweep_time{1};  // how often deadlines are looked at
constexpr std::chrono::milliseconds stop_sweep_time{20};

/// Fills a rest::Request while Beast checks the grammar (https://www.rfc-editor.org/rfc/rfc9112).
class Parser final : public beast::http::basic_parser<true> {
public:
  Parser(rest::Request& request, Limits const& limits) : request_{request} {
    eager(true);
    header_limit(static_cast<std::uint32_t>(
        limits.header_bytes)); // of what it holds at a time: fields that came before do not count
    header_bytes_left_ = limits.header_bytes;
    body_limit(limits.body_bytes);
  }
  bool expects_continue() const { return expects_continue_; }
  bool has_unknown_coding() const { return has_coding_ && !chunked(); }

private:
  using View = beast::string_view;
  void on_request_impl(beast::http::verb, View method, View target, int, error_code&) override {
    request_.method.assign(method.data(), method.size());
    request_.target.assign(target.data(), target.size());
  }
  void on_response_impl(int, View, int, error_code&) override {}
  void on_field_impl(beast::http::field name, View name_text, View value, error_code& error) override {
    constexpr std::size_t punctuation = 4; // ": " and the end of the line
    auto const size = name_text.size() + value.size() + punctuation;
    if (size > header_bytes_left_) {
      error = beast::http::error::header_limit;
      return;
    }
    header_bytes_left_ -= size;
    if (name == beast::http::field::expect)
      expects_continue_ = rest::same_ignoring_case({value.data(), value.size()}, "100-continue");
    has_coding_ |= name == beast::http::field::transfer_encoding;
    request_.headers.emplace_back(std::string_view{name_text.data(), name_text.size()},
                                  std::string_view{value.data(), value.size()});
  }
  void on_header_impl(error_code&) override {}
  void on_body_init_impl(boost::optional<std::uint64_t> const&, error_code&) override {}
  std::size_t on_body_impl(View body, error_code&) override {
    request_.body.append(body.data(), body.size());
    return body.size();
  }
  void on_chunk_header_impl(std::uint64_t, View, error_code&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, View body, error_code&) override {
    request_.body.append(body.data(), body.size());
    return body.size();
  }
  void on_finish_impl(error_code&) override {}

  rest::Request& request_;
  std::size_t header_bytes_left_ = 0;
  bool expects_continue_ = false;
  bool has_coding_ = false;
};

/// "Date: Sun, 22 Nov 2026 10:20:30 GMT\r\n" (https://www.rfc-editor.org/rfc/rfc9110#section-6.6.1)
std::string date_line() {
  auto const now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  std::array<char, 64> text{};
  auto const size = std::strftime(text.data(), text.size(), "Date: %a, %d %b %Y %H:%M:%S GMT\r\n", &parts);
  return {text.data(), size};
}

class Connection;

/// One thread's event loop and the connections that live on it.
struct Loop {
  explicit Loop(Limits const& limits_) : limits{limits_} {}
  Limits const& limits;
  std::unordered_set<Connection*> connections; // before the context, whose end lets the last connections go
  std::string date = date_line();
  std::optional<SteadyClock::time_point> stop_until; // set once the server is told to stop
  asio::io_context context{1};
  asio::executor_work_guard<asio::io_context::executor_type> guard = asio::make_work_guard(context);
  asio::steady_timer timer{context};
};

/// What all connections share.
struct Shared {
  Shared(Limits const& limits_, Handler& handler_) : limits{limits_}, handler{handler_} {}
  Limits limits;
  Handler& handler;
  std::atomic<std::size_t> open = 0;
  std::optional<Workers> workers{std::in_place, limits.workers, limits.waiting};
};

enum class Phase : unsigned char {
  Idle,      ///< Waits for the first byte of a request
  Reading,   ///< Has some of it
  Answering, ///< A worker has it
  Writing,
  Lingering, ///< Refused: reads and forgets, so that the client gets to see why
};

class Connection : public std::enable_shared_from_this<Connection> {
public:
  Connection(tcp::socket socket, Loop& loop, Shared& shared)
      : socket_{std::move(socket)}, loop_{loop}, shared_{shared} {
    error_code ignored;
    socket_.set_option(tcp::no_delay{true}, ignored);
    socket_.non_blocking(true, ignored);
    auto const peer = socket_.remote_endpoint(ignored);
    peer_ = ignored ? std::string{} : peer.address().to_string();
    loop_.connections.insert(this);
  }
  ~Connection() {
    loop_.connections.erase(this);
    --shared_.open;
  }
  Connection(Connection const&) = delete;
  Connection& operator=(Connection const&) = delete;

  void start() {
    begin_request();
    deadline_ = SteadyClock::now() + shared_.limits.header_time;
    read();
  }
  /// Closes where time is up. Called once a sweep.
  void sweep(SteadyClock::time_point now) {
    if (now > deadline_)
      close();
  }
  /// The server stops: what waits for a request is closed, what is under way is finished.
  void wind_down() {
    if (phase_ == Phase::Idle || phase_ == Phase::Lingering)
      close();
  }

private:
  void close() {
    error_code ignored;
    socket_.close(ignored);
  }

  void begin_request() {
    request_.method.clear();
    request_.target.clear();
    request_.headers.clear();
    request_.body.clear();
    request_.peer = peer_;
    parser_.emplace(request_, shared_.limits);
    continued_ = false;
    header_seen_ = false;
    phase_ = Phase::Idle;
    deadline_ = SteadyClock::now() + shared_.limits.idle_time;
  }

  void read() {
    if (input_.size() - filled_ < read_bytes)
      input_.resize(filled_ + read_bytes);
    socket_.async_read_some(asio::buffer(input_.data() + filled_, input_.size() - filled_),
                            [self = shared_from_this()](error_code const& error, std::size_t count) {
                              if (error)
                                return; // gone, or closed by a sweep: the last reference goes here
                              self->filled_ += count;
                              self->advance();
                            });
  }

  /// Answers whole requests as long as there are any and nobody has to be waited for.
  void advance() {
    if (phase_ == Phase::Lingering) {
      filled_ = 0;
      return read();
    }
    while (parse()) {
      if (shared_.handler.place(request_) == Place::Worker)
        return hand_over();
      if (!send(shared_.handler.answer(request_)))
        return;
    }
  }

  /// True when a whole request is there. Otherwise more bytes have been asked for, or the client was
  /// refused.
  bool parse() {
    if (filled_ == 0) {
      read();
      return false;
    }
    if (phase_ == Phase::Idle) {
      phase_ = Phase::Reading;
      deadline_ = SteadyClock::now() + shared_.limits.header_time;
    }
    error_code error;
    auto const used = parser_->put(asio::const_buffer{input_.data(), filled_}, error);
    filled_ -= used;
    if (filled_ > 0)
      std::memmove(input_.data(), input_.data() + used, filled_);
    if (error && error != beast::http::error::need_more) {
      refuse(error);
      return false;
    }
    if (parser_->is_header_done() && !header_seen_) {
      header_seen_ = true;
      deadline_ = SteadyClock::now() + shared_.limits.body_time;
      if (parser_->has_unknown_coding()) {
        refuse(501, "This transfer coding is not offered; send the body plain or chunked.");
        return false;
      }
    }
    if (parser_->is_done())
      return true;
    if (header_seen_ && parser_->expects_continue() && !continued_)
      invite_body();
    else
      read();
    return false;
  }

  /// https://www.rfc-editor.org/rfc/rfc9110#section-10.1.1
  void invite_body() {
    static constexpr std::string_view invitation = "HTTP/1.1 100 Continue\r\n\r\n";
    continued_ = true;
    asio::async_write(socket_, asio::buffer(invitation),
                      [self = shared_from_this()](error_code const& error, std::size_t) {
                        if (!error)
                          self->advance();
                      });
  }

  void refuse(error_code const& broken) {
    using beast::http::error;
    if (broken == error::body_limit)
      return refuse(413, fmt::format("The body is larger than {} bytes.", shared_.limits.body_bytes));
    if (broken == error::header_limit)
      return refuse(431, fmt::format("The headers are larger than {} bytes.", shared_.limits.header_bytes));
    refuse(400, fmt::format("Not a request of HTTP/1.1: {}.", broken.message()));
  }
  void refuse(int status, std::string_view why) {
    refused_ = true;
    if (request_.method.empty())
      request_.method = "GET";
    send(shared_.handler.refuse(status, why));
  }

  void hand_over() {
    phase_ = Phase::Answering;
    deadline_ = SteadyClock::time_point::max();
    auto work = [self = shared_from_this()]() mutable {
      auto response = self->shared_.handler.answer(self->request_);
      auto& context = self->loop_.context;
      asio::post(context, [self = std::move(self), response = std::move(response)]() mutable {
        if (self->send(std::move(response)))
          self->advance();
      });
    };
    if (!shared_.workers->offer(std::move(work)))
      if (send(shared_.handler.refuse(503, "Too many requests wait already; try again shortly.")))
        advance();
  }

  void write_head() {
    auto const reason = beast::http::obsolete_reason(static_cast<beast::http::status>(response_.status));
    head_.clear();
    fmt::format_to(std::back_inserter(head_), "HTTP/1.1 {} {}\r\n", response_.status,
                   std::string_view{reason.data(), reason.size()});
    head_ += loop_.date;
    for (auto const& [name, value] : response_.headers)
      head_.append(name).append(": ").append(value).append("\r\n");
    if (response_.status != 204 && response_.status != 304)
      fmt::format_to(std::back_inserter(head_), "Content-Length: {}\r\n", response_.content().size());
    if (last_)
      head_ += "Connection: close\r\n";
    head_ += "\r\n";
  }

  /// True when all was sent at once and the next request may be looked at; otherwise the rest follows
  /// later, or it was the last.
  bool send(rest::Response response) {
    response_ = std::move(response);
    last_ = refused_ || loop_.stop_until || !parser_->is_header_done() || !parser_->keep_alive();
    write_head();
    auto const bodyless = request_.method == "HEAD" || response_.status == 204 || response_.status == 304;
    auto body = bodyless ? std::string_view{} : response_.content();
    if (body.size() <= read_bytes) { // one buffer is cheaper than two
      head_ += body;
      body = {};
    }
    std::array<asio::const_buffer, 2> const buffers{asio::buffer(head_), asio::buffer(body)};
    error_code error;
    auto const sent = socket_.write_some(buffers, error);
    if (error && error != asio::error::would_block) {
      close();
      return false;
    }
    if (sent == head_.size() + body.size())
      return sent_all();
    phase_ = Phase::Writing;
    deadline_ = SteadyClock::now() + shared_.limits.idle_time;
    send_rest(body, error ? 0 : sent);
    return false;
  }

  void send_rest(std::string_view body, std::size_t sent) {
    auto const in_head = std::min(sent, head_.size());
    auto const in_body = sent - in_head;
    std::array<asio::const_buffer, 2> const buffers{
        asio::buffer(head_.data() + in_head, head_.size() - in_head),
        asio::buffer(body.data() + in_body, body.size() - in_body)};
    socket_.async_write_some(
        buffers, [self = shared_from_this(), body, sent](error_code const& error, std::size_t count) {
          if (error)
            return;
          if (sent + count < self->head_.size() + body.size()) {
            self->deadline_ = SteadyClock::now() + self->shared_.limits.idle_time; // it reads on, if slowly
            return self->send_rest(body, sent + count);
          }
          if (self->sent_all())
            self->advance();
        });
  }

  bool sent_all() {
    response_ = {};
    if (!last_) {
      begin_request();
      return true;
    }
    if (!refused_ && filled_ == 0) {
      close();
      return false;
    }
    // Closing with unread bytes would make the kernel reset the connection, and the answer could be lost
    // with it.
    error_code ignored;
    socket_.shutdown(tcp::socket::shutdown_send, ignored);
    phase_ = Phase::Lingering;
    deadline_ = SteadyClock::now() + linger_time;
    request_ = {};
    filled_ = 0;
    read();
    return false;
  }

  tcp::socket socket_;
  Loop& loop_;
  Shared& shared_;
  std::string peer_;
  std::vector<char> input_;
  std::size_t filled_ = 0; // bytes of input_ that the parser has not taken
  std::optional<Parser> parser_;
  rest::Request request_;
  rest::Response response_;
  std::string head_;
  SteadyClock::time_point deadline_;
  Phase phase_ = Phase::Idle;
  bool header_seen_ = false;
  bool continued_ = false;
  bool refused_ = false;
  bool last_ = false;
};

void keep_sweeping(Loop& loop) {
  loop.timer.expires_after(loop.stop_until ? std::chrono::milliseconds{stop_sweep_time} : sweep_time);
  loop.timer.async_wait([&loop](error_code const& error) {
    if (error)
      return;
    auto const now = SteadyClock::now();
    loop.date = date_line();
    for (auto* connection : loop.connections)
      connection->sweep(now);
    if (loop.stop_until && loop.connections.empty())
      return loop.guard.reset();
    if (loop.stop_until && now > *loop.stop_until)
      return loop.context.stop();
    keep_sweeping(loop);
  });
}

/// As many files as the system lets us have: each connection is one.
void raise_file_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
  }
}

} // namespace

struct Server::State {
  State(std::string const& address, std::uint16_t port, Limits const& limits, Handler& handler)
      : shared{limits, handler} {
    raise_file_limit();
    for (std::size_t i = 0; i < std::max<std::size_t>(limits.io_threads, 1); ++i)
      loops.push_back(std::make_unique<Loop>(shared.limits));
    listen(address, port);
    retry.emplace(loops.front()->context);
  }

  void listen(std::string const& address, std::uint16_t port) {
    error_code error;
    tcp::endpoint const endpoint{asio::ip::make_address(address, error), port};
    acceptor.emplace(loops.front()->context);
    auto const tried = [&](auto const& step) {
      if (!error)
        step();
    };
    tried([&] { acceptor->open(endpoint.protocol(), error); });
    tried([&] { acceptor->set_option(tcp::acceptor::reuse_address{true}, error); });
    tried([&] { acceptor->bind(endpoint, error); });
    tried([&] { acceptor->listen(asio::socket_base::max_listen_connections, error); });
    if (error)
      throw std::runtime_error{
          fmt::format("{}:{} cannot be listened to: {}. Choose another address with --listen.", address,
                      port, error.message())};
  }

  ~State() { shared.workers.reset(); } // they post to the loops
  State(State const&) = delete;
  State& operator=(State const&) = delete;

  void accept() {
    auto& loop = *loops[next++ % loops.size()];
    acceptor->async_accept(loop.context, [this, &loop](error_code const& error, tcp::socket socket) {
      if (!acceptor->is_open())
        return;
      if (error) { // out of files, most likely: let some connections end first
        retry->expires_after(std::chrono::milliseconds{100});
        retry->async_wait([this](error_code const& cancelled) {
          if (!cancelled && acceptor->is_open())
            accept();
        });
        return;
      }
      welcome(loop, std::move(socket));
      accept();
    });
  }

  void welcome(Loop& loop, tcp::socket socket) {
    if (++shared.open > shared.limits.connections) {
      static constexpr std::string_view full = "HTTP/1.1 503 Service Unavailable\r\nRetry-After: "
                                               "1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
      error_code ignored;
      socket.non_blocking(true, ignored);
      socket.write_some(asio::buffer(full), ignored);
      --shared.open;
      return;
    }
    asio::post(loop.context, [this, &loop, socket = std::move(socket)]() mutable {
      auto const connection = std::make_shared<Connection>(std::move(socket), loop, shared);
      if (!loop.stop_until)
        connection->start();
    });
  }

  void stop() {
    asio::post(loops.front()->context, [this] {
      error_code ignored;
      acceptor->close(ignored);
      retry->cancel();
      if (signals)
        signals->cancel(ignored);
    });
    for (auto const& loop : loops)
      asio::post(loop->context, [&loop = *loop] {
        if (loop.stop_until)
          return;
        loop.stop_until = SteadyClock::now() + loop.limits.stop_time;
        for (auto* connection : loop.connections)
          connection->wind_down();
        loop.timer.cancel();
        keep_sweeping(loop);
      });
  }

  Shared shared;
  std::vector<std::unique_ptr<Loop>> loops;
  std::optional<tcp::acceptor> acceptor;
  std::optional<asio::steady_timer> retry;
  std::optional<asio::signal_set> signals;
  std::size_t next = 0;
};

Server::Server(std::string const& address, std::uint16_t port, Limits limits, Handler& handler)
    : state_{std::make_unique<State>(address, port, limits, handler)} {}

Server::~Server() = default;

std::uint16_t Server::port() const noexcept {
  error_code ignored;
  return state_->acceptor->local_endpoint(ignored).port();
}

void Server::stop_on_signals() {
  state_->signals.emplace(state_->loops.front()->context, SIGTERM, SIGINT);
  state_->signals->async_wait([this](error_code const& error, int) {
    if (!error)
      stop();
  });
}

void Server::run() {
  for (auto const& loop : state_->loops)
    keep_sweeping(*loop);
  state_->accept();
  std::vector<std::jthread> threads;
  for (std::size_t i = 1; i < state_->loops.size(); ++i)
    threads.emplace_back([&loop = *state_->loops[i]] { loop.context.run(); });
  state_->loops.front()->context.run();
}

void Server::stop() {
  state_->stop();
}

} // namespace tripsis::http
