// Arrays in NumPy's .npz format: a zip archive of .npy files.
#include "data/npz.hpp"

#include "base/file.hpp"
#include "data/stored_zip.hpp"

#include <fmt/format.h>

#include <bit>
#include <cstring>

namespace ostrich::data {

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

} // namespace

Result<void> saveNpz(const std::vector<NpzEntry> &entries, const std::filesystem::path &file)
{
    std::vector<StoredFile> files;
    for (const NpzEntry &entry : entries) files.push_back({entry.name + ".npy", npy(entry)});
    const std::string bytes = storedZip(files);
    if (bytes.empty())
        return Error{file.string(), {"data.npz_failed", {}}, {"data.npz_failed_hint", {}}};
    return writeFile(file, bytes);
}

} // namespace ostrich::data
