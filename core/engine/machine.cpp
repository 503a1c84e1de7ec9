// The machine's facts: devices, threads, memory, LibTorch and its BLAS.
#include "engine/machine.hpp"

#include "engine/nvidia.hpp"

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/Version.h>
#include <torch/version.h>

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <limits>
#include <thread>

namespace ostrich::engine {

namespace {

/// The text after "KEY :" on the first such line of a file in /proc; empty when there is none.
std::string procEntry(const char *file, const std::string &key)
{
    std::ifstream stream(file);
    for (std::string line; std::getline(stream, line);) {
        if (!line.starts_with(key)) continue;
        const std::size_t colon = line.find(':');
        if (colon == std::string::npos) continue;
        const std::size_t begin = line.find_first_not_of(" \t", colon + 1);
        return begin == std::string::npos ? std::string() : line.substr(begin);
    }
    return {};
}

std::int64_t memoryBytes(const std::string &key)
{
    const std::string text = procEntry("/proc/meminfo", key); // "24575340 kB"
    std::int64_t kilobytes = 0;
    std::from_chars(text.data(), text.data() + text.size(), kilobytes);
    return kilobytes * 1024;
}

/// What a limit on the process's address space leaves of it; the largest number without one.
std::int64_t addressSpaceLeft()
{
    rlimit limit{};
    if (::getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return INT64_MAX;
    std::ifstream stream("/proc/self/statm"); // its first number: pages of address space
    std::int64_t pages = 0;
    stream >> pages;
    const auto allowed = static_cast<std::int64_t>(
        std::min<rlim_t>(limit.rlim_cur, std::numeric_limits<std::int64_t>::max()));
    return std::max<std::int64_t>(allowed - pages * ::sysconf(_SC_PAGESIZE), 0);
}

bool libraryIsLoaded(const std::string &part)
{
    std::ifstream maps("/proc/self/maps");
    for (std::string line; std::getline(maps, line);)
        if (line.find(part) != std::string::npos) return true;
    return false;
}

/// What multiplies matrices. Debian's LibTorch takes whatever libblas.so.3 leads to, so the loaded
/// files decide there.
std::string blasName()
{
    const std::string config = at::show_config();
    const auto says = [&](const char *words) { return config.find(words) != std::string::npos; };
    if (says("BLAS_INFO=mkl") || says("Math Kernel Library Version")) return "mkl";
    if (says("BLAS_INFO=open") || libraryIsLoaded("openblas")) return "openblas";
    if (libraryIsLoaded("libblis")) return "blis";
    if (libraryIsLoaded("libblas")) return "reference";
    return "unknown";
}

bool hasFastBfloat16()
{
    const std::string flags = procEntry("/proc/cpuinfo", "flags") + " ";
    return flags.find(" avx512_bf16 ") != std::string::npos
           || flags.find(" amx_bf16 ") != std::string::npos;
}

std::vector<Device> cudaDevices()
{
    std::vector<Device> found;
    try {
        if (!at::hasCUDA()) return {};
        const int count = static_cast<int>(at::getNumGPUs());
        for (int index = 0; index < count; ++index) {
            const std::string name = "cuda:" + std::to_string(index);
            const NvidiaCard card = nvidiaCard(index).value_or(NvidiaCard{name, 0, 0, 0});
            // Tensor cores know bfloat16 from compute capability 8 on; older cards emulate it.
            constexpr int kAmpere = 8;
            found.push_back(
                {name, card.title, card.totalBytes, card.freeBytes, card.capability >= kAmpere});
        }
    } catch (const std::exception &) {
        // A driver too old or a card in trouble: as good as no card, and the CPU serves.
    }
    return found;
}

} // namespace

std::vector<Device> devices()
{
    std::vector<Device> all{
        {"cpu", "CPU", memoryBytes("MemTotal"), availableBytes(), hasFastBfloat16()}};
    for (Device &device : cudaDevices()) all.push_back(std::move(device));
    return all;
}

Result<std::string> resolveDevice(const std::string &wish)
{
    if (wish == "cpu") return wish;
    // Else cuDNN rounds the factors of convolutions to TF32, 10 bits: fp32 would not be exact, and
    // what an attack leaves on the border of two classes falls to either side elsewhere.
    at::globalContext().setAllowTF32CuDNN(false);
    const std::vector<Device> all = devices();
    if (wish == "auto") return all.size() > 1 ? all[1].name : all[0].name;

    const std::string name = wish == "cuda" ? "cuda:0" : wish;
    std::string names;
    for (const Device &device : all) {
        if (device.name == name) return name;
        names += (names.empty() ? "" : ", ") + device.name;
    }
    return Error{wish, {"engine.no_device", {wish}}, {"engine.no_device_hint", {names}}};
}

std::int64_t availableBytes()
{
    return std::min(memoryBytes("MemAvailable"), addressSpaceLeft());
}

MachineFacts machineFacts()
{
    MachineFacts facts;
    facts.torchVersion = TORCH_VERSION;
    facts.blas = blasName();
    facts.cpu = procEntry("/proc/cpuinfo", "model name");
    facts.capability = at::get_cpu_capability();
    facts.cores = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    facts.torchThreads = at::get_num_threads();
    facts.totalBytes = memoryBytes("MemTotal");
    facts.availableBytes = availableBytes();
    facts.fastBfloat16 = hasFastBfloat16();
    facts.shortWaits = shortWaits();
    return facts;
}

void setThreadCount(int threads)
{
    // LibTorch sets a thread's count a second time, from a number that all threads share, at the
    // thread's first parallel region. Asking first makes that happen now, so that the count of
    // another thread cannot replace this one later.
    at::get_num_threads();
    at::set_num_threads(std::max(1, threads));
}

void lowerPriority()
{
    // Linux counts niceness by thread; refusal (already nicer) does no harm.
    constexpr int kNice = 10;
    setpriority(PRIO_PROCESS, 0, kNice);
}

} // namespace ostrich::engine
