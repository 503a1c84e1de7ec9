// POSIX file access behind file.hpp: limits when reading, temporary names and fsync when writing.
#include "base/file.hpp"

#include <atomic>
#include <cerrno>
#include <cstdlib>
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
    Descriptor &operator=(const Descriptor &) = delete;

    explicit operator bool() const { return m_fd >= 0; }
    int get() const { return m_fd; }
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

/// Writes, syncs and renames; the error's number or 0. The caller removes `temporary` on failure.
int replaceBy(const fs::path &temporary, const fs::path &target, std::string_view bytes,
              std::optional<mode_t> mode)
{
    Descriptor file(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
    if (!file) return errno;
    if (mode && ::fchmod(file.get(), *mode) != 0) return errno;
    if (!writeAll(file.get(), bytes) || ::fsync(file.get()) != 0) return errno;
    if (!file.close()) return errno;
    return ::rename(temporary.c_str(), target.c_str()) == 0 ? 0 : errno;
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
    // Non-blocking: opening a FIFO without a writer would wait for ever.
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
    if (!file) return errno == ENOTDIR ? systemError(path, ENOENT) : systemError(path, errno);
    struct stat status{};
    if (::fstat(file.get(), &status) != 0) return systemError(path, errno);
    if (S_ISDIR(status.st_mode)) return systemError(path, EISDIR);
    if (!S_ISREG(status.st_mode))
        return fileError(path, "base.file_not_regular", "base.file_not_regular_hint");
    if (static_cast<std::uintmax_t>(status.st_size) > maxBytes) return tooLarge(path, maxBytes);

    std::string bytes;
    std::size_t filled = 0;
    // One byte more than expected tells the end; files of /proc and growing ones take further
    // rounds.
    std::size_t room = static_cast<std::size_t>(status.st_size) + 1;
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

Result<void> writeFile(const fs::path &path, std::string_view bytes)
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

    const fs::path temporary = temporaryName(target);
    const int code = replaceBy(temporary, target, bytes, mode);
    if (code != 0) {
        if (code != EEXIST) ::unlink(temporary.c_str());
        return systemError(path, code == ENOENT ? ENOTDIR : code);
    }
    syncFolder(target.parent_path());
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
