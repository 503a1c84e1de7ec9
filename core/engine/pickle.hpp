// Pickles as data: what a PyTorch state dict's description says, read without running any of it. A
// call in the file is kept as the words of a call; only those that describe tensors are accepted.
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <vector>

namespace ostrich::engine {

/// Bytes read in parts: a file, or a stretch of one.
struct ByteSource {
    std::uint64_t size = 0;
    /// Bytes `offset` .. `offset + count` to `to`.
    std::function<Result<void>(std::uint64_t offset, char *to, std::size_t count)> read;
};

/// A value's place in Pickle::values. Values may share parts, and even contain themselves: who
/// walks through them bounds the walk.
using PickleId = std::uint32_t;

struct PickleValue {
    enum class Kind : std::uint8_t {
        None,
        Bool,       // integer
        Int,        // integer
        BigInt,     // text: its digits, or its bytes from the lowest (two's complement)
        Float,      // real
        Text,       // text: UTF-8 where the writer was Python 3, unchecked
        Bytes,      // text
        Tuple,      // items
        List,       // items
        Dict,       // items: key, value, key, value ...; a later key replaces an earlier one
        Global,     // text: "torch.FloatStorage"
        Persistent, // items[0]: the words that name something outside the pickle
        Call,       // items[0]: a Global, items[1]: a Tuple of arguments
    };
    Kind kind = Kind::None;
    std::int64_t integer = 0;
    double real = 0;
    std::string text = {};
    std::vector<PickleId> items = {};
};

struct Pickle {
    std::deque<PickleValue> values;
    PickleId root = 0;
    std::uint64_t end = 0; // the byte after the pickle

    const PickleValue &at(PickleId id) const { return values[id]; }
};

/// Reads one pickle (protocols 1 to 5) that begins at `position`. Bounded in time and memory
/// whatever the bytes are: at most 10 million instructions, 2 million values, 64 MB of text.
/// Errors, about `where`: the file wants to call anything but what rebuilds tensors (named); an
/// instruction that state dicts do not need (named); broken or cut off; beyond those bounds.
Result<Pickle> readPickle(const ByteSource &source, std::uint64_t position,
                          const std::string &where);

/// Words from a file as an error may show them: at most 80 characters, printable ASCII, "?" for the
/// rest.
std::string shownWords(const std::string &words);

} // namespace ostrich::engine
