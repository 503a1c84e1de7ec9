// Files of named tensors: 8 bytes with the header's length, the header as JSON, then the numbers,
// little-endian.
#include "base/file.hpp"
#include "base/json.hpp"
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
constexpr std::uintmax_t kMaxFileBytes = std::uintmax_t{1} << 36;
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

/// Reads one file. Every step returns the first objection.
class Reader {
public:
    Reader(std::string_view bytes, const std::string &where) : m_bytes(bytes), m_where(where) {}

    Result<TensorFile> read()
    {
        if (const auto wrong = readHeader()) return *wrong;
        if (const auto wrong = checkPlaces()) return *wrong;
        for (const Entry &entry : m_entries) {
            at::Tensor tensor = at::empty(entry.sizes, at::TensorOptions().dtype(entry.type));
            if (entry.end > entry.begin)
                std::memcpy(tensor.data_ptr(), m_data.data() + entry.begin,
                            entry.end - entry.begin);
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
        if (m_bytes.size() < kLengthBytes) return refuse("engine.safetensors_short");
        std::uint64_t length = 0;
        std::memcpy(&length, m_bytes.data(), kLengthBytes);
        if (length > kMaxHeaderBytes) return refuse("engine.safetensors_foreign");
        if (length > m_bytes.size() - kLengthBytes) return refuse("engine.safetensors_short");

        const std::string_view header = m_bytes.substr(kLengthBytes, length);
        m_data = m_bytes.substr(kLengthBytes + length);
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
        if (entry.begin > entry.end || entry.end > m_data.size())
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
        if (place != m_data.size()) return refuse("engine.safetensors_trailing");
        return std::nullopt;
    }

    std::string_view m_bytes;
    std::string_view m_data; // after the header
    std::string m_where;
    std::vector<Entry> m_entries;
    TensorFile m_file;
};

} // namespace

Result<TensorFile> parseSafetensors(std::string_view bytes, const std::string &where)
{
    Result<TensorFile> answer = TensorFile{};
    const Result<void> done = guarded(where, [&] { answer = Reader(bytes, where).read(); });
    if (!done) return done.error();
    return answer;
}

Result<TensorFile> readSafetensors(const std::string &file)
{
    const Result<std::string> bytes = readFile(file, kMaxFileBytes);
    if (!bytes) return bytes.error();
    return parseSafetensors(*bytes, file);
}

Result<void> writeSafetensors(const std::string &file, const TensorFile &content)
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
    bytes += text;
    bytes.reserve(bytes.size() + place);
    const Result<void> done = guarded(file, [&] {
        for (const auto &[name, tensor] : content.tensors) {
            const at::Tensor plain =
                tensor.detach().to(at::kCPU).contiguous(at::MemoryFormat::Contiguous);
            bytes.append(static_cast<const char *>(plain.const_data_ptr()), plain.nbytes());
        }
    });
    if (!done) return done.error();
    return writeFile(file, bytes);
}

} // namespace ostrich::engine
