// Zip archives by PKWARE's APPNOTE 6.3, with the 64-bit fields that PyTorch always writes. By hand:
// libzip hides where entries lie, so that overlaps could not be seen.
#include "engine/zip_table.hpp"

#include <zlib.h>

#include <algorithm>
#include <cstring>
#include <optional>
#include <string_view>
#include <vector>

namespace ostrich::engine {

namespace {

constexpr std::uint32_t kEndSignature = 0x06054b50, kEnd64Signature = 0x06064b50;
constexpr std::uint32_t kLocatorSignature = 0x07064b50;
constexpr std::uint32_t kCentralSignature = 0x02014b50, kLocalSignature = 0x04034b50;
constexpr std::uint64_t kEndBytes = 22, kEnd64Bytes = 56, kLocatorBytes = 20;
constexpr std::uint64_t kCentralBytes = 46, kLocalBytes = 30;
constexpr std::uint64_t kMaxComment = 0xffff;
constexpr std::uint64_t kMaxTableBytes = 64'000'000; // half a million entries
constexpr std::uint32_t kElsewhere = 0xffffffff;     // a field that the 64-bit one replaces
constexpr std::uint16_t kExtra64 = 1, kEncrypted = 1, kStored = 0, kDeflated = 8;
constexpr std::uint64_t kPieceBytes = 1 << 16;

/// `Number` at `place`; the caller has checked that it is there.
template <typename Number>
Number numberAt(std::string_view bytes, std::uint64_t place)
{
    Number value;
    std::memcpy(&value, bytes.data() + place, sizeof value);
    return value;
}

/// Reads one archive's table. Every step returns the first objection.
class TableReader {
public:
    TableReader(const ByteSource &archive, const std::string &where)
        : m_archive(archive), m_where(where)
    {
    }

    Result<std::map<std::string, ZipEntry>> read()
    {
        if (const auto wrong = findTable()) return *wrong;
        if (const auto wrong = readTable()) return *wrong;
        if (const auto wrong = checkOverlaps()) return *wrong;
        return std::move(m_entries);
    }

private:
    struct Span {
        std::uint64_t begin, end; // from the local header on
        std::string name;
    };

    Error refuse(const char *id, std::vector<std::string> arguments = {}) const
    {
        return {m_where, {id, std::move(arguments)}, {"engine.torch_hint", {}}};
    }
    Result<std::string> bytesAt(std::uint64_t place, std::uint64_t count) const
    {
        if (count > m_archive.size || place > m_archive.size - count)
            return refuse("engine.torch_short");
        std::string bytes(count, '\0');
        const auto read = m_archive.read(place, bytes.data(), bytes.size());
        if (!read) return read.error();
        return bytes;
    }

    /// The end record is the last thing in the file but for a comment of the length that it tells.
    std::optional<Error> findTable()
    {
        const std::uint64_t count = std::min(m_archive.size, kEndBytes + kMaxComment);
        if (count < kEndBytes) return refuse("engine.torch_short");
        const Result<std::string> tail = bytesAt(m_archive.size - count, count);
        if (!tail) return tail.error();
        for (std::uint64_t place = count - kEndBytes + 1; place-- > 0;) {
            if (numberAt<std::uint32_t>(*tail, place) != kEndSignature
                || numberAt<std::uint16_t>(*tail, place + 20) != count - place - kEndBytes)
                continue;
            const std::string_view end = std::string_view(*tail).substr(place);
            m_count = numberAt<std::uint16_t>(end, 10);
            m_tableBytes = numberAt<std::uint32_t>(end, 12);
            m_table = numberAt<std::uint32_t>(end, 16);
            return findTable64(m_archive.size - count + place);
        }
        return refuse("engine.torch_short");
    }

