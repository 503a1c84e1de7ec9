// What a study found, drawn and saved: the values that are on the screen, and in the files.
#include "findings/drawing.hpp"

#include "../model/dialog_answers.hpp"
#include "findings/export_figure.hpp"
#include "findings/figure_card.hpp"
#include "findings/figure_text.hpp"
#include "findings/findings_view.hpp"
#include "findings/report_pdf.hpp"

#include <QLabel>
#include <QMenu>
#include <QPointer>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QToolButton>

#include <algorithm>
#include <limits>

using namespace ostrich;
using namespace ostrich::ui;
using namespace ostrich::robustness;

namespace {

constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();

/// A message that reads as it is.
Message said(const char *words)
{
    return {words, {}};
}

Plot curves()
{
    Plot plot;
    plot.key = "accuracy";
    plot.title = said("Accuracy against epsilon");
    plot.xLabel = said("epsilon");
    plot.yLabel = said("accuracy");
    plot.yIsShare = true;
    plot.xIsLevels = true;
    plot.curves = {{"pgd", said("PGD"), {0.0, 8.0 / 255.0}, {0.9, 0.25}, {0.85, 0.2}, {0.94, 0.3}},
                   {"noise", said("noise"), {0.0, 8.0 / 255.0}, {0.9, kNothing}}};
    plot.curves[1].isReference = true;
    return plot;
}

Matrix transfer()
{
    Matrix matrix;
    matrix.key = "transfer";
    matrix.title = said("Transfer");
    matrix.rows = {"a, first", "b"};
    matrix.columns = {"a", "b"};
    matrix.values = {1.0, 0.25, 0.5, 0.75};
    matrix.isShare = true;
    return matrix;
}

Map regions()
{
    Map map;
    map.key = "regions";
    map.title = said("Regions");
    map.width = 4;
    map.height = 2;
    map.values = {0, 0, 1, 1, 0, 0, 0, 1}; // the first row lies below
    map.classes = {"dog", "ostrich"};
    map.pathX = {0.0, 1.0};
    map.pathY = {0.0, 1.0};
    return map;
}

Findings everything()
{
    Findings findings;
    findings.study = "of no study";
    findings.sentences = {said("The main thing."), said("And another.")};
    findings.asked = {"robustness.asked_samples", {"12", "1"}};
    findings.figures = {{"robust", said("robust accuracy"), 0.914, 0.88, 0.94, true},
                        {"radius", said("radius"), 0.0123, {}, {}, false}};
    findings.plots = {curves()};
    findings.matrices = {transfer()};
    findings.maps = {regions()};
    findings.tables = {
        {"bench", said("Bench"), {said("network"), said("clean")}, {{"a", "93.1 %"}}}};
    findings.checks = {
        {"unbounded", Check::Verdict::Fail, said("Everything falls."), said("3 % left"),
         said("Why.")},
        {"monotone", Check::Verdict::Pass, said("It never rises."), said("0.9, 0.2"), {}}};
    findings.pictures = {{Array{{1, 2, 2}, {0.0f, 1.0f, 1.0f, 0.0f}}, said("a picture")}};
    return findings;
}

} // namespace

class DrawingTest : public QObject {
    Q_OBJECT

private slots:
    void everyKindIsDrawnAndSaved_data()
    {
        QTest::addColumn<QString>("ending");
        QTest::addColumn<QByteArray>("begin");
        QTest::newRow("png") << "png" << QByteArray("\x89PNG");
        QTest::newRow("pdf") << "pdf" << QByteArray("%PDF");
        QTest::newRow("svg") << "svg" << QByteArray("<?xml");
        QTest::newRow("csv") << "csv" << QByteArray();
    }

    void everyKindIsDrawnAndSaved()
    {
        QFETCH(QString, ending);
        QFETCH(QByteArray, begin);
        const auto drawings = drawingsOf(everything());
        QCOMPARE(drawings.size(), std::size_t{7});
        for (const DrawingPtr &drawing : drawings) {
            for (const int width : {240, 480, 900}) QVERIFY(drawing->heightFor(width) > 10);
            const QString path = m_folder.filePath(QString::fromStdString(drawing->key())
                                                   + QLatin1Char('.') + ending);
            QCOMPARE(exportFigure(*drawing, path, 480), QString());
            QFile file(path);
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray bytes = file.readAll();
            QVERIFY2(bytes.startsWith(begin) && !bytes.isEmpty(), qPrintable(path));
        }
        QVERIFY(!exportFigure(*drawings.front(), QStringLiteral("/nowhere/at/all.") + ending, 480)
                     .isEmpty());
    }

