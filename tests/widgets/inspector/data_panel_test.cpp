// The data panel on a real session: where the data come from, their splits, the sample that all
// places show.
#include "inspector/data_panel.hpp"

#include "../model/own_home.hpp"
#include "../model/seen.hpp"
#include "../model/small_training.hpp"

#include <QApplication>
#include <QPushButton>
#include <QSignalSpy>

#include <set>

using namespace ostrich;
using namespace ostrich::ui;

class DataPanelTest : public QObject {
    Q_OBJECT

private slots:
    void init() { m_session = std::make_unique<Session>(); }
    void cleanup()
    {
        m_panel.reset();
        m_session.reset();
    }

    void itTellsWhereTheDataComeFromAndHowMany()
    {
        load(small::kDigits);
        show(DataPanel::Detail::Samples);
        const QString title = QStringLiteral("Digits");
        auto *source = seen::button(m_panel.get(), QStringLiteral("Choose other data"));
        QVERIFY(source);
        QVERIFY2(source->text().contains(title), qPrintable(source->text()));
        QVERIFY2(source->text().contains(QLatin1String("520")), qPrintable(source->text()));
        QSignalSpy wanted(m_panel.get(), &DataPanel::sourceWanted);
        QTest::mouseClick(source, Qt::LeftButton);
        QCOMPARE(wanted.count(), 1);
    }

    void theCountsOfTheSplitsStandBelowEachOther()
    {
        load(small::kDigits);
        show(DataPanel::Detail::Counts);
        for (const char *number : {"300", "100", "120"}) QVERIFY(says(number));
        QVERIFY(says("train") && says("validate") && says("test"));
    }

    void theCountsAreOpenWhileTheDataLoad()
    {
        m_session->project.setProject(small::project("logistic", small::kDigits, 1), {});
        // Looked at before any event is handled: the data, which may be there by now, come as one.
        m_panel = std::make_unique<DataPanel>(m_session.get(), DataPanel::Detail::Counts);
        m_panel->show();
        QVERIFY(says("–"));
        QVERIFY(small::waitForData(*m_session));
        QVERIFY(!says("–") && says("300"));
    }

    void aClickedSampleIsSelectedEverywhere()
    {
        load(small::kDigits);
        show(DataPanel::Detail::Samples);
        const auto samples = m_session->data.showcase(12);
        QCOMPARE(samples.size(), std::size_t{12});
        m_session->selection.setSample(samples[0]);
        QWidget *grid = this->grid();
        const QImage before = grid->grab().toImage();
        QTest::mouseClick(grid, Qt::LeftButton, {}, QPoint(grid->width() - 10, 60)); // last of all
        QCOMPARE(m_session->selection.sample(), samples[11]);
        QVERIFY2(grid->grab().toImage() != before, "a ring shows which one");
        QTest::mouseClick(grid, Qt::LeftButton, {}, QPoint(10, 10));
        QCOMPARE(m_session->selection.sample(), samples[0]);
        QCOMPARE(grid->grab().toImage(), before);
    }

    void theArrowsWalkOverTheSamples()
    {
        load(small::kDigits);
        show(DataPanel::Detail::Samples);
        const auto samples = m_session->data.showcase(12);
        m_session->selection.setSample(samples[0]);
        QWidget *grid = this->grid();
        grid->setFocus();
        const auto press = [&](Qt::Key key) {
            QTest::keyClick(grid, key);
            const auto found =
                std::find(samples.begin(), samples.end(), m_session->selection.sample());
            return static_cast<int>(found - samples.begin());
        };
        QCOMPARE(press(Qt::Key_Left), 0); // the first of all
        QCOMPARE(press(Qt::Key_Right), 1);
        QCOMPARE(press(Qt::Key_Down), 7);
        QCOMPARE(press(Qt::Key_Down), 7); // the last row
        QCOMPARE(press(Qt::Key_Up), 1);
        m_session->selection.setSample({data::Split::Test, 3}); // from another place
        QCOMPARE(press(Qt::Key_Right), 0);
    }

    void theFirstSamplesShowEveryClass()
    {
        load(small::kDigits);
        const auto &labels = m_session->data.dataset()->split(data::Split::Validation).labels;
        std::set<std::int32_t> classes;
        for (const SampleRef &sample : m_session->data.showcase(12))
            classes.insert(labels[static_cast<std::size_t>(sample.index)]);
        QCOMPARE(classes.size(), std::size_t{10});
    }

    void pointsAreSamplesToo()
    {
        load("spirals");
        show(DataPanel::Detail::Samples);
        const auto samples = m_session->data.showcase(12);
        QVERIFY(!m_session->data.image(samples[0]).isNull());
        QVERIFY(m_session->data.image(samples[0]) != m_session->data.image(samples[1]));
    }

    void dataThatCannotBeReadAreSaid()
    {
        load(small::kDigits);
        show(DataPanel::Detail::Samples);
        QVERIFY(!says("no/such/folder"));
        m_session->project.setData("images:/no/such/folder");
        QTRY_VERIFY(says("/no/such/folder"));
        m_session->project.undoStack()->undo();
        QTRY_VERIFY(!says("/no/such/folder"));
        QVERIFY(small::waitForData(*m_session));
    }

private:
    void load(const char *source)
    {
        m_session->project.setProject(small::project("logistic", source, 1), {});
        QVERIFY(small::waitForData(*m_session));
    }
    void show(DataPanel::Detail detail)
    {
        m_panel = std::make_unique<DataPanel>(m_session.get(), detail);
        m_panel->resize(264, 240);
        m_panel->show();
        QVERIFY(QTest::qWaitForWindowActive(m_panel.get()));
    }
    bool says(const char *text) const { return seen::says(m_panel.get(), QString::fromUtf8(text)); }
    QWidget *grid() { return seen::named<QWidget>(m_panel.get(), QStringLiteral("Samples")); }

    std::unique_ptr<Session> m_session;
    std::unique_ptr<DataPanel> m_panel;
};

int main(int argc, char **argv)
{
    const OwnHome home;
    QApplication app(argc, argv);
    DataPanelTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "data_panel_test.moc"