    /// The same in 64 bits, where a locator before the record at `end` leads to it.
    std::optional<Error> findTable64(std::uint64_t end)
    {
        std::uint64_t last = end; // what comes after the table
        if (end >= kLocatorBytes) {
            const auto locator = bytesAt(end - kLocatorBytes, kLocatorBytes);
            if (!locator) return locator.error();
            if (numberAt<std::uint32_t>(*locator, 0) == kLocatorSignature) {
                last = numberAt<std::uint64_t>(*locator, 8);
                const auto record = bytesAt(last, kEnd64Bytes);
                if (!record) return record.error();
                if (numberAt<std::uint32_t>(*record, 0) != kEnd64Signature || last > end)
                    return refuse("engine.zip_damaged");
                m_count = numberAt<std::uint64_t>(*record, 32);
                m_tableBytes = numberAt<std::uint64_t>(*record, 40);
                m_table = numberAt<std::uint64_t>(*record, 48);
            }
        }
        if (m_tableBytes > last || m_table > last - m_tableBytes
            || m_count > m_tableBytes / kCentralBytes)
            return refuse("engine.zip_damaged");
        if (m_tableBytes > kMaxTableBytes) return refuse("engine.pickle_large");
        return std::nullopt;
    }

    std::optional<Error> readTable()
    {
        const Result<std::string> table = bytesAt(m_table, m_tableBytes);
        if (!table) return table.error();
        std::uint64_t place = 0;
        for (std::uint64_t i = 0; i < m_count; ++i) {
            const std::string_view rest = std::string_view(*table).substr(place);
            if (rest.size() < kCentralBytes
                || numberAt<std::uint32_t>(rest, 0) != kCentralSignature)
                return refuse("engine.zip_damaged");
            const std::uint64_t nameBytes = numberAt<std::uint16_t>(rest, 28);
            const std::uint64_t extraBytes = numberAt<std::uint16_t>(rest, 30);
            const std::uint64_t whole =
                kCentralBytes + nameBytes + extraBytes + numberAt<std::uint16_t>(rest, 32);
            if (rest.size() < whole) return refuse("engine.zip_damaged");
            const std::string name(rest.substr(kCentralBytes, nameBytes));
            const auto wrong = readEntry(rest.substr(0, kCentralBytes), name,
                                         rest.substr(kCentralBytes + nameBytes, extraBytes));
            if (wrong) return wrong;
            place += whole;
        }
        return std::nullopt;
    }

    std::optional<Error> readEntry(std::string_view record, const std::string &name,
                                   std::string_view extra)
    {
        ZipEntry entry;
        entry.packed = numberAt<std::uint32_t>(record, 20);
        entry.size = numberAt<std::uint32_t>(record, 24);
        std::uint64_t local = numberAt<std::uint32_t>(record, 42);
        if (!widen(extra, {&entry.size, &entry.packed, &local}))
            return refuse("engine.zip_damaged");
        entry.crc = numberAt<std::uint32_t>(record, 16);
        const auto method = numberAt<std::uint16_t>(record, 10);
        const bool encrypted = (numberAt<std::uint16_t>(record, 8) & kEncrypted) != 0;
        if (encrypted || (method != kStored && method != kDeflated))
            return refuse("engine.zip_method", {shownWords(name)});
        entry.deflated = method == kDeflated;
        if (!entry.deflated && entry.packed != entry.size) return refuse("engine.zip_damaged");

        const auto header = bytesAt(local, kLocalBytes + name.size());
        if (!header) return header.error();
        if (numberAt<std::uint32_t>(*header, 0) != kLocalSignature
            || numberAt<std::uint16_t>(*header, 26) != name.size()
            || header->substr(kLocalBytes) != name)
            return refuse("engine.zip_damaged");
        entry.begin = local + kLocalBytes + name.size() + numberAt<std::uint16_t>(*header, 28);
        if (entry.begin > m_table || entry.packed > m_table - entry.begin)
            return refuse("engine.torch_outside", {shownWords(name)});
        m_spans.push_back({local, entry.begin + entry.packed, name});
        if (!m_entries.emplace(name, entry).second) return refuse("engine.zip_damaged");
        return std::nullopt;
    }

    /// Replaces the fields that say "elsewhere" by those of the extra part, in their order.
    static bool widen(std::string_view extra, std::initializer_list<std::uint64_t *> fields)
    {
        std::string_view wide;
        while (extra.size() >= 4) {
            const std::uint64_t count = numberAt<std::uint16_t>(extra, 2);
            if (count > extra.size() - 4) return false;
            if (numberAt<std::uint16_t>(extra, 0) == kExtra64) wide = extra.substr(4, count);
            extra.remove_prefix(4 + count);
        }
        for (std::uint64_t *field : fields) {
            if (*field != kElsewhere) continue;
            if (wide.size() < 8) return false;
            *field = numberAt<std::uint64_t>(wide, 0);
            wide.remove_prefix(8);
        }
        return true;
    }

