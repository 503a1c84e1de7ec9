// Networks for what no template shows: each loss, several Outputs, names that Python keeps.
#pragma once

#include "chain.hpp"
#include "group_networks.hpp"

namespace small_networks {

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
    std::vector<NetworkCase> cases{forecast("mean_squared_error"), forecast("mean_absolute_error"),
                                   forecast("quantiles"), labels(), twoOutputs()};
    std::ranges::move(group_networks::cases(), std::back_inserter(cases));
    return cases;
}
