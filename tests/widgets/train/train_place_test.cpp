// The place Train after and during real trainings: its figures, its recipe, the pictures behind a
// cell of the confusion matrix.
#include "train/train_place.hpp"

#include "../model/own_home.hpp"
#include "../model/small_training.hpp"
#include "theme/controls.hpp"
#include "theme/parameter_editor.hpp"
#include "train/confusion_matrix.hpp"
#include "train/confusion_panel.hpp"
#include "train/picture_row.hpp"

#include <QApplication>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTextDocument>

#include <map>
#include <set>

using namespace ostrich;
using namespace ostrich::ui;

namespace {

using Cell = std::pair<int, int>; // truth, predicted

QString plain(const QString &text)
{
    if (!Qt::mightBeRichText(text)) return text;
    QTextDocument document;
    document.setHtml(text);
    return document.toPlainText();
}

std::set<std::int64_t> behind(const train::Evaluation &evaluation,
                              const std::vector<std::int32_t> &labels, const Cell &cell)
{
    std::set<std::int64_t> samples;
    for (std::size_t i = 0; i < labels.size(); ++i)
        if (labels[i] == cell.first && evaluation.answers[i].predicted == cell.second)
            samples.insert(static_cast<std::int64_t>(i));
    return samples;
}

} // namespace

class TrainPlaceTest : public QObject {
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void withoutARunItSaysWhatToDo();
    void aCellShowsExactlyThePicturesBehindIt_data();
    void aCellShowsExactlyThePicturesBehindIt();
    void aPictureBehindACellIsSelectedEverywhere();
    void aCellStaysChosenWhileTheNetworkIsEdited();
    void theTestAccuracyIsMeasuredOnceAtTheEnd();
    void otherDataTakeTheMatrixAway();
    void theLearningRateChangesWhileItRuns();
    void anotherRateGoesOnWithTheSameRunAfterAPause();
    void undoTakesTheRateBackWhileItRuns();
    void anyOtherChangeOffersANewRun();
    void anEarlierRunComesBackByAClick();
    void theRecipeUnfolds();

private:
    template <typename Widget>
    Widget *seen(const QString &accessibleName)
    {
        for (Widget *widget : m_place->findChildren<Widget *>())
            if (widget->accessibleName() == accessibleName) return widget;
        return nullptr;
    }
    bool says(const QString &text)
    {
        for (const QLabel *label : m_place->findChildren<QLabel *>())
            if (label->isVisible() && plain(label->text()).contains(text)) return true;
        return false;
    }
    void chooseSplit(int index);
    void type(QWidget *field, const char *text);
    std::map<Cell, QPoint> cells();
    std::set<std::int64_t> shownBehindTheCell(data::Split split);
    PictureRow *behindTheCell() { return m_place->findChildren<PictureRow *>().front(); }
    /// Poorly trained on purpose: a matrix without mistakes shows nothing.
    bool trainDigits() { return small::train(*m_session, poor()); }
    static project::Project poor() { return small::project("logistic", small::kDigits, 1); }
    std::size_t runsOnDisk()
    {
        const auto folder = m_session->project.runsFolder();
        std::error_code none;
        std::size_t count = 0;
        for (const auto &entry : std::filesystem::directory_iterator(folder, none))
            count += entry.is_directory() ? 1 : 0;
        return count;
    }

    std::unique_ptr<Session> m_session;
    std::unique_ptr<TrainPlace> m_place;
};

void TrainPlaceTest::init()
{
    std::error_code none;
    std::filesystem::remove_all(project::runsFolder({}), none);
    m_session = std::make_unique<Session>();
    m_place = std::make_unique<TrainPlace>(m_session.get());
    m_place->resize(1280, 1000); // all of the confusion panel in sight
    m_place->show();
    QVERIFY(QTest::qWaitForWindowActive(m_place.get()));
}

void TrainPlaceTest::cleanup()
{
    m_place.reset();
    m_session.reset();
}

void TrainPlaceTest::chooseSplit(int index)
{
    auto *splits = m_place->findChild<ConfusionPanel *>()->findChild<SegmentedControl *>();
    QTest::mouseClick(splits->findChildren<QAbstractButton *>().at(index), Qt::LeftButton);
    QCOMPARE(splits->currentIndex(), index);
}

