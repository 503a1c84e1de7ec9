// The row at the foot: what lasts, what is told in front of it, work in the background.
#include "window/status_row.hpp"

#include "../model/seen.hpp"
#include "theme/theme.hpp"

#include <QProgressBar>
#include <QPushButton>

using namespace ostrich::ui;
using Tone = StatusRow::Tone;

class StatusRowTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_row = std::make_unique<StatusRow>();
        m_row->resize(800, 27);
        m_row->show();
        QVERIFY(QTest::qWaitForWindowActive(m_row.get()));
    }
    void cleanup() { m_row.reset(); }

    void whatIsToldStandsInFrontOfWhatLasts()
    {
        m_row->setLasting(QStringLiteral("5 blocks"), Tone::Quiet);
        QVERIFY(says("5 blocks"));
        m_row->tell(QStringLiteral("Saved net.ostrich."), Tone::Good);
        QVERIFY(says("Saved net.ostrich.") && !says("5 blocks"));
        m_row->setLasting(QStringLiteral("6 blocks"), Tone::Quiet);
        QVERIFY2(says("Saved net.ostrich."), "it is not hushed by the next edit");
        m_row->tell(QStringLiteral("No such file."), Tone::Wrong);
        QVERIFY(says("No such file.") && !says("Saved"));
    }

    void whatIsWrongIsSeenWithoutReading()
    {
        m_row->setLasting(QStringLiteral("5 blocks"), Tone::Quiet);
        QVERIFY(!icon());
        m_row->setLasting(QStringLiteral("1 problem"), Tone::Wrong);
        QVERIFY(icon());
        const QImage wrong = icon()->pixmap(Qt::ReturnByValue).toImage();
        QCOMPARE(colour("1 problem"), Theme::instance().tokens().error);
        m_row->setLasting(QStringLiteral("Learned."), Tone::Good);
        QVERIFY(icon() && icon()->pixmap(Qt::ReturnByValue).toImage() != wrong);
        QVERIFY(colour("Learned.") != Theme::instance().tokens().error);
    }

    void workShowsHowFarItIsAndCanBeCancelled()
    {
        auto *bar = m_row->findChild<QProgressBar *>();
        QVERIFY(!bar->isVisible() && !seen::button(m_row.get(), QStringLiteral("Cancel")));
        int cancelled = 0;
        const auto cancel = [&cancelled] { ++cancelled; };
        m_row->showWork(this, 0.0, cancel);
        QVERIFY(bar->isVisible());
        m_row->showWork(this, 0.25, cancel);
        QCOMPARE(bar->value() * 4, bar->maximum());
        QTest::mouseClick(seen::button(m_row.get(), QStringLiteral("Cancel")), Qt::LeftButton);
        QCOMPARE(cancelled, 1);
        m_row->showWork(this, 0.5);
        QVERIFY(bar->isVisible() && !seen::button(m_row.get(), QStringLiteral("Cancel")));
        m_row->showWork(this, -1.0);
        QVERIFY(!bar->isVisible() && !seen::button(m_row.get(), QStringLiteral("Cancel")));
    }

    void ofTwoWorksOnlyTheOneInSightIsCancelled()
    {
        auto *bar = m_row->findChild<QProgressBar *>();
        const QObject first, second;
        int firstCancelled = 0, secondCancelled = 0;
        const auto goOn = [&](const QObject &whose, double fraction, const char *text) {
            int *count = &whose == &first ? &firstCancelled : &secondCancelled;
            m_row->showWork(&whose, fraction, [count] { ++*count; }, QString::fromUtf8(text));
        };
        const auto cancel = [this] {
            QTest::mouseClick(seen::button(m_row.get(), QStringLiteral("Cancel")), Qt::LeftButton);
        };
        goOn(first, 0.1, "Run 1 of 12");
        goOn(second, 0.5, "Sweep");
        goOn(first, 0.2, "Run 2 of 12");
        QVERIFY(says("Sweep") && !says("of 12"));
        QCOMPARE(bar->value() * 2, bar->maximum());
        cancel();
        QCOMPARE(std::pair(firstCancelled, secondCancelled), std::pair(0, 1));
        m_row->showWork(&second, -1.0);
        QVERIFY(says("Run 2 of 12") && bar->isVisible());
        QCOMPARE(bar->value() * 5, bar->maximum());
        cancel();
        QCOMPARE(std::pair(firstCancelled, secondCancelled), std::pair(1, 1));
        m_row->showWork(&first, -1.0);
        QVERIFY(!bar->isVisible() && !says("of 12"));
    }

    void whatWorkSaysHidesNeitherNewsNorProblems()
    {
        m_row->tell(QStringLiteral("No room on the disk."), Tone::Wrong);
        m_row->showWork(this, 0.1, {}, QStringLiteral("Run 1 of 12"));
        QVERIFY(says("No room on the disk.") && !says("of 12"));
        m_row->setLasting(QStringLiteral("1 problem"), Tone::Wrong);
        QVERIFY(says("1 problem") && !says("of 12"));
        m_row->setLasting(QStringLiteral("5 blocks"), Tone::Quiet);
        QVERIFY(says("Run 1 of 12"));
    }

    void aLineThatDoesNotFitKeepsTheRowAsItIs()
    {
        const int height = m_row->height();
        m_row->tell(QStringLiteral("A very long line. ").repeated(50), Tone::Quiet);
        QCoreApplication::processEvents();
        QCOMPARE(m_row->size(), QSize(800, height));
    }

private:
    bool says(const char *text) const { return seen::says(m_row.get(), QString::fromUtf8(text)); }
    /// The icon in sight; null: none.
    QLabel *icon() const
    {
        for (QLabel *label : m_row->findChildren<QLabel *>())
            if (label->isVisible() && !label->pixmap(Qt::ReturnByValue).isNull()) return label;
        return nullptr;
    }
    QColor colour(const char *text) const
    {
        for (const QLabel *label : m_row->findChildren<QLabel *>())
            if (label->text() == QString::fromUtf8(text))
                return label->palette().color(QPalette::WindowText);
        return {};
    }

    std::unique_ptr<StatusRow> m_row;
};

QTEST_MAIN(StatusRowTest)
#include "status_row_test.moc"