    std::optional<Error> checkOverlaps()
    {
        std::ranges::sort(m_spans, {}, &Span::begin);
        std::uint64_t place = 0;
        for (const Span &span : m_spans) {
            if (span.begin < place) return refuse("engine.zip_overlap", {shownWords(span.name)});
            place = span.end;
        }
        return std::nullopt;
    }

    const ByteSource &m_archive;
    const std::string &m_where;
    std::uint64_t m_table = 0, m_tableBytes = 0, m_count = 0;
    std::vector<Span> m_spans;
    std::map<std::string, ZipEntry> m_entries;
};

/// False: no such stream, or not one of exactly `entry.size` bytes.
Result<bool> inflateTo(const ByteSource &archive, const ZipEntry &entry, char *to)
{
    z_stream stream{};
    if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) return false;
    struct End {
        z_stream *stream;
        ~End() { inflateEnd(stream); }
    } end{&stream};
    std::string piece;
    std::uint64_t taken = 0, given = 0;
    char surplus = 0; // where a stream writes that goes on after the announced size
    for (int state = Z_OK; state != Z_STREAM_END;) {
        if (stream.avail_in == 0 && taken < entry.packed) {
            piece.resize(std::min(kPieceBytes, entry.packed - taken));
            const auto read = archive.read(entry.begin + taken, piece.data(), piece.size());
            if (!read) return read.error();
            taken += piece.size();
            stream.next_in = reinterpret_cast<Bytef *>(piece.data());
            stream.avail_in = static_cast<uInt>(piece.size());
        }
        const std::uint64_t room = std::min(kPieceBytes, entry.size - given);
        stream.next_out = reinterpret_cast<Bytef *>(room > 0 ? to + given : &surplus);
        stream.avail_out = static_cast<uInt>(std::max<std::uint64_t>(room, 1));
        const uInt before = stream.avail_out;
        state = inflate(&stream, Z_NO_FLUSH); // Z_BUF_ERROR where the stream is cut off
        if (state != Z_OK && state != Z_STREAM_END) return false;
        given += before - stream.avail_out;
        if (given > entry.size) return false;
    }
    return given == entry.size;
}

std::uint32_t crcOf(std::uint32_t before, const char *bytes, std::uint64_t count)
{
    return static_cast<std::uint32_t>(
        ::crc32_z(before, reinterpret_cast<const Bytef *>(bytes), count));
}

/// torch.save writes 0 for every entry where it was told to leave the sums out.
Result<void> compareCrc(const ZipEntry &entry, std::uint32_t crc, const std::string &name,
                        const std::string &where)
{
    if (entry.crc == 0 || entry.crc == crc) return {};
    return Error{where, {"engine.zip_crc", {shownWords(name)}}, {"engine.torch_hint", {}}};
}

} // namespace

Result<std::map<std::string, ZipEntry>> zipEntries(const ByteSource &archive,
                                                   const std::string &where)
{
    return TableReader(archive, where).read();
}

Result<void> unpackEntry(const ByteSource &archive, const ZipEntry &entry, const std::string &name,
                         char *to, const std::string &where)
{
    if (entry.deflated) {
        const Result<bool> whole = inflateTo(archive, entry, to);
        if (!whole) return whole.error();
        if (!*whole)
            return Error{
                where, {"engine.zip_packed_badly", {shownWords(name)}}, {"engine.torch_hint", {}}};
    } else if (const auto read = archive.read(entry.begin, to, entry.size); !read) {
        return read;
    }
    return compareCrc(entry, crcOf(0, to, entry.size), name, where);
}

Result<void> checkEntry(const ByteSource &archive, const ZipEntry &entry, const std::string &name,
                        const std::string &where)
{
    if (entry.crc == 0) return {};
    std::string piece(std::min(kPieceBytes, entry.size), '\0');
    std::uint32_t crc = 0;
    for (std::uint64_t done = 0; done < entry.size; done += piece.size()) {
        piece.resize(std::min(kPieceBytes, entry.size - done));
        const auto read = archive.read(entry.begin + done, piece.data(), piece.size());
        if (!read) return read;
        crc = crcOf(crc, piece.data(), piece.size());
    }
    return compareCrc(entry, crc, name, where);
}

} // namespace ostrich::engine
