// The place Fool as a student uses it: slider, settings, pictures from anywhere, the saved picture,
// the curve.
#include "fool/fool_place.hpp"

#include "fool/attack_fields.hpp"
#include "fool/curve_panel.hpp"
#include "fool/fool_page.hpp"
#include "fool/honesty.hpp"
#include "fool/honesty_panel.hpp"
#include "fool/live_controls.hpp"
#include "fool/picture_choice.hpp"
#include "fool/probability_bars.hpp"
#include "fool/robustness_curve.hpp"
#include "picture_page.hpp"
#include "theme/controls.hpp"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QScrollBar>
#include <QSpinBox>
#include <QThread>

#include <algorithm>
#include <qcustomplot.h>
#include <set>
#include <utility>

using namespace ostrich;
using namespace ostrich::ui;
using fool::kLevel;

namespace {

/// Grey levels, a row after the other.
std::vector<int> levels(const QImage &image)
{
    std::vector<int> levels;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x) levels.push_back(qRed(image.pixel(x, y)));
    return levels;
}

} // namespace

class FoolPlaceTest : public QObject, private fool::PicturePage {
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY(open()); }
    void init()
    {
        if (std::exchange(m_isFirst, false)) return; // which trains the network
        QVERIFY(session().run.model());
        QVERIFY(begin());
    }
    void cleanupTestCase() { close(); }

    void withoutANetworkItSaysWhatToDo();
    void theSliderMovesEpsilonByLevels();
    void theSliderFollowsTheMouse();
    void noPixelLeavesTheBall_data();
    void noPixelLeavesTheBall();
    void theSavedPictureStaysInTheBall_data();
    void theSavedPictureStaysInTheBall();
    void whatIsSavedIsWhatWasSeen();
    void theSentenceSaysWhatHappened();
    void aNewPictureHasNoAnswerOfTheOldOne();
    void aTargetIsAimedAt();
    void anotherNormHasAnotherScale();
    void anotherStartIsAnotherAttack();
    void nothingLiesOverAnotherPart_data();
    void nothingLiesOverAnotherPart();
    void theKeysGoAsOneReads();
    void theCurveStartsAtTheCleanAccuracy();
    void pointsOfACancelledCurveComeTooLate();
    void theCurveCanBeCancelled();
    void theReportIsOfTheMomentOfTheQuestion();
    void whatOneChoseSurvivesAnotherRun();
    void otherDataPutItToSleep();

private:
    bool m_isFirst = true;

    MethodBox *method() { return panel()->findChild<MethodBox *>(); }
    ClassBox *target() { return panel()->findChild<ClassBox *>(); }
    QSpinBox *pictures()
    {
        for (QSpinBox *box : panel()->findChildren<QSpinBox *>())
            if (box->maximum() == 120) return box; // as many as the test set has
        return nullptr;
    }
    void choose(QComboBox *box, int index);
    void chooseMethod(const char *name);
    void chooseNorm(int index);

    QTemporaryDir m_folder;
};

void FoolPlaceTest::choose(QComboBox *box, int index)
{
    box->setFocus();
    QTest::keyClick(box, Qt::Key_Home);
    for (int i = 0; i < index; ++i) QTest::keyClick(box, Qt::Key_Down);
    QCOMPARE(box->currentIndex(), index);
}

/// By the arrow keys, which pass over the headings.
void FoolPlaceTest::chooseMethod(const char *name)
{
    method()->setFocus();
    QTest::keyClick(method(), Qt::Key_Home);
    for (int i = 0; i < method()->count() && method()->attack() != name; ++i)
        QTest::keyClick(method(), Qt::Key_Down);
    QCOMPARE(method()->attack(), std::string(name));
}

void FoolPlaceTest::chooseNorm(int index)
{
    auto *norms = panel()->findChild<NormChoice *>();
    QTest::mouseClick(norms->findChildren<QAbstractButton *>().at(index), Qt::LeftButton);
    QCOMPARE(norms->currentIndex(), index);
}

