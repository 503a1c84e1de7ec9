// The two containers of torch.save: a zip archive with data.pkl and one file for each storage, and
// the older row of pickles with the storages behind them.
#include "base/file.hpp"
#include "engine/machine.hpp"
#include "engine/model_torch.hpp"
#include "engine/tensor_file_torch.hpp"
#include "engine/torch_plan_torch.hpp"
#include "engine/zip_table.hpp"

#include <ATen/ops/as_strided.h>
#include <ATen/ops/empty.h>

#include <algorithm>
#include <optional>
#include <string_view>

namespace ostrich::engine {

namespace {

using Kind = PickleValue::Kind;

constexpr std::string_view kZipBegins = "PK"; // no instruction of a pickle that is accepted
constexpr std::string_view kDescription = "/data.pkl";
constexpr std::uint64_t kMaxDescription = 64'000'000;
constexpr std::string_view kMagic = "\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19"; // 0x1950a86a...
constexpr std::string_view kMagicDigits = "119547037146038801333356";           // protocol 1
constexpr std::int64_t kLegacyVersion = 1001;
// Several tensors of one storage are written once and read several times; a small file that becomes
// gigabytes is none of weights.
constexpr std::uint64_t kMaxGrowth = 32, kFreeBytes = 16'000'000;

/// What a file holds, before any number of it is read.
struct Contents {
    TorchPlan plan;
    std::map<std::string, ZipEntry> places; // of the storages, by key
    std::string format;
};

Error refuse(const std::string &where, const char *id, std::vector<std::string> arguments = {})
{
    return {where, {id, std::move(arguments)}, {"engine.torch_hint", {}}};
}

Error foreign(const std::string &where)
{
    return {where, {"engine.torch_foreign", {}}, {"engine.torch_no_tensors_hint", {}}};
}

// The zip archive.

using Entries = std::map<std::string, ZipEntry>;

/// The folder in the archive in which everything lies: "archive" or the file's first name.
std::optional<std::string> folderIn(const Entries &entries)
{
    for (const auto &[name, entry] : entries) {
        const std::size_t slash = name.find('/');
        if (slash != name.npos && std::string_view(name).substr(slash) == kDescription)
            return name.substr(0, slash);
    }
    return std::nullopt;
}

bool isProgram(const Entries &entries, const std::string &folder)
{
    const auto code = entries.lower_bound(folder + "/code/");
    return entries.contains(folder + "/constants.pkl")
           || (code != entries.end() && code->first.starts_with(folder + "/code/"));
}

/// All of a small entry.
Result<std::string> smallEntry(const ByteSource &file, const Entries &entries,
                               const std::string &name, const std::string &where)
{
    const ZipEntry &entry = entries.at(name);
    if (entry.size > kMaxDescription) return refuse(where, "engine.pickle_large");
    std::string bytes(entry.size, '\0');
    const auto read = unpackEntry(file, entry, name, bytes.data(), where);
    if (!read) return read.error();
    return bytes;
}

ByteSource sourceOf(const std::string &bytes)
{
    return {bytes.size(), [&bytes](std::uint64_t offset, char *to, std::size_t count) {
                bytes.copy(to, count, offset);
                return Result<void>();
            }};
}

Result<Contents> zipContents(const ByteSource &file, const std::string &where, const Wanted &wanted)
{
    const Result<Entries> entries = zipEntries(file, where);
    if (!entries) return entries.error();
    const std::optional<std::string> folder = folderIn(*entries);
    if (!folder) return foreign(where);
    if (isProgram(*entries, *folder))
        return Error{where, {"engine.torch_program", {}}, {"engine.torch_no_tensors_hint", {}}};
    if (const std::string name = *folder + "/byteorder"; entries->contains(name)) {
        const auto order = smallEntry(file, *entries, name, where);
        if (!order) return order.error();
        if (*order != "little") return refuse(where, "engine.torch_byte_order");
    }

    const auto bytes = smallEntry(file, *entries, *folder + std::string(kDescription), where);
    if (!bytes) return bytes.error();
    const Result<Pickle> pickle = readPickle(sourceOf(*bytes), 0, where);
    if (!pickle) return pickle.error();
    Result<TorchPlan> plan = planTensors(*pickle, where, wanted);
    if (!plan) return plan.error();
    Contents contents{std::move(*plan), {}, "pytorch-zip"};
    for (const auto &[key, storage] : contents.plan.storages) {
        const auto entry = entries->find(*folder + "/data/" + key);
        if (entry == entries->end())
            return refuse(where, "engine.torch_storage_missing", {shownWords(key)});
        if (entry->second.size != storage.bytes())
            return refuse(where, "engine.torch_storage_size", {shownWords(key)});
        contents.places[key] = entry->second;
    }
    return contents;
}

// The row of pickles.

bool isMagic(const PickleValue &value)
{
    return value.kind == Kind::BigInt && (value.text == kMagic || value.text == kMagicDigits);
}

/// The system that wrote the file: only the order of bytes matters.
bool isLittleEndian(const Pickle &system)
{
    const PickleValue &facts = system.at(system.root);
    if (facts.kind != Kind::Dict) return true;
    for (std::size_t i = 0; i + 1 < facts.items.size(); i += 2) {
        const PickleValue &order = system.at(facts.items[i + 1]);
        if (system.at(facts.items[i]).text == "little_endian" && order.kind == Kind::Bool)
            return order.integer == 1;
    }
    return true;
}

/// Each storage is its count (int64), then its numbers, in the order of `keys`, from `place` on.
Result<void> findStorages(const ByteSource &file, std::uint64_t place, const Pickle &keys,
                          Contents &contents, const std::string &where)
{
    const PickleValue &list = keys.at(keys.root);
    if (list.kind != Kind::List) return refuse(where, "engine.torch_storage");
    for (const PickleId id : list.items) {
        const std::string &key = keys.at(id).text;
        const auto storage = contents.plan.storages.find(key);
        if (storage == contents.plan.storages.end() || contents.places.contains(key))
            return refuse(where, "engine.torch_storage");
        std::uint64_t count = 0;
        if (file.size - place < sizeof count) return refuse(where, "engine.torch_short");
        const auto read = file.read(place, reinterpret_cast<char *>(&count), sizeof count);
        if (!read) return read.error();
        place += sizeof count;
        const std::uint64_t bytes = storage->second.bytes();
        if (count != storage->second.count)
            return refuse(where, "engine.torch_storage_size", {shownWords(key)});
        if (bytes > file.size - place) return refuse(where, "engine.torch_short");
        contents.places[key] = {.begin = place, .packed = bytes, .size = bytes};
        place += bytes;
    }
    for (const auto &[key, storage] : contents.plan.storages)
        if (!contents.places.contains(key))
            return refuse(where, "engine.torch_storage_missing", {shownWords(key)});
    return {};
}

Result<Contents> legacyContents(const ByteSource &file, const std::string &where,
                                const Wanted &wanted)
{
    const Result<Pickle> magic = readPickle(file, 0, where);
    if (!magic) return magic.error();
    if (!isMagic(magic->at(magic->root))) return foreign(where);
    const Result<Pickle> version = readPickle(file, magic->end, where);
    if (!version) return version.error();
    if (version->at(version->root).integer != kLegacyVersion)
        return refuse(where, "engine.torch_version");
    const Result<Pickle> system = readPickle(file, version->end, where);
    if (!system) return system.error();
    if (!isLittleEndian(*system)) return refuse(where, "engine.torch_byte_order");

    const Result<Pickle> pickle = readPickle(file, system->end, where);
    if (!pickle) return pickle.error();
    Result<TorchPlan> plan = planTensors(*pickle, where, wanted);
    if (!plan) return plan.error();
    const Result<Pickle> keys = readPickle(file, pickle->end, where);
    if (!keys) return keys.error();
    Contents contents{std::move(*plan), {}, "pytorch-legacy"};
    const auto found = findStorages(file, keys->end, *keys, contents, where);
    if (!found) return found.error();
    return contents;
}

// The numbers.

std::uint64_t bytesOf(const TorchTensor &tensor)
{
    return std::max(tensor.count, tensor.extent) * c10::elementSize(tensor.type);
}

/// Everything that reading will take, before it is taken.
std::optional<Error> checkMemory(const Contents &contents, std::uint64_t fileBytes,
                                 const std::string &where)
{
    std::uint64_t needed = 0;
    bool overflows = false;
    const auto add = [&](std::uint64_t bytes) {
        overflows = __builtin_add_overflow(needed, bytes, &needed) || overflows;
    };
    for (const auto &[name, tensor] : contents.plan.tensors) add(bytesOf(tensor));
    for (const auto &[key, place] : contents.places)
        if (place.deflated) add(place.size);
    if (overflows || needed > kFreeBytes + kMaxGrowth * fileBytes)
        return refuse(where, "engine.torch_growth",
                      {std::to_string(fileBytes / 1'000'000), std::to_string(needed / 1'000'000)});
    const std::int64_t available = availableBytes();
    if (available <= 0 || needed <= static_cast<std::uint64_t>(available)) return std::nullopt;
    return Error{where, {"engine.safetensors_no_memory", {}}, {}};
}

/// Reads the tensors of one file, storage by storage.
class TensorReader {
public:
    TensorReader(const ByteSource &file, const Contents &contents, const std::string &where)
        : m_file(file), m_contents(contents), m_where(where)
    {
    }

