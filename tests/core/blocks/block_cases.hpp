// Blocks to try, as data: a kind, its parameters, the shapes that come in. And a block built from
// such a case.
#pragma once

#include "attention_cases.hpp"
#include "block_case.hpp"
#include "sequence_cases.hpp"

#include "blocks/block_kind.hpp"
#include "blocks/module_torch.hpp"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/tensor.h>

#include <algorithm>
#include <stdexcept>

inline std::vector<BlockCase> pictureCases()
{
    using ostrich::graph::Shape;
    using Integer = std::int64_t;
    const auto maps = Shape::maps(4, 7, 6);
    const auto row = Shape::vector(6);
    const std::string same = "same", valid = "valid";
    return {
        {"input of pictures", "Input", {}, {maps}},
        {"input of points", "Input", {}, {row}},
        {"input of a given shape", "Input", {{"shape", std::string("4x7x6")}}, {maps}},
        {"conv", "Conv2d", {{"out_channels", Integer{3}}}, {maps}},
        {"conv, valid", "Conv2d", {{"out_channels", Integer{2}}, {"padding", valid}}, {maps}},
        {"conv, padding 2",
         "Conv2d",
         {{"out_channels", Integer{2}}, {"padding", Integer{2}}},
         {maps}},
        {"conv, same, stride 2",
         "Conv2d",
         {{"out_channels", Integer{2}}, {"stride", Integer{2}}},
         {maps}},
        {"conv, same, stride 3, even kernel",
         "Conv2d",
         {{"out_channels", Integer{2}}, {"stride", Integer{3}}, {"kernel_size", Integer{4}}},
         {maps}},
        {"conv, same, dilation 2",
         "Conv2d",
         {{"out_channels", Integer{2}}, {"dilation", Integer{2}}},
         {maps}},
        {"conv, depthwise, no bias",
         "Conv2d",
         {{"out_channels", Integer{8}}, {"groups", Integer{4}}, {"bias", false}},
         {maps}},
        {"conv, groups, dilation, stride",
         "Conv2d",
         {{"out_channels", Integer{6}},
          {"groups", Integer{2}},
          {"dilation", Integer{2}},
          {"stride", Integer{2}},
          {"padding", Integer{1}}},
         {maps}},
        {"conv, 1x1 picture",
         "Conv2d",
         {{"out_channels", Integer{2}}, {"stride", Integer{2}}},
         {Shape::maps(2, 1, 1)}},
        {"conv, kernel larger than the picture",
         "Conv2d",
         {{"out_channels", Integer{2}}, {"kernel_size", Integer{9}}},
         {Shape::maps(1, 3, 2)}},
        {"max pool", "MaxPool2d", {}, {maps}},
        {"max pool, same, stride 2 of 3",
         "MaxPool2d",
         {{"kernel_size", Integer{3}}, {"stride", Integer{2}}, {"padding", same}},
         {maps}},
        {"max pool, same, even",
         "MaxPool2d",
         {{"kernel_size", Integer{2}}, {"stride", Integer{1}}, {"padding", same}},
         {maps}},
        {"max pool, padding 1",
         "MaxPool2d",
         {{"kernel_size", Integer{3}}, {"padding", Integer{1}}},
         {maps}},
        {"avg pool", "AvgPool2d", {}, {maps}},
        {"avg pool, same, stride 2 of 3",
         "AvgPool2d",
         {{"kernel_size", Integer{3}}, {"stride", Integer{2}}, {"padding", same}},
         {maps}},
        {"avg pool, same, even",
         "AvgPool2d",
         {{"kernel_size", Integer{4}}, {"stride", Integer{1}}, {"padding", same}},
         {maps}},
        {"avg pool, padding 1",
         "AvgPool2d",
         {{"kernel_size", Integer{3}}, {"padding", Integer{1}}},
         {maps}},
        {"global average", "AdaptiveAvgPool2d", {}, {maps}},
        {"adaptive average, 3", "AdaptiveAvgPool2d", {{"output_size", Integer{3}}}, {maps}},
        {"flatten", "Flatten", {}, {maps}},
        {"flatten of a vector", "Flatten", {}, {row}},
        {"linear", "Linear", {{"out_features", Integer{5}}}, {row}},
        {"linear to classes, no bias",
         "Linear",
         {{"out_features", std::string("classes")}, {"bias", false}},
         {row}},
        {"batch norm", "BatchNorm2d", {}, {maps}},
        {"batch norm, not affine", "BatchNorm2d", {{"affine", false}}, {maps}},
        {"dropout", "Dropout", {}, {maps}},
        {"dropout of everything", "Dropout", {{"p", 1.0}}, {row}},
        {"relu", "ReLU", {}, {maps}},
        {"relu6", "ReLU6", {}, {row}},
        {"tanh", "Tanh", {}, {row}},
        {"sigmoid", "Sigmoid", {}, {maps}},
        {"softmax of features", "Softmax", {}, {row}},
        {"softmax of channels", "Softmax", {}, {maps}},
        {"add maps", "Add", {}, {maps, maps}},
        {"add vectors", "Add", {}, {row, row}},
        {"concat maps", "Concat", {}, {maps, Shape::maps(2, 7, 6)}},
        {"concat three vectors", "Concat", {{"inputs", Integer{3}}}, {row, Shape::vector(2), row}},
        {"output", "Output", {}, {row}},
        {"output, squared error", "Output", {{"loss", std::string("mean_squared_error")}}, {row}},
    };
}

