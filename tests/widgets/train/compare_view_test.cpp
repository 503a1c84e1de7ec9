// Comparing runs in the place Train: ticking them, their curves over each other, their figures.
#include "train/compare_view.hpp"

#include "../model/own_home.hpp"
#include "../model/seen.hpp"
#include "../model/small_training.hpp"
#include "blocks/block_kind.hpp"
#include "curves/overlay_plot.hpp"
#include "theme/theme.hpp"
#include "train/compare_table.hpp"
#include "train/train_place.hpp"

#include <QApplication>
#include <QListWidget>
#include <QPushButton>
#include <QSpinBox>

#include <cmath>

using namespace ostrich;
using namespace ostrich::ui;

class CompareViewTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_session = std::make_unique<Session>();
        m_place = std::make_unique<TrainPlace>(m_session.get());
        m_place->resize(1280, 720);
        m_place->show();
        QVERIFY(QTest::qWaitForWindowActive(m_place.get()));
    }
    void cleanup()
    {
        m_place.reset();
        m_session.reset();
    }

    void twoTickedRunsStandSideBySide()
    {
        QVERIFY(trainTwoNetworks());
        QVERIFY(!table()->isVisible());
        clickBox(0);
        QVERIFY2(!table()->isVisible(), "one alone is no comparison");
        clickBox(1);
        QVERIFY(table()->isVisible());
        QCOMPARE(table()->rowCount(), 2);
        const auto &runs = m_session->compare.runs();
        for (int row = 0; row < 2; ++row) {
            const train::Run &run = runs[static_cast<std::size_t>(row)];
            const train::Summary &done = *run.manifest.summary;
            QCOMPARE(cell(row, CompareTable::Parameters), count(done.parameters));
            QCOMPARE(cell(row, CompareTable::Epochs), QString::number(done.epochs));
            QCOMPARE(cell(row, CompareTable::Figure), percent(done.test_accuracy));
            QCOMPARE(cell(row, CompareTable::Seeds), QStringLiteral("1"));
            QVERIFY(cell(row, CompareTable::Time).endsWith(QLatin1Char('s')));
        }
        QVERIFY(cell(0, CompareTable::Network) != cell(1, CompareTable::Network));
        const bool first =
            runs[0].manifest.summary->test_accuracy >= runs[1].manifest.summary->test_accuracy;
        QVERIFY(isBold(first ? 0 : 1, CompareTable::Figure));
        QCOMPARE(plot()->graphCount(), 2);
        QCOMPARE(plot()->graph(1)->dataCount(), 3);
        QCOMPARE(plot()->graph(1)->data()->at(2)->value, runs[1].epochs[2].val_loss);
        QVERIFY(says("One seed says little"));
    }

    void aTickOpensNoRun()
    {
        QVERIFY(trainTwoNetworks());
        const auto atHand = m_session->run.runFolder();
        const std::size_t epochs = m_session->run.epochs().size();
        clickBox(1);
        clickBox(1);
        clickBox(1);
        QTest::mouseClick(list()->viewport(), Qt::LeftButton, Qt::ControlModifier, rowAt(0));
        QCOMPARE(m_session->run.runFolder(), atHand);
        QCOMPARE(m_session->run.epochs().size(), epochs);
        QVERIFY(table()->isVisible());
        QTest::mouseClick(list()->viewport(), Qt::LeftButton, Qt::ControlModifier, rowAt(0));
        QVERIFY(!table()->isVisible());
        QTest::mouseClick(list()->viewport(), Qt::LeftButton, {}, rowAt(1));
        QVERIFY2(m_session->run.runFolder() != atHand, "an ordinary click does");
    }

    void theKeyboardTicksToo()
    {
        QVERIFY(trainTwoNetworks());
        list()->setFocus();
        list()->setCurrentRow(0);
        QTest::keyClick(list(), Qt::Key_Space);
        QTest::keyClick(list(), Qt::Key_Down);
        QTest::keyClick(list(), Qt::Key_Space);
        QVERIFY(table()->isVisible());
        QCOMPARE(list()->currentRow(), 1);
        QCOMPARE(list()->item(0)->data(Qt::CheckStateRole).toInt(), int(Qt::Checked));
        QTest::keyClick(list(), Qt::Key_Space);
        QVERIFY(!table()->isVisible());
    }

    void runsOfOneNetworkAreOneRowWithItsInterval()
    {
        QVERIFY(small::train(*m_session, small::spirals(3)));
        m_session->project.setRecipeValue("seed", std::int64_t{2});
        QVERIFY(small::waitForData(*m_session));
        m_session->run.play();
        QVERIFY(
            QTest::qWaitFor([&] { return m_session->run.runs().size() == 2; }, small::kPatience));
        clickBox(0);
        clickBox(1);
        QCOMPARE(table()->rowCount(), 1);
        QCOMPARE(cell(0, CompareTable::Seeds), QStringLiteral("2"));
        const auto &runs = m_session->compare.runs();
        const double a = runs[0].manifest.summary->test_accuracy,
                     b = runs[1].manifest.summary->test_accuracy;
        // Student's t for one degree of freedom: tan(0.95 * pi / 2) = 12.706.
        const double half = std::tan(0.95 * M_PI / 2.0) * std::abs(a - b) / 2.0;
        QCOMPARE(cell(0, CompareTable::Figure), percent((a + b) / 2.0) + QStringLiteral(" ± ")
                                                    + QLocale().toString(half * 100.0, 'f', 1));
        QCOMPARE(plot()->graphCount(), 3); // both, and their mean
    }

    void anotherQuantityIsOneClickAway()
    {
        QVERIFY(trainTwoNetworks());
        clickBox(0);
        clickBox(1);
        QVERIFY(says("Validation loss"));
        click("accuracy");
        QVERIFY(says("Validation accuracy"));
        const auto &runs = m_session->compare.runs();
        QCOMPARE(plot()->graph(0)->data()->at(1)->value, runs[0].epochs[1].val_accuracy);
    }

    void theWayBackUnticksAll()
    {
        QVERIFY(trainTwoNetworks());
        clickBox(0);
        clickBox(1);
        click("Back to the run");
        QVERIFY(!table()->isVisible() && m_session->compare.ticked().empty());
        QVERIFY(says("Validation accuracy") && says("Gap"));
    }

    void withNothingTickedItSaysWhatToDo()
    {
        m_session->project.setProject(small::spirals(2), {});
        QVERIFY(small::waitForData(*m_session));
        click("Compare runs");
        QVERIFY(says("Tick two or more runs"));
        auto *readers = button("Same task: RNN, LSTM, GRU, attention");
        QVERIFY(readers && !readers->isEnabled());
        QTRY_VERIFY_WITH_TIMEOUT(readers->toolTip().contains(QLatin1String("sequence")),
                                 small::kPatience);
        QVERIFY(button("More seeds of this network")->isEnabled());
    }

    void differentDataAreSaidToBe()
    {
        QVERIFY(small::train(*m_session, small::spirals(2)));
        m_session->project.setData("moons");
        m_session->project.fit();
        QVERIFY(small::waitForData(*m_session));
        m_session->run.play();
        QVERIFY(
            QTest::qWaitFor([&] { return m_session->run.runs().size() == 2; }, small::kPatience));
        clickBox(0);
        clickBox(1);
        QVERIFY(says("of different data"));
    }

    void forecastsAreToldByTheirErrors()
    {
        project::Project project =
            small::project("lstm", "seasonal?count=700&window=12&horizon=2", 1);
        m_session->project.setProject(std::move(project), {});
        m_session->project.fit();
        QVERIFY(small::waitForData(*m_session));
        m_session->run.play();
        QVERIFY(small::waitForModel(*m_session));
        click("Compare runs");
        seen::named<QSpinBox>(m_place.get(), QStringLiteral("Seeds"))->setValue(1);
        click("More seeds of this network");
        QVERIFY(waitForEnd());
        QCOMPARE(table()->rowCount(), 1);
        QCOMPARE(table()->horizontalHeaderItem(CompareTable::Figure)->text(),
                 QStringLiteral("Test MASE"));
        QVERIFY(cell(0, CompareTable::Figure).contains(QStringLiteral(" ± ")));
        click("error");
        QVERIFY(says("Validation error"));
        QVERIFY(plot()->graphCount() > 0 && plot()->graph(0)->dataCount() == 1);
    }

    void fourReadersAreStartedAndCancelled()
    {
        m_session->project.setProject(small::project("lstm", "recall?count=200&lag=5", 500), {});
        QVERIFY(small::waitForData(*m_session));
        click("Compare runs");
        QTRY_VERIFY_WITH_TIMEOUT(button("Same task: RNN, LSTM, GRU, attention")->isEnabled(),
                                 small::kPatience);
        click("Same task: RNN, LSTM, GRU, attention");
        QTRY_VERIFY_WITH_TIMEOUT(table()->isVisible() && table()->rowCount() == 1,
                                 small::kPatience);
        QVERIFY2(says("Run 1 of 12"), "three seeds of four networks");
        QVERIFY(!button("Same task: RNN, LSTM, GRU, attention"));
        QTRY_VERIFY_WITH_TIMEOUT(plot()->graphCount() > 0, small::kPatience);
        QTRY_VERIFY2_WITH_TIMEOUT(plot()->graph(0)->dataCount() > 3, "the curve grows",
                                  small::kPatience);
        click("Cancel");
        QVERIFY(waitForEnd());
        QVERIFY(button("Same task: RNN, LSTM, GRU, attention")->isEnabled());
        QCOMPARE(list()->count(), 0);
        QVERIFY(says("Tick two or more runs"));
    }

    void aNetworkIsNamedByWhatItsGroupsHold()
    {
        const auto &kinds = blocks::Registry::instance();
        graph::Network network = project::newProject("lstm")->network;
        QVERIFY(bool(graph::apply(graph::fold(network, {"lstm_1"}, "Reader", kinds), network)));
        QVERIFY(!network.find("lstm_1"));
        QCOMPARE(networkSummary(network), QStringLiteral("LSTM"));

        network = project::newProject("mlp")->network;
        std::vector<std::string> linear;
        for (const graph::Block &block : network.blocks)
            if (block.kind == "Linear") linear.push_back(block.id);
        QCOMPARE(networkSummary(network), QStringLiteral("%1 × Linear").arg(linear.size()));
        std::string id;
        QVERIFY(bool(graph::apply(graph::fold(network, {linear[0]}, "Body", kinds, &id), network)));
        const auto thrice = graph::setParameter(network, id, "repeat", std::int64_t{3});
        QVERIFY(bool(graph::apply(thrice, network)));
        QCOMPARE(networkSummary(network), QStringLiteral("%1 × Linear").arg(linear.size() + 2));
    }

    void theOverlayGrowsAsRunsEnd()
    {
        m_session->project.setProject(small::project("lstm", "recall?count=200&lag=5", 2), {});
        QVERIFY(small::waitForData(*m_session));
        click("Compare runs");
        seen::named<QSpinBox>(m_place.get(), QStringLiteral("Seeds"))->setValue(1);
        QTRY_VERIFY_WITH_TIMEOUT(button("Same task: RNN, LSTM, GRU, attention")->isEnabled(),
                                 small::kPatience);
        click("Same task: RNN, LSTM, GRU, attention");
        QVERIFY(waitForEnd());
        QCOMPARE(table()->rowCount(), 4);
        QStringList names;
        for (int row = 0; row < 4; ++row) names << cell(row, CompareTable::Network);
        QCOMPARE(names, (QStringList{"RNN", "LSTM", "GRU", "Attention"}));
        QCOMPARE(list()->count(), 4);
        QVERIFY(list()->item(0)->text().contains(QLatin1String("Attention")));
        // One of them opens by a click, and the project stays what it is.
        const project::Project before = m_session->project.project();
        QTest::mouseClick(list()->viewport(), Qt::LeftButton, {}, rowAt(1));
        QVERIFY(small::waitForModel(*m_session));
        QVERIFY(m_session->project.project() == before);
        QCOMPARE(m_session->run.epochs().size(), std::size_t{2});
    }

