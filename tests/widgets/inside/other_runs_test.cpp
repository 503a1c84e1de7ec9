// Real small runs of one project: which of them can be compared, how they are named, and that what
// is drawn is what the probe says of the run's weights.
#include "inside/other_runs.hpp"

#include "../model/own_home.hpp"
#include "../model/small_training.hpp"
#include "inside/inside_model.hpp"
#include "inside/reading.hpp"
#include "probe/probe.hpp"

#include <QApplication>
#include <QSignalSpy>
#include <QTest>

using namespace ostrich;
using namespace ostrich::ui;

namespace {

const char *const kRecall = "recall?lag=4&around=3&count=120";

/// The network with its recurrent block as one of another kind; the ports keep their names.
void change(Session &session, const std::string &kind, std::int64_t units)
{
    const graph::Network &network = session.project.network();
    const graph::Block *block = network.find("lstm_1");
    session.project.apply(
        graph::withKind(network, *block, kind, {{"hidden_size", std::int64_t{units}}}));
}

} // namespace

class OtherRunsTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_session = std::make_unique<Session>();
        m_others = std::make_unique<OtherRuns>(m_session.get());
        QVERIFY(small::train(*m_session, small::project("lstm", kRecall, 1)));
    }
    void cleanup()
    {
        m_others.reset();
        m_session.reset();
    }

    void theRunAtHandIsNoOther()
    {
        QVERIFY(m_others->items().empty());
        QVERIFY(!m_others->measuring());
    }

    void anotherIsMeasuredOnceItIsChosen()
    {
        QVERIFY(trainAnother("GRU", 12));
        QCOMPARE(m_others->items().size(), std::size_t{1});
        const std::string folder = m_others->items()[0].folder;
        QCOMPARE(m_others->items()[0].name, QStringLiteral("LSTM"));
        QVERIFY(!m_others->items()[0].accuracy.isEmpty());
        QCOMPARE(m_others->items()[0].place, -1); // nothing is chosen by itself
        QVERIFY(m_others->items()[0].depth.empty());

        m_others->choose(folder, true);
        QCOMPARE(m_others->items()[0].place, 0);
        QVERIFY(measured(0));
        const auto run = train::openRun(folder);
        QVERIFY(static_cast<bool>(run));
        const auto model = train::loadModel(*run);
        QVERIFY(static_cast<bool>(model));
        const auto told = probe::findProbe("memory")->look(
            {run->manifest.project.network, *model, m_session->data.dataset()},
            {.split = data::Split::Validation}, {});
        QVERIFY(static_cast<bool>(told));
        QVERIFY(m_others->items()[0].depth == told->arrays.at("depth").values);
        QCOMPARE(
            halfMemoryOf(m_others->items()[0].depth),
            std::optional<int>(static_cast<int>(told->arrays.at("half_memory").values.front())));

        m_others->choose(folder, false);
        QVERIFY(m_others->items()[0].depth.empty());
        m_others->choose(folder, true); // what is known is there at once
        QVERIFY(!m_others->items()[0].depth.empty());
        QVERIFY(!m_others->measuring());
    }

    void namesakesHaveTheirNumbers()
    {
        QVERIFY(trainAnother("GRU", 12));
        QVERIFY(trainAnother("GRU", 10));
        QCOMPARE(names(), (QStringList{"LSTM", "GRU, run 002"}));
        m_session->run.openRun(m_others->items()[0].folder);
        QCOMPARE(names(), (QStringList{"GRU, run 002", "GRU, run 003"}));
    }

    void thePlacesStayWithTheirRuns()
    {
        QVERIFY(trainAnother("GRU", 12));
        QVERIFY(trainAnother("RNN", 12));
        QCOMPARE(names(), (QStringList{"LSTM", "GRU"}));
        const std::string first = m_others->items()[0].folder, second = m_others->items()[1].folder;
        m_others->choose(second, true);
        m_others->choose(first, true);
        QCOMPARE(m_others->items()[1].place, 0);
        QCOMPARE(m_others->items()[0].place, 1);
        QVERIFY(measured(0) && measured(1));
        QCOMPARE(m_others->items()[0].trouble, QString());
        m_others->choose(second, false);
        QCOMPARE(m_others->items()[0].place, 1);
        m_others->choose(second, true);
        QCOMPARE(m_others->items()[1].place, 0);
    }

    void aChoiceTakenBackIsNotMeasured()
    {
        QVERIFY(trainAnother("GRU", 12));
        const std::string folder = m_others->items()[0].folder;
        m_others->choose(folder, true);
        QVERIFY(m_others->measuring());
        m_others->choose(folder, false);
        QVERIFY(!m_others->measuring());
        QTest::qWait(300);
        QVERIFY(m_others->items()[0].depth.empty());
        m_others->choose("nowhere", true);
        QVERIFY(!m_others->measuring());
    }

    void aRunWithoutWeightsSaysSo()
    {
        QVERIFY(trainAnother("GRU", 12));
        const std::filesystem::path folder = m_others->items()[0].folder;
        std::filesystem::remove(folder / "best.safetensors");
        std::filesystem::remove(folder / "last.safetensors");
        m_others->choose(folder.string(), true);
        QVERIFY(QTest::qWaitFor([&] { return !m_others->items()[0].trouble.isEmpty(); },
                                small::kPatience));
        QVERIFY(m_others->items()[0].depth.empty());
    }

    void otherDataLeaveThemOut()
    {
        QVERIFY(trainAnother("GRU", 12));
        QCOMPARE(m_others->items().size(), std::size_t{1});
        m_session->project.setData("recall?lag=5&around=3&count=120");
        QVERIFY(
            QTest::qWaitFor([&] { return m_session->data.dataset() && m_others->items().empty(); },
                            small::kPatience));
    }

    void theReadingTellsTheirAccuracy()
    {
        QVERIFY(trainAnother("GRU", 12));
        InsideModel model(m_session.get());
        model.setActive(true);
        QVERIFY(QTest::qWaitFor([&] { return model.halfMemory().has_value(); }, small::kPatience));
        const auto told = [&] {
            const auto &lines = readingOf(model, *m_session).facts.lines;
            return std::ranges::any_of(
                lines, [](const Reading::Line &line) { return line.name == "LSTM"; });
        };
        QVERIFY(!told());
        model.others().choose(model.others().items()[0].folder, true);
        QVERIFY(told());
        // The change of the answer under a swap comes along with the depth.
        QCOMPARE(model.depths().back().swap.size(), model.depths().back().depth.size());
        QCOMPARE(*std::ranges::max_element(model.depths().back().swap), 1.0f);
    }

private:
    bool trainAnother(const std::string &kind, std::int64_t units)
    {
        change(*m_session, kind, units);
        const std::size_t before = m_session->run.runs().size();
        m_session->run.play();
        return small::waitForModel(*m_session)
               && QTest::qWaitFor([&] { return m_session->run.runs().size() > before; },
                                  small::kPatience);
    }
    bool measured(std::size_t item)
    {
        return QTest::qWaitFor([&] { return !m_others->items()[item].depth.empty(); },
                               small::kPatience);
    }
    QStringList names() const
    {
        QStringList names;
        for (const OtherRuns::Item &item : m_others->items()) names << item.name;
        return names;
    }

    std::unique_ptr<Session> m_session;
    std::unique_ptr<OtherRuns> m_others;
};

int main(int argc, char **argv)
{
    const OwnHome home;
    QApplication application(argc, argv);
    OtherRunsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "other_runs_test.moc"
