// Thumbnails of whole and of broken networks, with a snapshot's weights and without.
#include "probe/thumbnails.hpp"

#include "../train/small_setups.hpp"
#include "blocks/block_kind.hpp"
#include "data/source.hpp"
#include "engine/model_torch.hpp"
#include "graph/group.hpp"
#include "probe/looking_glass.hpp"
#include "project/templates.hpp"

#include <c10/core/GradMode.h>

#include <QSemaphore>
#include <QtTest>

#include <cmath>
#include <fstream>
#include <numeric>

#include <sys/resource.h>
#include <unistd.h>

using namespace ostrich;
using small::chain;
using small::Integer;

namespace {

probe::ThumbnailRequest request(graph::Network network)
{
    const auto dataset = small::bars();
    probe::ThumbnailRequest request;
    request.serial = 7;
    request.network = std::move(network);
    request.facts = dataset->facts;
    request.statistics = dataset->statistics;
    request.sample = dataset->splits[2].sample(0);
    return request;
}

probe::Thumbnails looked(const probe::ThumbnailRequest &request)
{
    const auto thumbnails = probe::thumbnails(request);
    if (!thumbnails) qFatal("%s", sentence(thumbnails.error(), Language::English).c_str());
    return *thumbnails;
}

engine::ModelHandle compiled(const probe::ThumbnailRequest &request)
{
    return *engine::compile(
        request.network,
        {.facts = request.facts, .statistics = request.statistics, .seed = request.seed});
}

graph::Network large(Integer first, Integer second)
{
    return chain({{"input_1", "Input"},
                  {"flatten_1", "Flatten"},
                  {"linear_1", "Linear", {{"out_features", first}}},
                  {"linear_2", "Linear", {{"out_features", second}}},
                  {"linear_3", "Linear", {{"out_features", std::string("classes")}}},
                  {"output_1", "Output"}});
}

std::int64_t addressSpace()
{
    std::ifstream stream("/proc/self/statm");
    std::int64_t pages = 0;
    stream >> pages;
    return pages * ::sysconf(_SC_PAGESIZE);
}

double sum(const Array &array)
{
    return std::accumulate(array.values.begin(), array.values.end(), 0.0);
}

} // namespace

class ThumbnailsTest : public QObject {
    Q_OBJECT

private slots:
    void showsEveryBlockOfAWholeNetwork()
    {
        const auto one = request(small::convolution());
        const probe::Thumbnails result = looked(one);
        QCOMPARE(result.serial, std::uint64_t{7});
        QCOMPARE(result.blocks.size(), one.network.blocks.size());
        const auto &input = result.blocks.at("input_1");
        QVERIFY(input.values.shape == std::vector<std::int64_t>({1, 8, 8}));
        QVERIFY(input.values.values == one.sample.values); // as the eye knows it
        QVERIFY(!input.isSigned);
        const auto &maps = result.blocks.at("conv_1");
        QVERIFY(maps.values.shape == std::vector<std::int64_t>({4, 8, 8}));
        QCOMPARE(maps.channels.size(), std::size_t{4});
        QVERIFY(maps.isSigned && !maps.probabilities);
        QVERIFY(!result.blocks.at("relu_1").isSigned);
        QVERIFY(result.blocks.at("max_pool_1").values.shape
                == std::vector<std::int64_t>({4, 4, 4}));
        QVERIFY(result.blocks.at("flatten_1").values.shape == std::vector<std::int64_t>({128}));
        const auto &output = result.blocks.at("output_1");
        QVERIFY(output.probabilities);
        QVERIFY(output.values.shape == std::vector<std::int64_t>{2});
        QVERIFY(std::abs(sum(output.values) - 1.0) < 1e-6);
    }

