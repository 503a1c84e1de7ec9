// Reading arrays in NumPy's .npz format (the .npy header, version 1.0 and 2.0: NumPy enhancement
// proposal 1).
#include "base/file.hpp"
#include "data/npz.hpp"

#include <zip.h>

#include <charconv>
#include <cstring>
#include <limits>
#include <memory>
#include <optional>

namespace ostrich::data {

namespace {

using Archive = std::unique_ptr<zip_t, decltype(&zip_discard)>;
using Entry = std::unique_ptr<zip_file_t, decltype(&zip_fclose)>;

// Deflate shrinks by at most 1,032: what claims more is no honest archive.
constexpr std::uint64_t kDeflateLimit = 1040;
constexpr std::uint64_t kLargestEntry = std::uint64_t{1} << 32;

Error damaged(const std::string &where)
{
    return {where, {"data.bad_npz", {}}, {"data.bad_npz_hint", {}}};
}

/// The bytes of entry `index`, whose size is checked before memory is given to it.
std::optional<std::string> bytesOf(zip_t *archive, zip_uint64_t index, std::string &name)
{
    zip_stat_t facts;
    zip_stat_init(&facts);
    constexpr zip_uint64_t kNeeded = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE;
    if (zip_stat_index(archive, index, 0, &facts) != 0 || (facts.valid & kNeeded) != kNeeded)
        return std::nullopt;
    if (facts.size > kLargestEntry || facts.size > (facts.comp_size + 1) * kDeflateLimit)
        return std::nullopt;
    name = facts.name;
    const Entry entry(zip_fopen_index(archive, index, 0), zip_fclose);
    if (!entry) return std::nullopt;
    std::string bytes(facts.size, '\0');
    if (zip_fread(entry.get(), bytes.data(), bytes.size())
        != static_cast<zip_int64_t>(bytes.size()))
        return std::nullopt;
    char more = 0; // also makes libzip compare the checksum
    if (zip_fread(entry.get(), &more, 1) != 0) return std::nullopt;
    return bytes;
}

/// The text behind `key` in a header such as {'descr': '<f4', 'shape': (3, 2), ...}, up to `end`.
std::optional<std::string_view> valueOf(std::string_view header, std::string_view key,
                                        std::string_view begin, char end)
{
    std::size_t place = header.find(key);
    if (place == std::string_view::npos) return std::nullopt;
    place = header.find(begin, place + key.size());
    if (place == std::string_view::npos) return std::nullopt;
    place += begin.size();
    const std::size_t last = header.find(end, place);
    if (last == std::string_view::npos) return std::nullopt;
    return header.substr(place, last - place);
}

/// "3, 2," or "": sizes of the axes.
std::optional<std::vector<std::int64_t>> shapeFrom(std::string_view text)
{
    std::vector<std::int64_t> shape;
    const char *at = text.data(), *end = at + text.size();
    while (at != end) {
        if (*at == ' ' || *at == ',') {
            ++at;
            continue;
        }
        std::int64_t size = 0;
        const auto [next, problem] = std::from_chars(at, end, size);
        if (problem != std::errc() || size < 0) return std::nullopt;
        shape.push_back(size);
        at = next;
    }
    return shape;
}

/// Values that `shape` asks for; empty where that is more than can be.
std::optional<std::size_t> countOf(const std::vector<std::int64_t> &shape)
{
    std::uint64_t count = 1;
    for (const std::int64_t size : shape) {
        const auto wide = static_cast<std::uint64_t>(size);
        if (wide != 0 && count > std::numeric_limits<std::uint32_t>::max() / wide)
            return std::nullopt;
        count *= wide;
    }
    return count;
}

std::optional<NpzEntry> parsed(const std::string &name, std::string_view bytes)
{
    constexpr std::string_view kMagic("\x93NUMPY", 6);
    if (!bytes.starts_with(kMagic) || bytes.size() < 12) return std::nullopt;
    const auto byte = [&](std::size_t i) {
        return static_cast<std::size_t>(static_cast<unsigned char>(bytes[i]));
    };
    const std::size_t version = byte(6);
    if (version != 1 && version != 2) return std::nullopt;
    const std::size_t begin = version == 1 ? 10 : 12;
    std::size_t length = byte(8) + (byte(9) << 8);
    if (version == 2) length += (byte(10) << 16) + (byte(11) << 24);
    if (length > bytes.size() - begin) return std::nullopt;
    const std::string_view header = bytes.substr(begin, length);
    const std::string_view data = bytes.substr(begin + length);
    const auto type = valueOf(header, "'descr'", "'", '\'');
    const auto order = valueOf(header, "'fortran_order'", ":", ',');
    const auto sizes = valueOf(header, "'shape'", "(", ')');
    if (!type || !order || !sizes || order->find("False") == std::string_view::npos)
        return std::nullopt;
    const auto shape = shapeFrom(*sizes);
    if (!shape) return std::nullopt;
    const auto count = countOf(*shape);
    if (!count) return std::nullopt;
    if (*type == "<f4" && data.size() == *count * sizeof(float)) {
        Array array{.shape = *shape, .values = std::vector<float>(*count)};
        std::memcpy(array.values.data(), data.data(), data.size());
        return NpzEntry{name, std::move(array)};
    }
    if (*type == "<i8" && shape->size() == 1 && data.size() == *count * sizeof(std::int64_t)) {
        std::vector<std::int64_t> integers(*count);
        std::memcpy(integers.data(), data.data(), data.size());
        return NpzEntry{name, std::move(integers)};
    }
    return std::nullopt;
}

} // namespace

Result<std::vector<NpzEntry>> loadNpz(const std::filesystem::path &file)
{
    const auto opened = OpenFile::open(file); // says what is wrong with the file itself
    if (!opened) return opened.error();
    int problem = 0;
    const Archive archive(zip_open(file.c_str(), ZIP_RDONLY, &problem), zip_discard);
    if (!archive) return damaged(file.string());
    std::vector<NpzEntry> entries;
    const zip_int64_t count = zip_get_num_entries(archive.get(), 0);
    for (zip_int64_t i = 0; i < count; ++i) {
        std::string name;
        const auto bytes = bytesOf(archive.get(), static_cast<zip_uint64_t>(i), name);
        if (!bytes || !name.ends_with(".npy")) return damaged(file.string());
        name.resize(name.size() - std::string_view(".npy").size());
        auto entry = parsed(name, *bytes);
        if (!entry) return damaged(file.string() + ": " + name);
        entries.push_back(std::move(*entry));
    }
    return entries;
}

} // namespace ostrich::data
