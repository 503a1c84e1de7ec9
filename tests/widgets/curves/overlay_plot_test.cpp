// Several networks in one plot: the mean of a network's runs, and lines that nobody mixes up.
#include "curves/overlay_plot.hpp"

#include "theme/theme.hpp"

#include <QApplication>
#include <QTest>

#include <set>

using namespace ostrich::ui;

class OverlayPlotTest : public QObject {
    Q_OBJECT

private slots:
    void theMeanIsWhereAllRunsAre()
    {
        const QList<QPointF> longer = {{1, 4.0}, {2, 2.0}, {3, 1.0}, {4, 0.5}};
        const QList<QPointF> shorter = {{1, 2.0}, {3, 3.0}};
        QCOMPARE(meanCurve({longer, shorter}), (QList<QPointF>{{1, 3.0}, {3, 2.0}}));
        QCOMPARE(meanCurve({longer}), longer);
        QVERIFY(meanCurve({}).isEmpty());
        QVERIFY(meanCurve({longer, {}}).isEmpty());
    }

    void noTwoLinesAreAlike()
    {
        for (const ThemeChoice theme : {ThemeChoice::Light, ThemeChoice::Dark}) {
            Theme::instance().setChoice(theme, false);
            std::set<std::pair<QString, QString>> looks;
            std::set<QString> dashesOfFirst;
            for (int i = 0; i < 12; ++i) {
                const QPen pen = seriesPen(i, 2.5);
                QString dashes;
                for (const qreal dash : pen.dashPattern()) dashes += QString::number(dash) + ' ';
                if (i < 4) dashesOfFirst.insert(dashes);
                looks.insert({pen.color().name(), dashes});
            }
            QCOMPARE(looks.size(), std::size_t{12});
            QVERIFY2(dashesOfFirst.size() == 4, "told apart without colours");
        }
    }

    void aNetworkIsItsRunsAndTheirMean()
    {
        OverlayPlot plot;
        plot.resize(600, 300);
        plot.show({{"LSTM", {{{1, 1.0}, {2, 0.5}}, {{1, 3.0}, {2, 1.5}}}}, {"GRU", {{{1, 2.0}}}}},
                  false);
        QCOMPARE(plot.graphCount(), 4); // two thin ones and their mean, and one alone
        QVERIFY(plot.graph(0)->pen().widthF() < plot.graph(2)->pen().widthF());
        QCOMPARE(plot.graph(2)->data()->at(1)->value, 1.0);
        QVERIFY2(!plot.graph(3)->scatterStyle().isNone(), "one point alone is no line");
        plot.show({}, false);
        QCOMPARE(plot.graphCount(), 0);
    }

    void sharesStayWithinAHundredPercent()
    {
        OverlayPlot plot;
        plot.resize(600, 300);
        plot.show({{"LSTM", {{{1, 0.1}, {2, 1.0}}}}}, true);
        QCOMPARE(plot.yAxis->range().upper, 1.0);
        QCOMPARE(plot.yAxis->range().lower, 0.0);
        plot.replot();
        QVERIFY(plot.yAxis->tickVectorLabels().join(' ').contains(QLatin1Char('%')));
    }

    void aCurveThatTowersHidesNoOther()
    {
        OverlayPlot plot;
        plot.resize(600, 300);
        plot.show({{"a", {{{1, 0.5}, {2, 0.4}, {3, 0.3}}}}, {"b", {{{1, 0.6}, {2, 1e6}}}}}, false);
        QVERIFY(plot.yAxis->range().upper < 10.0);
    }

    void namesThatDoNotFitOneRowTakeTwo()
    {
        OverlayLegend legend;
        legend.show({"LSTM", "GRU"});
        QVERIFY(legend.heightForWidth(100) > legend.heightForWidth(600));
        QCOMPARE(legend.accessibleName(), QStringLiteral("LSTM, GRU"));
    }
};

int main(int argc, char **argv)
{
    QStandardPaths::setTestModeEnabled(true);
    QApplication app(argc, argv);
    OverlayPlotTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "overlay_plot_test.moc"
