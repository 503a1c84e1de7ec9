// Every figure of Fool's first page can be saved, with the numbers that are seen; and a saved
// picture is asked about again.
#include "findings/figure_button.hpp"

#include "attack/answers.hpp"
#include "findings/figure_card.hpp"
#include "fool/curve_panel.hpp"
#include "fool/honesty.hpp"
#include "fool/honesty_panel.hpp"
#include "fool/picture_findings.hpp"
#include "fool/probability_bars.hpp"
#include "fool/sentence_model.hpp"
#include "fool/sentence_view.hpp"
#include "fool/series_chart.hpp"
#include "fool/series_model.hpp"
#include "fool/series_view.hpp"
#include "picture_page.hpp"
#include "theme/controls.hpp"

#include <QLabel>
#include <QMenu>
#include <QPointer>
#include <QTemporaryDir>

#include <algorithm>
#include <cmath>

using namespace ostrich;
using namespace ostrich::ui;
using fool::kLevel;

namespace {

/// P(X >= count) of `total` trials, each of which succeeds with `chance`.
double atLeast(int count, int total, double chance)
{
    double sum = 0.0;
    for (int k = count; k <= total; ++k)
        sum +=
            std::exp(std::lgamma(total + 1.0) - std::lgamma(k + 1.0) - std::lgamma(total - k + 1.0)
                     + k * std::log(chance) + (total - k) * std::log1p(-chance));
    return sum;
}

/// (1, 1, H, W) of a grey picture.
Array arrayOf(const QImage &image)
{
    Array array{{1, 1, image.height(), image.width()}, {}};
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            array.values.push_back(static_cast<float>(qRed(image.pixel(x, y))) / 255.0f);
    return array;
}

} // namespace

class SavedFiguresTest : public QObject, private fool::PicturePage {
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY(open()); }
    void cleanupTestCase() { close(); }

    void nothingIsOfferedBeforeItIsThere();
    void everyFigureIsSavedFromItsButton();
    void aRightClickOpensTheSameMenu();
    void theCurveHasItsExactBands();
    void theLossIsThatOfTheAttack();
    void theProbabilitiesAreAllThere();
    void theListCountsWhatWasAnswered();
    void aSavedPictureIsAskedAgain();
    void whatRoundingUndoesIsSaid();
    void theExchangedWordsAreSaved();
    void theSeriesIsSaved();

private:
    QList<FigureButton *> buttons() const { return view()->findChildren<FigureButton *>(); }
    /// The heads of what all buttons in sight save.
    QStringList headsIn(const QWidget *page);
    QMenu *openMenu() const;
    QByteArray csvOf(FigureButton *button);
    QByteArray csvIn(const QWidget *part) { return csvOf(part->findChild<FigureButton *>()); }
    QStringList saved(const QString &name);
    std::int64_t answer(const Array &x) const;
    std::optional<QImage> atTheBorder() const;

    QTemporaryDir m_folder;
    int m_files = 0;
};

/// In sight; null: none.
QMenu *SavedFiguresTest::openMenu() const
{
    for (QMenu *menu : place().findChildren<QMenu *>())
        if (menu->isVisible()) return menu;
    return nullptr;
}

