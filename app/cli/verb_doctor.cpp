// ostrich-cli doctor: what this machine has, and what would make it faster.
#include "cli/answer.hpp"
#include "cli/verb.hpp"
#include "engine/machine.hpp"

#include <filesystem>

namespace ostrich::cli {

namespace {

/// What would help here; empty on a machine that lacks nothing.
std::vector<Message> advice(const engine::MachineFacts &facts,
                            const std::vector<engine::Device> &devices)
{
    std::vector<Message> all;
    const bool usesGpu = devices.size() > 1;
    std::error_code ignored;
    if (!usesGpu && std::filesystem::exists("/proc/driver/nvidia/version", ignored))
        all.push_back({"cli.advice_cuda", {facts.torchVersion}});
    if (facts.blas == "reference") all.push_back({"cli.advice_blas", {}});
    if (facts.torchThreads < facts.cores)
        all.push_back({"cli.advice_threads",
                       {std::to_string(facts.torchThreads), std::to_string(facts.cores)}});
    if (!usesGpu && !facts.fastBfloat16) all.push_back({"cli.advice_bf16", {}});
    constexpr std::int64_t kLittle = std::int64_t{2} << 30;
    if (facts.availableBytes > 0 && facts.availableBytes < kLittle)
        all.push_back({"cli.advice_memory", {bytes(facts.availableBytes)}});
    return all;
}

void printJson(const engine::MachineFacts &facts, const std::vector<engine::Device> &devices,
               const Context &context)
{
    auto list = nlohmann::json::array();
    for (const engine::Device &device : devices)
        list.push_back({{"name", device.name},
                        {"title", device.title},
                        {"total_bytes", device.totalBytes},
                        {"free_bytes", device.freeBytes}});
    auto hints = nlohmann::json::array();
    for (const Message &message : advice(facts, devices))
        hints.push_back(sentence(message, context.language));
    printLine({{"ostrich", OSTRICH_VERSION},
               {"libtorch", facts.torchVersion},
               {"blas", facts.blas},
               {"cpu", facts.cpu},
               {"capability", facts.capability},
               {"cores", facts.cores},
               {"threads", facts.torchThreads},
               {"total_bytes", facts.totalBytes},
               {"available_bytes", facts.availableBytes},
               {"fast_bfloat16", facts.fastBfloat16},
               {"short_waits", facts.shortWaits},
               {"devices", list},
               {"advice", hints}});
}

int doctor(const Context &context)
{
    // Every place that computes asks for all cores first: what counts is what LibTorch then gives.
    engine::setThreadCount(engine::machineFacts().cores);
    const engine::MachineFacts facts = engine::machineFacts();
    const std::vector<engine::Device> devices = engine::devices();
    if (context.json) {
        printJson(facts, devices, context);
        return kDone;
    }
    const std::string yes = text(context, "cli.yes"), no = text(context, "cli.no");
    std::vector<std::vector<std::string>> rows{
        {"Ostrich", OSTRICH_VERSION},
        {"LibTorch", facts.torchVersion},
        {"BLAS", facts.blas},
        {text(context, "cli.processor"), facts.cpu + " (" + facts.capability + ")"},
        {text(context, "cli.cores_threads"),
         std::to_string(facts.cores) + " / " + std::to_string(facts.torchThreads)},
        {text(context, "cli.memory"),
         bytes(facts.availableBytes) + " / " + bytes(facts.totalBytes)},
        {text(context, "cli.fast_bf16"), facts.fastBfloat16 ? yes : no}};
    for (const engine::Device &device : devices)
        rows.push_back({device.name, device.title + " (" + bytes(device.freeBytes) + ")"});
    print(table(rows));
    const auto hints = advice(facts, devices);
    for (const Message &message : hints) print("- " + sentence(message, context.language));
    if (hints.empty()) print(text(context, "cli.advice_none"));
    return kDone;
}

} // namespace

Work declareDoctor(CLI::App &, const Context &context)
{
    return [&context] { return doctor(context); };
}

} // namespace ostrich::cli
