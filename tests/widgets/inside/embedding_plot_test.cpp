// Points in the plane: all of them drawn, each found under the pointer.
#include "inside/embedding_plot.hpp"

#include "../model/own_home.hpp"

#include <QApplication>
#include <QTest>

using namespace ostrich;
using namespace ostrich::ui;

class EmbeddingPlotTest : public QObject {
    Q_OBJECT

private slots:
    void eachGroupHasItsColour()
    {
        EmbeddingPlot plot;
        plot.resize(400, 400);
        plot.show({{4, 2}, {-1, -1, 1, -1, -1, 1, 1, 1}}, {"a", "b", "c", "d"}, {0, 0, 1, 1},
                  {"first", "second"});
        plot.QWidget::show();
        QVERIFY(QTest::qWaitForWindowExposed(&plot));
        QTest::qWait(50);
        const QImage image = plot.grab().toImage();
        for (const int group : {0, 1}) {
            int pixels = 0;
            for (int y = 0; y < image.height(); ++y)
                for (int x = 0; x < image.width(); ++x)
                    if (image.pixel(x, y) == EmbeddingPlot::groupColour(group).rgb()) ++pixels;
            QVERIFY2(pixels > 40, qPrintable(QString::number(pixels)));
        }
    }

    void thePointUnderThePointerIsFound()
    {
        EmbeddingPlot plot;
        plot.resize(400, 400);
        plot.show({{2, 2}, {0, 0, 1, 1}}, {"middle", "corner"}, {}, {});
        plot.QWidget::show();
        QVERIFY(QTest::qWaitForWindowExposed(&plot));
        QTest::qWait(50);
        QCOMPARE(plot.pointAt({200, 200}), 0);
        QCOMPARE(plot.pointAt({20, 20}), -1);
    }
};

int main(int argc, char **argv)
{
    const OwnHome home;
    QApplication application(argc, argv);
    EmbeddingPlotTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "embedding_plot_test.moc"