/// What the menu of `button` saves as CSV, by the keyboard.
QByteArray SavedFiguresTest::csvOf(FigureButton *button)
{
    QTest::keyClick(button, Qt::Key_Space);
    const QPointer<QMenu> menu = openMenu();
    if (!menu) return {};
    const QString path = m_folder.filePath(QString::number(++m_files));
    const auto asked = answers::file(path);
    for (QAction *action : menu->actions())
        if (action->text().contains(QLatin1String("CSV"))) action->trigger();
    menu->close();
    if (!QTest::qWaitFor([&] { return !menu; })) return {};
    QFile file(path + QStringLiteral(".csv"));
    return *asked == 1 && file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void SavedFiguresTest::nothingIsOfferedBeforeItIsThere() // first: nothing is trained yet
{
    QVERIFY(buttons().size() >= 5);
    for (const FigureButton *button : buttons())
        QVERIFY2(!button->isVisible() || !button->isEnabled(), qPrintable(button->toolTip()));
    QVERIFY(!place().canSavePicture() && !place().canSaveReport());
    for (const auto save : {&FoolPlace::savePicture, &FoolPlace::saveReport}) { // no dialog opens
        QSignalSpy told(&place(), &FoolPlace::statusMessage);
        (place().*save)();
        QCOMPARE(told.count(), 1);
        QVERIFY(told.first().at(1).toBool());
    }
    QSignalSpy offered(&place(), &FoolPlace::savableChanged);
    QVERIFY(small::trainDigits(session()));
    QVERIFY(begin());
    QVERIFY(place().canSavePicture() && place().canSaveReport());
    QVERIFY(!offered.isEmpty());
    model().startSweep(40);
    const Honesty &honesty = *place().honesty();
    QVERIFY(QTest::qWaitFor(
        [&] { return !model().sweeping() && honesty.findings() && !honesty.running(); },
        small::kPatience));
}

void SavedFiguresTest::everyFigureIsSavedFromItsButton()
{
    QStringList heads;
    auto *choice = view()->findChild<CurvePanel *>()->findChild<SegmentedControl *>();
    for (const int curve : {0, 1}) {
        choice->setCurrentIndex(curve);
        for (FigureButton *button : buttons()) {
            if (!button->isVisible()) continue;
            QVERIFY2(button->isEnabled(), qPrintable(button->parentWidget()->objectName()));
            QVERIFY(button->focusPolicy() & Qt::TabFocus);
            QVERIFY(!button->toolTip().isEmpty());
            QCOMPARE(button->accessibleName(), button->toolTip());
            const QByteArray csv = csvOf(button);
            QVERIFY(csv.count('\n') > 1);
            heads << QString::fromUtf8(csv.left(csv.indexOf('\n')));
        }
    }
    // The curve, the loss, both probabilities, the three pictures, the list.
    QCOMPARE(heads.filter(QStringLiteral("picture")).size(), 2);
    QCOMPARE(heads.filter(QStringLiteral("check,verdict")).size(), 2);
    QCOMPARE(heads.filter(QStringLiteral("low,high,name")).size(), 4);
    QCOMPARE(heads.filter(QStringLiteral("low,high")).size(), 6);
    QCOMPARE(heads.size(), 10);
}

void SavedFiguresTest::aRightClickOpensTheSameMenu()
{
    auto *bars = view()->findChild<ProbabilityBars *>();
    QContextMenuEvent click(QContextMenuEvent::Mouse, QPoint(40, 60),
                            bars->mapToGlobal(QPoint(40, 60)));
    QCoreApplication::sendEvent(bars, &click);
    const QPointer<QMenu> menu = openMenu();
    QVERIFY(menu);
    menu->close();
    QTRY_VERIFY(!menu);
}

void SavedFiguresTest::theCurveHasItsExactBands()
{
    const robustness::Plot plot = sweepPlot(model());
    const int total = model().sweepPictures();
    QCOMPARE(total, 40);
    QCOMPARE(plot.curves.size(), std::size_t{2});
    int inside = 0; // neither none nor all of them
    for (const robustness::Curve &curve : plot.curves) {
        QCOMPARE(curve.low.size(), model().sweep().size());
        for (std::size_t i = 0; i < curve.y.size(); ++i) {
            const auto right = static_cast<int>(std::lround(curve.y[i] * total));
            QVERIFY(curve.low[i] <= curve.y[i] && curve.y[i] <= curve.high[i]);
            // At either end of the interval so extreme a count has a chance of 2.5 %.
            if (right > 0)
                QVERIFY(std::abs(atLeast(right, total, curve.low[i]) - 0.025) < 1e-6);
            else
                QCOMPARE(curve.low[i], 0.0);
            if (right < total)
                QVERIFY(std::abs(1.0 - atLeast(right + 1, total, curve.high[i]) - 0.025) < 1e-6);
            else
                QCOMPARE(curve.high[i], 1.0);
            inside += right > 0 && right < total;
        }
    }
    QVERIFY(inside > 0);
}

void SavedFiguresTest::theLossIsThatOfTheAttack()
{
    const auto &seen = model().live().seen();
    QVERIFY(seen.size() > 2);
    const robustness::Plot plot = lossPlot(model().live());
    const robustness::Curve &loss = plot.curves.front();
    QCOMPARE(loss.y.size(), seen.size());
    for (std::size_t i = 0; i < seen.size(); ++i) {
        QCOMPARE(loss.x[i], static_cast<double>(seen[i].step));
        QCOMPARE(loss.y[i], seen[i].loss);
    }
    const auto flip = std::ranges::find(seen, true, &LiveAttack::Seen::fooled);
    QVERIFY2(flip != seen.end(), "so large a change fools a linear network");
    QCOMPARE(plot.curves.size(), std::size_t{2});
    QCOMPARE(plot.curves[1].x, std::vector<double>{static_cast<double>(flip->step)});
    QCOMPARE(plot.curves[1].y, std::vector<double>{flip->loss});
}

void SavedFiguresTest::theProbabilitiesAreAllThere()
{
    const auto &classes = session().data.dataset()->facts.classNames;
    auto *before = view()->findChild<ProbabilityBars *>();
    const robustness::Plot plot = before->plot();
    QCOMPARE(plot.xNames.size(), classes.size()); // ten: more than are drawn in the window
    double sum = 0.0;
    for (std::size_t i = 0; i < plot.xNames.size(); ++i) {
        const auto at = std::ranges::find(classes, plot.xNames[i]) - classes.begin();
        const double probability = plot.curves[0].y[i];
        QCOMPARE(probability, static_cast<double>(model().result()->before.values.at(
                                  static_cast<std::size_t>(at))));
        sum += probability;
    }
    QVERIFY(std::abs(sum - 1.0) < 1e-5);

    std::vector<float> many(100, 0.01f); // others are summed up
    before->show(many, [](std::int64_t index) { return QString::number(index); }, false);
    const robustness::Plot summed = before->plot();
    QCOMPARE(summed.xNames.size(), std::size_t{13});
    QVERIFY(std::abs(summed.curves[0].y.back() - 0.88) < 1e-5);
    emit model().resultChanged(); // what was there before
}

void SavedFiguresTest::theListCountsWhatWasAnswered()
{
    using robustness::Check;
    const auto &checks = place().honesty()->findings()->checks;
    const auto number = [&](Check::Verdict verdict) {
        return std::ranges::count(checks, verdict, &Check::verdict);
    };
    const auto passed = number(Check::Verdict::Pass), failed = number(Check::Verdict::Fail),
               open = number(Check::Verdict::Unknown);
    QString count = QStringLiteral("%1 of %2").arg(passed).arg(passed + failed);
    if (open > 0) count += QStringLiteral(", %1 open").arg(open);
    auto *panel = view()->findChild<HonestyPanel *>();
    QStringList labels;
    for (const QLabel *label : panel->findChildren<QLabel *>()) labels << label->text();
    QVERIFY2(labels.contains(count), qPrintable(labels.join(QLatin1Char('\n'))));
    const QString heard = panel->findChild<DrawingView *>()->accessibleDescription();
    const QString csv = QString::fromUtf8(csvIn(panel));
    for (const Check &check : checks) {
        QVERIFY(heard.contains(sentence(check.question)));
        QVERIFY(csv.contains(QString::fromStdString(check.key)));
        if (!check.meaning.empty()) QVERIFY(heard.contains(sentence(check.meaning)));
    }
}

/// Saves the picture and waits for the second line of status; both lines.
QStringList SavedFiguresTest::saved(const QString &name)
{
    QSignalSpy told(&place(), &FoolPlace::statusMessage);
    const auto asked = answers::file(m_folder.filePath(name));
    QTest::mouseClick(button("Save PNG…"), Qt::LeftButton);
    if (*asked != 1 || !QTest::qWaitFor([&] { return told.count() == 2; }, small::kPatience))
        return {};
    QStringList lines;
    for (const auto &line : told) lines << line.at(0).toString();
    return lines;
}

std::int64_t SavedFiguresTest::answer(const Array &x) const
{
    return attack::answersOf(model().subject(), x)->classes.front();
}

void SavedFiguresTest::aSavedPictureIsAskedAgain()
{
    QVERIFY(begin());
    QCOMPARE(answer(model().result()->x_adv), model().result()->y_adv[0]);
    const QStringList lines = saved(QStringLiteral("again"));
    QCOMPARE(lines.size(), 2);
    const QImage file(m_folder.filePath(QStringLiteral("again.png")));
    const auto &names = session().data.dataset()->facts.classNames;
    const auto now = static_cast<std::size_t>(answer(arrayOf(file)));
    QVERIFY2(lines[1].contains(QStringLiteral("“%1” ").arg(QString::fromStdString(names[now]))),
             qPrintable(lines[1]));
    QVERIFY(now != static_cast<std::size_t>(model().result()->y_pred[0]));
    QVERIFY2(lines[1].contains(QLatin1String("With 8 bits, too")), qPrintable(lines[1]));
}

/// A picture of which the network is in two minds: two levels in one pixel would do. Empty: none
/// was found between two digits.
std::optional<QImage> SavedFiguresTest::atTheBorder() const
{
    const auto &samples = session().data.dataset()->split(data::Split::Test);
    const auto some = model().suggestions(2);
    const QImage from = toImage(samples.sample(some[0].index)),
                 to = toImage(samples.sample(some[1].index));
    const auto mixed = [&](double share) {
        QImage image = from;
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x) {
                const double level =
                    (1.0 - share) * qRed(from.pixel(x, y)) + share * qRed(to.pixel(x, y));
                const int grey = static_cast<int>(std::lround(level));
                image.setPixel(x, y, qRgb(grey, grey, grey));
            }
        return image;
    };
    const std::int64_t first = answer(arrayOf(from));
    double low = 0.0, high = 1.0;
    if (answer(arrayOf(to)) == first) return {};
    while (mixed(low) != mixed(high) && high - low > 1e-6) {
        const double middle = (low + high) / 2.0;
        (answer(arrayOf(mixed(middle))) == first ? low : high) = middle;
    }
    return mixed(low);
}