private:
    bool trainTwoNetworks()
    {
        if (!small::train(*m_session, small::spirals(2))) return false;
        const graph::Network &network = m_session->project.network();
        const auto wide = std::ranges::find(network.blocks, "Linear", &graph::Block::kind);
        m_session->project.apply(
            graph::setParameter(network, wide->id, "out_features", std::int64_t{24}));
        m_session->project.setRecipeValue("epochs", std::int64_t{3});
        m_session->run.play();
        return QTest::qWaitFor([&] { return m_session->run.runs().size() == 2; }, small::kPatience)
               && small::waitForModel(*m_session);
    }
    CompareTable *table() const { return m_place->findChild<CompareTable *>(); }
    OverlayPlot *plot() const { return m_place->findChild<OverlayPlot *>(); }
    QListWidget *list() const { return m_place->findChild<QListWidget *>(); }
    QString cell(int row, int column) const { return table()->item(row, column)->text(); }
    bool isBold(int row, int column) const
    {
        return table()->item(row, column)->font().weight() >= QFont::DemiBold;
    }
    QPoint rowAt(int row) const { return list()->visualItemRect(list()->item(row)).center(); }
    void clickBox(int row)
    {
        const QRect rect = list()->visualItemRect(list()->item(row));
        QTest::mouseClick(list()->viewport(), Qt::LeftButton, {}, rect.topLeft() + QPoint(22, 14));
    }
    QAbstractButton *button(const QString &text) const { return seen::button(m_place.get(), text); }
    void click(const QString &text) { QTest::mouseClick(button(text), Qt::LeftButton); }
    bool says(const QString &text) const { return seen::says(m_place.get(), text); }
    bool waitForEnd()
    {
        return QTest::qWaitFor([&] { return !m_session->compare.training(); },
                               4 * small::kPatience);
    }

    std::unique_ptr<Session> m_session;
    std::unique_ptr<TrainPlace> m_place;
};

int main(int argc, char **argv)
{
    const OwnHome home;
    QApplication app(argc, argv);
    CompareViewTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "compare_view_test.moc"