    Result<TensorFile> read()
    {
        TensorFile answer;
        answer.format = m_contents.format;
        answer.taken = m_contents.plan.taken;
        for (const auto &[name, tensor] : byStorage()) {
            const Result<at::Tensor> values = valuesOf(*tensor);
            if (!values) return values.error();
            answer.tensors[*name] = *values;
        }
        return answer;
    }

private:
    using Named = std::pair<const std::string *, const TorchTensor *>;

    /// So that a storage is checked, and where it is deflated unpacked, once.
    std::vector<Named> byStorage() const
    {
        std::vector<Named> all;
        for (const auto &[name, tensor] : m_contents.plan.tensors) all.emplace_back(&name, &tensor);
        std::ranges::stable_sort(all, {}, [](const Named &one) { return one.second->storage; });
        return all;
    }

    /// Contiguous, of the tensor's sizes.
    Result<at::Tensor> valuesOf(const TorchTensor &tensor)
    {
        if (tensor.count == 0)
            return at::empty(tensor.sizes, at::TensorOptions().dtype(tensor.type));
        // PyTorch computes with a bool as one bit of a byte; the file may hold any byte.
        const bool isBool = tensor.type == at::kBool;
        at::Tensor flat = at::empty({static_cast<std::int64_t>(tensor.extent)},
                                    at::TensorOptions().dtype(isBool ? at::kByte : tensor.type));
        const auto read =
            readBytes(tensor.storage, tensor.begin, static_cast<char *>(flat.data_ptr()),
                      tensor.extent * c10::elementSize(tensor.type));
        if (!read) return read.error();
        if (isBool) flat = flat.ne(0);
        return at::as_strided(flat, tensor.sizes, tensor.strides, 0).contiguous();
    }

