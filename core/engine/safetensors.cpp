// Files of named tensors: 8 bytes with the header's length, the header as JSON, then the numbers,
// little-endian.
#include "base/file.hpp"
#include "base/json.hpp"
#include "engine/machine.hpp"
#include "engine/model_torch.hpp"
#include "engine/safetensors_torch.hpp"

#include <ATen/ops/empty.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <optional>

namespace ostrich::engine {

namespace {

static_assert(std::endian::native == std::endian::little, "numbers in the file are little-endian");

constexpr std::size_t kLengthBytes = 8;
constexpr std::uint64_t kMaxHeaderBytes = 100'000'000; // as the format's own library
constexpr std::size_t kMaxDimensions = 16;
constexpr const char *kMetadata = "__metadata__";

struct NamedType {
    const char *name;
    at::ScalarType type;
};
constexpr std::array<NamedType, 10> kTypes{{{"F64", at::kDouble},
                                            {"F32", at::kFloat},
                                            {"F16", at::kHalf},
                                            {"BF16", at::kBFloat16},
                                            {"I64", at::kLong},
                                            {"I32", at::kInt},
                                            {"I16", at::kShort},
                                            {"I8", at::kChar},
                                            {"U8", at::kByte},
                                            {"BOOL", at::kBool}}};

std::optional<at::ScalarType> typeNamed(const std::string &name)
{
    for (const NamedType &one : kTypes)
        if (name == one.name) return one.type;
    return std::nullopt;
}

const char *nameOf(at::ScalarType type)
{
    for (const NamedType &one : kTypes)
        if (type == one.type) return one.name;
    return nullptr;
}

/// A tensor as the header announces it.
struct Entry {
    std::string name;
    at::ScalarType type = at::kFloat;
    std::vector<std::int64_t> sizes;
    std::uint64_t begin = 0, end = 0; // bytes after the header
};

/// Bytes `offset` .. `offset + count` of what is read, to `to`.
using ReadAt = std::function<Result<void>(std::uint64_t offset, char *to, std::size_t count)>;

/// Reads one file of `size` bytes. Every step returns the first objection.
class Reader {
public:
    Reader(std::uint64_t size, ReadAt readAt, const std::string &where, const Wanted &wanted)
        : m_size(size), m_readAt(std::move(readAt)), m_where(where), m_wanted(wanted)
    {
    }

    Result<TensorFile> read()
    {
        if (const auto wrong = readHeader()) return *wrong;
        if (const auto wrong = checkPlaces()) return *wrong;
        std::erase_if(m_entries,
                      [this](const Entry &entry) { return m_wanted && !m_wanted(entry.name); });
        if (const auto wrong = checkMemory()) return *wrong;
        for (const Entry &entry : m_entries) {
            at::Tensor tensor = at::empty(entry.sizes, at::TensorOptions().dtype(entry.type));
            const auto read =
                m_readAt(m_dataBegin + entry.begin, static_cast<char *>(tensor.data_ptr()),
                         static_cast<std::size_t>(entry.end - entry.begin));
            if (!read) return read.error();
            m_file.tensors[entry.name] = std::move(tensor);
        }
        return std::move(m_file);
    }

private:
    Error refuse(const char *id, std::vector<std::string> arguments = {}) const
    {
        return {m_where, {id, std::move(arguments)}, {"engine.safetensors_hint", {}}};
    }

    std::optional<Error> readHeader()
    {
        if (m_size < kLengthBytes) return refuse("engine.safetensors_short");
        std::uint64_t length = 0;
        if (const auto got = m_readAt(0, reinterpret_cast<char *>(&length), kLengthBytes); !got)
            return got.error();
        if (length > kMaxHeaderBytes) return refuse("engine.safetensors_foreign");
        if (length > m_size - kLengthBytes) return refuse("engine.safetensors_short");

        std::string header(static_cast<std::size_t>(length), '\0');
        if (const auto got = m_readAt(kLengthBytes, header.data(), header.size()); !got)
            return got.error();
        m_dataBegin = kLengthBytes + length;
        if (header.empty() || header.front() != '{') return refuse("engine.safetensors_foreign");
        const Result<nlohmann::json> json = parseJson(header, m_where);
        if (!json) return json.error();
        if (!json->is_object()) return refuse("engine.safetensors_foreign");
        for (const auto &[name, value] : json->items()) {
            const auto wrong = name == kMetadata ? readMetadata(value) : readEntry(name, value);
            if (wrong) return wrong;
        }
        return std::nullopt;
    }

    std::optional<Error> readMetadata(const nlohmann::json &value)
    {
        if (!value.is_object()) return refuse("engine.safetensors_metadata");
        for (const auto &[key, word] : value.items()) {
            if (!word.is_string()) return refuse("engine.safetensors_metadata");
            m_file.metadata[key] = word.get<std::string>();
        }
        return std::nullopt;
    }

