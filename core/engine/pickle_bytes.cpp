// Buffered reading with limits: no length that a file announces is believed.
#include "engine/pickle_bytes.hpp"

#include <algorithm>
#include <cstring>

namespace ostrich::engine {

namespace {

constexpr std::uint64_t kMaxTextBytes = 64'000'000;
constexpr std::size_t kMaxLine = 1'000;
constexpr std::uint64_t kBufferBytes = 1 << 14;

} // namespace

PickleBytes::PickleBytes(const ByteSource &source, std::uint64_t position, const std::string &where)
    : m_source(source), m_where(where), m_position(position)
{
    if (position > source.size) fail("engine.torch_short");
}

std::uint8_t PickleBytes::byte()
{
    return static_cast<std::uint8_t>(natural(1));
}

std::uint64_t PickleBytes::natural(std::size_t count)
{
    std::uint64_t value = 0; // the machine's own order is the file's: see safetensors.cpp
    take(reinterpret_cast<char *>(&value), count);
    return value;
}

std::string PickleBytes::bytes(std::uint64_t count)
{
    if (m_error) return {};
    if (count > m_source.size - m_position) {
        fail("engine.torch_short");
        return {};
    }
    m_textBytes += count;
    if (m_textBytes > kMaxTextBytes) {
        fail("engine.pickle_large");
        return {};
    }
    std::string value(count, '\0');
    take(value.data(), value.size());
    return value;
}

std::string PickleBytes::line()
{
    std::string words;
    while (!m_error) {
        const char c = static_cast<char>(byte());
        if (c == '\n') break;
        words += c;
        if (words.size() > kMaxLine) fail("engine.pickle_large");
    }
    return words;
}

void PickleBytes::fail(const char *id)
{
    if (!m_error) m_error = Error{m_where, {id, {}}, {"engine.torch_hint", {}}};
}

void PickleBytes::take(char *to, std::size_t count)
{
    if (!m_error && count > m_source.size - m_position) fail("engine.torch_short");
    while (!m_error && count > 0) {
        if (m_position >= m_bufferBegin + m_buffer.size()) fillBuffer();
        if (m_error) break;
        const std::size_t place = m_position - m_bufferBegin;
        const std::size_t part = std::min(count, m_buffer.size() - place);
        std::memcpy(to, m_buffer.data() + place, part);
        to += part;
        count -= part;
        m_position += part;
    }
}

void PickleBytes::fillBuffer()
{
    m_buffer.resize(std::min(kBufferBytes, m_source.size - m_position));
    m_bufferBegin = m_position;
    const auto read = m_source.read(m_position, m_buffer.data(), m_buffer.size());
    if (!read) m_error = read.error();
}

} // namespace ostrich::engine