/// All of them: those here, sequence_cases.hpp, attention_cases.hpp.
inline std::vector<BlockCase> blockCases()
{
    std::vector<BlockCase> all = pictureCases();
    for (const auto &more : {sequenceCases(), attentionCases()})
        all.insert(all.end(), more.begin(), more.end());
    return all;
}

inline constexpr std::int64_t kBatch = 3;
inline constexpr std::int64_t kLongest = 5; // steps where T is variable

/// Tokens and sequences whose T is not fixed.
inline bool hasVariableT(const ostrich::graph::Shape &shape)
{
    return (shape.isTokens() || shape.isSequence()) && !shape.size(ostrich::graph::Axis::T);
}

/// A case with its kind found, its parameters completed, its shapes inferred, built in `dtype`.
struct BuiltCase {
    explicit BuiltCase(const BlockCase &given, at::ScalarType dtype = at::kDouble,
                       std::uint64_t seed = 1)
        : kind(*ostrich::blocks::Registry::instance().find(given.kind)),
          generator(at::detail::createCPUGenerator(seed))
    {
        using namespace ostrich;
        parameters = graph::withDefaults(given.parameters, kind.description().parameters);
        setFacts(given);
        const bool takesData = kind.description().role == graph::Role::Input;
        if (!takesData) inputs = given.inputs;
        auto inferred = kind.infer(inputs, parameters, facts);
        if (inferred.index() != 0)
            throw std::logic_error(
                given.title + ": "
                + sentence(std::get<graph::Misfit>(inferred).message, Language::English));
        outputs = std::get<0>(inferred);
        const auto channels = static_cast<std::size_t>(
            facts.input.size(facts.input.isMaps() ? graph::Axis::C : graph::Axis::F).value_or(0));
        const blocks::Normalisation normalisation{
            std::vector<float>(channels, 0.25F), std::vector<float>(channels, 0.5F), {}, {}};
        module = kind.build({parameters, inputs, outputs, facts, normalisation, generator, dtype});
        for (std::size_t i = 0; i < given.inputs.size(); ++i)
            arriving.push_back(drawn(given, i, dtype));
    }

    /// The first output, which most kinds have alone.
    at::Tensor run(bool training) { return runAll(training)[0].tensor; }

    std::vector<ostrich::blocks::Signal> runAll(bool training)
    {
        ostrich::blocks::Pass pass{training, {}};
        if (training) pass.generator = at::detail::createCPUGenerator(9);
        return module->forward(arriving, pass);
    }

    const ostrich::blocks::BlockKind &kind;
    at::Generator generator;
    ostrich::graph::Parameters parameters;
    ostrich::graph::DataFacts facts;
    std::vector<ostrich::graph::Shape> inputs, outputs;
    std::unique_ptr<ostrich::blocks::Module> module;
    std::vector<ostrich::blocks::Signal> arriving;

private:
    void setFacts(const BlockCase &given)
    {
        using namespace ostrich::graph;
        facts.input = given.inputs[0];
        facts.task = given.task;
        facts.classes = given.task == Task::Regress ? 0 : 6;
        facts.values = given.task == Task::Regress ? 6 : 0;
        facts.longest = facts.input.size(Axis::T).value_or(kLongest);
        if (given.task == Task::Translate) facts.target = {facts.input, facts.longest};
    }

    /// Input `index`, with the case's lengths where T is variable; tokens are ids.
    ostrich::blocks::Signal drawn(const BlockCase &given, std::size_t index, at::ScalarType dtype)
    {
        const ostrich::graph::Shape &shape = given.inputs[index];
        const bool varies = hasVariableT(shape);
        std::vector<std::int64_t> lengths{kLongest, 3, 1};
        if (varies && index < given.lengths.size()) lengths = given.lengths[index];
        std::vector<std::int64_t> sizes{kBatch};
        for (std::size_t i = 1; i < shape.dimensions.size(); ++i)
            sizes.push_back(shape.dimensions[i].size.value_or(std::ranges::max(lengths)));
        ostrich::blocks::Signal signal{at::empty(sizes, at::TensorOptions().dtype(dtype)), {}};
        if (shape.isTokens())
            signal.tensor.random_(0, shape.vocabulary, generator);
        else
            signal.tensor.normal_(0.0, 1.0, generator);
        if (varies) signal.lengths = at::tensor(lengths, at::TensorOptions().dtype(at::kLong));
        return signal;
    }
};