    void theNumbersOfAFigureAreItsCsv()
    {
        const QString figures = drawingOf(everything().figures)->csv();
        QCOMPARE(figures, QStringLiteral("figure,value,low,high\nrobust,0.914,0.88,0.94\n"
                                         "radius,0.0123,,\n"));
        const QString matrix = drawingOf(transfer())->csv();
        QVERIFY2(matrix.contains(QLatin1String("\"a, first\",1,0.25")), qPrintable(matrix));
        const QString table = drawingOf(everything().tables[0])->csv();
        QCOMPARE(table, QStringLiteral("network,clean\na,93.1 %\n"));
        const QString checks = drawingOf(everything().checks, true)->csv();
        QVERIFY2(checks.contains(QLatin1String("unbounded,fail,3 % left,Everything falls.,Why.\n")),
                 qPrintable(checks));
        QVERIFY(drawingOf(curves())->csv().contains(QLatin1String("PGD")));
    }

    void aLongNameIsNotCutOffWhereTheNetworkStands()
    {
        auto figures = everything().figures;
        const int high = drawingOf(figures)->heightFor(480);
        figures[0].label = said("robust accuracy under PGD at 8/255, of digits 2026-11-26_18-00");
        const DrawingPtr twoLines = drawingOf(figures);
        QVERIFY(twoLines->heightFor(480) > high);
        QVERIFY(!figureImage(*twoLines, 480, paperInk(), 1.0).isNull());
    }

    void aNameEndsBeforeTheRule()
    {
        auto figures = everything().figures;
        for (auto &figure : figures)
            figure.label = said("iiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiii"
                                "iiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiii"
                                "iiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiii");
        const DrawingPtr drawing = drawingOf(figures);
        constexpr int kWidth = 480, kMargin = 16, kTitle = 30; // around it
        const QImage image = figureImage(*drawing, kWidth, paperInk(), 1.0);
        const int rule = kMargin + kWidth / 2 - 17, top = kMargin + kTitle;
        int beside = 0, name = 0;
        for (int y = top; y < top + 40; ++y) { // the two lines of the name
            for (int x = rule - 6; x < rule - 1; ++x)
                beside += image.pixelColor(x, y) != image.pixelColor(0, 0);
            for (int x = rule - 20; x < rule - 6; ++x)
                name += image.pixelColor(x, y) != image.pixelColor(0, 0);
        }
        QVERIFY2(name > 0, "it goes as far as it may");
        QCOMPARE(beside, 0);
    }

    void levelsAreSaidAsTheSentenceSaysThem()
    {
        Figure half{"half", said("half at"), 23.5 / 255.0, 8.0 / 255.0, 30.5 / 255.0, false};
        half.isLevels = true;
        QCOMPARE(valueText(half), QStringLiteral("23.5/255"));
        QCOMPARE(intervalText(half), QStringLiteral("8/255 to 30.5/255"));
        half.value = kNothing;
        QCOMPARE(valueText(half), QStringLiteral("–"));
        QVERIFY2(drawingOf({half})->csv().contains(QLatin1String(",0.03137254902,")), "raw");
    }

    void numbersBelowBarsHaveTheLanguagesComma()
    {
        Plot bars = curves();
        bars.style = Plot::Style::Bars;
        bars.xNames = {"13.4/255", "26.8/255"};
        bars.curves[0].x = {0.0, 1.0};
        bars.curves.resize(1);
        const auto tip = [&bars] {
            const DrawingPtr drawing = drawingOf(bars);
            const QSize size(480, drawing->heightFor(480));
            figureImage(*drawing, 480, screenInk(), 1.0);
            for (int y = 0; y < size.height(); y += 4)
                for (int x = 0; x < size.width() / 2; x += 4)
                    if (const QString told = drawing->tipAt(QPoint(x, y), size); !told.isEmpty())
                        return told;
            return QString();
        };
        QVERIFY2(tip().contains(QLatin1String("13.4/255")), qPrintable(tip()));
        setLanguage(Language::French);
        const QString french = tip(), csv = drawingOf(bars)->csv();
        setLanguage(Language::English);
        QVERIFY2(french.contains(QLatin1String("13,4/255")), qPrintable(french));
        QVERIFY2(csv.contains(QLatin1String(",13.4/255\n")), qPrintable(csv));
    }