void FoolPlaceTest::withoutANetworkItSaysWhatToDo() // first: nothing is trained yet
{
    QVERIFY(model().obstacle().contains(QLatin1String("press Play")));
    QVERIFY(!slider()->isEnabled());
    QVERIFY(!button("Draw the curve")->isEnabled() && !button("Save PNG…")->isEnabled());

    for (const auto ask : {&FoolPlace::openPicture, &FoolPlace::pastePicture,
                           &FoolPlace::shootPicture}) { // before any dialog
        QSignalSpy said(&place(), &FoolPlace::statusMessage);
        (&place()->*ask)();
        QCOMPARE(said.count(), 1);
        QCOMPARE(said.first().at(0).toString(), model().obstacle());
        QVERIFY(said.first().at(1).toBool());
    }

    // A picture that comes too early is answered with the same line.
    QImage image(40, 40, QImage::Format_RGB32);
    image.fill(Qt::gray);
    const QString file = m_folder.filePath(QStringLiteral("early.png"));
    QVERIFY(image.save(file));
    QSignalSpy told(&place(), &FoolPlace::statusMessage);
    QMimeData asFile, asImage;
    asFile.setUrls({QUrl::fromLocalFile(file)});
    asImage.setImageData(image);
    QVERIFY(drop(asFile));
    QCOMPARE(told.count(), 1);
    QVERIFY(drop(asImage));
    QCOMPARE(told.count(), 2);
    for (const auto &line : told) {
        QCOMPARE(line.at(0).toString(), model().obstacle());
        QVERIFY(line.at(1).toBool());
    }
    QVERIFY(model().picture().empty());

    QVERIFY(small::trainDigits(session()));
    QVERIFY(model().obstacle().isEmpty());
    QVERIFY(slider()->isEnabled());
    QVERIFY(button("Draw the curve")->isEnabled());
}

void FoolPlaceTest::theSliderMovesEpsilonByLevels()
{
    model().setEpsilon(8 * kLevel);
    slider()->setFocus();
    QTest::keyClick(slider(), Qt::Key_Right);
    QVERIFY(std::abs(model().options().epsilon - 9 * kLevel) < 1e-9);
    QVERIFY2(said().contains(QStringLiteral("ε = 9 / 255")), qPrintable(said()));
    QTest::keyClick(slider(), Qt::Key_Left);
    QTest::keyClick(slider(), Qt::Key_Down);
    QVERIFY(std::abs(model().options().epsilon - 7 * kLevel) < 1e-9);
    QTest::keyClick(slider(), Qt::Key_Home);
    QCOMPARE(model().options().epsilon, 0.0);
    QVERIFY(attacked());
    QCOMPARE(small::length(model().result()->x.values, model().result()->x_adv.values,
                           attack::Norm::Linf),
             0.0);
    QVERIFY(said().contains(QLatin1String("still says")));
}

void FoolPlaceTest::theSliderFollowsTheMouse()
{
    model().setEpsilon(0.0);
    const QPoint middle(slider()->width() / 2, 28);
    QTest::mouseClick(slider(), Qt::LeftButton, {}, middle);
    QVERIFY(std::abs(model().options().epsilon - model().largestEpsilon() / 2.0) < kLevel);
    QTest::mouseClick(slider(), Qt::LeftButton, {}, QPoint(slider()->width() - 1, 28));
    QVERIFY(std::abs(model().options().epsilon - model().largestEpsilon()) < 1e-9);
    QVERIFY(attacked());
    const double change = small::length(model().result()->x.values, model().result()->x_adv.values,
                                        attack::Norm::Linf);
    QVERIFY(change > model().largestEpsilon() / 2.0);
    QVERIFY(change <= model().largestEpsilon() + 1e-6);
}

void FoolPlaceTest::noPixelLeavesTheBall_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<int>("norm");
    QTest::addColumn<int>("target");
    for (const attack::AttackDescription &d : attack::attacks()) {
        if (d.usesSurrogate) continue; // there is no second network here
        for (const attack::Norm norm : d.norms)
            for (const int target : {0, 4}) {
                if (target > 0 && !d.canTarget) continue;
                QTest::addRow("%s %s%s", d.name.c_str(), attack::name(norm).data(),
                              target ? " to a class" : "")
                    << QString::fromStdString(d.name) << static_cast<int>(norm) << target;
            }
    }
}

