// Small data and networks to train in a blink, and a reader of the trainer's events.
#pragma once

#include "base/random.hpp"
#include "data/dataset.hpp"
#include "train/run.hpp"
#include "train/trainer.hpp"

#include <filesystem>
#include <string>

namespace small {

using namespace ostrich;

/// Three blobs of points in the plane. `overlap`: their deviation; the centres are 1 apart and
/// more.
inline std::shared_ptr<const data::Dataset> blobs(double overlap = 0.2, std::int64_t training = 150)
{
    auto dataset = std::make_shared<data::Dataset>();
    dataset->source = "blobs";
    dataset->facts.input = graph::Shape::vector(2);
    dataset->facts.classes = 3;
    dataset->facts.classNames = {"a", "b", "c"};
    dataset->facts.title = "Blobs";
    RandomStream random(1, "blobs");
    constexpr double kCentres[3][2] = {{-1.0, 0.0}, {1.0, 0.0}, {0.0, 1.5}};
    for (auto &samples : dataset->splits) {
        const bool isTraining = &samples == &dataset->splits[0];
        samples.sampleShape = {2};
        for (int i = 0; i < (isTraining ? training : 60); ++i) {
            samples.labels.push_back(i % 3);
            for (const double centre : kCentres[i % 3])
                samples.values.push_back(static_cast<float>(random.normal(centre, overlap)));
        }
    }
    dataset->statistics = data::fitStatistics(dataset->splits[0]);
    dataset->checksum = data::checksumOf(*dataset);
    return dataset;
}

/// 8×8 grey pictures: a bright row or a bright column somewhere, in noise.
inline std::shared_ptr<const data::Dataset> bars()
{
    auto dataset = std::make_shared<data::Dataset>();
    dataset->source = "bars";
    dataset->facts.input = graph::Shape::maps(1, 8, 8);
    dataset->facts.classes = 2;
    dataset->facts.classNames = {"row", "column"};
    RandomStream random(2, "bars");
    for (auto &samples : dataset->splits) {
        samples.sampleShape = {1, 8, 8};
        for (int i = 0; i < 100; ++i) {
            samples.labels.push_back(i % 2);
            const std::int64_t line = random.integer(8);
            for (std::int64_t pixel = 0; pixel < 64; ++pixel) {
                const bool lit = (i % 2 == 0 ? pixel / 8 : pixel % 8) == line;
                samples.bytes.push_back(
                    static_cast<std::uint8_t>((lit ? 200 : 0) + random.integer(50)));
            }
        }
    }
    dataset->statistics = data::fitStatistics(dataset->splits[0]);
    dataset->checksum = data::checksumOf(*dataset);
    return dataset;
}

struct Link {
    std::string id, kind;
    graph::Parameters parameters = {};
};

inline graph::Network chain(const std::vector<Link> &links)
{
    graph::Network network;
    for (const Link &link : links) {
        if (!network.blocks.empty())
            network.wires.push_back({{network.blocks.back().id, "y"}, {link.id, "x"}});
        network.blocks.push_back({link.id, link.kind, link.parameters, {}});
    }
    return network;
}

using Integer = std::int64_t;

/// With drop-out, whose random numbers a repeated or resumed run has to meet again.
inline graph::Network perceptron(Integer width = 16)
{
    return chain({{"input_1", "Input"},
                  {"linear_1", "Linear", {{"out_features", width}}},
                  {"tanh_1", "Tanh"},
                  {"dropout_1", "Dropout", {{"p", 0.2}}},
                  {"linear_2", "Linear", {{"out_features", std::string("classes")}}},
                  {"output_1", "Output"}});
}

/// With batch norm, whose running statistics belong to the state.
inline graph::Network convolution()
{
    return chain({{"input_1", "Input"},
                  {"conv_1", "Conv2d", {{"out_channels", Integer{8}}}},
                  {"batch_norm_1", "BatchNorm2d"},
                  {"relu_1", "ReLU"},
                  {"max_pool_1", "MaxPool2d"},
                  {"dropout_1", "Dropout", {{"p", 0.1}}},
                  {"flatten_1", "Flatten"},
                  {"linear_1", "Linear", {{"out_features", std::string("classes")}}},
                  {"output_1", "Output"}});
}

inline train::TrainerSetup setup(std::filesystem::path folder = {})
{
    train::TrainerSetup setup;
    setup.project.network = perceptron();
    setup.project.data = "blobs";
    setup.project.recipe.epochs = 4;
    setup.project.recipe.batch_size = 20; // 8 steps an epoch
    setup.project.recipe.learning_rate = 0.01;
    setup.project.recipe.precision = "fp32";
    setup.dataset = blobs();
    setup.device = "cpu";
    setup.runFolder = std::move(folder);
    return setup;
}

inline train::TrainerSetup pictureSetup(std::filesystem::path folder = {})
{
    train::TrainerSetup pictures = setup(std::move(folder));
    pictures.project.network = convolution();
    pictures.project.data = "bars";
    pictures.dataset = bars();
    return pictures;
}

/// What a trainer told, sorted by kind.
struct Told {
    std::vector<train::State> states;
    std::vector<train::StepMetrics> steps;
    std::vector<train::EpochMetrics> epochs;
    std::vector<train::Summary> summaries;
    std::vector<Error> errors;

    void add(const train::Event &event)
    {
        if (const auto *state = std::get_if<train::StateChanged>(&event))
            states.push_back(state->state);
        else if (const auto *step = std::get_if<train::StepMetrics>(&event))
            steps.push_back(*step);
        else if (const auto *epoch = std::get_if<train::EpochMetrics>(&event))
            epochs.push_back(*epoch);
        else if (const auto *summary = std::get_if<train::Summary>(&event))
            summaries.push_back(*summary);
        else
            errors.push_back(std::get<train::Failed>(event).error);
    }
};

/// Reads events until the trainer says `state` (true) or 30 s are over.
inline bool readUntil(train::Trainer &trainer, train::State state, Told &told)
{
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (std::chrono::steady_clock::now() < deadline) {
        bool reached = false;
        for (const train::Event &event : trainer.waitForEvents(std::chrono::milliseconds(100))) {
            told.add(event);
            const auto *changed = std::get_if<train::StateChanged>(&event);
            reached = reached || (changed != nullptr && changed->state == state);
        }
        if (reached) return true;
    }
    return false;
}

inline bool ended(train::State state)
{
    return state == train::State::Finished || state == train::State::Failed;
}

/// What of an epoch does not depend on the clock.
inline std::vector<double> figures(const train::EpochMetrics &epoch)
{
    return {static_cast<double>(epoch.epoch),
            static_cast<double>(epoch.step),
            epoch.train_loss,
            epoch.val_loss,
            epoch.train_accuracy,
            epoch.val_accuracy,
            epoch.learning_rate};
}

inline std::vector<std::vector<double>> figures(const std::vector<train::EpochMetrics> &epochs)
{
    std::vector<std::vector<double>> all;
    for (const auto &epoch : epochs) all.push_back(figures(epoch));
    return all;
}

} // namespace small
