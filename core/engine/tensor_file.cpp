// Which format a file of weights has, and what is in it.
#include "engine/tensor_file_torch.hpp"

#include "base/file.hpp"
#include "engine/weight_file.hpp"

#include <algorithm>
#include <cstring>
#include <filesystem>

namespace ostrich::engine {

namespace {

constexpr std::size_t kLookedAt = 9;
constexpr char kPickleBegins = '\x80'; // of protocol 2 and later

/// A zip archive or a pickle. Safetensors begin with their header's length in 8 bytes, low first,
/// then its "{": a length can look like the first byte of a pickle, a pickle's 8 bytes are never a
/// length that fits.
bool isTorchFile(const std::filesystem::path &file, std::string_view begins, std::uint64_t size)
{
    std::uint64_t header = 0;
    if (begins.size() == kLookedAt) std::memcpy(&header, begins.data(), sizeof header);
    if (begins.size() == kLookedAt && begins.back() == '{' && header <= size) return false;
    if (begins.starts_with("PK") || begins.starts_with(kPickleBegins)) return true;
    const std::string extension = file.extension().string();
    return extension == ".pt" || extension == ".pth" || extension == ".pkl";
}

const char *typeName(at::ScalarType type)
{
    switch (type) {
    case at::kDouble:
        return "float64";
    case at::kFloat:
        return "float32";
    case at::kHalf:
        return "float16";
    case at::kBFloat16:
        return "bfloat16";
    case at::kLong:
        return "int64";
    case at::kInt:
        return "int32";
    case at::kShort:
        return "int16";
    case at::kChar:
        return "int8";
    case at::kByte:
        return "uint8";
    case at::kBool:
        return "bool";
    default:
        return c10::toString(type);
    }
}

} // namespace

Result<TensorFile> readTensorFile(const std::string &file, const Wanted &wanted)
{
    const Result<OpenFile> opened = OpenFile::open(file);
    if (!opened) return opened.error();
    std::string begins(std::min<std::uint64_t>(opened->size(), kLookedAt), '\0');
    const auto read = opened->read(0, begins.data(), begins.size());
    if (!read) return read.error();
    return isTorchFile(file, begins, opened->size()) ? readTorchFile(file, wanted)
                                                     : readSafetensors(file, wanted);
}

Result<WeightFileFacts> weightFileFacts(const std::string &file)
{
    const Result<TensorFile> read = readTensorFile(file);
    if (!read) return read.error();
    WeightFileFacts facts{read->format, read->taken, {}};
    for (const auto &[name, tensor] : read->tensors)
        facts.weights.push_back({name, typeName(tensor.scalar_type()), tensor.sizes().vec(),
                                 tensor.numel(), static_cast<std::int64_t>(tensor.nbytes())});
    return facts;
}

} // namespace ostrich::engine