    Result<void> readBytes(const std::string &key, std::uint64_t begin, char *to, std::size_t count)
    {
        const ZipEntry &place = m_contents.places.at(key);
        if (m_atHand != key) {
            if (const auto ready = makeReady(place, "data/" + key); !ready) return ready;
            m_atHand = key;
        }
        if (!place.deflated) return m_file.read(place.begin + begin, to, count);
        m_unpacked.copy(to, count, begin);
        return {};
    }

    Result<void> makeReady(const ZipEntry &place, const std::string &name)
    {
        if (!place.deflated) return checkEntry(m_file, place, name, m_where);
        m_unpacked.assign(place.size, '\0');
        return unpackEntry(m_file, place, name, m_unpacked.data(), m_where);
    }

    const ByteSource &m_file;
    const Contents &m_contents;
    const std::string &m_where;
    std::optional<std::string> m_atHand; // the storage that was checked last
    std::string m_unpacked;              // its bytes, where it is deflated
};

Result<TensorFile> readFrom(const ByteSource &file, const std::string &where, const Wanted &wanted)
{
    std::string begins(std::min<std::uint64_t>(file.size, kZipBegins.size()), '\0');
    if (const auto read = file.read(0, begins.data(), begins.size()); !read) return read.error();
    const Result<Contents> contents = begins == kZipBegins ? zipContents(file, where, wanted)
                                                           : legacyContents(file, where, wanted);
    if (!contents) return contents.error();
    if (const auto wrong = checkMemory(*contents, file.size, where)) return *wrong;
    return TensorReader(file, *contents, where).read();
}

} // namespace

Result<TensorFile> readTorchFile(const std::string &file, const Wanted &wanted)
{
    const Result<OpenFile> opened = OpenFile::open(file);
    if (!opened) return opened.error();
    const ByteSource source{opened->size(),
                            [&opened](std::uint64_t offset, char *to, std::size_t count) {
                                return opened->read(offset, to, count);
                            }};
    Result<TensorFile> answer = TensorFile{};
    const Result<void> done = guarded(file, [&] { answer = readFrom(source, file, wanted); });
    if (!done) return done.error();
    return answer;
}

} // namespace ostrich::engine
