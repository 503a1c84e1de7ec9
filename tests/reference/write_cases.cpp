// Writes what tests/reference/check.py compares with PyTorch: every block of block_cases.hpp, every
// template, and small networks for what templates do not show.
//
//   reference_write_cases FOLDER
#include "block_reference.hpp"
#include "network_reference.hpp"
#include "small_networks.hpp"

#include "base/json.hpp"
#include "data/source.hpp"
#include "project/templates.hpp"

#include <ATen/Parallel.h>

namespace fs = std::filesystem;

namespace {

std::string folderName(const std::string &group, std::size_t number)
{
    return fmt::format("{}/{:03}", group, number);
}

nlohmann::json writeBlocks(const fs::path &root)
{
    nlohmann::json cases = nlohmann::json::array();
    for (const BlockCase &one : blockCases()) {
        const std::string folder = folderName("blocks", cases.size());
        writeBlock(one, root / folder);
        nlohmann::json tokens = nlohmann::json::array();
        for (const auto &shape : one.inputs) tokens.push_back(shape.isTokens());
        cases.push_back(
            {{"title", one.title}, {"kind", one.kind}, {"folder", folder}, {"tokens", tokens}});
    }
    return cases;
}

std::vector<NetworkCase> templateCases()
{
    std::vector<NetworkCase> cases;
    for (const auto &known : ostrich::project::templates()) {
        // Far larger than the others, and held against its original's own answers
        // (tests/core/train/imported_run_test.cpp).
        if (known.weights) continue;
        auto project = checked(ostrich::project::newProject(known.name));
        auto facts = checked(ostrich::data::factsOf(project.data));
        cases.push_back({known.name, std::move(project), std::move(facts)});
    }
    return cases;
}

nlohmann::json writeNetworks(const std::vector<NetworkCase> &networks, const std::string &group,
                             const fs::path &root)
{
    nlohmann::json cases = nlohmann::json::array();
    for (const NetworkCase &one : networks) {
        const std::string folder = folderName(group, cases.size());
        writeNetwork(one, root / folder);
        cases.push_back({{"title", one.title}, {"folder", folder}});
    }
    return cases;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 2) {
        std::fprintf(stderr, "usage: reference_write_cases FOLDER\n");
        return 2;
    }
    const fs::path root = argv[1];
    at::set_num_threads(1);
    const nlohmann::json cases{
        {"blocks", writeBlocks(root)},
        {"templates", writeNetworks(templateCases(), "templates", root)},
        {"networks", writeNetworks(smallNetworks(), "networks", root)},
        {"learning_rate", referenceRecipe().learning_rate},
        {"momentum", referenceRecipe().momentum},
    };
    writeText(root / "cases.json", ostrich::jsonText(cases, 1) + "\n");
    return 0;
}
