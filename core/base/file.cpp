// POSIX file access behind file.hpp: limits when reading, temporary names and fsync when writing.
#include "base/file.hpp"

#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <new>
#include <stdexcept>
#include <system_error>

#include <fcntl.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

namespace ostrich {

namespace {

namespace fs = std::filesystem;

class Descriptor {
public:
    explicit Descriptor(int fd) : m_fd(fd) {}
    ~Descriptor() { close(); }
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(Descriptor &&other) noexcept
    {
        close();
        m_fd = other.release();
        return *this;
    }

    explicit operator bool() const { return m_fd >= 0; }
    int get() const { return m_fd; }
    int release() { return std::exchange(m_fd, -1); }
    bool close()
    {
        const int fd = std::exchange(m_fd, -1);
        return fd < 0 || ::close(fd) == 0;
    }

private:
    int m_fd;
};

Error fileError(const fs::path &path, std::string id, std::string hint,
                std::vector<std::string> arguments = {})
{
    return {path.string(), {std::move(id), std::move(arguments)}, {std::move(hint), {}}};
}

/// errno's number in our own words; the system's where we have none.
Error systemError(const fs::path &path, int code)
{
    switch (code) {
    case ENOENT:
        return fileError(path, "base.file_missing", "base.file_missing_hint");
    case EACCES:
    case EPERM:
        return fileError(path, "base.file_forbidden", "base.file_forbidden_hint");
    case EROFS:
        return fileError(path, "base.file_read_only_disk", "base.file_elsewhere_hint");
    case ENOSPC:
    case EDQUOT:
        return fileError(path, "base.file_disk_full", "base.file_disk_full_hint");
    case ENOTDIR:
        return fileError(path, "base.file_no_folder", "base.file_folder_hint");
    case EISDIR:
        return fileError(path, "base.file_is_folder", "base.file_is_folder_hint");
    case ENAMETOOLONG:
        return fileError(path, "base.file_name_long", "base.file_name_long_hint");
    default:
        return fileError(path, "base.file_system", "", {std::generic_category().message(code)});
    }
}

Error tooLarge(const fs::path &path, std::uintmax_t maxBytes)
{
    return fileError(path, "base.file_too_large", "base.file_too_large_hint",
                     {std::to_string(maxBytes)});
}

bool writeAll(int fd, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t written = ::write(fd, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

/// A name in the same folder (a rename crosses no file system) that no other thread or process
/// picks.
fs::path temporaryName(const fs::path &target)
{
    static std::atomic<unsigned> counter{0};
    return target.parent_path()
           / (".ostrich-" + std::to_string(::getpid()) + "-" + std::to_string(counter++) + ".tmp");
}

/// Makes the rename itself last through a power cut. Some file systems cannot: no reason to fail.
void syncFolder(const fs::path &folder)
{
    const Descriptor descriptor(
        ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)); // NOLINT: POSIX
    if (descriptor) ::fsync(descriptor.get());
}

/// The file a symbolic link leads to, so that saving keeps the link.
fs::path throughLinks(const fs::path &path)
{
    std::error_code error;
    const fs::path real = fs::is_symlink(path, error) ? fs::canonical(path, error) : fs::path();
    const fs::path target = error || real.empty() ? path : real;
    return target.has_parent_path() ? target : fs::path(".") / target;
}

/// The new content of a file on its way to become that file; removed if it does not.
class Replacement {
public:
    /// The error's number or 0.
    int open(const fs::path &target)
    {
        // A crashed program of the same number (a container's always has the same) may have left
        // its file here.
        constexpr int kTries = 1000;
        for (int i = 0; i < kTries; ++i) {
            const fs::path name = temporaryName(target);
            m_file = Descriptor(
                ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666)); // NOLINT
            if (m_file) {
                m_name = name;
                return 0;
            }
            if (errno != EEXIST) return errno;
        }
        return EEXIST;
    }

    ~Replacement()
    {
        if (!m_name.empty()) ::unlink(m_name.c_str());
    }
    Replacement() = default;
    Replacement(const Replacement &) = delete;
    Replacement &operator=(const Replacement &) = delete;

    bool append(std::string_view bytes)
    {
        if (m_code == 0 && !writeAll(m_file.get(), bytes)) m_code = errno;
        return m_code == 0;
    }

    /// Syncs and renames; the error's number or 0.
    int become(const fs::path &target, std::optional<mode_t> mode)
    {
        if (m_code != 0) return m_code;
        if (mode && ::fchmod(m_file.get(), *mode) != 0) return errno;
        if (::fsync(m_file.get()) != 0) return errno;
        if (!m_file.close()) return errno;
        if (::rename(m_name.c_str(), target.c_str()) != 0) return errno;
        m_name.clear();
        return 0;
    }

private:
    Descriptor m_file{-1};
    fs::path m_name; // empty: there is none to remove
    int m_code = 0;
};

/// What `path` may be read as; its size. The descriptor is the caller's.
Result<std::uint64_t> ordinarySize(const fs::path &path, const Descriptor &file)
{
    if (!file) return errno == ENOTDIR ? systemError(path, ENOENT) : systemError(path, errno);
    struct stat status{};
    if (::fstat(file.get(), &status) != 0) return systemError(path, errno);
    if (S_ISDIR(status.st_mode)) return systemError(path, EISDIR);
    if (!S_ISREG(status.st_mode))
        return fileError(path, "base.file_not_regular", "base.file_not_regular_hint");
    return static_cast<std::uint64_t>(status.st_size);
}

// Non-blocking: opening a FIFO without a writer would wait for ever.
constexpr int kForReading = O_RDONLY | O_NONBLOCK | O_CLOEXEC;

Result<std::string> readWhole(const fs::path &path, std::uintmax_t maxBytes)
{
    const Descriptor file(::open(path.c_str(), kForReading));
    const auto size = ordinarySize(path, file);
    if (!size) return size.error();
    if (*size > maxBytes) return tooLarge(path, maxBytes);

    std::string bytes;
    std::size_t filled = 0;
    // One byte more than expected tells the end; files of /proc and growing ones take further
    // rounds.
    std::size_t room = static_cast<std::size_t>(*size) + 1;
    while (true) {
        if (filled == bytes.size()) bytes.resize(filled + room);
        const ssize_t count = ::read(file.get(), bytes.data() + filled, bytes.size() - filled);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return systemError(path, errno);
        if (count == 0) break;
        filled += static_cast<std::size_t>(count);
        if (filled > maxBytes) return tooLarge(path, maxBytes);
        room = 65536;
    }
    bytes.resize(filled);
    return bytes;
}

fs::path homeFolder()
{
    const char *home = std::getenv("HOME");
    if (home != nullptr && *home == '/') return home;
    const passwd *entry = ::getpwuid(::getuid());
    if (entry != nullptr && entry->pw_dir != nullptr && *entry->pw_dir == '/') return entry->pw_dir;
    std::error_code error;
    const fs::path temporary = fs::temp_directory_path(error);
    return (error ? fs::path("/tmp") : temporary) / ("ostrich-" + std::to_string(::getuid()));
}

fs::path userFolder(const char *variable, const char *belowHome)
{
    const char *base = std::getenv(variable);
    // The XDG specification has relative paths ignored.
    const bool usable = base != nullptr && *base == '/';
    const fs::path folder = (usable ? fs::path(base) : homeFolder() / belowHome) / "ostrich";
    std::error_code ignored; // whoever writes there gets the clear error
    fs::create_directories(folder, ignored);
    return folder;
}

} // namespace

Result<std::string> readFile(const fs::path &path, std::uintmax_t maxBytes)
{
    try {
        return readWhole(path, maxBytes);
    } catch (const std::bad_alloc &) {
        return fileError(path, "base.file_no_memory", "base.file_too_large_hint");
    } catch (const std::length_error &) {
        return fileError(path, "base.file_no_memory", "base.file_too_large_hint");
    }
}

Result<void> writeFile(const fs::path &path, std::string_view bytes)
{
    return writeFile(path, [bytes](const Append &append) { append(bytes); });
}

Result<void> writeFile(const fs::path &path, const std::function<void(const Append &)> &produce)
{
    const fs::path target = throughLinks(path);
    std::optional<mode_t> mode;
    struct stat status{};
    if (::stat(target.c_str(), &status) == 0) {
        if (S_ISDIR(status.st_mode)) return systemError(path, EISDIR);
        if (!S_ISREG(status.st_mode))
            return fileError(path, "base.file_not_regular", "base.file_not_regular_hint");
        // A rename would replace even a write-protected file.
        if (::access(target.c_str(), W_OK) != 0) return systemError(path, errno);
        mode = status.st_mode & 07777U;
    } else if (errno != ENOENT) {
        return systemError(path, errno);
    }
    if (target.filename().empty()) return systemError(path, EISDIR);

    Replacement replacement;
    int code = replacement.open(target);
    if (code == 0) {
        produce([&replacement](std::string_view bytes) { return replacement.append(bytes); });
        code = replacement.become(target, mode);
    }
    if (code != 0) return systemError(path, code == ENOENT ? ENOTDIR : code);
    syncFolder(target.parent_path());
    return {};
}

OpenFile::OpenFile(fs::path path, int descriptor, std::uint64_t size)
    : m_path(std::move(path)), m_descriptor(descriptor), m_size(size)
{
}

OpenFile::OpenFile(OpenFile &&other) noexcept
    : m_path(std::move(other.m_path)),
      m_descriptor(std::exchange(other.m_descriptor, -1)),
      m_size(other.m_size)
{
}

OpenFile::~OpenFile()
{
    if (m_descriptor >= 0) ::close(m_descriptor);
}

Result<OpenFile> OpenFile::open(const fs::path &path)
{
    Descriptor file(::open(path.c_str(), kForReading));
    const auto size = ordinarySize(path, file);
    if (!size) return size.error();
    return OpenFile(path, file.release(), *size);
}

Result<void> OpenFile::read(std::uint64_t offset, char *to, std::size_t count) const
{
    while (count > 0) {
        const ssize_t got = ::pread(m_descriptor, to, count, static_cast<off_t>(offset));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return systemError(m_path, errno);
        if (got == 0) return fileError(m_path, "base.file_short", "base.file_short_hint");
        to += got;
        offset += static_cast<std::uint64_t>(got);
        count -= static_cast<std::size_t>(got);
    }
    return {};
}

fs::path cacheFolder()
{
    return userFolder("XDG_CACHE_HOME", ".cache");
}

fs::path dataFolder()
{
    return userFolder("XDG_DATA_HOME", ".local/share");
}

} // namespace ostrich