void SavedFiguresTest::whatRoundingUndoesIsSaid()
{
    const auto picture = atTheBorder();
    QVERIFY(picture);
    model().useImage(*picture);
    QVERIFY(opened());
    model().setEpsilon(0.4 * kLevel); // less than half a level: a file keeps nothing of it
    QVERIFY(attacked());
    QVERIFY2(model().result()->y_adv != model().result()->y_pred, "there is little to overcome");
    const QStringList lines = saved(QStringLiteral("undone"));
    QCOMPARE(lines.size(), 2);
    QVERIFY2(lines[1].contains(QLatin1String("no longer fools")), qPrintable(lines[1]));
    QCOMPARE(arrayOf(QImage(m_folder.filePath(QStringLiteral("undone.png")))).values,
             arrayOf(*picture).values);
}

QStringList SavedFiguresTest::headsIn(const QWidget *page)
{
    QStringList heads;
    for (FigureButton *button : page->findChildren<FigureButton *>()) {
        if (!button->isVisible() || !button->isEnabled()) continue;
        const QByteArray csv = csvOf(button);
        heads << QString::fromUtf8(csv.left(csv.indexOf('\n')));
    }
    return heads;
}

void SavedFiguresTest::theExchangedWordsAreSaved()
{
    QVERIFY(small::train(session(), small::project("bag-of-words", "sentiment?count=1200", 6)));
    SentenceModel &sentences = *place().sentences();
    auto *page = place().findChild<SentenceView *>();
    QVERIFY(QTest::qWaitFor([&] { return !sentences.before().empty(); }, small::kPatience));
    QCOMPARE(headsIn(page).size(), 2); // what it says, and the row of the sentence as it is
    sentences.start();
    QVERIFY(QTest::qWaitFor([&] { return sentences.result().has_value(); }, small::kPatience));
    const auto &changes = sentences.result()->changes;
    QVERIFY(!changes.empty());
    auto *save =
        seen::named<FigureButton>(page, QStringLiteral("Save or copy the exchanged words"));
    QVERIFY(save && save->isEnabled());
    QCOMPARE(
        QString::fromUtf8(csvOf(save)).section(QLatin1Char('\n'), 1, 1),
        QStringLiteral("%1,%2,%3")
            .arg(changes[0].step + 1)
            .arg(QString::fromStdString(changes[0].from), QString::fromStdString(changes[0].to)));
    const QStringList heads = headsIn(page);
    QCOMPARE(heads.size(), 4);
    QCOMPARE(heads.filter(QStringLiteral("exchanged,words")).size(), 1);
}

void SavedFiguresTest::theSeriesIsSaved()
{
    QVERIFY(small::train(session(), small::project("conv1d", "waveforms?count=400", 3)));
    SeriesModel &series = *place().series();
    QVERIFY(QTest::qWaitFor([&] { return series.result() && !series.live().running(); },
                            small::kPatience));
    auto *page = place().findChild<SeriesView *>();
    QCOMPARE(headsIn(page).size(), 4); // before, after, the series, the loss
    const QByteArray csv = csvIn(page->findChild<SeriesChart *>());
    // A head, then each value before and after.
    QCOMPARE(csv.count('\n'), 1 + 2 * std::ssize(series.series().values));
}

int main(int argc, char **argv)
{
    return fool::run<SavedFiguresTest>(argc, argv);
}

#include "saved_figures_test.moc"