void TrainPlaceTest::type(QWidget *field, const char *text)
{
    field->setFocus();
    QTest::keyClick(field, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(field, QString::fromLatin1(text));
    QTest::keyClick(field, Qt::Key_Return);
}

/// A place to click for each cell of the matrix, found by clicking all over it.
std::map<Cell, QPoint> TrainPlaceTest::cells()
{
    auto *matrix = m_place->findChild<ConfusionMatrix *>();
    QSignalSpy chosen(matrix, &ConfusionMatrix::cellChosen);
    std::map<Cell, QPoint> found;
    for (int y = 4; y < matrix->height(); y += 9)
        for (int x = 4; x < matrix->width(); x += 9) {
            chosen.clear();
            QTest::mouseClick(matrix, Qt::LeftButton, {}, QPoint(x, y));
            if (!chosen.isEmpty())
                found[{chosen.last().at(0).toInt(), chosen.last().at(1).toInt()}] = QPoint(x, y);
        }
    return found;
}

/// Which samples the pictures behind the cell are: each is clicked, and chooses its sample.
std::set<std::int64_t> TrainPlaceTest::shownBehindTheCell(data::Split split)
{
    PictureRow *row = behindTheCell();
    const SampleRef none{data::Split::Train, 0};
    std::set<std::int64_t> shown;
    for (int y = 10; y < row->height(); y += 20)
        for (int x = 4; x < row->width(); x += 12) {
            m_session->selection.setSample(none);
            QTest::mouseClick(row, Qt::LeftButton, {}, QPoint(x, y));
            const SampleRef sample = m_session->selection.sample();
            if (sample == none) continue;
            if (sample.split != split) return {-1};
            shown.insert(sample.index);
        }
    return shown;
}

void TrainPlaceTest::withoutARunItSaysWhatToDo()
{
    QVERIFY(says(QStringLiteral("press Play")));
    QVERIFY(says(QStringLiteral("No run yet")));
    QVERIFY(says(QStringLiteral("which classes the network mixes up")));
    QVERIFY(!m_place->findChild<ConfusionMatrix *>()->isVisible());
}

void TrainPlaceTest::aCellShowsExactlyThePicturesBehindIt_data()
{
    QTest::addColumn<int>("split");
    QTest::newRow("validation") << 0;
    QTest::newRow("test") << 1;
}

void TrainPlaceTest::aCellShowsExactlyThePicturesBehindIt()
{
    QFETCH(int, split);
    QVERIFY(trainDigits());
    chooseSplit(split);
    const data::Split which = split == 0 ? data::Split::Validation : data::Split::Test;
    const auto &evaluation = *m_session->run.evaluation(which);
    const auto &labels = m_session->data.dataset()->split(which).labels;
    const auto places = cells();
    QCOMPARE(places.size(), std::size_t{100});
    std::int64_t all = 0, few = 0;
    for (const auto &[cell, where] : places) {
        const auto expected = behind(evaluation, labels, cell);
        const auto count = evaluation.confusion[static_cast<std::size_t>(cell.first)]
                                               [static_cast<std::size_t>(cell.second)];
        QCOMPARE(count, static_cast<std::int64_t>(expected.size()));
        all += count;
        if (count == 0) continue;
        QTest::mouseClick(m_place->findChild<ConfusionMatrix *>(), Qt::LeftButton, {}, where);
        QVERIFY2(says(QStringLiteral("%1 × “%2” read as “%3”")
                          .arg(count)
                          .arg(cell.first)
                          .arg(cell.second)),
                 qPrintable(QStringLiteral("%1 %2").arg(cell.first).arg(cell.second)));
        const auto shown = shownBehindTheCell(which);
        if (count > behindTheCell()->capacity()) {
            QCOMPARE(static_cast<int>(shown.size()), behindTheCell()->capacity());
            QVERIFY(std::includes(expected.begin(), expected.end(), shown.begin(), shown.end()));
        } else {
            QCOMPARE(shown, expected);
            ++few;
        }
    }
    QCOMPARE(all, static_cast<std::int64_t>(labels.size()));
    QVERIFY2(few > 10, "a network this poor makes many mistakes");
}

void TrainPlaceTest::aPictureBehindACellIsSelectedEverywhere()
{
    QVERIFY(trainDigits());
    const auto shown = shownBehindTheCell(data::Split::Validation); // of the worst cell
    QVERIFY(!shown.empty());
    m_session->selection.setSample({data::Split::Train, 0});
    QSignalSpy selected(&m_session->selection, &Selection::sampleChanged);
    QTest::mouseClick(behindTheCell(), Qt::LeftButton, {}, QPoint(20, 20));
    QCOMPARE(selected.count(), 1);
    QCOMPARE(m_session->selection.sample().split, data::Split::Validation);
    QVERIFY(shown.contains(m_session->selection.sample().index));
}

void TrainPlaceTest::aCellStaysChosenWhileTheNetworkIsEdited()
{
    QVERIFY(trainDigits());
    const auto places = cells();
    QTest::mouseClick(m_place->findChild<ConfusionMatrix *>(), Qt::LeftButton, {},
                      places.at({4, 4}));
    QVERIFY(says(QStringLiteral("“4” read as “4”")));
    const graph::Network &network = m_session->project.network();
    QVERIFY(m_session->project.apply(
        graph::moveBlocks(network, {{network.blocks.front().id, {40.0, 400.0}}})));
    QVERIFY(says(QStringLiteral("“4” read as “4”")));
}

void TrainPlaceTest::theTestAccuracyIsMeasuredOnceAtTheEnd()
{
    QSignalSpy finished(&m_session->run, &RunModel::finished);
    int whileRunning = 0;
    bool saidBefore = true;
    connect(&m_session->run, &RunModel::epochDone, m_place.get(), [&] {
        if (!m_session->run.running() || m_session->run.epochs().empty()) return;
        ++whileRunning;
        saidBefore = saidBefore && says(QStringLiteral("measured once, at the end"));
    });
    QVERIFY(small::train(*m_session, small::project("logistic", small::kDigits, 3)));
    QVERIFY(whileRunning > 0 && saidBefore);
    QCOMPARE(finished.count(), 1);
    QVERIFY(!says(QStringLiteral("measured once, at the end")));

    const auto &labels = m_session->data.dataset()->split(data::Split::Test).labels;
    const auto &answers = m_session->run.evaluation(data::Split::Test)->answers;
    int rightOnes = 0;
    for (std::size_t i = 0; i < labels.size(); ++i)
        rightOnes += answers[i].predicted == labels[i] ? 1 : 0;
    const double share = rightOnes / static_cast<double>(labels.size());
    QVERIFY(std::abs(m_session->run.summary()->test_accuracy - share) < 1e-9);
    const QString figure = QString::number(share * 100.0, 'f', 1);
    QVERIFY2(says(figure), qPrintable(figure));

    // Looking at the test split, or at another epoch, measures nothing again.
    chooseSplit(1);
    chooseSplit(0);
    QCOMPARE(finished.count(), 1);
    QVERIFY(says(figure));
}

void TrainPlaceTest::otherDataTakeTheMatrixAway()
{
    QVERIFY(trainDigits());
    QVERIFY(m_place->findChild<ConfusionMatrix *>()->isVisible());
    m_session->project.setData("glyphs?test=20&train=300&validation=20");
    QVERIFY(small::waitForData(*m_session));
    // Its pictures would be those of other samples, or beyond their end.
    QVERIFY(!m_place->findChild<ConfusionMatrix *>()->isVisible());
    m_session->project.undoStack()->undo();
    QVERIFY(small::waitForData(*m_session));
    QVERIFY(m_place->findChild<ConfusionMatrix *>()->isVisible());
    QVERIFY(!shownBehindTheCell(data::Split::Validation).empty());
}

void TrainPlaceTest::theLearningRateChangesWhileItRuns()
{
    m_session->project.setProject(small::spirals(100'000), {});
    QVERIFY(small::waitForData(*m_session));
    m_session->run.play();
    QVERIFY(small::waitForEpochs(*m_session, 2));
    QVERIFY(says(QStringLiteral("The learning rate changes at once")));
    QCOMPARE(m_session->run.epochs().back().learning_rate, 0.001);
    type(seen<QDoubleSpinBox>(QStringLiteral("Learning rate")), "0.02");
    QCOMPARE(m_session->project.project().recipe.learning_rate, 0.02);
    QVERIFY(QTest::qWaitFor([&] { return m_session->run.epochs().back().learning_rate == 0.02; },
                            small::kPatience));
    QVERIFY(m_session->run.running());
    QCOMPARE(m_session->run.epochs().front().learning_rate, 0.001); // the same run goes on
    QCOMPARE(runsOnDisk(), std::size_t{1});
}

void TrainPlaceTest::anotherRateGoesOnWithTheSameRunAfterAPause()
{
    m_session->project.setProject(small::spirals(100'000), {});
    QVERIFY(small::waitForData(*m_session));
    m_session->run.play();
    QVERIFY(small::waitForEpochs(*m_session, 2));
    type(seen<QDoubleSpinBox>(QStringLiteral("Learning rate")), "0.02");
    m_session->run.pause();
    QVERIFY(QTest::qWaitFor([&] { return m_session->run.state() == train::State::Paused; },
                            small::kPatience));
    const std::size_t done = m_session->run.epochs().size();
    m_session->run.play();
    QVERIFY(small::waitForEpochs(*m_session, done + 1));
    QCOMPARE(m_session->run.epochs().front().epoch, std::int64_t{1});
    QCOMPARE(m_session->run.epochs().front().learning_rate, 0.001);
    QCOMPARE(m_session->run.epochs().back().learning_rate, 0.02);
    QCOMPARE(runsOnDisk(), std::size_t{1});
}

void TrainPlaceTest::undoTakesTheRateBackWhileItRuns()
{
    m_session->project.setProject(small::spirals(100'000), {});
    QVERIFY(small::waitForData(*m_session));
    m_session->run.play();
    QVERIFY(small::waitForEpochs(*m_session, 1));
    type(seen<QDoubleSpinBox>(QStringLiteral("Learning rate")), "0.02");
    QVERIFY(QTest::qWaitFor([&] { return m_session->run.epochs().back().learning_rate == 0.02; },
                            small::kPatience));
    m_session->project.undoStack()->undo();
    QCOMPARE(m_session->project.project().recipe.learning_rate, 0.001);
    QVERIFY(QTest::qWaitFor([&] { return m_session->run.epochs().back().learning_rate == 0.001; },
                            small::kPatience));
    QCOMPARE(runsOnDisk(), std::size_t{1});
}

void TrainPlaceTest::anyOtherChangeOffersANewRun()
{
    m_session->project.setProject(small::spirals(100'000), {});
    QVERIFY(small::waitForData(*m_session));
    m_session->run.play();
    QVERIFY(small::waitForEpochs(*m_session, 2));
    type(seen<QSpinBox>(QStringLiteral("Batch size")), "50");
    QCOMPARE(m_session->project.project().recipe.batch_size, std::int64_t{50});
    QCOMPARE(m_session->run.runProject()->recipe.batch_size, std::int64_t{64}); // untouched
    QVERIFY(m_session->run.running());
    m_session->run.stop();
    QVERIFY(small::waitForModel(*m_session));
    QVERIFY(says(QStringLiteral("A change starts a new run; the old one stays.")));
    m_session->run.play();
    QVERIFY(small::waitForEpochs(*m_session, 1));
    QCOMPARE(m_session->run.runProject()->recipe.batch_size, std::int64_t{50});
    m_session->run.stop();
    QVERIFY(QTest::qWaitFor([&] { return m_session->run.runs().size() == 2; }, small::kPatience));
    QCOMPARE(m_session->run.runs().front().manifest.project.recipe.batch_size, std::int64_t{64});
}

void TrainPlaceTest::anEarlierRunComesBackByAClick()
{
    QVERIFY(small::train(*m_session, small::spirals(2)));
    const auto first = m_session->run.epochs();
    m_session->project.setRecipeValue("epochs", std::int64_t{4});
    m_session->run.play();
    QVERIFY(QTest::qWaitFor([&] { return m_session->run.runs().size() == 2; }, small::kPatience));
    QCOMPARE(m_session->run.epochs().size(), std::size_t{4});
    auto *list = seen<QListWidget>(QStringLiteral("Runs"));
    QCOMPARE(list->count(), 2);
    QVERIFY(list->item(0)->text().contains(QLatin1String("002"))); // the newest on top
    QVERIFY(list->item(1)->text().contains(QLatin1String("001")));
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {},
                      list->visualItemRect(list->item(1)).center());
    QCOMPARE(m_session->run.epochs().size(), std::size_t{2});
    QCOMPARE(m_session->run.epochs().back().val_loss, first.back().val_loss);
    QVERIFY(small::waitForModel(*m_session));
}

void TrainPlaceTest::theRecipeUnfolds()
{
    m_session->project.setProject(small::spirals(2), {});
    const auto visible = [this](const char *name) {
        for (const QWidget *field : m_place->findChildren<QWidget *>(QStringLiteral("field")))
            if (field->accessibleName() == QLatin1String(name)) return field->isVisible();
        return false;
    };
    QVERIFY(visible("Learning rate") && visible("Epochs"));
    QVERIFY(!visible("Clip norm") && !visible("Momentum"));
    for (QPushButton *button : m_place->findChildren<QPushButton *>())
        if (button->text() == QLatin1String("More settings"))
            QTest::mouseClick(button, Qt::LeftButton);
    QVERIFY(visible("Clip norm"));
    QVERIFY2(!visible("Momentum"), "Adam has none");
    auto *optimizer = seen<QComboBox>(QStringLiteral("Optimizer"));
    optimizer->setFocus();
    QTest::keyClick(optimizer, Qt::Key_Home);
    QCOMPARE(m_session->project.project().recipe.optimizer, std::string("sgd"));
    QVERIFY(visible("Momentum") && visible("Nesterov"));

    QVERIFY(visible("Defence") && !visible("Epsilon"));
    m_session->project.setRecipeValue("defence", std::string("trades"));
    QVERIFY(visible("Epsilon") && visible("Attack steps") && visible("Beta"));
    QVERIFY(!visible("Noise sigma") && !visible("Temperature"));
    m_session->project.setRecipeValue("defence", std::string("gaussian"));
    QVERIFY(visible("Noise sigma") && !visible("Epsilon"));
}

int main(int argc, char **argv)
{
    const OwnHome home;
    QApplication app(argc, argv);
    TrainPlaceTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "train_place_test.moc"