    void attentionShowsItsMapsAndAnEmbeddingItsNearestWords()
    {
        project::Project project = *project::newProject("transformer-encoder");
        const auto dataset = *data::load("sentiment?count=200", 1);
        probe::ThumbnailRequest one;
        one.network = project.network;
        one.facts = dataset->facts;
        one.statistics = dataset->statistics;
        one.sample = dataset->split(data::Split::Train).sample(0);
        const std::int64_t steps = one.sample.dim(0);
        const probe::Thumbnails result = looked(one);
        int maps = 0, lookups = 0;
        for (const auto &[id, thumbnail] : result.blocks) {
            if (thumbnail.attention) {
                ++maps;
                QCOMPARE(thumbnail.values.shape, (std::vector<std::int64_t>{4, steps, steps}));
                for (std::int64_t row = 0; row < 4 * steps; ++row) {
                    const auto begin = thumbnail.values.values.begin() + row * steps;
                    QVERIFY(std::abs(std::accumulate(begin, begin + steps, 0.0) - 1.0) < 1e-5);
                }
            }
            if (thumbnail.nearest.empty()) continue;
            ++lookups;
            QCOMPARE(thumbnail.nearest.size(), std::size_t{3});
            QVERIFY(!thumbnail.ofTarget);
            const auto &sample = one.sample.values;
            QVERIFY(std::ranges::find(sample, static_cast<float>(thumbnail.nearest[0]))
                    != sample.end());
            QVERIFY(thumbnail.nearest[1] != thumbnail.nearest[0]);
        }
        QCOMPARE(maps, 2); // its two layers
        QCOMPARE(lookups, 1);
    }

    void showsWhatIsInsideGroups()
    {
        auto one = request(small::convolution());
        const probe::Thumbnails flat = looked(one);
        const auto &kinds = blocks::Registry::instance();
        std::string id;
        const auto folded =
            graph::fold(one.network, {"conv_1", "batch_norm_1", "relu_1"}, "Group", kinds, &id);
        QVERIFY(bool(graph::apply(folded, one.network)));
        const probe::Thumbnails result = looked(one);
        const auto at = [&](const std::string &block) {
            return result.blocks.at(id + ".0." + block);
        };
        QCOMPARE(at("conv_1").values.shape, flat.blocks.at("conv_1").values.shape);
        const auto ports =
            graph::portsOf(*one.network.find(id)->inside, graph::Role::GroupOutput, kinds);
        QVERIFY(at(ports.front()).values == at("relu_1").values);
        QVERIFY(result.blocks.at("output_1").probabilities);

        // A snapshot's weights reach the blocks of the group.
        one.seed = 2;
        one.snapshot = engine::snapshotOf(compiled(one));
        one.seed = 1;
        QVERIFY(looked(one).blocks.at(id + ".0.conv_1").values != at("conv_1").values);
    }

    void theStrongestChannelsComeFirst()
    {
        const auto one = request(small::convolution());
        const auto traced =
            engine::trace(compiled(one), Array{{1, 1, 8, 8}, one.sample.values}, {"conv_1"});
        const Array &all = traced->at("conv_1");
        std::vector<double> strength(8);
        for (std::size_t i = 0; i < all.values.size(); ++i)
            strength[i / 64] += std::abs(static_cast<double>(all.values[i]));
        const probe::Thumbnails result = looked(one);
        const auto &maps = result.blocks.at("conv_1");
        auto sorted = strength;
        std::ranges::sort(sorted, std::greater());
        for (std::size_t m = 0; m < 4; ++m) {
            const auto channel = static_cast<std::size_t>(maps.channels[m]);
            QVERIFY(std::abs(strength[channel] - sorted[m]) < 1e-4);
            QVERIFY(std::equal(&maps.values.values[m * 64], &maps.values.values[m * 64] + 64,
                               &all.values[channel * 64],
                               [](float a, float b) { return std::abs(a - b) < 1e-5F; }));
        }
    }

