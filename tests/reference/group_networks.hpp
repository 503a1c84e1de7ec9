// Networks with groups and with weights that several blocks use.
#pragma once

#include "chain.hpp"

namespace group_networks {

using namespace small_networks;
using Integer = std::int64_t;

inline Parameters classes()
{
    return {{"out_features", std::string("classes")}};
}

inline Parameters features(Integer count)
{
    return {{"out_features", count}};
}

inline ostrich::graph::DataFacts points()
{
    ostrich::graph::DataFacts facts;
    facts.input = Shape::vector(6);
    facts.classes = 3;
    return facts;
}

inline ostrich::graph::DataFacts tokens(Task task, Integer count)
{
    ostrich::graph::DataFacts facts;
    facts.input = Shape::tokens({}, 12);
    facts.task = task;
    facts.classes = count;
    return facts;
}

/// x + relu(W x + b).
inline Network residual(Integer size)
{
    return Chain()
        .add("x", "GroupInput")
        .add("linear_1", "Linear", features(size))
        .add("relu_1", "ReLU")
        .add("add_1", "Add", {}, "y", "a")
        .wire("x", "add_1", "y", "b")
        .add("y", "GroupOutput")
        .network();
}

inline NetworkCase repeated()
{
    return made("a group three times",
                Chain()
                    .add("input_1", "Input")
                    .add("linear_1", "Linear", features(8))
                    .group("layer_1", "Residual layer", 3, residual(8))
                    .add("linear_2", "Linear", classes(), "y")
                    .add("output_1", "Output")
                    .network(),
                points());
}

/// The names inside are ones that Python keeps.
inline NetworkCase nested()
{
    const Network stage = Chain()
                              .add("in", "GroupInput")
                              .group("class", "", 2, residual(6))
                              .add("train", "Linear", features(6))
                              .add("out", "GroupOutput")
                              .network();
    NetworkCase one = made("a group within a group",
                           Chain()
                               .add("input_1", "Input")
                               .group("1", "Étage d'œuvre", 2, stage)
                               .add("linear_1", "Linear", classes())
                               .add("output_1", "Output")
                               .network(),
                           points());
    // Their ports are named by the blocks within.
    for (auto &wire : one.project.network.wires) {
        if (wire.to.block == "1") wire.to.port = "in";
        if (wire.from.block == "1") wire.from.port = "out";
    }
    return one;
}

/// The first convolution reads 3 channels, the others 8.
inline NetworkCase widening()
{
    ostrich::graph::DataFacts facts;
    facts.input = Shape::maps(3, 6, 5);
    facts.classes = 3;
    const Network inside = Chain()
                               .add("x", "GroupInput")
                               .add("conv_1", "Conv2d", {{"out_channels", Integer{8}}})
                               .add("norm_1", "BatchNorm2d")
                               .add("tanh_1", "Tanh")
                               .add("y", "GroupOutput")
                               .network();
    return made("a group whose first is smaller",
                Chain()
                    .add("input_1", "Input")
                    .group("stage_1", "Stage", 3, inside)
                    .add("pool_1", "AdaptiveAvgPool2d")
                    .add("flatten_1", "Flatten")
                    .add("linear_1", "Linear", classes())
                    .add("output_1", "Output")
                    .network(),
                facts);
}

/// Layers that all read the same memory, of unequal length as what they pass on is.
inline NetworkCase decoder()
{
    ostrich::graph::DataFacts facts = tokens(Task::Translate, 11);
    facts.target = {Shape::tokens({}, 11), 9};
    const Network layer =
        Chain()
            .add("x", "GroupInput")
            .add("attention_1", "MultiheadAttention", {{"num_heads", Integer{2}}, {"causal", true}})
            .add("add_1", "Add", {}, "y", "a")
            .wire("x", "add_1", "y", "b")
            .backTo("")
            .add("memory", "GroupInput")
            .add("attention_2", "MultiheadAttention",
                 {{"num_heads", Integer{2}}, {"attend", std::string("cross")}}, "y", "key")
            .wire("memory", "attention_2", "y", "value")
            .wire("add_1", "attention_2", "y", "query")
            .add("add_2", "Add", {}, "y", "a")
            .wire("add_1", "add_2", "y", "b")
            .add("norm_1", "LayerNorm")
            .add("y", "GroupOutput")
            .network();
    return made("a decoder's layers with a memory",
                Chain()
                    .add("input_1", "Input")
                    .add("embedding_1", "Embedding", {{"embedding_dim", Integer{8}}})
                    .backTo("")
                    .add("input_2", "Input", {{"field", std::string("target")}})
                    .add("embedding_2", "Embedding", {{"embedding_dim", Integer{8}}})
                    .group("layer_1", "Decoder layer", 2, layer)
                    .wire("embedding_1", "layer_1", "y", "memory")
                    .add("linear_1", "Linear", classes())
                    .weightsOf("embedding_2")
                    .add("output_1", "Output")
                    .network(),
                facts);
}

/// Two sequences of their own lengths that change places from one repetition to the next.
inline NetworkCase crossing()
{
    ostrich::graph::DataFacts facts = tokens(Task::Translate, 11);
    facts.target = {Shape::tokens({}, 11), 9};
    const Network inside =
        Chain()
            .add("a", "GroupInput")
            .backTo("")
            .add("b", "GroupInput")
            .add("tanh_1", "Tanh")
            .add("p", "GroupOutput")
            .backTo("a")
            .add("attention_1", "MultiheadAttention", {{"num_heads", Integer{2}}})
            .add("q", "GroupOutput")
            .network();
    Network network =
        Chain()
            .add("input_1", "Input")
            .add("embedding_1", "Embedding", {{"embedding_dim", Integer{8}}})
            .backTo("")
            .add("input_2", "Input", {{"field", std::string("target")}})
            .add("embedding_2", "Embedding", {{"embedding_dim", Integer{8}}})
            .backTo("")
            .group("ways_1", "Ways", 3, inside)
            .wire("embedding_2", "ways_1", "y", "a")
            .wire("embedding_1", "ways_1", "y", "b")
            .add("attention_1", "MultiheadAttention",
                 {{"num_heads", Integer{2}}, {"attend", std::string("cross")}}, "q", "query")
            .wire("ways_1", "attention_1", "p", "key")
            .wire("ways_1", "attention_1", "p", "value")
            .add("linear_1", "Linear", classes())
            .add("output_1", "Output")
            .network();
    return made("two ways that cross in a group", std::move(network), facts);
}

/// A group that shortens its sequences: it hands on their lengths as well.
inline NetworkCase shortening()
{
    const Parameters filters{{"out_channels", Integer{5}},
                             {"kernel_size", Integer{2}},
                             {"padding", std::string("valid")}};
    const Network inside = Chain()
                               .add("x", "GroupInput")
                               .add("conv_1", "Conv1d", filters)
                               .add("y", "GroupOutput")
                               .network();
    ostrich::graph::DataFacts facts;
    facts.input = Shape::sequence({}, 5);
    facts.classes = 3;
    return made("a group that shortens sequences",
                Chain()
                    .add("input_1", "Input")
                    .group("conv_1", "Short", 3, inside)
                    .add("pool_1", "TimePool")
                    .add("linear_1", "Linear", classes())
                    .add("output_1", "Output")
                    .network(),
                facts);
}

inline NetworkCase tied()
{
    return made("an embedding's weights again",
                Chain()
                    .add("input_1", "Input")
                    .add("embedding_1", "Embedding", {{"embedding_dim", Integer{6}}})
                    .add("gru_1", "GRU", {{"hidden_size", Integer{6}}})
                    .add("linear_1", "Linear", classes())
                    .weightsOf("embedding_1")
                    .add("output_1", "Output")
                    .network(),
                tokens(Task::LabelSteps, 12));
}

/// The other way round: what runs first has the weights of what runs last.
inline NetworkCase tiedBackwards()
{
    NetworkCase one = tied();
    one.title = "an embedding with another's weights";
    one.project.network.find("embedding_1")->weightsOf = "linear_1";
    one.project.network.find("linear_1")->weightsOf.clear();
    return one;
}

/// Within a group, from one repetition to the next, and out of it; an owner that owns nothing.
inline NetworkCase tiedInGroups()
{
    const Network inside = Chain()
                               .add("x", "GroupInput")
                               .add("linear_1", "Linear", features(6))
                               .add("tanh_1", "Tanh")
                               .add("linear_2", "Linear", features(6))
                               .weightsOf("linear_1")
                               .add("linear_3", "Linear", features(6))
                               .weightsOf("linear_0")
                               .add("y", "GroupOutput")
                               .network();
    return made("weights shared within and across groups",
                Chain()
                    .add("input_1", "Input")
                    .add("linear_0", "Linear", features(6))
                    .group("layer_1", "Layer", 2, inside)
                    .add("linear_4", "Linear", features(6))
                    .weightsOf("layer_1.1.linear_2")
                    .add("linear_5", "Linear", classes())
                    .add("output_1", "Output")
                    .network(),
                points());
}

/// An Output inside belongs to the whole network.
inline NetworkCase outputWithin()
{
    const Network inside = Chain()
                               .add("x", "GroupInput")
                               .add("linear_1", "Linear", classes())
                               .add("output_1", "Output")
                               .network();
    return made("an Output within a group",
                Chain()
                    .add("input_1", "Input")
                    .add("linear_1", "Linear", features(4))
                    .group("head_1", "Head", 1, inside)
                    .network(),
                points());
}

inline std::vector<NetworkCase> cases()
{
    return {repeated(),   nested(), widening(),      decoder(),      crossing(),
            shortening(), tied(),   tiedBackwards(), tiedInGroups(), outputWithin()};
}

} // namespace group_networks