void FoolPlaceTest::noPixelLeavesTheBall()
{
    QFETCH(QString, method);
    QFETCH(int, norm);
    QFETCH(int, target);
    constexpr std::int64_t kSteps = 10; // of the slow ones
    chooseMethod(method.toUtf8().constData());
    attack::AttackOptions few = model().options();
    if (attack::stepsOf(few) > kSteps) few.steps = kSteps;
    model().setOptions(few);
    chooseNorm(norm);
    if (target > 0) choose(this->target(), target);
    slider()->setFocus();
    for (int i = 0; i < 3; ++i) QTest::keyClick(slider(), Qt::Key_Right);
    const attack::AttackOptions &options = model().options();
    QCOMPARE(options.attack, method.toStdString());
    QCOMPARE(static_cast<int>(options.norm), norm);
    QCOMPARE(options.target.has_value(), target > 0);
    QVERIFY(options.epsilon > 0.0);
    QVERIFY(attacked());
    const attack::AttackResult &result = *model().result();
    QVERIFY(result.x.values == model().picture().values);
    const double change = small::length(result.x.values, result.x_adv.values, options.norm);
    QVERIFY2(change <= options.epsilon * (1.0 + 1e-5), qPrintable(QString::number(change)));
    for (const float value : result.x_adv.values) QVERIFY(value >= 0.0f && value <= 1.0f);
}

void FoolPlaceTest::theSavedPictureStaysInTheBall_data()
{
    QTest::addColumn<double>("levels");
    QTest::newRow("nothing") << 0.0;
    QTest::newRow("one level") << 1.0;
    QTest::newRow("between two") << 1.25;
    QTest::newRow("eight levels") << 8.0;
    QTest::newRow("many") << 40.0;
}

void FoolPlaceTest::theSavedPictureStaysInTheBall()
{
    QFETCH(double, levels);
    model().setEpsilon(levels * kLevel);
    QVERIFY(attacked());
    const QString name = QStringLiteral("fooled-%1").arg(levels);
    const QString path = m_folder.filePath(name + QStringLiteral(".png"));
    QSignalSpy told(&place(), &FoolPlace::statusMessage);
    const auto asked = answers::file(m_folder.filePath(name)); // the ending comes by itself
    QTest::mouseClick(button("Save PNG…"), Qt::LeftButton);
    QCOMPARE(*asked, 1);
    QCOMPARE(told.count(), 1);
    QVERIFY2(!told.first().at(1).toBool(), qPrintable(told.first().at(0).toString()));

    const QImage saved(path);
    QCOMPARE(saved.size(), QSize(28, 28));
    const auto &test = session().data.dataset()->split(data::Split::Test);
    const auto index = static_cast<std::size_t>(model().sample()->index);
    const std::vector<int> now = ::levels(saved);
    int largest = 0;
    for (std::size_t i = 0; i < now.size(); ++i)
        largest = std::max(largest, std::abs(now[i] - test.bytes[index * now.size() + i]));
    QCOMPARE(largest, static_cast<int>(std::lround(levels)));
}

void FoolPlaceTest::whatIsSavedIsWhatWasSeen()
{
    const Array seen{model().picture().shape, model().result()->x_adv.values};
    const QString path = m_folder.filePath(QStringLiteral("seen.png"));
    const auto asked = answers::next([&](QDialog *dialog) {
        model().useSample(model().suggestions(3).back()); // another attack begins meanwhile
        auto *field = dialog->findChild<QLineEdit *>(QStringLiteral("fileNameEdit"));
        field->setCompleter(nullptr);
        field->setText(path);
        QTest::keyClick(dialog, Qt::Key_Return);
    });
    QTest::mouseClick(button("Save PNG…"), Qt::LeftButton);
    QCOMPARE(*asked, 1);
    QCOMPARE(::levels(QImage(path)), ::levels(toImage(seen)));
    QVERIFY(attacked());
}