    void aBrokenNetworkGivesThePartThatWorks()
    {
        // Linear without a Flatten before it; and no Output at all.
        auto one = request(chain({{"input_1", "Input"},
                                  {"conv_1", "Conv2d", {{"out_channels", Integer{3}}}},
                                  {"relu_1", "ReLU"},
                                  {"linear_1", "Linear"},
                                  {"tanh_1", "Tanh"}}));
        one.network.blocks.push_back({"loose_1", "Conv2d", {}, {}});
        one.network.blocks.push_back({"alien_1", "NoSuchKind", {}, {}});
        const probe::Thumbnails result = looked(one);
        QCOMPARE(result.blocks.size(), std::size_t{3});
        for (const char *id : {"input_1", "conv_1", "relu_1"}) QVERIFY(result.blocks.contains(id));
        QVERIFY(looked(request({})).blocks.empty());
        one.network.wires.erase(one.network.wires.begin()); // Input alone is left
        QCOMPARE(looked(one).blocks.size(), std::size_t{1});
    }

    void aSideBranchIsShownToo()
    {
        auto one = request(small::convolution());
        one.network.blocks.push_back({"tanh_9", "Tanh", {}, {}});
        one.network.wires.push_back({{"conv_1", "y"}, {"tanh_9", "x"}});
        QVERIFY(looked(one).blocks.contains("tanh_9"));
    }

    void snapshotWeightsAreUsed()
    {
        auto one = request(small::convolution());
        const auto model = compiled(one);
        {
            const c10::NoGradGuard noGrad;
            for (const auto &[name, tensor] : model->parameters())
                if (name.starts_with("linear_1")) tensor.zero_();
        }
        const auto untrained = looked(one);
        one.snapshot = engine::snapshotOf(model);
        const auto trained = looked(one);
        QVERIFY(untrained.blocks.at("conv_1").values == trained.blocks.at("conv_1").values);
        for (const float probability : trained.blocks.at("output_1").values.values)
            QCOMPARE(probability, 0.5F);
        QVERIFY(untrained.blocks.at("output_1").values != trained.blocks.at("output_1").values);
    }

    void aForeignSnapshotLeavesTheUntrainedWeights()
    {
        auto one = request(small::convolution());
        const auto untrained = looked(one);
        auto other =
            request(chain({{"input_1", "Input"},
                           {"conv_1", "Conv2d", {{"out_channels", Integer{5}}}},
                           {"flatten_1", "Flatten"},
                           {"linear_1", "Linear", {{"out_features", std::string("classes")}}},
                           {"output_1", "Output"}}));
        one.snapshot = engine::snapshotOf(compiled(other));
        const auto result = looked(one);
        QVERIFY(result.blocks.at("conv_1").values == untrained.blocks.at("conv_1").values);
        QVERIFY(result.blocks.at("output_1").values == untrained.blocks.at("output_1").values);
    }

    void anEditElsewhereChangesNothing()
    {
        auto one = request(small::convolution());
        const auto before = looked(one);
        one.network.blocks.push_back({"conv_2", "Conv2d", {{"out_channels", Integer{4}}}, {}});
        one.network.wires.push_back({{"conv_1", "y"}, {"conv_2", "x"}});
        const auto after = looked(one);
        for (const auto &[id, thumbnail] : before.blocks)
            QVERIFY(after.blocks.at(id).values == thumbnail.values);
    }

    void largeMapsAreScaledDownByArea()
    {
        auto one = request(chain({{"input_1", "Input"}, {"relu_1", "ReLU"}}));
        one.facts.input = graph::Shape::maps(6, 96, 192);
        one.statistics = {};
        one.sample = {{6, 96, 192}, std::vector<float>(6 * 96 * 192, 0.25F)};
        const auto result = looked(one);
        const auto &input = result.blocks.at("input_1");
        QVERIFY(input.values.shape == std::vector<std::int64_t>({6, 32, 64})); // all channels
        QVERIFY(result.blocks.at("relu_1").values.shape == std::vector<std::int64_t>({4, 32, 64}));
        for (const float value : input.values.values) QVERIFY(std::abs(value - 0.25F) < 1e-6F);
    }

    void aForeignSampleIsRefused()
    {
        auto one = request(small::convolution());
        one.sample = {{2}, {0.0F, 1.0F}};
        const auto result = probe::thumbnails(one);
        QVERIFY(!result);
        QCOMPARE(result.error().what.id, std::string("probe.sample_shape"));
    }

