// zlib's inflate over a plain C file.
#include "data/unpacked_file.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <system_error>

#include <zlib.h>

namespace ostrich::data {

namespace {

namespace fs = std::filesystem;

constexpr int kGzipWindow = 15 + 16; // inflateInit2: gzip's header and checksum

struct FileCloser {
    void operator()(std::FILE *file) const { std::fclose(file); }
};

} // namespace

struct UnpackedFile::State {
    fs::path path;
    std::unique_ptr<std::FILE, FileCloser> file;
    std::array<unsigned char, 65536> buffer{};
    z_stream stream{};
    std::uint64_t unpacked = 0; // bytes of all members; zlib counts those of one
    bool packed = false;
    bool ended = false;

    ~State()
    {
        if (packed) inflateEnd(&stream);
    }

    /// More packed bytes into the buffer; false at the file's end.
    bool refill()
    {
        stream.avail_in =
            static_cast<uInt>(std::fread(buffer.data(), 1, buffer.size(), file.get()));
        stream.next_in = buffer.data();
        return stream.avail_in > 0;
    }

    Error damaged(const char *id) const
    {
        return {path.string(), {id, {std::to_string(unpacked)}}, {"data.copy_again_hint", {}}};
    }

    /// gzip allows several members, one after the other.
    bool startNextMember()
    {
        return (stream.avail_in > 0 || refill()) && stream.next_in[0] == 0x1F
               && inflateReset(&stream) == Z_OK;
    }

    Result<std::size_t> inflateInto(unsigned char *bytes, std::size_t size)
    {
        constexpr std::size_t kStep = std::size_t{1} << 30; // zlib counts in 32 bits
        std::size_t filled = 0;
        while (filled < size && !ended) {
            if (stream.avail_in == 0 && !refill()) return damaged("data.gzip_truncated");
            const std::size_t room = std::min(kStep, size - filled);
            stream.next_out = bytes + filled;
            stream.avail_out = static_cast<uInt>(room);
            const int code = inflate(&stream, Z_NO_FLUSH);
            filled += room - stream.avail_out;
            unpacked += room - stream.avail_out;
            if (code == Z_STREAM_END)
                ended = !startNextMember();
            else if (code != Z_OK && code != Z_BUF_ERROR)
                return damaged("data.gzip_damaged");
        }
        return filled;
    }
};

UnpackedFile::UnpackedFile(std::unique_ptr<State> state) : m_state(std::move(state)) {}
UnpackedFile::UnpackedFile(UnpackedFile &&other) noexcept = default;
UnpackedFile &UnpackedFile::operator=(UnpackedFile &&other) noexcept = default;
UnpackedFile::~UnpackedFile() = default;

Result<UnpackedFile> UnpackedFile::open(const fs::path &path)
{
    std::error_code error;
    const Message hint{"data.path_check_hint", {}};
    const fs::file_status status = fs::status(path, error);
    if (!fs::exists(status)) return Error{path.string(), {"data.file_missing", {}}, hint};
    if (!fs::is_regular_file(status)) return Error{path.string(), {"data.not_a_file", {}}, hint};

    auto state = std::make_unique<State>();
    state->path = path;
    state->file.reset(std::fopen(path.c_str(), "rb"));
    if (!state->file) {
        const std::string reason = std::generic_category().message(errno);
        return Error{path.string(), {"data.unreadable", {reason}}, {"data.unreadable_hint", {}}};
    }
    state->refill();
    const bool gzip =
        state->stream.avail_in >= 2 && state->buffer[0] == 0x1F && state->buffer[1] == 0x8B;
    if (gzip)
        state->packed = inflateInit2(&state->stream, kGzipWindow) == Z_OK;
    else
        std::rewind(state->file.get());
    return UnpackedFile(std::move(state));
}

Result<std::size_t> UnpackedFile::read(void *bytes, std::size_t size)
{
    if (m_state->packed) return m_state->inflateInto(static_cast<unsigned char *>(bytes), size);
    const std::size_t count = std::fread(bytes, 1, size, m_state->file.get());
    if (count < size && std::ferror(m_state->file.get()) != 0) {
        const std::string reason = std::generic_category().message(errno);
        return Error{
            m_state->path.string(), {"data.unreadable", {reason}}, {"data.unreadable_hint", {}}};
    }
    return count;
}

const fs::path &UnpackedFile::path() const
{
    return m_state->path;
}

} // namespace ostrich::data
