// The confusion matrix under the mouse and the keys: what is chosen is what is painted there.
#include "train/confusion_matrix.hpp"

#include "../model/own_home.hpp"
#include "theme/theme.hpp"

#include <QApplication>
#include <QHelpEvent>
#include <QSignalSpy>
#include <QTest>
#include <QToolTip>

#include <set>

using namespace ostrich::ui;

namespace {

using Cell = std::pair<int, int>; // truth, predicted
using Counts = std::vector<std::vector<std::int64_t>>;

/// `classes` of them, `diagonal` right answers each, no mistakes.
Counts right(int classes, std::int64_t diagonal = 0)
{
    Counts counts(static_cast<std::size_t>(classes),
                  std::vector<std::int64_t>(static_cast<std::size_t>(classes), 0));
    for (std::size_t i = 0; i < counts.size(); ++i) counts[i][i] = diagonal;
    return counts;
}

QStringList names(int classes)
{
    QStringList names;
    for (int i = 0; i < classes; ++i) names << QStringLiteral("c%1").arg(i);
    return names;
}

/// Where pixels of exactly this colour lie.
QRect extentOf(const QImage &image, const QColor &colour)
{
    QRect extent;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            if (image.pixel(x, y) == colour.rgb()) extent |= QRect(x, y, 1, 1);
    return extent;
}

} // namespace

class ConfusionMatrixTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_matrix = std::make_unique<ConfusionMatrix>();
        m_chosen = std::make_unique<QSignalSpy>(m_matrix.get(), &ConfusionMatrix::cellChosen);
    }

    void itIsAsHighAsItsCellsNeed()
    {
        m_matrix->setMatrix(right(10, 3), names(10));
        m_matrix->show();
        m_matrix->resize(200, m_matrix->height());
        const int narrow = m_matrix->height();
        QCOMPARE(narrow, m_matrix->sizeHint().height());
        m_matrix->resize(320, m_matrix->height());
        QVERIFY2(m_matrix->height() > narrow, "larger cells need more");
        QCOMPARE(m_matrix->height(), m_matrix->sizeHint().height());
    }

    void aClickChoosesTheCellThatIsPaintedThere_data()
    {
        QTest::addColumn<int>("truth");
        QTest::addColumn<int>("predicted");
        QTest::newRow("top right") << 0 << 2;
        QTest::newRow("bottom left") << 2 << 0;
        QTest::newRow("middle") << 1 << 2;
        QTest::newRow("top") << 0 << 1;
    }
    void aClickChoosesTheCellThatIsPaintedThere()
    {
        QFETCH(int, truth);
        QFETCH(int, predicted);
        Counts counts = right(3);
        counts[static_cast<std::size_t>(truth)][static_cast<std::size_t>(predicted)] = 7;
        show(counts);
        // The only mistake has the strongest colour: its place is read off the picture.
        const QColor strongest(Theme::instance().unitColour(0.22f + 0.55f));
        const QRect painted = extentOf(m_matrix->grab().toImage(), strongest);
        QVERIFY(painted.width() > 15 && painted.height() > 15);
        QTest::mouseClick(m_matrix.get(), Qt::LeftButton, {}, painted.center());
        QCOMPARE(lastChosen(), Cell(truth, predicted));
        for (const QPoint &corner :
             {painted.topLeft() + QPoint(2, 2), painted.bottomRight() - QPoint(2, 2)}) {
            QTest::mouseClick(m_matrix.get(), Qt::LeftButton, {}, corner);
            QCOMPARE(lastChosen(), Cell(truth, predicted));
        }
        QCOMPARE(m_chosen->count(), 3);
    }

    void theChosenCellIsRinged()
    {
        Counts counts = right(3, 4);
        counts[1][0] = 2;
        show(counts);
        const QColor ring = Theme::instance().tokens().accent;
        QVERIFY(extentOf(m_matrix->grab().toImage(), ring).isEmpty());
        QTest::mouseClick(m_matrix.get(), Qt::LeftButton, {}, centreOf({1, 0}));
        const QRect ringed = extentOf(m_matrix->grab().toImage(), ring);
        QVERIFY(ringed.contains(centreOf({1, 0})));
        QVERIFY(!ringed.contains(centreOf({1, 1})) && !ringed.contains(centreOf({0, 0})));
        m_matrix->setMatrix(counts, names(3)); // of another run: nothing is chosen in it yet
        QVERIFY(extentOf(m_matrix->grab().toImage(), ring).isEmpty());
    }

    void aClickBesideTheCellsChoosesNothing()
    {
        show(right(3, 5));
        for (const QPoint &beside : {QPoint(2, 5), QPoint(10, 30), QPoint(m_matrix->width() - 2, 5),
                                     QPoint(60, m_matrix->height() - 2)})
            QTest::mouseClick(m_matrix.get(), Qt::LeftButton, {}, beside);
        QCOMPARE(m_chosen->count(), 0);
    }

    void arrowsWalkAndStopAtTheEdges()
    {
        show(right(3, 5));
        QTest::mouseClick(m_matrix.get(), Qt::LeftButton, {}, centreOf({1, 1}));
        const std::pair<Qt::Key, Cell> walk[] = {{Qt::Key_Up, {0, 1}},    {Qt::Key_Up, {0, 1}},
                                                 {Qt::Key_Left, {0, 0}},  {Qt::Key_Left, {0, 0}},
                                                 {Qt::Key_Down, {1, 0}},  {Qt::Key_Down, {2, 0}},
                                                 {Qt::Key_Down, {2, 0}},  {Qt::Key_Right, {2, 1}},
                                                 {Qt::Key_Right, {2, 2}}, {Qt::Key_Right, {2, 2}}};
        for (const auto &[key, expected] : walk) {
            QTest::keyClick(m_matrix.get(), key);
            QCOMPARE(lastChosen(), expected);
        }
    }

    void theWorstCellIsTheLargestMistake()
    {
        QCOMPARE(m_matrix->worstCell(), Cell(-1, -1));
        Counts counts = right(4, 1000); // right answers are no mistakes, however many
        m_matrix->setMatrix(counts, names(4));
        QCOMPARE(m_matrix->worstCell(), Cell(-1, -1));
        counts[2][0] = 3;
        counts[0][3] = 9;
        counts[3][1] = 8;
        m_matrix->setMatrix(counts, names(4));
        QCOMPARE(m_matrix->worstCell(), Cell(0, 3));
    }

    void theTipTellsCountAndClasses()
    {
        Counts counts = right(3, 4);
        counts[0][2] = 17;
        show(counts);
        const QPoint over = centreOf({0, 2});
        QHelpEvent help(QEvent::ToolTip, over, m_matrix->mapToGlobal(over));
        QCoreApplication::sendEvent(m_matrix.get(), &help);
        const QString text = QToolTip::text();
        QVERIFY2(text.contains(QLatin1String("17")), qPrintable(text));
        QVERIFY(text.indexOf(QLatin1String("c0")) >= 0);
        QVERIFY(text.indexOf(QLatin1String("c2")) > text.indexOf(QLatin1String("c0")));
        QToolTip::hideText();
    }

    void everyOfAHundredClassesCanBeChosen()
    {
        show(right(100, 1));
        for (int x = 0; x < m_matrix->width(); ++x)
            QTest::mouseClick(m_matrix.get(), Qt::LeftButton, {}, QPoint(x, 1));
        std::set<int> reached;
        for (const auto &call : *m_chosen) {
            QCOMPARE(call.at(0).toInt(), 0);
            reached.insert(call.at(1).toInt());
        }
        QCOMPARE(reached.size(), std::size_t{100});
        QCOMPARE(*reached.rbegin(), 99);
    }

    void withoutClassesNothingHappens()
    {
        show({});
        QTest::keyClick(m_matrix.get(), Qt::Key_Right);
        QTest::mouseClick(m_matrix.get(), Qt::LeftButton, {}, QPoint(60, 5));
        QHelpEvent help(QEvent::ToolTip, {60, 5}, m_matrix->mapToGlobal(QPoint(60, 5)));
        QCoreApplication::sendEvent(m_matrix.get(), &help);
        QCOMPARE(m_chosen->count(), 0);
    }

