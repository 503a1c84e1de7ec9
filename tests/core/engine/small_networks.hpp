// Networks to compile, written as a chain of kinds.
#pragma once

#include "engine/model.hpp"

#include <string>
#include <vector>

struct Link {
    std::string id, kind;
    ostrich::graph::Parameters parameters = {};
};

/// Blocks in a row, each one's x on the y before it.
inline ostrich::graph::Network chain(const std::vector<Link> &links)
{
    ostrich::graph::Network network;
    for (const Link &link : links) {
        if (!network.blocks.empty())
            network.wires.push_back({{network.blocks.back().id, "y"}, {link.id, "x"}});
        network.blocks.push_back({link.id, link.kind, link.parameters, {}});
    }
    return network;
}

/// Two convolutions of 32 and 64, two pools, Linear 128 and the classes.
inline ostrich::graph::Network lenet()
{
    using Integer = std::int64_t;
    return chain({{"input_1", "Input"},
                  {"conv_1", "Conv2d", {{"out_channels", Integer{32}}}},
                  {"relu_1", "ReLU"},
                  {"max_pool_1", "MaxPool2d"},
                  {"conv_2", "Conv2d", {{"out_channels", Integer{64}}}},
                  {"relu_2", "ReLU"},
                  {"max_pool_2", "MaxPool2d"},
                  {"flatten_1", "Flatten"},
                  {"linear_1", "Linear", {{"out_features", Integer{128}}}},
                  {"relu_3", "ReLU"},
                  {"linear_2", "Linear", {{"out_features", std::string("classes")}}},
                  {"output_1", "Output"}});
}

inline ostrich::engine::CompileOptions optionsFor(ostrich::graph::Shape input,
                                                  std::int64_t classes = 10)
{
    ostrich::engine::CompileOptions options;
    options.facts.input = std::move(input);
    options.facts.classes = classes;
    return options;
}

/// `count` samples of `shape` (without the batch axis), the same ones each time.
inline ostrich::Array samples(std::int64_t count, std::vector<std::int64_t> shape)
{
    std::int64_t values = count;
    for (const std::int64_t size : shape) values *= size;
    shape.insert(shape.begin(), count);
    ostrich::Array array{std::move(shape), {}};
    for (std::int64_t i = 0; i < values; ++i)
        array.values.push_back(static_cast<float>((i * 7919) % 1009) / 1009.0F);
    return array;
}
