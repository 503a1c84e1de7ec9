// Arrays in NumPy's .npz format: a zip archive of .npy files.
#include "attack/npz.hpp"

#include "base/file.hpp"

#include <fmt/format.h>
#include <zip.h>

#include <bit>
#include <cstring>
#include <memory>

namespace ostrich::attack {

namespace {

static_assert(std::endian::native == std::endian::little,
              "arrays are written as they lie in memory");

/// A .npy file, version 1.0: magic, header padded with spaces to 64 bytes, data.
std::string npy(const char *type, const std::vector<std::int64_t> &shape, const void *data,
                std::size_t bytes)
{
    std::string sizes;
    for (const std::int64_t size : shape) sizes += fmt::format("{},", size);
    std::string header =
        fmt::format("{{'descr': '{}', 'fortran_order': False, 'shape': ({}), }}", type, sizes);
    constexpr std::size_t kPreamble = 10;
    header.append((64 - (kPreamble + header.size() + 1) % 64) % 64, ' ');
    header += '\n';
    std::string file("\x93NUMPY\x01\x00", 8);
    file += static_cast<char>(header.size() & 0xff);
    file += static_cast<char>(header.size() >> 8);
    file += header;
    file.append(static_cast<const char *>(data), bytes);
    return file;
}

std::string npy(const NpzEntry &entry)
{
    if (const auto *array = std::get_if<Array>(&entry.values))
        return npy("<f4", array->shape, array->values.data(), array->values.size() * sizeof(float));
    const auto &integers = std::get<std::vector<std::int64_t>>(entry.values);
    return npy("<i8", {static_cast<std::int64_t>(integers.size())}, integers.data(),
               integers.size() * sizeof(std::int64_t));
}

using SourceKeeper = std::unique_ptr<zip_source_t, decltype(&zip_source_free)>;

/// Adds `bytes`, which must live until the archive is closed.
bool add(zip_t *archive, const std::string &name, const std::string &bytes)
{
    zip_source_t *source = zip_source_buffer(archive, bytes.data(), bytes.size(), 0);
    if (!source) return false;
    const zip_int64_t index = zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
        zip_source_free(source);
        return false;
    }
    return zip_set_file_compression(archive, static_cast<zip_uint64_t>(index), ZIP_CM_STORE, 0)
           == 0;
}

/// The archive's bytes; empty when it cannot be made.
std::string archived(const std::vector<std::pair<std::string, std::string>> &files)
{
    zip_error_t error;
    zip_error_init(&error);
    const SourceKeeper target(zip_source_buffer_create(nullptr, 0, 0, &error), zip_source_free);
    if (!target) return {};
    zip_t *archive = zip_open_from_source(target.get(), ZIP_TRUNCATE, &error);
    if (!archive) return {};
    zip_source_keep(target.get()); // closing the archive gives one reference back
    for (const auto &[name, bytes] : files) {
        if (!add(archive, name, bytes)) {
            zip_discard(archive);
            return {};
        }
    }
    if (zip_close(archive) != 0) {
        zip_discard(archive);
        return {};
    }
    if (zip_source_open(target.get()) != 0) return {};
    zip_source_seek(target.get(), 0, SEEK_END);
    const zip_int64_t size = zip_source_tell(target.get());
    zip_source_seek(target.get(), 0, SEEK_SET);
    std::string bytes(size > 0 ? static_cast<std::size_t>(size) : 0, '\0');
    const zip_int64_t read = zip_source_read(target.get(), bytes.data(), bytes.size());
    zip_source_close(target.get());
    return read == size ? bytes : std::string();
}

} // namespace

Result<void> saveNpz(const std::vector<NpzEntry> &entries, const std::filesystem::path &file)
{
    std::vector<std::pair<std::string, std::string>> files;
    for (const NpzEntry &entry : entries) files.emplace_back(entry.name + ".npy", npy(entry));
    const std::string bytes = archived(files);
    if (bytes.empty())
        return Error{file.string(), {"attack.npz_failed", {}}, {"attack.npz_failed_hint", {}}};
    return writeFile(file, bytes);
}

} // namespace ostrich::attack