void FoolPlaceTest::theSentenceSaysWhatHappened()
{
    model().setEpsilon(64 * kLevel);
    QVERIFY(attacked());
    const attack::AttackResult &result = *model().result();
    QVERIFY2(result.y_pred[0] != result.y_adv[0], "so large a change fools a linear network");
    QVERIFY2(said().contains(QStringLiteral("No pixel moved by more than 64 of 255 levels, and the "
                                            "network went from “%1” ")
                                 .arg(result.y_pred[0])),
             qPrintable(said()));
    QVERIFY(said().contains(QStringLiteral(" to “%1” ").arg(result.y_adv[0])));
    QVERIFY(said().contains(QLatin1String("Random noise of the same size")));
    model().setEpsilon(0.0);
    QVERIFY(attacked());
    QVERIFY(said().contains(
        QStringLiteral("the network still says “%1” ").arg(model().result()->y_pred[0])));
}

void FoolPlaceTest::aNewPictureHasNoAnswerOfTheOldOne()
{
    QVERIFY(said().contains(QLatin1String("No pixel moved")));
    model().useSample(model().suggestions(3).back());
    QVERIFY(!model().result() && !model().live().step() && !model().live().start());
    QVERIFY(model().live().seen().empty());
    QVERIFY2(!said().contains(QLatin1String("No pixel moved")), qPrintable(said()));
    QVERIFY(!said().contains(QLatin1String("Random noise of the same size")));
    QVERIFY(attacked());
    QVERIFY(said().contains(QLatin1String("No pixel moved")));
}

void FoolPlaceTest::aTargetIsAimedAt()
{
    QCOMPARE(target()->count(), 11); // any other, and ten digits
    for (const int digit : {3, 7}) {
        choose(target(), digit + 1);
        QCOMPARE(model().options().target, std::optional<std::int64_t>(digit));
        slider()->setFocus();
        QTest::keyClick(slider(), Qt::Key_End);
        QVERIFY(attacked());
        QCOMPARE(model().result()->y_adv[0], std::int64_t{digit});
    }
    choose(target(), 0);
    QVERIFY(!model().options().target.has_value());
    chooseMethod("noise"); // aims at nothing
    QCOMPARE(model().options().attack, std::string("noise"));
    QVERIFY(!target()->isEnabled());
}

void FoolPlaceTest::anotherNormHasAnotherScale()
{
    chooseNorm(1);
    QCOMPARE(model().options().norm, attack::Norm::L2);
    QVERIFY2(said().contains(QStringLiteral("ε = 1 L2")), qPrintable(said()));
    slider()->setFocus();
    QTest::keyClick(slider(), Qt::Key_Right);
    QVERIFY(std::abs(model().options().epsilon - 1.25) < 1e-9);
    QTest::keyClick(slider(), Qt::Key_End);
    QCOMPARE(model().options().epsilon, model().largestEpsilon());
    chooseNorm(0);
    QVERIFY(model().options().epsilon < 1.0);
    QVERIFY(said().contains(QLatin1String("/ 255")));
}

void FoolPlaceTest::anotherStartIsAnotherAttack()
{
    chooseMethod("noise");
    QVERIFY(attacked());
    const auto before = model().result()->x_adv.values;
    QTest::mouseClick(button("Random start"), Qt::LeftButton);
    QVERIFY(attacked());
    QVERIFY(model().result()->x_adv.values != before);
}

void FoolPlaceTest::nothingLiesOverAnotherPart_data()
{
    QTest::addColumn<QSize>("size");
    QTest::newRow("in the smallest window") << QSize(960, 559);
    QTest::newRow("with a line of message over it") << QSize(960, 510);
    QTest::newRow("low") << QSize(1280, 559);
    QTest::newRow("as designed") << QSize(1280, 719);
    QTest::newRow("large") << QSize(1920, 999);
}

