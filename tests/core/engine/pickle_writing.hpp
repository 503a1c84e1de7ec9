// Pickles, and files of torch.save, put together byte by byte, so that they can lie.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include <zlib.h>

namespace ostrich::test {

/// `count` bytes, the lowest first.
inline std::string little(std::uint64_t value, std::size_t count)
{
    std::string bytes(8, '\0');
    std::memcpy(bytes.data(), &value, 8);
    return bytes.substr(0, count);
}

// Pieces of a pickle; each leaves one value on the stack.

inline std::string words(const std::string &text)
{
    return "X" + little(text.size(), 4) + text;
}
inline std::string number(std::int64_t value)
{
    return std::string("\x8a\x08") + little(static_cast<std::uint64_t>(value), 8);
}
inline std::string tuple(const std::vector<std::int64_t> &values)
{
    std::string bytes = "(";
    for (const std::int64_t value : values) bytes += number(value);
    return bytes + "t";
}
inline std::string global(const std::string &module, const std::string &name)
{
    return "c" + module + "\n" + name + "\n";
}
inline std::string pickled(const std::string &value)
{
    return "\x80\x02" + value + ".";
}

/// A tensor as a description announces it.
struct Described {
    std::string key = "0";
    std::string type = "FloatStorage";
    std::int64_t count = 6, offset = 0;
    std::vector<std::int64_t> sizes = {2, 3}, strides = {3, 1};
    std::string view = {}; // more words for the persistent id
};
inline std::string tensor(const Described &one)
{
    return global("torch._utils", "_rebuild_tensor_v2") + "((" + words("storage")
           + global("torch", one.type) + words(one.key) + words("cpu") + number(one.count)
           + one.view + "tQ" + number(one.offset) + tuple(one.sizes) + tuple(one.strides) + "\x89"
           + global("collections", "OrderedDict") + ")RtR";
}
struct Entry {
    std::string name, value;
};
inline std::string dict(const std::vector<Entry> &entries)
{
    std::string bytes = "}(";
    for (const Entry &entry : entries) bytes += words(entry.name) + entry.value;
    return bytes + "u";
}

/// A legacy file; `storages` are (key, count as the file says, bytes).
struct Stored {
    std::string key = "0";
    std::uint64_t count = 6;
    std::string bytes = std::string(24, '\1');
};
inline std::string legacyBegins(bool littleEndian = true, std::int64_t version = 1001)
{
    return pickled(std::string("\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19"))
           + pickled(number(version))
           + pickled(dict({{"little_endian", littleEndian ? "\x88" : "\x89"}}));
}
inline std::string legacyFile(const std::string &value, const std::vector<Stored> &storages)
{
    std::string keys = "](", numbers;
    for (const Stored &one : storages) {
        keys += words(one.key);
        numbers += little(one.count, 8) + one.bytes;
    }
    return legacyBegins() + pickled(value) + pickled(keys + "e") + numbers;
}

/// An archive whose table can say anything.
struct Zipped {
    std::string name, bytes;
    bool deflated = false;
    // What the table says too much.
    std::int64_t sizeOff = 0, packedOff = 0, placeOff = 0, crcOff = 0;
    std::uint16_t flags = 0;
    bool hasCrc = true;         // else 0, as PyTorch writes where it leaves the sums out
    std::string localName = {}; // where it is not `name`
};

inline std::string deflatedBytes(const std::string &bytes)
{
    z_stream stream{};
    deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
    std::string packed(deflateBound(&stream, bytes.size()), '\0'), source = bytes;
    stream.next_in = reinterpret_cast<Bytef *>(source.data());
    stream.avail_in = static_cast<uInt>(source.size());
    stream.next_out = reinterpret_cast<Bytef *>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    deflate(&stream, Z_FINISH);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    return packed;
}

inline std::string zipFile(const std::vector<Zipped> &entries)
{
    const auto off = [](std::uint64_t value, std::int64_t by) {
        return value + static_cast<std::uint64_t>(by);
    };
    std::string file, table;
    for (const Zipped &one : entries) {
        const std::string packed = one.deflated ? deflatedBytes(one.bytes) : one.bytes;
        const std::string name = one.localName.empty() ? one.name : one.localName;
        const std::uint64_t crc =
            one.hasCrc
                ? crc32_z(0, reinterpret_cast<const Bytef *>(one.bytes.data()), one.bytes.size())
                : 0;
        const std::string common =
            little(20, 2) + little(one.flags, 2) + little(one.deflated ? 8 : 0, 2) + little(0, 4)
            + little(off(crc, one.crcOff), 4) + little(off(packed.size(), one.packedOff), 4)
            + little(off(one.bytes.size(), one.sizeOff), 4);
        table += "PK\1\2" + little(20, 2) + common + little(one.name.size(), 2)
                 + std::string(12, '\0') + little(off(file.size(), one.placeOff), 4) + one.name;
        file += "PK\3\4" + common + little(name.size(), 2) + little(0, 2) + name + packed;
    }
    return file + table + "PK\5\6" + little(0, 4) + little(entries.size(), 2)
           + little(entries.size(), 2) + little(table.size(), 4) + little(file.size(), 4)
           + little(0, 2);
}

/// torch.save's archive of `value` (a piece of a pickle) with one storage for each string.
inline std::vector<Zipped> archive(const std::string &value,
                                   const std::vector<std::string> &storages)
{
    std::vector<Zipped> entries;
    const auto put = [&](const std::string &name, const std::string &bytes) {
        Zipped one;
        one.name = "archive/" + name;
        one.bytes = bytes;
        entries.push_back(one);
    };
    put("data.pkl", pickled(value));
    put("byteorder", "little");
    for (std::size_t i = 0; i < storages.size(); ++i) put("data/" + std::to_string(i), storages[i]);
    put("version", "3\n");
    return entries;
}

} // namespace ostrich::test