    void theProbeAnswersTheNewestRequest()
    {
        QSemaphore ready;
        probe::ThumbnailProbe thumbnails([&ready] { ready.release(); });
        QVERIFY(!thumbnails.take());
        auto one = request(small::convolution());
        for (std::uint64_t serial = 1; serial <= 200; ++serial) {
            one.serial = serial;
            one.network.blocks[1].position.x = static_cast<double>(serial); // no reason to compile
            thumbnails.request(one);
        }
        std::shared_ptr<const probe::Thumbnails> newest;
        int answers = 0;
        while (!newest || newest->serial != 200) {
            QVERIFY(ready.tryAcquire(1, 10000));
            if (auto result = thumbnails.take()) {
                QVERIFY(!newest || result->serial > newest->serial);
                newest = result;
                ++answers;
            }
        }
        QVERIFY2(answers < 200, "waiting requests are replaced");
        QVERIFY(!thumbnails.take());
    }

    void aNetworkTooLargeToTrainIsNotDrawn()
    {
        const std::int64_t gigabyte = std::int64_t{1} << 30;
        QVERIFY(probe::worthDrawing(gigabyte / 32, gigabyte)); // 8 bytes each: a quarter
        QVERIFY(!probe::worthDrawing(gigabyte / 32 + 1, gigabyte));
        QVERIFY(!probe::worthDrawing(INT64_MAX, gigabyte));
        QVERIFY(probe::worthDrawing(gigabyte, 0)); // a machine that does not tell
    }

    void memoryThatGivesOutEndsNothing()
    {
        QSemaphore ready;
        probe::ThumbnailProbe thumbnails([&ready] { ready.release(); });
        const auto answer = [&](const probe::ThumbnailRequest &one) {
            thumbnails.request(one);
            return ready.tryAcquire(1, 30000) ? thumbnails.take() : nullptr;
        };
        const auto small = request(small::convolution());
        QVERIFY(answer(small)->blocks.contains("output_1"));
        const auto big = request(large(6000, 6000)); // 144 MB, and the copy
        rlimit before{};
        QCOMPARE(::getrlimit(RLIMIT_AS, &before), 0);
        for (const std::int64_t megabytes : {50, 120, 200, 280, 360}) {
            const rlimit tight{static_cast<rlim_t>(addressSpace() + megabytes * 1'000'000),
                               before.rlim_max};
            QCOMPARE(::setrlimit(RLIMIT_AS, &tight), 0);
            const auto result = answer(big);
            QCOMPARE(::setrlimit(RLIMIT_AS, &before), 0);
            QVERIFY(result && result->blocks.empty());
        }
        QVERIFY(answer(small)->blocks.contains("output_1"));
    }

    void theProbeFollowsWeightsAndEdits()
    {
        QSemaphore ready;
        probe::ThumbnailProbe thumbnails([&ready] { ready.release(); });
        const auto answer = [&](const probe::ThumbnailRequest &one) {
            thumbnails.request(one);
            return ready.tryAcquire(1, 10000) ? thumbnails.take() : nullptr;
        };
        auto one = request(small::convolution());
        const auto untrained = answer(one);
        auto trained = one;
        const auto model = compiled(one);
        {
            const c10::NoGradGuard noGrad;
            for (const auto &[name, tensor] : model->parameters()) tensor.zero_();
        }
        trained.snapshot = engine::snapshotOf(model);
        QCOMPARE(answer(trained)->blocks.at("output_1").values.values.front(), 0.5F);
        QVERIFY(answer(one)->blocks.at("output_1").values
                == untrained->blocks.at("output_1").values);
        one.network.blocks[1].parameters["out_channels"] = Integer{2};
        QVERIFY(answer(one)->blocks.at("conv_1").values.shape
                == std::vector<std::int64_t>({2, 8, 8}));
        one.sample = {};
        QVERIFY(answer(one)->blocks.empty()); // an answer too
    }
};

QTEST_APPLESS_MAIN(ThumbnailsTest)
#include "thumbnails_test.moc"