private:
    void show(const Counts &counts)
    {
        m_matrix->setMatrix(counts, names(static_cast<int>(counts.size())));
        m_matrix->resize(278, 278);
        m_matrix->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_matrix.get()));
    }
    Cell lastChosen() const
    {
        if (m_chosen->isEmpty()) return {-1, -1};
        return {m_chosen->last().at(0).toInt(), m_chosen->last().at(1).toInt()};
    }
    /// Found by clicking: the first and last pixel that choose this cell.
    QPoint centreOf(const Cell &cell)
    {
        ConfusionMatrix probe;
        probe.resize(m_matrix->size());
        probe.setMatrix(right(3, 1), names(3));
        QSignalSpy chosen(&probe, &ConfusionMatrix::cellChosen);
        QRect extent;
        for (int y = 1; y < probe.height(); y += 3)
            for (int x = 1; x < probe.width(); x += 3) {
                chosen.clear();
                QTest::mouseClick(&probe, Qt::LeftButton, {}, QPoint(x, y));
                if (!chosen.isEmpty() && chosen.last().at(0).toInt() == cell.first
                    && chosen.last().at(1).toInt() == cell.second)
                    extent |= QRect(x, y, 1, 1);
            }
        return extent.center();
    }

    std::unique_ptr<ConfusionMatrix> m_matrix;
    std::unique_ptr<QSignalSpy> m_chosen;
};

int main(int argc, char **argv)
{
    const OwnHome home;
    QApplication app(argc, argv);
    ConfusionMatrixTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "confusion_matrix_test.moc"
