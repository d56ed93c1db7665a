// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// OpenSSL signs in DER, a JWT wants the two numbers side by side; that and base64url is all there is to the
// format.
#include "auth/token.hh"

#include "base/base64.hh"
#include "base/json/parse.hh"

#include <array>
#include <cerrno>
#include <charconv>
#include <fcntl.h>
#include <stdexcept>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

#include <fmt/format.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

namespace tripsis::auth {
namespace {

constexpr int half = 32; // bytes of each of the two numbers of a P-256 signature
constexpr std::string_view header_json = R"({"alg":"ES256","typ":"JWT"})";

template <auto Free>
struct Freer {
  template <class T>
  void operator()(T* p) const noexcept {
    Free(p);
  }
};
template <class T, auto Free>
using Owned = std::unique_ptr<T, Freer<Free>>;
using OwnedKey = Owned<EVP_PKEY, EVP_PKEY_free>;
using OwnedContext = Owned<EVP_MD_CTX, EVP_MD_CTX_free>;
using OwnedSignature = Owned<ECDSA_SIG, ECDSA_SIG_free>;
using OwnedBio = Owned<BIO, BIO_free_all>;

[[noreturn]] void broken(std::string_view what) {
  throw std::runtime_error{fmt::format("OpenSSL could not {}", what)};
}

unsigned char const* bytes(std::string_view text) {
  return reinterpret_cast<unsigned char const*>(text.data());
}

std::string read_whole(int file) {
  std::string text;
  std::array<char, 4096> part;
  for (ssize_t n; (n = ::read(file, part.data(), part.size())) > 0;)
    text.append(part.data(), static_cast<std::size_t>(n));
  return text;
}

std::string new_key_pem() {
  OwnedKey const key{EVP_EC_gen("P-256")};
  OwnedBio const out{BIO_new(BIO_s_mem())};
  if (!key || !out ||
      PEM_write_bio_PrivateKey(out.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1)
    broken("make a key");
  char* data = nullptr;
  auto const size = BIO_get_mem_data(out.get(), &data);
  return {data, static_cast<std::size_t>(size)};
}

/// Writes beside, then links: whoever comes second finds the first one's key.
void make_key_file(std::string const& file) {
  auto const beside = fmt::format("{}.{}", file, ::getpid());
  ::unlink(beside.c_str());
  int const out = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (out < 0)
    throw std::system_error{errno, std::generic_category(), "cannot make " + beside};
  auto const pem = new_key_pem();
  auto const written = ::write(out, pem.data(), pem.size());
  auto const synced = ::fsync(out);
  ::close(out);
  if (written != static_cast<ssize_t>(pem.size()) || synced != 0)
    throw std::system_error{errno, std::generic_category(), "cannot write " + beside};
  auto const linked = ::link(beside.c_str(), file.c_str());
  auto const error = errno;
  ::unlink(beside.c_str());
  if (linked != 0 && error != EEXIST)
    throw std::system_error{error, std::generic_category(), "cannot make " + file};
}

Instant from_seconds(std::int64_t seconds) {
  return Instant{std::chrono::seconds{seconds}};
}

std::int64_t to_seconds(Instant at) {
  return std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
}

std::optional<std::int64_t> find_integer(json::Value const& claims, std::string_view name) {
  auto const* value = claims.find(name);
  if (value == nullptr || !value->is_number())
    return std::nullopt;
  auto const& text = value->lexeme();
  std::int64_t number = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || number < 0 ||
      number > 253'402'300'799) // year 9999
    return std::nullopt;
  return number;
}

/// One answer for every way of being wrong: what exactly was wrong helps only who tries to forge one.
std::unexpected<Error> not_a_token() {
  return fail(Fault::Login, "The bearer token is not valid here.");
}

} // namespace

struct TokenKey::Key {
  OwnedKey pkey;

