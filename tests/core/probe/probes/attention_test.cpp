// Attention maps: rows that sum to 1, the words along them, and which blocks are shown.
#include "../subjects.hpp"

#include <fmt/format.h>

#include <QtTest>

#include <cmath>

using namespace subjects;

namespace {

graph::Network encoder(bool causal, int layers = 2)
{
    const graph::Parameters layer{
        {"num_heads", Integer{2}}, {"dim_feedforward", Integer{16}}, {"causal", causal}};
    std::vector<small::Link> links{{"input_1", "Input"},
                                   {"embedding_1", "Embedding", {{"embedding_dim", Integer{8}}}}};
    for (int i = 1; i <= layers; ++i)
        links.push_back({fmt::format("encoder_{}", i), "TransformerEncoderLayer", layer});
    links.push_back({"pool_1", "TimePool", {{"mode", std::string("mean")}}});
    links.push_back({"linear_1", "Linear", {{"out_features", std::string("classes")}}});
    links.push_back({"output_1", "Output"});
    return chain(links);
}

/// What a layer passes on of `maps` (layers, heads, T, T): half its heads' mean, half the identity.
std::vector<float> passedOn(const Array &maps, std::size_t layer)
{
    const auto heads = static_cast<std::size_t>(maps.dim(1));
    const auto steps = static_cast<std::size_t>(maps.dim(2));
    std::vector<float> passed(steps * steps, 0.0F);
    for (std::size_t i = 0; i < steps * steps; ++i) {
        for (std::size_t head = 0; head < heads; ++head)
            passed[i] += maps.values[(layer * heads + head) * steps * steps + i]
                         / static_cast<float>(2 * heads);
        if (i / steps == i % steps) passed[i] += 0.5F;
    }
    return passed;
}

/// Whether `product` (T, T) is `later` times `earlier`.
bool isProduct(const Array &product, const std::vector<float> &later,
               const std::vector<float> &earlier)
{
    const auto steps = static_cast<std::size_t>(product.dim(0));
    for (std::size_t row = 0; row < steps; ++row)
        for (std::size_t column = 0; column < steps; ++column) {
            float sum = 0.0F;
            for (std::size_t k = 0; k < steps; ++k)
                sum += later[row * steps + k] * earlier[k * steps + column];
            if (std::abs(sum - product.values[row * steps + column]) > 1e-6F) return false;
        }
    return product.values.size() == steps * steps;
}

/// The largest distance of a row's sum from 1.
double offOne(const Array &maps)
{
    const auto columns = static_cast<std::size_t>(maps.shape.back());
    double off = 0.0;
    for (std::size_t row = 0; row < maps.values.size(); row += columns) {
        double sum = 0.0;
        for (std::size_t i = 0; i < columns; ++i) sum += static_cast<double>(maps.values[row + i]);
        off = std::max(off, std::abs(sum - 1.0));
    }
    return off;
}

} // namespace

class AttentionTest : public QObject {
    Q_OBJECT

private slots:
    void layersAndHeadsSumToOne()
    {
        const auto made = subject(encoder(false), sentences());
        const auto result = looked("attention", made, {.sample = 4, .block = {}});
        const Array &maps = result.arrays.at("attention");
        QCOMPARE(maps.shape, (std::vector<std::int64_t>{2, 2, 7, 7}));
        QVERIFY(offOne(maps) < 1e-5);
        QCOMPARE(std::ssize(result.steps), 7);
        QCOMPARE(result.steps, result.keys);
        const auto ids = made.dataset->splits[2].sample(4).values;
        QCOMPARE(result.steps[2],
                 made.dataset->tokenizer->piece(static_cast<std::int32_t>(ids[2])));
        QVERIFY(result.block.empty());
        const Array &through = result.arrays.at("rollout");
        QCOMPARE(through.shape, (std::vector<std::int64_t>{7, 7}));
        QVERIFY(offOne(through) < 1e-5);
    }

    void rolloutOfOneLayerIsHalfItself()
    {
        const auto made = subject(encoder(false, 1), sentences());
        const auto result = looked("attention", made, {.sample = 0, .block = "encoder_1"});
        QCOMPARE(result.block, std::string("encoder_1"));
        const Array &maps = result.arrays.at("attention"), &through = result.arrays.at("rollout");
        QCOMPARE(maps.shape, (std::vector<std::int64_t>{1, 2, 3, 3}));
        for (std::size_t i = 0; i < 9; ++i) {
            const float mean = (maps.values[i] + maps.values[9 + i]) / 2.0F;
            const float expected = (mean + (i % 4 == 0 ? 1.0F : 0.0F)) / 2.0F;
            QVERIFY(std::abs(through.values[i] - expected) < 1e-6F);
        }
    }

