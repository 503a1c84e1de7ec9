// A folder that goes with the test, and the files that sources read written into it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>

#include <unistd.h>
#include <zlib.h>

namespace ostrich::test {

class ScratchFolder {
public:
    explicit ScratchFolder(const std::string &name)
        : m_path(std::filesystem::temp_directory_path()
                 / ("ostrich-test-" + name + "-" + std::to_string(::getpid())))
    {
        std::filesystem::remove_all(m_path);
        std::filesystem::create_directories(m_path);
    }
    ~ScratchFolder()
    {
        std::error_code ignored;
        std::filesystem::remove_all(m_path, ignored);
    }
    ScratchFolder(const ScratchFolder &) = delete;
    ScratchFolder &operator=(const ScratchFolder &) = delete;

    const std::filesystem::path &path() const { return m_path; }
    std::filesystem::path write(const std::string &name, const std::string &bytes) const
    {
        const std::filesystem::path file = m_path / name;
        std::filesystem::create_directories(file.parent_path());
        std::ofstream(file, std::ios::binary) << bytes;
        return file;
    }

private:
    std::filesystem::path m_path;
};

/// `bytes` as a gzip file's content.
inline std::string gzipped(const std::string &bytes)
{
    z_stream stream{};
    deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    std::string packed(deflateBound(&stream, bytes.size()), '\0');
    std::string source = bytes; // zlib wants it writable
    stream.next_in = reinterpret_cast<Bytef *>(source.data());
    stream.avail_in = static_cast<uInt>(source.size());
    stream.next_out = reinterpret_cast<Bytef *>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    deflate(&stream, Z_FINISH);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    return packed;
}

inline std::string bigEndian(std::uint32_t value)
{
    return {static_cast<char>(value >> 24), static_cast<char>(value >> 16),
            static_cast<char>(value >> 8), static_cast<char>(value)};
}

/// An IDX file of `count` pictures; pixel i of picture n is n + i.
inline std::string idxPictures(std::uint32_t count, std::uint32_t height, std::uint32_t width)
{
    std::string bytes = bigEndian(0x803) + bigEndian(count) + bigEndian(height) + bigEndian(width);
    for (std::uint32_t n = 0; n < count; ++n) {
        for (std::uint32_t i = 0; i < height * width; ++i) bytes += static_cast<char>(n + i);
    }
    return bytes;
}

/// Labels 0, 1 .. classes-1, 0 ...
inline std::string idxLabels(std::uint32_t count, std::uint32_t classes)
{
    std::string bytes = bigEndian(0x801) + bigEndian(count);
    for (std::uint32_t n = 0; n < count; ++n) bytes += static_cast<char>(n % classes);
    return bytes;
}

} // namespace ostrich::test
