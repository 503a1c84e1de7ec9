// The bytes of a pickle, taken one after the other: what follows an instruction.
#pragma once

#include "engine/pickle.hpp"

#include <optional>

namespace ostrich::engine {

/// Its first error stays; from then on all it gives is zeros and empty texts.
class PickleBytes {
public:
    /// `source` and `where` outlive it.
    PickleBytes(const ByteSource &source, std::uint64_t position, const std::string &where);

    std::uint64_t position() const { return m_position; }
    const std::optional<Error> &error() const { return m_error; }

    std::uint8_t byte();
    std::uint64_t natural(std::size_t count); // of at most 8 bytes, the lowest first
    std::string bytes(std::uint64_t count);
    std::string line(); // to the next line break, which is taken too

private:
    void fail(const char *id);
    void take(char *to, std::size_t count);
    void fillBuffer();

    const ByteSource &m_source;
    const std::string &m_where;
    std::uint64_t m_position;
    std::uint64_t m_textBytes = 0;
    std::string m_buffer; // of the source, from m_bufferBegin on
    std::uint64_t m_bufferBegin = 0;
    std::optional<Error> m_error;
};

} // namespace ostrich::engine