    void rolloutGoesThroughAllLayersWhicheverIsAskedFor()
    {
        const auto made = subject(encoder(false), sentences());
        const auto all = looked("attention", made, {.sample = 1, .block = {}});
        const Array &maps = all.arrays.at("attention");
        for (const char *block : {"", "encoder_1", "encoder_2"}) {
            const auto result = looked("attention", made, {.sample = 1, .block = block});
            QVERIFY(isProduct(result.arrays.at("rollout"), passedOn(maps, 1), passedOn(maps, 0)));
        }
    }

    void causalMapsSeeNothingAhead()
    {
        const auto result = looked("attention", subject(encoder(true), sentences()));
        const Array &maps = result.arrays.at("attention");
        for (std::size_t i = 0; i < maps.values.size(); ++i) {
            const std::size_t row = i / 3 % 3, column = i % 3;
            if (column > row) QCOMPARE(maps.values[i], 0.0F);
        }
    }

    void aTranslatorShowsWhereItsWordsComeFrom()
    {
        const auto made = subject(translator(), pairs());
        // Sample 1: as many words to read as to write, so that lengths tell nothing.
        for (const std::int64_t sample : {0, 1}) {
            const auto result = looked("attention", made, {.sample = sample, .block = {}});
            const Array &maps = result.arrays.at("attention");
            const std::int64_t source = 3 + sample, target = source + sample;
            QCOMPARE(maps.shape, (std::vector<std::int64_t>{2, 2, target, source}));
            QVERIFY(offOne(maps) < 1e-5);
            QCOMPARE(result.steps.front(), std::string("<begin>"));
            QCOMPARE(std::ssize(result.keys), source);
            QVERIFY(result.keys != result.steps);
            QVERIFY(!result.arrays.contains("rollout"));
        }
    }

    void aDecoderLooksAtItsOwnWordsToo()
    {
        const auto made = subject(translator(), pairs());
        const auto all = looked("attention", made, {.sample = 1, .block = {}});
        const Array &layers = all.arrays.at("self_attention");
        QCOMPARE(layers.shape, (std::vector<std::int64_t>{2, 2, 5, 5}));
        const auto result = looked("attention", made, {.sample = 1, .block = "decoder_2"});
        QCOMPARE(result.arrays.at("attention").shape, (std::vector<std::int64_t>{1, 2, 5, 4}));
        const Array &own = result.arrays.at("self_attention");
        QCOMPARE(own.shape, (std::vector<std::int64_t>{1, 2, 5, 5}));
        QVERIFY(offOne(own) < 1e-5);
        for (std::size_t i = 0; i < own.values.size(); ++i) {
            QCOMPARE(own.values[i], layers.values[own.values.size() + i]);
            if (i % 5 > i / 5 % 5) QCOMPARE(own.values[i], 0.0F); // nothing that is not yet written
        }
        QVERIFY(
            isProduct(result.arrays.at("self_rollout"), passedOn(layers, 1), passedOn(layers, 0)));
        QVERIFY(!result.arrays.contains("rollout"));
    }

    void itsEncoderIsShownWhenAskedFor()
    {
        const auto made = subject(translator(), pairs());
        const auto result = looked("attention", made, {.sample = 0, .block = "encoder_1"});
        QCOMPARE(result.arrays.at("attention").shape, (std::vector<std::int64_t>{1, 2, 3, 3}));
        QVERIFY(!result.arrays.contains("self_attention"));
        QVERIFY(result.steps.front() != "<begin>");
        QCOMPARE(result.steps, result.keys);
        QCOMPARE(probe::findProbe("attention")->blocks(made),
                 (std::vector<std::string>{"encoder_1", "decoder_1", "decoder_2"}));
    }

    void aNetworkWithoutAttentionHasNone()
    {
        QCOMPARE(refused("attention", subject(small::convolution(), small::bars())),
                 std::string("probe.nothing_inside"));
    }
};

QTEST_GUILESS_MAIN(AttentionTest)
#include "attention_test.moc"