    std::optional<Error> readEntry(const std::string &name, const nlohmann::json &value)
    {
        const auto broken = [&] { return refuse("engine.safetensors_entry", {name}); };
        if (!value.is_object() || value.size() != 3 || !value.contains("dtype")
            || !value.contains("shape") || !value.contains("data_offsets"))
            return broken();
        const nlohmann::json &dtype = value["dtype"], &shape = value["shape"];
        const nlohmann::json &offsets = value["data_offsets"];
        if (!dtype.is_string() || !shape.is_array() || !offsets.is_array() || offsets.size() != 2
            || !offsets[0].is_number_unsigned() || !offsets[1].is_number_unsigned()
            || shape.size() > kMaxDimensions)
            return broken();

        const auto type = typeNamed(dtype.get<std::string>());
        if (!type) return refuse("engine.safetensors_type", {name, dtype.get<std::string>()});
        Entry entry{
            name, *type, {}, offsets[0].get<std::uint64_t>(), offsets[1].get<std::uint64_t>()};
        std::uint64_t bytes = c10::elementSize(*type);
        for (const nlohmann::json &size : shape) {
            if (!size.is_number_unsigned()) return broken();
            const auto count = size.get<std::uint64_t>();
            if (count > INT64_MAX || __builtin_mul_overflow(bytes, count, &bytes))
                return refuse("engine.safetensors_size", {name});
            entry.sizes.push_back(static_cast<std::int64_t>(count));
        }
        if (entry.begin > entry.end || entry.end > dataBytes())
            return refuse("engine.safetensors_outside", {name});
        if (entry.end - entry.begin != bytes) return refuse("engine.safetensors_size", {name});
        m_entries.push_back(std::move(entry));
        return std::nullopt;
    }

    /// The tensors follow each other without overlap or gap, to the file's last byte.
    std::optional<Error> checkPlaces()
    {
        std::ranges::sort(m_entries, [](const Entry &one, const Entry &other) {
            return std::pair(one.begin, one.end) < std::pair(other.begin, other.end);
        });
        std::uint64_t place = 0;
        for (const Entry &entry : m_entries) {
            if (entry.begin < place) return refuse("engine.safetensors_overlap", {entry.name});
            if (entry.begin > place) return refuse("engine.safetensors_gap", {entry.name});
            place = entry.end;
        }
        if (place != dataBytes()) return refuse("engine.safetensors_trailing");
        return std::nullopt;
    }

    /// A header can announce a terabyte in a file that is all holes: it would be filled for real.
    std::optional<Error> checkMemory() const
    {
        std::uint64_t needed = 0;
        for (const Entry &entry : m_entries) needed += entry.end - entry.begin;
        const std::int64_t available = availableBytes();
        if (available <= 0 || needed <= static_cast<std::uint64_t>(available)) return std::nullopt;
        return Error{m_where, {"engine.safetensors_no_memory", {}}, {}};
    }

    std::uint64_t dataBytes() const { return m_size - m_dataBegin; }

    const std::uint64_t m_size;
    const ReadAt m_readAt;
    std::uint64_t m_dataBegin = 0; // after the header
    const std::string m_where;
    const Wanted &m_wanted;
    std::vector<Entry> m_entries;
    TensorFile m_file;
};

} // namespace

Result<TensorFile> parseSafetensors(std::string_view bytes, const std::string &where)
{
    const auto readAt = [bytes](std::uint64_t offset, char *to, std::size_t count) {
        if (count > 0) std::memcpy(to, bytes.data() + offset, count);
        return Result<void>();
    };
    Result<TensorFile> answer = TensorFile{};
    const Result<void> done =
        guarded(where, [&] { answer = Reader(bytes.size(), readAt, where, Wanted()).read(); });
    if (!done) return done.error();
    return answer;
}

Result<TensorFile> readSafetensors(const std::string &file, const Wanted &wanted)
{
    const Result<OpenFile> opened = OpenFile::open(file);
    if (!opened) return opened.error();
    const auto readAt = [&opened](std::uint64_t offset, char *to, std::size_t count) {
        return opened->read(offset, to, count);
    };
    Result<TensorFile> answer = TensorFile{};
    const Result<void> done =
        guarded(file, [&] { answer = Reader(opened->size(), readAt, file, wanted).read(); });
    if (!done) return done.error();
    return answer;
}

namespace {

/// The length and the header as the file begins; a multiple of 8 bytes.
Result<std::string> beginningOf(const TensorFile &content, const std::string &file)
{
    nlohmann::json header = nlohmann::json::object();
    if (!content.metadata.empty()) header[kMetadata] = content.metadata;
    std::uint64_t place = 0;
    for (const auto &[name, tensor] : content.tensors) {
        const char *type = nameOf(tensor.scalar_type());
        if (!type || name == kMetadata)
            return Error{file, {"engine.safetensors_unwritable", {name}}, {}};
        const std::uint64_t end = place + tensor.nbytes();
        header[name] = {
            {"dtype", type}, {"shape", tensor.sizes().vec()}, {"data_offsets", {place, end}}};
        place = end;
    }
    std::string text = jsonText(header);
    text.append((8 - text.size() % 8) % 8, ' '); // numbers start at a multiple of 8
    std::string bytes(kLengthBytes, '\0');
    const std::uint64_t length = text.size();
    std::memcpy(bytes.data(), &length, kLengthBytes);
    return bytes + text;
}

} // namespace

Result<void> writeSafetensors(const std::string &file, const TensorFile &content)
{
    Result<void> written;
    const Result<void> done = guarded(file, [&] {
        const auto beginning = beginningOf(content, file);
        if (!beginning) {
            written = beginning.error();
            return;
        }
        written = writeFile(file, [&](const Append &append) {
            bool goesOn = append(*beginning);
            for (auto entry = content.tensors.begin(); goesOn && entry != content.tensors.end();
                 ++entry) {
                const at::Tensor plain =
                    entry->second.detach().to(at::kCPU).contiguous(at::MemoryFormat::Contiguous);
                goesOn =
                    append({static_cast<const char *>(plain.const_data_ptr()), plain.nbytes()});
            }
        });
    });
    return done ? written : done;
}

} // namespace ostrich::engine
