// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/body_codec.hh"

#include <stdexcept>
#include <zdict.h>
#include <zstd.h>

namespace tripsis::store::sqlite {

namespace {

constexpr int level = 1;
constexpr std::size_t dictionary_size = 64 * 1024;
constexpr std::size_t largest_tail = 256 * 1024 * 1024; ///< A frame that claims more is damaged.
constexpr char plain = 0;
constexpr char zstd = 1;

template <auto Free>
struct Freer {
  template <class T>
  void operator()(T* pointer) const {
    Free(pointer);
  }
};

// zstd's working memory is large and not thread-safe: one a thread.
ZSTD_CCtx* compressor() {
  thread_local std::unique_ptr<ZSTD_CCtx, Freer<ZSTD_freeCCtx>> const context = [] {
    std::unique_ptr<ZSTD_CCtx, Freer<ZSTD_freeCCtx>> made{ZSTD_createCCtx()};
    ZSTD_CCtx_setParameter(made.get(), ZSTD_c_compressionLevel, level);
    ZSTD_CCtx_setParameter(made.get(), ZSTD_c_dictIDFlag, 0);
    return made;
  }();
  return context.get();
}

ZSTD_DCtx* decompressor() {
  thread_local std::unique_ptr<ZSTD_DCtx, Freer<ZSTD_freeDCtx>> const context{ZSTD_createDCtx()};
  return context.get();
}

} // namespace

struct BodyCodec::Dictionary {
  explicit Dictionary(std::string_view bytes)
      : compress{ZSTD_createCDict(bytes.data(), bytes.size(), level)},
        decompress{ZSTD_createDDict(bytes.data(), bytes.size())} {}
  std::unique_ptr<ZSTD_CDict, Freer<ZSTD_freeCDict>> compress;
  std::unique_ptr<ZSTD_DDict, Freer<ZSTD_freeDDict>> decompress;
};

BodyCodec::BodyCodec() = default;
BodyCodec::~BodyCodec() = default;

std::string BodyCodec::encode(std::string_view tail) const {
  auto const number = newest();
  auto* context = compressor();
  ZSTD_CCtx_refCDict(context, number != 0
                                  ? dictionaries_[static_cast<std::size_t>(number)].load()->compress.get()
                                  : nullptr);
  std::string out(1 + ZSTD_compressBound(tail.size()), '\0');
  auto const size = ZSTD_compress2(context, out.data() + 1, out.size() - 1, tail.data(), tail.size());
  if (ZSTD_isError(size) != 0 || size >= tail.size()) {
    out.assign(1, plain);
    out.append(tail);
    return out;
  }
  out.front() = number != 0 ? static_cast<char>(number) : zstd;
  out.resize(1 + size);
  out.shrink_to_fit();
  return out;
}

std::string BodyCodec::decode(std::string_view body) const {
  auto tail = try_decode(body);
  if (!tail)
    throw std::runtime_error{"a stored body cannot be read: tripsis.db is damaged"};
  return *std::move(tail);
}

std::optional<std::string> BodyCodec::try_decode(std::string_view body) const {
  if (body.empty())
    return std::nullopt;
  auto const number = static_cast<unsigned char>(body.front());
  body.remove_prefix(1);
  if (number == plain)
    return std::string{body};
  auto const size = ZSTD_getFrameContentSize(body.data(), body.size());
  auto const* dictionary = dictionaries_[number].load(std::memory_order_acquire);
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > largest_tail ||
      (number >= first_dictionary && dictionary == nullptr))
    return std::nullopt;
  std::string out(size, '\0');
  auto const got =
      dictionary != nullptr
          ? ZSTD_decompress_usingDDict(decompressor(), out.data(), out.size(), body.data(), body.size(),
                                       dictionary->decompress.get())
          : ZSTD_decompressDCtx(decompressor(), out.data(), out.size(), body.data(), body.size());
  if (ZSTD_isError(got) != 0 || got != size)
    return std::nullopt;
  return out;
}

void BodyCodec::add_dictionary(int number, std::string_view bytes) {
  std::scoped_lock const lock{adding_};
  auto const place = static_cast<std::size_t>(number);
  owned_.at(place) = std::make_unique<Dictionary const>(bytes);
  dictionaries_[place].store(owned_[place].get(), std::memory_order_release);
  if (number > newest_.load())
    newest_.store(number, std::memory_order_release);
}

std::string BodyCodec::train(std::vector<std::string> const& tails) {
  std::string samples;
  std::vector<std::size_t> sizes;
  sizes.reserve(tails.size());
  for (auto const& tail : tails) {
    samples += tail;
    sizes.push_back(tail.size());
  }
  std::string out(dictionary_size, '\0');
  auto const size = ZDICT_trainFromBuffer(out.data(), out.size(), samples.data(), sizes.data(),
                                          static_cast<unsigned>(sizes.size()));
  if (ZDICT_isError(size) != 0)
    return {};
  out.resize(size);
  return out;
}

} // namespace tripsis::store::sqlite
