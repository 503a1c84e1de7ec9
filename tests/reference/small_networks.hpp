// Networks for what no template shows: each loss, several Outputs, names that Python keeps.
#pragma once

#include "network_reference.hpp"

namespace small_networks {

using ostrich::graph::Network;
using ostrich::graph::Parameters;
using ostrich::graph::Shape;
using ostrich::graph::Task;

/// Blocks one behind the other, each wired to the first port of the one before.
class Chain {
public:
    Chain &add(const std::string &id, const std::string &kind, Parameters parameters = {},
               const std::string &from = "y")
    {
        if (!m_network.blocks.empty()) m_network.wires.push_back({{m_last, from}, {id, "x"}});
        m_network.blocks.push_back({id, kind, std::move(parameters), {}});
        m_last = id;
        return *this;
    }
    /// Goes on from another block.
    Chain &backTo(const std::string &id)
    {
        m_last = id;
        return *this;
    }
    Network network()
    {
        std::ranges::sort(m_network.wires);
        return m_network;
    }

private:
    Network m_network;
    std::string m_last;
};

inline NetworkCase made(const std::string &title, Network network, ostrich::graph::DataFacts facts)
{
    ostrich::project::Project project;
    project.network = std::move(network);
    project.data = "random";
    facts.longest = 9;
    return {title, std::move(project), std::move(facts)};
}

/// An unequal series to five numbers, by `loss`.
inline NetworkCase forecast(const std::string &loss)
{
    ostrich::graph::DataFacts facts;
    facts.input = Shape::sequence({}, 3);
    facts.task = Task::Regress;
    facts.values = 5;
    Parameters outputs{{"out_features", std::string("classes")}};
    if (loss == "quantiles") outputs["out_features"] = std::int64_t{15};
    return made("forecast, " + loss,
                Chain()
                    .add("input_1", "Input")
                    .add("gru_1", "GRU", {{"hidden_size", std::int64_t{8}}})
                    .add("linear_1", "Linear", outputs, "h")
                    .add("output_1", "Output", {{"loss", loss}})
                    .network(),
                facts);
}

inline NetworkCase labels()
{
    ostrich::graph::DataFacts facts;
    facts.input = Shape::tokens({}, 12);
    facts.task = Task::LabelSteps;
    facts.classes = 4;
    return made(
        "a label for each step",
        Chain()
            .add("input_1", "Input")
            .add("embedding_1", "Embedding", {{"embedding_dim", std::int64_t{6}}})
            .add("lstm_1", "LSTM", {{"hidden_size", std::int64_t{5}}, {"bidirectional", true}})
            .add("linear_1", "Linear", {{"out_features", std::string("classes")}})
            .add("output_1", "Output")
            .network(),
        facts);
}

/// Cross-entropy and squared error of the same classes, under names that Python or PyTorch keep.
inline NetworkCase twoOutputs()
{
    ostrich::graph::DataFacts facts;
    facts.input = Shape::vector(6);
    facts.classes = 3;
    facts.classNames = {"\"quoted\"", "back\\slash", "œuf"};
    const Parameters classes{{"out_features", std::string("classes")}};
    return made("two outputs, kept names",
                Chain()
                    .add("x", "Input")
                    .add("class", "Linear", {{"out_features", std::int64_t{7}}})
                    .add("train", "Tanh")
                    .add("1", "Linear", classes)
                    .add("torch", "Output")
                    .backTo("train")
                    .add("forward", "Linear", classes)
                    .add("forward_", "Output", {{"loss", std::string("mean_squared_error")}})
                    .network(),
                facts);
}

} // namespace small_networks

inline std::vector<NetworkCase> smallNetworks()
{
    using namespace small_networks;
    return {forecast("mean_squared_error"), forecast("mean_absolute_error"), forecast("quantiles"),
            labels(), twoOutputs()};
}
