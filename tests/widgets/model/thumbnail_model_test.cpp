// The live thumbnails of a real session: they follow the sample, the network and the training.
#include "model/thumbnail_model.hpp"

#include "blocks/block_kind.hpp"
#include "own_home.hpp"
#include "small_training.hpp"
#include "theme/theme.hpp"

#include <QApplication>
#include <QSignalSpy>

#include <limits>
#include <numeric>

using namespace ostrich;
using namespace ostrich::ui;

class ThumbnailModelTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_session = std::make_unique<Session>();
        m_session->project.setProject(small::project("logistic", small::kDigits, 1), {});
        QVERIFY(small::waitForData(*m_session));
        QTRY_VERIFY(find("output_1"));
    }
    void cleanup() { m_session.reset(); }

    void everyBlockOfTheFlowHasOne()
    {
        for (const graph::Block &block : m_session->project.network().blocks)
            QVERIFY2(find(block.id), block.id.c_str());
        const probe::Thumbnail *output = find("output_1");
        QVERIFY(output->probabilities);
        QCOMPARE(output->values.values.size(), std::size_t{10});
        const auto &shares = output->values.values;
        QVERIFY(std::abs(std::accumulate(shares.begin(), shares.end(), 0.0f) - 1.0f) < 1e-3f);
        QVERIFY(!find("nobody"));
    }

    void anotherSampleShowsItself()
    {
        const std::vector<float> before = values("input_1");
        QSignalSpy updated(&m_session->thumbnails, &ThumbnailModel::updated);
        m_session->selection.setSample({data::Split::Test, 5});
        QTRY_VERIFY(updated.count() > 0);
        QVERIFY(values("input_1") != before);
        m_session->selection.setSample({});
        QTRY_COMPARE(values("input_1"), before);
    }

    void aSampleThatIsNotThereChangesNothing()
    {
        const std::vector<float> before = values("input_1");
        m_session->selection.setSample({data::Split::Test, 1'000'000});
        m_session->selection.setSample({data::Split::Test, -1});
        m_session->selection.setSample({});
        QCoreApplication::processEvents();
        QCOMPARE(values("input_1"), before);
    }

    void anEditIsFollowed()
    {
        ProjectModel &project = m_session->project;
        QVERIFY(project.apply(graph::splice(project.network(),
                                            *project.network().wireInto({"output_1", "x"}),
                                            *blocks::Registry::instance().find("Dropout"), {})));
        QTRY_VERIFY(find("dropout_1"));
        project.undoStack()->undo();
        QTRY_VERIFY(!find("dropout_1"));
    }

    void aBrokenNetworkShowsThePartThatWorks()
    {
        ProjectModel &project = m_session->project;
        const graph::Wire last = *project.network().wireInto({"output_1", "x"});
        QVERIFY(project.apply(graph::removeWires(project.network(), {last})));
        QTRY_VERIFY(!find("output_1"));
        QVERIFY(find("input_1") && find("flatten_1"));
    }

    void theTrainedWeightsAnswer()
    {
        const std::vector<float> untrained = values("output_1");
        m_session->run.play();
        QVERIFY(small::waitForModel(*m_session));
        QTRY_VERIFY(values("output_1") != untrained);
        m_session->run.reset();
        QTRY_COMPARE(values("output_1"), untrained); // the same initial weights
    }

    void aSequenceIsOneMapOverTime()
    {
        become("lstm", "recall?count=100&lag=60");
        const auto &samples = m_session->data.dataset()->split(data::Split::Validation);
        const std::int64_t steps = samples.steps(m_session->selection.sample().index);
        const probe::Thumbnail *hidden = find("lstm_1");
        QVERIFY(hidden->values.shape == std::vector<std::int64_t>({1, 32, 64}));
        QCOMPARE(mapImage(*hidden, 0).size(), QSize(64, 32)); // averaged over time alone
        const probe::Thumbnail *output = find("output_1");
        QVERIFY(output->values.shape == std::vector<std::int64_t>({1, 4, steps})); // every step
        QVERIFY(output->probabilities);
    }

    void aDecoderIsFedToo()
    {
        become("seq2seq", "translation?count=150");
        const auto &dataset = *m_session->data.dataset();
        const auto row =
            dataset.split(data::Split::Validation).targets.row(m_session->selection.sample().index);
        const probe::Thumbnail *output = find("output_1");
        QVERIFY(output->values.shape
                == std::vector<std::int64_t>(
                    {1, dataset.facts.classes, static_cast<std::int64_t>(row.size()) - 1}));
        QVERIFY(find("input_2") && find("gru_2"));
    }

    void aGroupShowsWhatItPutsOutAtLast()
    {
        become("mlp", small::kDigits);
        ProjectModel &project = m_session->project;
        QVERIFY(project.apply(
            graph::setParameter(project.network(), "linear_2", "out_features", std::int64_t{128})));
        QTRY_VERIFY(values("relu_2").size() == 128);
        const std::string group = project.fold({"linear_2", "relu_2"});
        QTRY_COMPARE(values(group).size(), std::size_t{128});
        project.enter(group);
        QVERIFY(find("linear_2") && find("relu_2"));
        QCOMPARE(values("relu_2").size(), std::size_t{128});
        project.leave();
        const std::vector<float> first = values(group);
        QVERIFY(project.apply(
            graph::setParameter(project.network(), group, "repeat", std::int64_t{2})));
        QTRY_VERIFY(values(group) != first && values(group).size() == 128); // the second's
        project.enter(group);
        QCOMPARE(values("relu_2"), first); // the first's
    }

    void theTrainedWeightsAnswerInsideAGroup()
    {
        const std::string group = m_session->project.fold({"linear_1"});
        QTRY_VERIFY(find(group));
        const std::vector<float> untrained = values(group);
        m_session->run.play();
        QVERIFY(small::waitForModel(*m_session));
        QTRY_VERIFY(values(group) != untrained);
    }

    void aMapIsColouredOverTheWholeThumbnail()
    {
        probe::Thumbnail maps;
        maps.values.shape = {2, 2, 3};
        maps.values.values = {0, 0, 0, 0, 0, 1, 4, 0, 0, 0, 0, 0};
        const QImage first = mapImage(maps, 0), second = mapImage(maps, 1);
        QCOMPARE(first.size(), QSize(3, 2));
        QCOMPARE(first.pixel(0, 0), theme().unitColour(0.0f));
        QCOMPARE(first.pixel(2, 1), theme().unitColour(0.25f));
        QCOMPARE(second.pixel(0, 0), theme().unitColour(1.0f));
        QVERIFY(mapImage(maps, 2).isNull());
        maps.isSigned = true;
        maps.values.values[0] = -4;
        QCOMPARE(mapImage(maps, 0).pixel(0, 0), theme().signedColour(-1.0f));
        QCOMPARE(mapImage(maps, 1).pixel(0, 0), theme().signedColour(1.0f));
    }

    void aVectorIsARowOfPixels()
    {
        probe::Thumbnail vector;
        vector.values.shape = {4};
        vector.values.values = {0, 1, 2, 0.5f};
        QCOMPARE(mapImage(vector, 0).size(), QSize(4, 1));
        QCOMPARE(mapImage(vector, 0).pixel(2, 0), theme().unitColour(1.0f));
    }

    void aNetworkThatDivergedIsDrawnToo()
    {
        const float none = std::numeric_limits<float>::quiet_NaN();
        const float endless = std::numeric_limits<float>::infinity();
        for (const bool isSigned : {false, true}) {
            probe::Thumbnail vector;
            vector.isSigned = isSigned;
            vector.values.shape = {4};
            vector.values.values = {none, endless, -endless, 1.0f};
            QCOMPARE(mapImage(vector, 0).size(), QSize(4, 1));
        }
    }

private:
    void become(const std::string &templateName, const std::string &source)
    {
        m_session = std::make_unique<Session>();
        m_session->project.setProject(small::project(templateName, source, 1), {});
        QVERIFY(small::waitForData(*m_session));
        QTRY_VERIFY(find("output_1"));
    }
    static const Theme &theme() { return Theme::instance(); }
    const probe::Thumbnail *find(const std::string &block)
    {
        return m_session->thumbnails.find(block);
    }
    std::vector<float> values(const std::string &block)
    {
        const probe::Thumbnail *thumbnail = find(block);
        return thumbnail ? thumbnail->values.values : std::vector<float>();
    }

    std::unique_ptr<Session> m_session;
};

int main(int argc, char **argv)
{
    const OwnHome home;
    QApplication app(argc, argv);
    ThumbnailModelTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "thumbnail_model_test.moc"