    void aMatrixHasRoomForItsNames()
    {
        Matrix matrix = transfer();
        matrix.columns = {"digits 2026-11-26_18-00", "b"};
        const int high = drawingOf(matrix)->heightFor(200);
        matrix.columns[0] += " and on";
        QVERIFY(drawingOf(matrix)->heightFor(200) > high);
    }

    void aCellIsColouredByItsValue()
    {
        const DrawingPtr drawing = drawingOf(transfer());
        const Ink ink = paperInk();
        const QImage image = figureImage(*drawing, 480, ink, 1.0);
        const std::vector<QColor> wanted{ink.unit(1.0), ink.unit(0.25), ink.unit(0.5),
                                         ink.unit(0.75)};
        for (const QColor &colour : wanted) {
            int pixels = 0;
            for (int y = 0; y < image.height(); ++y)
                for (int x = 0; x < image.width(); ++x) pixels += image.pixelColor(x, y) == colour;
            QVERIFY2(pixels > 500, qPrintable(colour.name()));
        }
    }

    void aMapHasItsFirstRowBelow()
    {
        const DrawingPtr drawing = drawingOf(regions());
        const QSize size(400, drawing->heightFor(400));
        QCOMPARE(drawing->tipAt(QPoint(250, 24), size), QStringLiteral("dog"));           // above
        QCOMPARE(drawing->tipAt(QPoint(250, 22 + 190), size), QStringLiteral("ostrich")); // below
        QCOMPARE(drawing->tipAt(QPoint(10, 22 + 190), size), QStringLiteral("dog"));
        QVERIFY(drawing->tipAt(QPoint(10, 2), size).isEmpty());
    }

    void aTipTellsTheValueAndItsInterval()
    {
        const DrawingPtr drawing = drawingOf(curves());
        const QSize size(480, drawing->heightFor(480));
        figureImage(*drawing, 480, screenInk(), 1.0);
        QString tip;
        for (int y = 0; y < size.height() && !tip.contains(QLatin1String("8/255")); ++y)
            tip = drawing->tipAt(QPoint(450, y), size);
        QVERIFY2(tip.contains(QLatin1String("PGD")) && tip.contains(QLatin1String("25.0")),
                 qPrintable(tip));
        QVERIFY(tip.contains(QLatin1String("20.0")) && tip.contains(QLatin1String("30.0")));
    }

    void aFailSaysWhatItMeans()
    {
        const auto checks = everything().checks;
        const DrawingPtr brief = drawingOf(checks, false), full = drawingOf(checks, true);
        QVERIFY(full->heightFor(300) > brief->heightFor(300));
        QVERIFY(brief->tipAt(QPoint(40, 5), QSize(300, 200)).contains(QLatin1String("Why.")));
        DrawingView view(brief); // and who does not see it hears it
        QCOMPARE(view.accessibleDescription(),
                 QStringLiteral("Failed: Everything falls. 3 % left Why.\n"
                                "Passed: It never rises. 0.9, 0.2"));
    }

    void theViewShowsSentencesAndCards()
    {
        FindingsView view;
        view.resize(900, 700);
        view.show(everything());
        view.QWidget::show();
        QCOMPARE(view.cards().size(), std::size_t{7});
        QStringList said;
        for (const QLabel *label : view.findChildren<QLabel *>()) said << label->text();
        QVERIFY(said.contains(QStringLiteral("The main thing.")));
        for (std::size_t i = 0; i < view.cards().size(); ++i)
            for (std::size_t k = 0; k < i; ++k)
                QVERIFY(!view.cards()[i]->geometry().intersects(view.cards()[k]->geometry()));
        const auto labels = view.findChildren<QLabel *>();
        const auto asked = std::ranges::find_if(labels, [](const QLabel *label) {
            return label->text().startsWith(QLatin1String("Samples: 12"));
        });
        QVERIFY(asked != labels.end());
        QVERIFY2((*asked)->isVisible(), "with what it was asked");
        for (const FigureCard *card : view.cards())
            QVERIFY(!card->geometry().intersects((*asked)->geometry()));
        view.showMessage(QStringLiteral("Nothing yet."));
        QVERIFY(view.cards().empty());
        QVERIFY(!(*asked)->isVisible());
    }

