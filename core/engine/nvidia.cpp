// What NVIDIA's driver says of its cards: libcuda for names and sizes, NVML for free memory.
#include "engine/nvidia.hpp"

#include <dlfcn.h>

#include <array>

namespace ostrich::engine {

namespace {

/// A function of a library that may not be there.
template <typename Function>
Function symbol(void *library, const char *name)
{
    return library ? reinterpret_cast<Function>(dlsym(library, name)) : nullptr;
}

/// NVML's nvmlMemory_t (version 1).
struct NvmlMemory {
    unsigned long long total = 0, free = 0, used = 0;
};

std::optional<std::int64_t> freeBytes(const char *pciBusId)
{
    static void *const library = dlopen("libnvidia-ml.so.1", RTLD_LAZY | RTLD_LOCAL);
    const auto start = symbol<int (*)()>(library, "nvmlInit_v2");
    const auto find =
        symbol<int (*)(const char *, void **)>(library, "nvmlDeviceGetHandleByPciBusId_v2");
    const auto memory = symbol<int (*)(void *, NvmlMemory *)>(library, "nvmlDeviceGetMemoryInfo");
    static const bool started = start && start() == 0;
    void *card = nullptr;
    NvmlMemory answer;
    if (!started || !find || !memory || find(pciBusId, &card) != 0 || memory(card, &answer) != 0)
        return std::nullopt;
    return static_cast<std::int64_t>(answer.free);
}

} // namespace

std::optional<NvidiaCard> nvidiaCard(int index)
{
    static void *const library = dlopen("libcuda.so.1", RTLD_LAZY | RTLD_LOCAL);
    const auto start = symbol<int (*)(unsigned)>(library, "cuInit");
    const auto find = symbol<int (*)(int *, int)>(library, "cuDeviceGet");
    const auto name = symbol<int (*)(char *, int, int)>(library, "cuDeviceGetName");
    const auto total = symbol<int (*)(std::size_t *, int)>(library, "cuDeviceTotalMem_v2");
    const auto attribute = symbol<int (*)(int *, int, int)>(library, "cuDeviceGetAttribute");
    const auto bus = symbol<int (*)(char *, int, int)>(library, "cuDeviceGetPCIBusId");
    int card = 0;
    std::array<char, 256> title{};
    std::size_t bytes = 0;
    if (!start || !find || !name || !total || start(0) != 0 || find(&card, index) != 0
        || name(title.data(), static_cast<int>(title.size()) - 1, card) != 0
        || total(&bytes, card) != 0)
        return std::nullopt;

    NvidiaCard answer{title.data(), static_cast<std::int64_t>(bytes),
                      static_cast<std::int64_t>(bytes), 0};
    constexpr int kCapabilityMajor = 75; // CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR
    int capability = 0;
    if (attribute && attribute(&capability, kCapabilityMajor, card) == 0)
        answer.capability = capability;
    std::array<char, 64> busId{};
    if (bus && bus(busId.data(), static_cast<int>(busId.size()) - 1, card) == 0)
        answer.freeBytes = freeBytes(busId.data()).value_or(answer.freeBytes);
    return answer;
}

} // namespace ostrich::engine
