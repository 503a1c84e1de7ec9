// A file read from its start, unpacked on the way where it is gzip: never more in memory than what
// is asked for.
#pragma once

#include "base/result.hpp"

#include <cstddef>
#include <filesystem>
#include <memory>

namespace ostrich::data {

/// One reading pass. Move only; one thread.
class UnpackedFile {
public:
    /// Errors: missing, a folder, not readable.
    static Result<UnpackedFile> open(const std::filesystem::path &path);
    UnpackedFile(UnpackedFile &&other) noexcept;
    UnpackedFile &operator=(UnpackedFile &&other) noexcept;
    ~UnpackedFile();

    /// The next bytes, at most `size`: fewer only at the end. Errors: a truncated or damaged gzip
    /// file (with the place), a disk that does not read.
    Result<std::size_t> read(void *bytes, std::size_t size);
    const std::filesystem::path &path() const;

private:
    struct State;
    explicit UnpackedFile(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace ostrich::data
