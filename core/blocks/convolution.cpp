// The misfit and the card line of a convolution.
#include "blocks/convolution.hpp"

#include "blocks/misfits.hpp"
#include "blocks/specs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace ostrich::blocks {

graph::Misfit groupsDoNotFit(const std::string &kind, std::int64_t channels, std::int64_t filters,
                             std::int64_t groups)
{
    const std::int64_t common = std::gcd(channels, filters);
    std::int64_t nearest = std::min(groups, common);
    while (common % nearest != 0) --nearest;
    return misfit(
        {"blocks.groups",
         {kind, std::to_string(groups), std::to_string(channels), std::to_string(filters)}},
        {"blocks.groups_reason", {std::to_string(groups)}}, "", "x",
        graph::ChangeParameter{"groups", nearest});
}

std::vector<Words> convolutionSummary(const graph::Parameters &parameters, Words kernel)
{
    std::vector<Words> words{counted(graph::integer(parameters, "out_channels"),
                                     {"filter", "filtre"}, {"filters", "filtres"}),
                             std::move(kernel)};
    const auto unusual = [&](const std::string &name, const Words &word) {
        const std::int64_t value = graph::integer(parameters, name);
        if (value == 1) return;
        words.push_back(
            {fmt::format("{} {}", word.en, value), fmt::format("{} {}", word.fr, value)});
    };
    unusual("stride", {"stride", "pas"});
    const graph::ParameterValue &padding = parameters.at("padding");
    const std::string text = graph::toString(padding);
    if (parameters.contains("causal") && graph::boolean(parameters, "causal"))
        words.push_back({"causal", "causal"});
    else if (std::holds_alternative<std::string>(padding))
        words.push_back(same(text));
    else
        words.push_back({fmt::format("padding {}", text), fmt::format("marge {}", text)});
    unusual("dilation", {"dilation", "dilatation"});
    unusual("groups", {"groups", "groupes"});
    return words;
}

} // namespace ostrich::blocks
