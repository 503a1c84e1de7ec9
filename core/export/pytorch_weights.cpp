// The pickle and the archive around it, as torch.save lays them out (PyTorch's serialization
// notes).
#include "export/pytorch_weights.hpp"

#include "base/file.hpp"
#include "data/stored_zip.hpp"
#include "engine/model_torch.hpp"

#include <bit>

namespace ostrich::exporting {

namespace {

static_assert(std::endian::native == std::endian::little, "the archive says so");

/// The few opcodes of Python's pickletools that a state dict needs.
class Pickle {
public:
    Pickle() { m_bytes = "\x80\x02"; } // PROTO 2

    void global(const std::string &module, const std::string &name)
    {
        m_bytes += 'c' + module + '\n' + name + '\n';
    }

    void text(const std::string &words) // BINUNICODE
    {
        m_bytes += 'X';
        number(words.size(), 4);
        m_bytes += words;
    }

    void integer(std::int64_t value) // BININT, or LONG1 of eight bytes
    {
        const bool isShort = value <= INT32_MAX;
        m_bytes += isShort ? std::string("J") : std::string("\x8a\x08");
        number(static_cast<std::uint64_t>(value), isShort ? 4 : 8);
    }

    void integers(const std::vector<std::int64_t> &values) // MARK ... TUPLE
    {
        mark();
        for (const std::int64_t value : values) integer(value);
        tuple();
    }

    void no() { m_bytes += '\x89'; }                             // NEWFALSE
    void mark() { m_bytes += '('; }                              // MARK
    void tuple() { m_bytes += 't'; }                             // TUPLE, from the mark on
    void emptyTuple() { m_bytes += ')'; }                        // EMPTY_TUPLE
    void call() { m_bytes += 'R'; }                              // REDUCE
    void persistentId() { m_bytes += 'Q'; }                      // BINPERSID
    void setItems() { m_bytes += 'u'; }                          // SETITEMS, from the mark on
    std::string finished() { return std::move(m_bytes += '.'); } // STOP

private:
    void number(std::uint64_t value, int bytes)
    {
        for (int i = 0; i < bytes; ++i) m_bytes += static_cast<char>(value >> (8 * i) & 0xff);
    }

    std::string m_bytes;
};

std::int64_t valuesOf(const PickledTensor &tensor)
{
    std::int64_t product = 1;
    for (const std::int64_t size : tensor.sizes) product *= size;
    return product;
}

std::vector<std::int64_t> stridesOf(const PickledTensor &tensor)
{
    std::vector<std::int64_t> strides(tensor.sizes.size(), 1);
    for (std::size_t i = strides.size(); i-- > 1;) strides[i - 1] = strides[i] * tensor.sizes[i];
    return strides;
}

void emptyDict(Pickle &pickle)
{
    pickle.global("collections", "OrderedDict");
    pickle.emptyTuple();
    pickle.call();
}

/// torch._utils._rebuild_tensor_v2(storage, offset, sizes, strides, requires_grad, hooks)
void rebuiltTensor(Pickle &pickle, const PickledTensor &tensor, const std::string &storage)
{
    pickle.global("torch._utils", "_rebuild_tensor_v2");
    pickle.mark();
    pickle.mark();
    pickle.text("storage");
    pickle.global("torch", "FloatStorage");
    pickle.text(storage);
    pickle.text("cpu");
    pickle.integer(valuesOf(tensor));
    pickle.tuple();
    pickle.persistentId();
    pickle.integer(0);
    pickle.integers(tensor.sizes);
    pickle.integers(stridesOf(tensor));
    pickle.no();
    emptyDict(pickle);
    pickle.tuple();
    pickle.call();
}

} // namespace

std::string stateDictPickle(const std::vector<PickledTensor> &tensors)
{
    Pickle pickle;
    emptyDict(pickle);
    pickle.mark();
    for (const PickledTensor &tensor : tensors) {
        pickle.text(tensor.name);
        rebuiltTensor(pickle, tensor, std::to_string(tensor.storage));
    }
    pickle.setItems();
    return pickle.finished();
}

Result<void> savePytorchWeights(const engine::SnapshotHandle &weights, const NameOfBlock &names,
                                const std::filesystem::path &file,
                                const std::vector<engine::Tie> &ties)
{
    std::vector<PickledTensor> tensors;
    std::map<std::string, std::size_t> places; // of the names in `weights`
    std::vector<data::StoredFile> files(3);
    const Result<void> gathered = engine::guarded(file.string(), [&] {
        for (const auto &[name, tensor] : weights->tensors) {
            const at::Tensor plain = tensor.to(at::kCPU, at::kFloat).contiguous();
            const std::string storage = "archive/data/" + std::to_string(tensors.size());
            files.push_back(
                {storage, {static_cast<const char *>(plain.const_data_ptr()), plain.nbytes()}});
            places[name] = tensors.size();
            tensors.push_back({nameInPython(name, names), plain.sizes().vec(), tensors.size()});
        }
    });
    if (!gathered) return gathered;
    for (const auto &[user, owner] : ties) {
        const auto place = places.find(owner);
        if (place == places.end()) continue;
        PickledTensor second = tensors[place->second];
        second.name = nameInPython(user, names);
        tensors.push_back(std::move(second));
    }
    files[0] = {"archive/data.pkl", stateDictPickle(tensors)};
    files[1] = {"archive/byteorder", "little"};
    files[2] = {"archive/version", "3\n"};
    const std::string bytes = data::storedZip(files);
    if (bytes.empty())
        return Error{
            file.string(), {"export.weights_failed", {}}, {"export.weights_failed_hint", {}}};
    return writeFile(file, bytes);
}

} // namespace ostrich::exporting