void FoolPlaceTest::nothingLiesOverAnotherPart()
{
    QFETCH(QSize, size);
    place().resize(size);
    QCoreApplication::processEvents();
    auto *page = view()->findChild<FoolPage *>();
    auto *triptych = view()->findChild<Triptych *>();
    const auto width = [triptych] {
        const auto [left, right] = triptych->extent();
        return right - left;
    };
    QTRY_VERIFY2(width() >= 3 * 240 + 2 * Triptych::kGap, "pictures of at least 240");
    QCoreApplication::processEvents();
    QList<QWidget *> parts{triptych,
                           view()->findChild<PictureChoice *>(),
                           slider(),
                           view()->findChild<AttackPanel *>(),
                           view()->findChild<CurvePanel *>(),
                           view()->findChild<HonestyPanel *>(),
                           view()->findChild<LiveControls *>()};
    for (auto *bars : view()->findChildren<ProbabilityBars *>()) parts << bars;
    auto *curve = view()->findChild<CurvePanel *>();
    for (auto *label : page->widget()->findChildren<QLabel *>())
        for (const char *words : {"ε = ", "largest change", "No pixel moved", "Random noise of"})
            if (!curve->isAncestorOf(label) && label->text().contains(QString::fromUtf8(words)))
                parts << label;
    QCOMPARE(parts.size(), 13);
    const auto placeOf = [page](const QWidget *part) {
        return QRect(part->mapTo(page->widget(), QPoint()), part->size());
    };
    for (int i = 0; i < parts.size(); ++i) {
        QVERIFY2(page->widget()->rect().contains(placeOf(parts[i])),
                 parts[i]->metaObject()->className());
        for (int k = 0; k < i; ++k)
            QVERIFY2(!placeOf(parts[i]).intersects(placeOf(parts[k])),
                     qPrintable(QStringLiteral("%1 over %2")
                                    .arg(QLatin1String(parts[i]->metaObject()->className()),
                                         QLatin1String(parts[k]->metaObject()->className()))));
    }
    QVERIFY2(page->widget()->width() <= page->viewport()->width(), "nothing is cut at the right");
    const int hidden = page->widget()->height() - page->viewport()->height();
    QCOMPARE(page->verticalScrollBar()->maximum(), std::max(0, hidden)); // all is reachable
    place().resize(1280, 720);
}

void FoolPlaceTest::theKeysGoAsOneReads()
{
    QWidgetList stops;
    for (QWidget *each = place().nextInFocusChain(); each != &place();
         each = each->nextInFocusChain())
        if (each->focusPolicy() & Qt::TabFocus) stops << each;
    const auto firstIn = [&](const QWidget *part) {
        return std::ranges::find_if(
            stops, [&](QWidget *stop) { return stop == part || part->isAncestorOf(stop); });
    };
    const QWidget *parts[] = {view()->findChild<PictureChoice *>(), view()->findChild<Triptych *>(),
                              view()->findChild<LiveControls *>(), slider(), panel()};
    for (std::size_t i = 1; i < std::size(parts); ++i)
        QVERIFY2(firstIn(parts[i - 1]) < firstIn(parts[i]), qPrintable(QString::number(i)));
}