  std::string sign(std::string_view text) const {
    OwnedContext const context{EVP_MD_CTX_new()};
    std::size_t size = 0;
    std::string der;
    if (!context || EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, pkey.get()) != 1 ||
        EVP_DigestSign(context.get(), nullptr, &size, bytes(text), text.size()) != 1)
      broken("sign");
    der.resize(size);
    if (EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(der.data()), &size, bytes(text),
                       text.size()) != 1)
      broken("sign");
    auto const* at = bytes(der);
    OwnedSignature const signature{d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(size))};
    std::string raw(2 * half, '\0');
    auto* out = reinterpret_cast<unsigned char*>(raw.data());
    if (!signature || BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), out, half) != half ||
        BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), out + half, half) != half)
      broken("read its own signature");
    return raw;
  }

  bool verify(std::string_view text, std::string_view raw) const {
    if (raw.size() != 2 * half)
      return false;
    OwnedSignature const signature{ECDSA_SIG_new()};
    auto* r = BN_bin2bn(bytes(raw), half, nullptr);
    auto* s = BN_bin2bn(bytes(raw) + half, half, nullptr);
    if (!signature || ECDSA_SIG_set0(signature.get(), r, s) != 1)
      broken("hold a signature");
    unsigned char* der = nullptr;
    auto const size = i2d_ECDSA_SIG(signature.get(), &der);
    OwnedContext const context{EVP_MD_CTX_new()};
    auto const good =
        size > 0 && context &&
        EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, pkey.get()) == 1 &&
        EVP_DigestVerify(context.get(), der, static_cast<std::size_t>(size), bytes(text), text.size()) == 1;
    OPENSSL_free(der);
    return good;
  }
};

TokenKey::TokenKey(std::unique_ptr<Key> key) : key_{std::move(key)} {}
TokenKey::TokenKey(TokenKey&&) noexcept = default;
TokenKey& TokenKey::operator=(TokenKey&&) noexcept = default;
TokenKey::~TokenKey() = default;

TokenKey TokenKey::ensure(std::string const& file) {
  int in = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (in < 0 && errno == ENOENT) {
    make_key_file(file);
    in = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  }
  if (in < 0)
    throw std::system_error{errno, std::generic_category(), "cannot read " + file};
  auto const pem = read_whole(in);
  ::close(in);
  OwnedBio const bio{BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()))};
  OwnedKey key{PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr)};
  if (!key || EVP_PKEY_is_a(key.get(), "EC") != 1 || EVP_PKEY_get_bits(key.get()) != 256)
    throw std::runtime_error{
        file + " holds no P-256 key; restore it from a backup, or remove it (all bearer tokens end)"};
  return TokenKey{std::make_unique<Key>(std::move(key))};
}

std::string TokenKey::sign(Claims const& claims) const {
  auto body = json::object({{"iss", "tripsis"},
                            {"sub", json::Value{claims.subject}},
                            {"role", json::Value{role_name(claims.role)}},
                            {"iat", json::Value::integer(to_seconds(claims.issued))},
                            {"exp", json::Value::integer(to_seconds(claims.expires))},
                            {"jti", json::Value{claims.id}}});
  if (!claims.patient.empty())
    body.set("patient", claims.patient);
  auto text = base64_encode(header_json, Base64::Url) + "." + base64_encode(json::write(body), Base64::Url);
  auto const signature = key_->sign(text);
  return text + "." + base64_encode(signature, Base64::Url);
}

Result<Claims> TokenKey::verify(std::string_view token, Instant now) const {
  constexpr std::size_t longest = 2048;
  auto const first = token.find('.');
  auto const last = token.rfind('.');
  if (token.size() > longest || first == std::string_view::npos || first == last)
    return not_a_token();
  auto const header = base64_decode(token.substr(0, first), Base64::Url);
  auto const body = base64_decode(token.substr(first + 1, last - first - 1), Base64::Url);
  auto const signature = base64_decode(token.substr(last + 1), Base64::Url);
  if (!header || !body || !signature)
    return not_a_token();
  auto const parsed_header = json::parse(*header);
  // The allow-list of algorithms has one entry; "none" and HMAC with the public key have been the classic
  // ways in.
  if (!parsed_header || parsed_header->text("alg") != "ES256" ||
      !key_->verify(token.substr(0, last), *signature))
    return not_a_token();
  auto const claims = json::parse(*body);
  if (!claims)
    return not_a_token();
  auto const issued = find_integer(*claims, "iat");
  auto const expires = find_integer(*claims, "exp");
  auto const role = find_role(claims->text("role"));
  if (!issued || !expires || !role || claims->text("iss") != "tripsis" ||
      (*role == Role::Patient) == claims->text("patient").empty())
    return not_a_token();
  if (from_seconds(*expires) <= now)
    return fail(Fault::Login, "The bearer token's time is over; make a new one with `tripsis token`.");
  return Claims{std::string{claims->text("sub")},
                *role,
                from_seconds(*issued),
                from_seconds(*expires),
                std::string{claims->text("jti")},
                std::string{claims->text("patient")}};
}

} // namespace tripsis::auth
