// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "base/base64.hh"
#include "jobs/message.hh"
#include "jobs/outbox.hh"
#include "jobs/queue.hh"
#include "jobs/runner.hh"
#include "jobs/smtp.hh"
#include "support/fake_smtp.hh"
#include "support/temporary_folder.hh"

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace tripsis::jobs {
namespace {

Instant const start{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + std::chrono::hours{15}};
Sender const sender{"office@clinic.example", "A \"good\" practice"};

TEST(Addresses, are_plain_ones) {
  for (auto const* good : {"a@b.example", "first.last+tag@mail.example.org", "o'hara@b.example"})
    EXPECT_TRUE(is_mail_address(good)) << good;
  for (std::string const& bad :
       {std::string{}, std::string{"a"}, std::string{"@b.example"}, std::string{"a@"},
        std::string{"a@b@c.example"}, std::string{"a b@c.example"}, std::string{"a@b.example, c@d.example"},
        std::string{"<a@b.example>"}, std::string{"a@b.example\r\nBcc: c@d.example"},
        std::string{"a@b.example\n"}, std::string{"\"a\"@b.example"}, std::string{"a..b@c.example"},
        std::string{"a@.example"}, std::string{"a@b;c.example"}, std::string{"\xc3\xa4@b.example"},
        std::string(65, 'a') + "@b.example", "a@" + std::string(260, 'b')})
    EXPECT_FALSE(is_mail_address(bad)) << bad;
}

TEST(Messages, have_headers_that_nobody_can_add_to) {
  auto const good = compose({"a@b.example", "Hello", "Line 1\nLine 2\n"}, sender, start, "1");
  ASSERT_TRUE(good);
  EXPECT_EQ(*good, "Date: Mon, 23 Nov 2026 15:00:00 +0000\r\n"
                   "From: \"A \\\"good\\\" practice\" <office@clinic.example>\r\nTo: <a@b.example>\r\n"
                   "Subject: Hello\r\nMessage-ID: <1@clinic.example>\r\nMIME-Version: 1.0\r\n"
                   "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 7bit\r\n"
                   "Auto-Submitted: auto-generated\r\n\r\nLine 1\r\nLine 2\r\n");
  for (auto const& bad :
       {Mail{"a@b.example\r\nBcc: x@y.example", "s", "t"},
        Mail{"a@b.example", "s\r\nBcc: x@y.example", "t"}, Mail{"a@b.example", "s\nX: y", "t"},
        Mail{"a@b.example", std::string("s\0t", 3), "t"}})
    EXPECT_EQ(compose(bad, sender, start, "1").error().fault, Fault::Value);
  EXPECT_FALSE(
      compose({"a@b.example", "s", "t"}, {"office@clinic.example", "P\r\nBcc: x@y.example"}, start, "1"));
}

TEST(Messages, in_other_scripts_are_encoded) {
  std::string subject;
  for (int i = 0; i < 20; ++i)
    subject += "Übung ";
  auto const text = compose({"a@b.example", subject, "Grüße\n"}, sender, start, "1");
  ASSERT_TRUE(text);
  EXPECT_TRUE(std::ranges::all_of(*text, [](char c) { return static_cast<unsigned char>(c) < 0x80; }));
  std::string decoded;
  auto rest = std::string_view{*text};
  constexpr std::string_view begin = "=?utf-8?B?";
  for (auto at = rest.find(begin); at != std::string_view::npos; at = rest.find(begin)) {
    rest.remove_prefix(at + begin.size());
    auto const end = rest.find("?=");
    EXPECT_LE(begin.size() + end + 2, 75U);
    decoded += base64_decode(rest.substr(0, end), Base64::Standard).value_or("wrong");
  }
  EXPECT_EQ(decoded, subject);
  EXPECT_TRUE(text->contains(base64_encode("Grüße\r\n", Base64::Standard)));
}

class Jobs : public testing::Test {
protected:
  test::TemporaryFolder folder_;
  ManualClock clock_{start};
  SystemRandom random_;
  std::string file_ = folder_.path() + "/jobs.db";

  void wait(std::chrono::milliseconds time) { clock_.set(clock_.now() + time); }
};

TEST_F(Jobs, are_there_until_they_are_done) {
  {
    Queue queue{file_, clock_};
    queue.add({"a", {}, json::object({{"n", "1"}})});
    queue.add({"b", {}, json::object({{"n", "2"}})});
    EXPECT_EQ(queue.next()->what.text("n"), "1"); // and the program stops here
  }
  Queue queue{file_, clock_};
  auto const first = queue.next();
  ASSERT_TRUE(first);
  EXPECT_EQ(first->kind, "a");
  queue.done(first->id);
  EXPECT_EQ(queue.next()->kind, "b");
  EXPECT_EQ(queue.waiting(), 1);
}

TEST_F(Jobs, of_one_name_are_done_once) {
  Queue queue{file_, clock_};
  for (int i = 0; i < 3; ++i) {
    queue.add({"a", "a of x", json::Value{}});
    if (auto const job = queue.next())
      queue.done(job->id);
  }
  EXPECT_EQ(queue.waiting(), 0);
  queue.add({"a", "a of y", json::Value{}});
  EXPECT_EQ(queue.waiting(), 1);
}

TEST_F(Jobs, that_fail_are_tried_later_and_later_and_given_up_after_a_day) {
  Queue queue{file_, clock_};
  queue.add({"a", {}, json::Value{}});
  auto const begun = clock_.now();
  int tries = 0;
  auto last = begun;
  auto pause = std::chrono::milliseconds{0};
  while (queue.waiting() == 1) {
    auto const job = queue.next();
    if (!job) {
      wait(std::chrono::minutes{1});
      continue;
    }
    ++tries;
    EXPECT_GE(clock_.now() - last, pause);
    pause = clock_.now() - last;
    last = clock_.now();
    queue.failed(*job, Fault::Transient);
  }
  EXPECT_EQ(tries, 8);
  EXPECT_GE(last - begun, std::chrono::hours{24});
  EXPECT_EQ(queue.given_up(), 1);
  queue.add({"a", {}, json::Value{}});
  EXPECT_EQ(queue.failed(*queue.next(), Fault::Value), Queue::Then::GivenUp);
}

TEST_F(Jobs, are_done_by_the_runner_in_their_order) {
  Queue queue{file_, clock_};
  std::vector<std::string> done;
  auto fault = std::optional<Fault>{Fault::Transient};
  Runner runner{queue,
                {{"good",
                  [&](json::Value const& what) -> Result<> {
                    done.emplace_back(what.text("n"));
                    return {};
                  }},
                 {"bad", [&](json::Value const&) -> Result<> {
                    if (fault)
                      return fail(*fault, "not now");
                    done.emplace_back("bad");
                    return {};
                  }}}};
  queue.add({"bad", {}, json::Value{}});
  queue.add({"unknown", {}, json::Value{}});
  queue.add({"good", {}, json::object({{"n", "1"}})});
  runner.run_due();
  EXPECT_EQ(done, std::vector<std::string>{"1"});
  EXPECT_EQ(queue.given_up(), 1);
  fault.reset();
  wait(std::chrono::minutes{1});
  runner.run_due();
  EXPECT_EQ(done, (std::vector<std::string>{"1", "bad"}));
}

TEST_F(Jobs, whose_handler_throws_are_tried_again_and_stop_nothing) {
  Queue queue{file_, clock_};
  std::atomic<int> thrown = 0;
  Runner runner{queue, {{"throws", [&](json::Value const&) -> Result<> {
                           ++thrown;
                           throw std::runtime_error{"the disk is broken"};
                         }}}};
  queue.add({"throws", {}, json::Value{}});
  EXPECT_THROW(runner.run_due(), std::runtime_error);
  runner.run_due(); // puts it off
  EXPECT_EQ(thrown, 1);
  EXPECT_EQ(queue.waiting(), 1);
  wait(std::chrono::minutes{1});
  EXPECT_THROW(runner.run_due(), std::runtime_error);
}

TEST_F(Jobs, are_done_by_a_thread_that_stops_when_it_is_told) {
  Queue queue{file_, clock_};
  std::atomic<int> done = 0;
  {
    Runner runner{queue, {{"a", [&](json::Value const&) -> Result<> {
                             ++done;
                             done.notify_all();
                             return {};
                           }}}};
    runner.start();
    queue.add({"a", {}, json::Value{}});
    done.wait(0);
  }
  EXPECT_EQ(done, 1);
}

TEST_F(Jobs, mails_become_files_without_a_server) {
  Outbox outbox{folder_.path() + "/outbox", sender, clock_, random_};
  ASSERT_TRUE(outbox.send({"a@b.example", "Hello", "https://clinic.example/portal/enter#KEY\n"}));
  ASSERT_TRUE(outbox.send({"a@b.example", "Hello", "again\n"}));
  EXPECT_FALSE(outbox.send({"nobody", "Hello", "text\n"}));
  int files = 0;
  bool found = false;
  for (auto const& entry : std::filesystem::directory_iterator{folder_.path() + "/outbox"}) {
    ++files;
    EXPECT_EQ(entry.path().extension(), ".eml");
    std::ifstream in{entry.path()};
    std::string const text{std::istreambuf_iterator<char>{in}, {}};
    found = found || text.contains("\r\n\r\nhttps://clinic.example/portal/enter#KEY\r\n");
  }
  EXPECT_EQ(files, 2);
  EXPECT_TRUE(found);
}

TEST_F(Jobs, mails_travel_by_smtp) {
  test::FakeSmtp server;
  SmtpMailer mailer{{fmt::format("smtp://127.0.0.1:{}", server.port()), {}, {}}, sender, clock_, random_};
  auto const sent =
      mailer.send({"a@b.example", "Hello", "One\n.Two\nhttps://clinic.example/portal/enter#KEY\n"});
  ASSERT_TRUE(sent) << sent.error().what;
  auto const received = server.received();
  ASSERT_EQ(received.size(), 1U);
  EXPECT_EQ(received[0].from, "<office@clinic.example>");
  EXPECT_EQ(received[0].to, "<a@b.example>");
  EXPECT_TRUE(received[0].data.contains("\r\nSubject: Hello\r\n")) << received[0].data;
  EXPECT_TRUE(received[0].data.ends_with("\r\nOne\r\n..Two\r\nhttps://clinic.example/portal/enter#KEY"))
      << received[0].data;
}

TEST_F(Jobs, mails_that_the_server_refuses_are_told_apart) {
  test::FakeSmtp server;
  SmtpMailer mailer{{fmt::format("smtp://127.0.0.1:{}", server.port()), {}, {}}, sender, clock_, random_};
  server.answer_recipients("550 no such user");
  auto const refused = mailer.send({"a@b.example", "Hello", "text\n"});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().fault, Fault::Value);
  EXPECT_FALSE(refused.error().what.contains("b.example"));
  server.answer_recipients("451 later");
  EXPECT_EQ(mailer.send({"a@b.example", "Hello", "text\n"}).error().fault, Fault::Transient);
  EXPECT_TRUE(server.received().empty());
}

TEST_F(Jobs, mails_wait_when_there_is_no_server) {
  std::uint16_t port = 0;
  {
    test::FakeSmtp gone;
    port = gone.port();
  }
  SmtpMailer mailer{{fmt::format("smtp://127.0.0.1:{}", port), {}, {}}, sender, clock_, random_};
  EXPECT_EQ(mailer.send({"a@b.example", "Hello", "text\n"}).error().fault, Fault::Transient);
}

TEST(Smtp, is_open_to_this_machine_only_without_encryption) {
  for (auto const* here : {"smtp://localhost:25", "smtp://127.0.0.1", "smtp://[::1]:2525"})
    EXPECT_TRUE(is_loopback(here)) << here;
  for (auto const* elsewhere : {"smtp://mail.example", "smtp://127.0.0.1.example:25", "smtp://127.example",
                                "smtp://localhost.example", "smtp://[::2]"})
    EXPECT_FALSE(is_loopback(elsewhere)) << elsewhere;
  EXPECT_EQ(parse_smtp("mail.example:587").value(), "smtp://mail.example:587");
  EXPECT_EQ(parse_smtp("smtps://mail.example").value(), "smtps://mail.example");
  for (auto const* bad : {"", "http://mail.example", "smtp://", "mail example", "smtp://user@mail.example"})
    EXPECT_FALSE(parse_smtp(bad)) << bad;
}

} // namespace
} // namespace tripsis::jobs
