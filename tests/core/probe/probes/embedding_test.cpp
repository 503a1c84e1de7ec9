// Samples and words in the plane.
#include "../subjects.hpp"

#include <QtTest>

using namespace subjects;

class EmbeddingTest : public QObject {
    Q_OBJECT

private slots:
    void samplesLieWithTheirClasses()
    {
        const auto made = subject(small::perceptron(), small::blobs());
        const auto result = looked("embedding", made);
        QCOMPARE(result.block, std::string("linear_2")); // what it reads is shown
        for (const char *name : {"points", "tsne"})
            QCOMPARE(result.arrays.at(name).shape, (std::vector<std::int64_t>{60, 2}));
        const Array &labels = result.arrays.at("labels");
        QCOMPARE(labels.shape, std::vector<std::int64_t>{60});
        for (std::size_t i = 0; i < 60; ++i) QCOMPARE(labels.values[i], static_cast<float>(i % 3));
        // Three tight clusters stay apart: a sample's nearest neighbour is of its class.
        const Array &points = result.arrays.at("tsne");
        int alike = 0;
        for (std::size_t i = 0; i < 60; ++i) {
            std::size_t nearest = 0;
            double least = 1e300;
            for (std::size_t j = 0; j < 60; ++j) {
                const double dx = points.values[2 * i] - points.values[2 * j],
                             dy = points.values[2 * i + 1] - points.values[2 * j + 1];
                if (j == i || dx * dx + dy * dy >= least) continue;
                least = dx * dx + dy * dy;
                nearest = j;
            }
            alike += nearest % 3 == i % 3 ? 1 : 0;
        }
        QVERIFY2(alike >= 57, qPrintable(QString::number(alike)));
    }

    void wordsLieInThePlaneToo()
    {
        const auto made =
            subject(chain({{"input_1", "Input"},
                           {"embedding_1", "Embedding", {{"embedding_dim", Integer{6}}}},
                           {"pool_1", "TimePool", {{"mode", std::string("mean")}}},
                           {"linear_1", "Linear", {{"out_features", std::string("classes")}}},
                           {"output_1", "Output"}}),
                    sentences());
        const auto result = looked("embedding", made);
        QCOMPARE(result.arrays.at("words").shape, (std::vector<std::int64_t>{10, 2}));
        QCOMPARE(result.words.size(), std::size_t{10});
        QCOMPARE(result.words[7], std::string("été"));
        QCOMPARE(result.arrays.at("points").shape, (std::vector<std::int64_t>{30, 2}));
    }

    void stepsAndMapsBecomeOneRow()
    {
        for (const auto &made :
             {subject(recurrent("GRU", {{"hidden_size", Integer{4}}}),
                      series(graph::Task::LabelSteps)),
              subject(small::convolution(), small::bars()), subject(translator(), pairs())}) {
            const auto result = looked("embedding", made);
            const Array &points = result.arrays.at("points");
            QCOMPARE(points.dim(0), made.dataset->splits[2].count());
            for (const float value : points.values) QVERIFY(std::isfinite(value));
        }
    }
};

QTEST_GUILESS_MAIN(EmbeddingTest)
#include "embedding_test.moc"