    void aCardIsSavedFromItsMenu()
    {
        FigureCard card(drawingOf(everything().tables[0]));
        card.resize(400, card.heightForWidth(400));
        card.show();
        auto *button = card.findChild<QToolButton *>();
        QVERIFY(button->focusPolicy() & Qt::TabFocus);
        QSignalSpy told(&card, &FigureCard::statusMessage);
        const auto asked = answers::file(m_folder.filePath(QStringLiteral("from-menu")));
        QTest::keyClick(button, Qt::Key_Space);
        auto *menu = card.findChild<QMenu *>();
        QVERIFY(menu && menu->isVisible());
        trigger(menu, "CSV");
        QCOMPARE(*asked, 1);
        QCOMPARE(told.count(), 1);
        QVERIFY(!told.first().at(1).toBool());
        QVERIFY(QFile::exists(m_folder.filePath(QStringLiteral("from-menu.csv"))));
    }

    void cardsStayWhileMoreIsFound()
    {
        FindingsView view;
        view.resize(900, 700);
        Findings findings = everything();
        view.show(findings);
        const std::vector<FigureCard *> cards = view.cards();
        findings.plots[0].title = said("Accuracy, so far");
        findings.sentences.push_back(said("A third."));
        view.show(findings);
        QCOMPARE(view.cards(), cards);
        QStringList words;
        for (const QLabel *label : view.findChildren<QLabel *>()) words << label->text();
        QVERIFY(words.contains(QStringLiteral("Accuracy, so far")));
        QVERIFY(words.contains(QStringLiteral("A third.")));
        findings.plots.push_back(curves());
        findings.plots.back().key = "noise";
        view.show(findings);
        QCOMPARE(view.cards().size(), cards.size() + 1);
    }

    void aMenuOutlivesItsCard()
    {
        FindingsView view;
        view.resize(900, 700);
        view.show(everything());
        view.QWidget::show();
        QTest::mouseClick(view.cards()[4]->findChild<QToolButton *>(), Qt::LeftButton);
        const QPointer<QMenu> menu = view.findChild<QMenu *>();
        QVERIFY(menu);
        view.showMessage(QStringLiteral("The first findings are on their way."));
        QVERIFY(menu && menu->isVisible());
        const QString path = m_folder.filePath(QStringLiteral("of-a-card-that-went"));
        const auto asked = answers::file(path);
        trigger(menu, "CSV");
        QCOMPARE(*asked, 1);
        QVERIFY(QFile::exists(path + QStringLiteral(".csv")));
        menu->close();
        QTRY_VERIFY(!menu);
    }

    void aReportHoldsAllOfIt()
    {
        const QString path = m_folder.filePath(QStringLiteral("report.pdf"));
        ReportFacts facts;
        facts.title = "How robust is it?";
        facts.facts = {{said("attack"), "pgd"},
                       {said("paper"), std::string(400, 'w')}, // without a word to break at
                       {said("data"), "digits"}};
        QCOMPARE(writePdfReport(facts, {everything(), everything()}, path), QString());
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        QVERIFY(bytes.startsWith("%PDF") && bytes.contains("%%EOF"));
        QVERIFY2(bytes.count("/Type /Page\n") >= 2, "more than one page");
        QVERIFY(!writePdfReport(facts, {}, QStringLiteral("/nowhere/report.pdf")).isEmpty());
    }

private:
    static void trigger(const QMenu *menu, const char *words)
    {
        for (QAction *action : menu->actions())
            if (action->text().contains(QLatin1String(words))) return action->trigger();
    }
    QTemporaryDir m_folder;
};

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    DrawingTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "drawing_test.moc"