void FoolPlaceTest::theCurveStartsAtTheCleanAccuracy()
{
    chooseMethod("fgsm"); // one step is enough here
    QSpinBox *count = pictures();
    QVERIFY(count);
    count->setFocus();
    QTest::keyClick(count, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(count, QStringLiteral("50"));
    QTest::keyClick(count, Qt::Key_Return);
    QSignalSpy progress(&place(), &FoolPlace::progressed);
    QTest::mouseClick(button("Draw the curve"), Qt::LeftButton);
    QVERIFY(model().sweeping());
    QVERIFY(button("Cancel"));
    QVERIFY(QTest::qWaitFor([&] { return !model().sweeping(); }, small::kPatience));
    QVERIFY(button("Draw the curve"));
    QCOMPARE(model().sweepPictures(), 50);

    const auto &answers = session().run.evaluation(data::Split::Test)->answers;
    int right = 0;
    for (std::size_t i = 0; i < 50; ++i) right += answers[i].predicted == answers[i].label ? 1 : 0;
    const auto &points = model().sweep();
    QVERIFY(points.size() >= 5);
    QCOMPARE(points.front().epsilon, 0.0);
    QVERIFY(std::abs(points.front().robust_accuracy - right / 50.0) < 1e-9);
    QVERIFY(std::abs(points.front().noise_accuracy - right / 50.0) < 1e-9);
    QVERIFY(std::abs(points.back().epsilon - model().largestEpsilon()) < 1e-9);
    QVERIFY(points.back().robust_accuracy < points.back().noise_accuracy);
    QVERIFY2(said().contains(QLatin1String("50 test pictures")), qPrintable(said()));

    // Wherever the marker stands, it crosses neither of the two names.
    auto *plot = view()->findChild<RobustnessCurve *>()->findChild<QCustomPlot *>();
    for (const double share : {0.0, 0.3, 0.6, 0.75, 0.9, 1.0}) {
        model().setEpsilon(model().largestEpsilon() * share);
        plot->replot();
        const double marker = plot->xAxis->coordToPixel(model().largestEpsilon() * share);
        std::vector<QRectF> names;
        for (int i = 0; i < plot->itemCount(); ++i)
            if (const auto *text = qobject_cast<QCPItemText *>(plot->item(i));
                text && text->visible())
                names.push_back(
                    QRectF(text->topLeft->pixelPosition(), text->bottomRight->pixelPosition())
                        .adjusted(2, 0, -2, 0)); // they end at the marker, with padding
        QCOMPARE(names.size(), std::size_t{2});
        for (const QRectF &name : names) QVERIFY(marker < name.left() || marker > name.right());
        QVERIFY(!names[0].intersects(names[1]));
    }

    double before = 0.0;
    QVERIFY(progress.count() >= 2);
    for (qsizetype i = 0; i + 1 < progress.count(); ++i) {
        const double fraction = progress.at(i).at(0).toDouble();
        QVERIFY(fraction >= before && fraction <= 1.0);
        before = fraction;
    }
    QVERIFY(progress.last().at(0).toDouble() < 0.0); // the end

    // The pictures of another attack are another curve.
    chooseMethod("noise");
    QVERIFY(model().sweep().empty());
}

void FoolPlaceTest::pointsOfACancelledCurveComeTooLate()
{
    attack::AttackOptions options = model().options();
    options.attack = "fgsm";
    options.steps = 0;
    model().setOptions(options);
    QSignalSpy finished(&model(), &FoolModel::sweepFinished);
    model().startSweep(120);
    QThread::msleep(1500); // its points wait, unseen
    model().cancelSweep();
    bool isRising = true, isNamed = false;
    const auto *plot = view()->findChild<RobustnessCurve *>()->findChild<QCustomPlot *>();
    const auto noiseIsNamed = [plot] {
        for (int i = 0; i < plot->itemCount(); ++i)
            if (const auto *text = qobject_cast<QCPItemText *>(plot->item(i));
                text && text->text().contains(QLatin1String("noise")))
                return text->visible();
        return false;
    };
    const auto watched = connect(&model(), &FoolModel::sweepChanged, this, [&] {
        const auto &points = model().sweep();
        for (std::size_t i = 1; i < points.size(); ++i)
            isRising = isRising && points[i].epsilon > points[i - 1].epsilon;
        isNamed = isNamed || (model().sweeping() && !points.empty() && noiseIsNamed());
    });
    model().startSweep(120);
    QVERIFY(finished.wait(small::kPatience));
    disconnect(watched);
    Honesty *honesty = place().honesty();
    QTRY_VERIFY_WITH_TIMEOUT(honesty->findings() || !honesty->running(), small::kPatience);
    if (honesty->running()) {
        honesty->cancel();
        QVERIFY2(!honesty->findings(), "half of a list is none");
    }
    QVERIFY2(isRising, "points of two curves");
    QVERIFY2(!isNamed, "where the name can stand is known at the end");
    QVERIFY(noiseIsNamed());
}

void FoolPlaceTest::theCurveCanBeCancelled()
{
    attack::AttackOptions slow = model().options();
    slow.attack = "pgd";
    slow.steps = 1000;
    slow.restarts = 20;
    slow.epsilon = kLevel;
    model().setOptions(slow);
    QSignalSpy progress(&place(), &FoolPlace::progressed);
    QTest::mouseClick(button("Draw the curve"), Qt::LeftButton);
    QVERIFY(model().sweeping());
    QTest::mouseClick(button("Cancel"), Qt::LeftButton);
    QVERIFY(!model().sweeping());
    QVERIFY(button("Draw the curve"));
    QCOMPARE(progress.last().at(0).toDouble(), -1.0);
    const std::size_t points = model().sweep().size();
    const qsizetype told = progress.count();

    // It can be drawn anew, and nothing of the cancelled one comes after.
    slow.steps = 2;
    slow.restarts = 1;
    model().setOptions(slow);
    QVERIFY(model().sweep().empty());
    QVERIFY(points <= 1);
    QTest::mouseClick(button("Draw the curve"), Qt::LeftButton);
    QVERIFY(QTest::qWaitFor([&] { return !model().sweeping(); }, small::kPatience));
    std::set<double> epsilons;
    for (const auto &point : model().sweep()) epsilons.insert(point.epsilon);
    QCOMPARE(epsilons.size(), model().sweep().size()); // each once
    QVERIFY(progress.count() > told);
}

void FoolPlaceTest::theReportIsOfTheMomentOfTheQuestion()
{
    model().setEpsilon(24 * kLevel);
    QVERIFY(attacked());
    const QString path = m_folder.filePath(QStringLiteral("report.html"));
    const auto asked = answers::next([&](QDialog *dialog) {
        model().setEpsilon(2 * kLevel); // another attack begins meanwhile
        auto *field = dialog->findChild<QLineEdit *>(QStringLiteral("fileNameEdit"));
        field->setCompleter(nullptr);
        field->setText(path);
        QTest::keyClick(dialog, Qt::Key_Return);
    });
    QTest::mouseClick(button("Report…"), Qt::LeftButton);
    QCOMPARE(*asked, 1);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QString report = QString::fromUtf8(file.readAll());
    QVERIFY(report.contains(QStringLiteral("ε = 24/255")));
    QVERIFY(!report.contains(QStringLiteral("ε = 2/255")));
    QVERIFY(attacked());
}

void FoolPlaceTest::whatOneChoseSurvivesAnotherRun()
{
    QImage image(28, 28, QImage::Format_RGB32);
    image.fill(QColor(90, 90, 90));
    QMimeData data;
    data.setImageData(image);
    QVERIFY(drop(data));
    QVERIFY(opened());
    attack::AttackOptions options = model().options();
    options.epsilon = 24 * kLevel;
    options.target = 3;
    model().setOptions(options);
    const auto picture = model().picture().values;
    for (const bool opens : {false, true}) {
        const auto folder = session().run.runFolder();
        opens ? session().run.openRun(folder) : session().run.play();
        QVERIFY2(model().picture().empty(), "there is no network to show it to");
        QVERIFY(small::waitForModel(session()));
        QVERIFY(!model().sample());
        QVERIFY(model().picture().values == picture);
        QCOMPARE(model().options(), options);
        QVERIFY(attacked());
        QVERIFY(model().result()->x.values == picture);
    }
}

void FoolPlaceTest::otherDataPutItToSleep() // last
{
    session().project.setData("glyphs?test=20&train=100&validation=20");
    QVERIFY(small::waitForData(session()));
    QVERIFY(!model().obstacle().isEmpty());
    QVERIFY(!slider()->isEnabled() && !button("Draw the curve")->isEnabled());
    QSignalSpy told(&place(), &FoolPlace::statusMessage);
    QImage image(28, 28, QImage::Format_RGB32);
    image.fill(Qt::gray);
    QMimeData data;
    data.setImageData(image);
    QVERIFY(drop(data));
    QCOMPARE(told.count(), 1);
    session().project.undoStack()->undo();
    QVERIFY(small::waitForData(session()));
    QVERIFY(model().obstacle().isEmpty());
    QVERIFY(slider()->isEnabled());
    QVERIFY(attacked());
}

int main(int argc, char **argv)
{
    return fool::run<FoolPlaceTest>(argc, argv);
}

#include "fool_place_test.moc"
