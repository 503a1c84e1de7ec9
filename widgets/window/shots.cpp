// The prepared projects of the pictures: a residual network on digits, four kinds of network on one
// task, an LSTM that recalls, a transformer that reads opinions, a small VGG on animals.
#include "window/shots.hpp"

#include "base/file.hpp"
#include "canvas/canvas_view.hpp"
#include "fool/fool_model.hpp"
#include "fool/fool_place.hpp"
#include "fool/honesty.hpp"
#include "fool/sentence_model.hpp"
#include "fool/studies/study_model.hpp"
#include "inside/inside_model.hpp"
#include "inside/inside_place.hpp"
#include "project/templates.hpp"
#include "theme/theme.hpp"
#include "window/build_place.hpp"
#include "window/main_window.hpp"

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QFileInfo>
#include <QSettings>
#include <QTextStream>
#include <QTimer>

#include <algorithm>
#include <array>

namespace ostrich::ui {

namespace {

constexpr QSize kSize(1280, 800);
constexpr std::size_t kDogs = 8;
constexpr float kSureEnough = 0.95f;                      // of the ostrich
constexpr std::int64_t kFewestWords = 8, kMostWords = 10; // of the sentence for attention
constexpr int kLookedThrough = 60;
constexpr std::ptrdiff_t kLongest = 24; // steps from the marked letter to the end
constexpr int kPatience = 170'000;      // ms, for one training
constexpr int kSentences = 12;          // tried for the exchange of words
constexpr int kWatchedSteps = 6;        // of the attack that is paused
constexpr int kStudied = 40;            // samples of a study
constexpr std::array kStudies{"curves", "confidence", "defences", "classes", "surface"};

void tell(const QString &text)
{
    QTextStream(stderr) << text << Qt::endl;
}

/// Runs the event loop until `done` holds; false after `timeout` ms.
bool waitFor(const std::function<bool()> &done, int timeout)
{
    QElapsedTimer clock;
    clock.start();
    QEventLoop loop;
    QTimer tick;
    QObject::connect(&tick, &QTimer::timeout, &loop, [&] {
        if (done() || clock.elapsed() > timeout) loop.quit();
    });
    tick.start(20);
    if (!done()) loop.exec();
    return done();
}

void settle(int milliseconds)
{
    waitFor([] { return false; }, milliseconds);
}

class ShotMaker {
public:
    explicit ShotMaker(const QString &folder) : m_folder(folder)
    {
        m_window.setFixedSize(kSize);
        m_window.show();
    }

    bool run()
    {
        tell(QStringLiteral("ostrich: training the digits for Build and Train"));
        if (!prepare(QStringLiteral("digits-residual"), "residual", {})) return false;
        select();
        if (!both(MainWindow::Place::Build, QStringLiteral("build"))
            || !both(MainWindow::Place::Train, QStringLiteral("train")) || !studies())
            return false;
        m_window.session().selection.setBlocks({});
        breakNetwork();
        if (!both(MainWindow::Place::Build, QStringLiteral("build-error"))) return false;
        if (!comparison()) return false;
        if (!insideLstm() || !insideAttention() || !foolWords()) return false;
        tell(QStringLiteral("ostrich: training on the animals for Fool"));
        if (!prepare(QStringLiteral("menagerie"), "vgg-small", foolProject)) return false;
        return fool();
    }

private:
    using Change = void (*)(project::Project &);

    /// Animals at 64×64, few enough to be drawn and learned within a minute.
    static void foolProject(project::Project &project)
    {
        project.data = "menagerie?size=64&classes=dog,ostrich,horse,fish&train=400&"
                       "validation=120&test=120";
        project.recipe.epochs = 7;
        project.recipe.batch_size = 32;
        project.recipe.early_stopping = false;
    }

    static void recallProject(project::Project &project)
    {
        project.recipe.epochs = 6;
        project.recipe.early_stopping = false;
    }

    /// Short and easy enough for a dozen trainings within two minutes.
    static void readersProject(project::Project &project)
    {
        project.data = "recall?count=1500&lag=20";
        project.recipe.epochs = 10;
        project.recipe.early_stopping = false;
    }

    static void opinionsProject(project::Project &project)
    {
        project.recipe.epochs = 6;
        project.recipe.early_stopping = false;
    }

    /// `watched`: trained even where a run is kept, for what only shows while it goes on.
    bool prepare(const QString &name, const char *templateName, Change change, bool watched = false)
    {
        auto project = project::newProject(templateName);
        if (!project) return false;
        if (change) change(*project);
        const QDir folder(QString::fromStdString((cacheFolder() / "shots").string()));
        folder.mkpath(QStringLiteral("."));
        const QString path = folder.filePath(name + QStringLiteral(".ostrich"));
        Session &session = m_window.session();
        const auto known = project::loadProject(path.toStdString());
        const bool kept = known && *known == *project;
        if (!kept && !project::saveProject(*project, path.toStdString())) return false;
        if (!m_window.openFile(path)) return false;
        if (!waitFor(
                [&] {
                    return session.data.dataset() != nullptr || !session.data.errorText().isEmpty();
                },
                kPatience))
            return false;
        const auto runs = session.run.runs();
        if (kept && !runs.empty() && !watched)
            session.run.openRun(runs.back().folder);
        else
            session.run.play();
        return waitFor(
                   [&] {
                       return session.run.model() != nullptr
                              || session.run.state() == train::State::Failed;
                   },
                   kPatience)
               && session.run.model();
    }

    void select()
    {
        const auto &blocks = m_window.session().project.network().blocks;
        int seen = 0;
        for (const graph::Block &block : blocks)
            if (block.kind == "Conv2d" && ++seen == 2)
                m_window.session().selection.setBlocks({block.id});
    }

    /// Takes the Flatten away from between its neighbours and wires them together: the error that
    /// every student makes first.
    void breakNetwork()
    {
        ProjectModel &project = m_window.session().project;
        graph::Network network = project.network();
        for (const graph::Block &block : network.blocks) {
            if (block.kind != "Flatten") continue;
            graph::Edit edit;
            edit.name = {"graph.edit_delete", {block.id}};
            graph::Wire joined;
            for (const graph::Wire &wire : network.wiresOf(block.id)) {
                edit.changes.push_back(graph::RemoveWire{wire});
                (wire.to.block == block.id ? joined.from : joined.to) =
                    wire.to.block == block.id ? wire.from : wire.to;
            }
            edit.changes.push_back(graph::RemoveBlock{block});
            edit.changes.push_back(graph::AddWire{joined});
            project.apply(edit);
            m_window.session().selection.setBlocks({joined.to.block});
            return;
        }
    }

    /// The same task for four kinds of network, three seeds each.
    bool comparison()
    {
        tell(QStringLiteral("ostrich: training four kinds of network to compare them"));
        if (!prepare(QStringLiteral("four-readers"), "lstm", readersProject)) return false;
        Session &session = m_window.session();
        if (!waitFor([&] { return session.compare.canCompareReaders(); }, kPatience)) return false;
        session.compare.compareReaders(3);
        if (!waitFor([&] { return !session.compare.training(); }, 2 * kPatience)) return false;
        session.run.openRun(session.compare.runs().front().folder);
        waitFor([&] { return session.run.model() != nullptr; }, kPatience);
        const bool written = both(MainWindow::Place::Train, QStringLiteral("compare"));
        session.compare.close();
        return written;
    }

    /// Of an LSTM that learns to recall a letter, trained before our eyes: its depth by epoch.
    bool insideLstm()
    {
        tell(QStringLiteral("ostrich: training the LSTM for Inside"));
        m_window.session().run.reset();
        m_window.setPlace(MainWindow::Place::Inside);
        if (!prepare(QStringLiteral("recall-lstm"), "lstm", recallProject, true)) return false;
        InsideModel *model = m_window.insidePlace().model();
        if (!waitFor([&] { return model->array("gate_f") && model->halfMemory(); }, kPatience))
            return false;
        chooseRecall();
        model->setCursor(static_cast<int>(model->steps().steps.size()) / 2);
        waitFor([&] { return !model->waiting(); }, kPatience);
        settle(800);
        return both(MainWindow::Place::Inside, QStringLiteral("inside-lstm"));
    }

    /// The first sample that begins a few letters before the marked one.
    void chooseRecall()
    {
        Session &session = m_window.session();
        const auto dataset = session.data.dataset();
        for (const SampleRef &sample : firstSamples(*dataset, kLookedThrough)) {
            const SampleSteps read = stepsOf(*alone(*dataset, sample));
            const auto kept = std::ranges::find_if(read.steps, &Step::marked);
            if (kept - read.steps.begin() < 2 || read.steps.end() - kept > kLongest) continue;
            session.selection.setSample(sample);
            return;
        }
    }

    bool insideAttention()
    {
        tell(QStringLiteral("ostrich: training on opinions for Inside"));
        if (!prepare(QStringLiteral("opinions"), "transformer-encoder", opinionsProject))
            return false;
        m_window.setPlace(MainWindow::Place::Inside);
        Session &session = m_window.session();
        const data::Samples &samples = session.data.dataset()->split(data::Split::Validation);
        for (const train::Answer &answer :
             session.run.evaluation(data::Split::Validation)->answers) {
            const std::int64_t steps = samples.steps(answer.sample);
            if (answer.sample >= kLookedThrough || steps < kFewestWords || steps > kMostWords
                || answer.label != answer.predicted || answer.confidence < kSureEnough)
                continue;
            session.selection.setSample({data::Split::Validation, answer.sample});
            break;
        }
        InsideModel *model = m_window.insidePlace().model();
        if (!waitFor([&] { return model->array("attention") && !model->waiting(); }, kPatience))
            return false;
        model->setAttention(0, 2);
        settle(800);
        return both(MainWindow::Place::Inside, QStringLiteral("inside-attention"));
    }

    /// Of the opinions a sentence that takes two words to turn, or the first one.
    bool foolWords()
    {
        SentenceModel *model = m_window.foolPlace().sentences();
        const auto samples = model->suggestions(kSentences);
        std::optional<SampleRef> chosen;
        const auto turned = [&](const SampleRef &sample) {
            model->useSample(sample);
            model->start();
            return waitFor([&] { return model->result() && !model->before().empty(); }, 30'000)
                   && model->result()->fooled;
        };
        for (const SampleRef &sample : samples) {
            if (!turned(sample)) continue;
            if (!chosen) chosen = sample;
            if (model->result()->changes.size() < 2) continue;
            chosen = sample;
            break;
        }
        return chosen && turned(*chosen)
               && both(MainWindow::Place::Fool, QStringLiteral("fool-words"));
    }

    bool fool()
    {
        m_window.setPlace(MainWindow::Place::Fool);
        FoolModel *model = m_window.foolPlace().model();
        if (!waitFor([&] { return model->result().has_value(); }, 30'000)) return false;
        chooseDog(model);
        model->startSweep(20);
        waitFor([&] { return !model->sweeping(); }, 60'000);
        waitFor([&] { return model->flip().has_value(); }, 5'000);
        const Honesty &honesty = *m_window.foolPlace().honesty();
        waitFor([&] { return !honesty.running(); }, kPatience);
        settle(1'500);
        return both(MainWindow::Place::Fool, QStringLiteral("fool")) && foolLive(model);
    }

    /// The attack on its way, paused.
    bool foolLive(FoolModel *model)
    {
        LiveAttack &live = model->live();
        model->watch(LiveAttack::Pace::Paused);
        for (std::size_t steps = 1; steps <= kWatchedSteps; ++steps) {
            if (!waitFor([&] { return live.seen().size() >= steps || !live.running(); }, 10'000))
                return false;
            live.stepOnce();
        }
        settle(300);
        const bool written = both(MainWindow::Place::Fool, QStringLiteral("fool-live"));
        live.cancel();
        return written;
    }

    /// What some studies find of the digits.
    bool studies()
    {
        FoolPlace &place = m_window.foolPlace();
        StudyModel *model = place.studies();
        model->setPictures(kStudied);
        bool written = true;
        for (const char *name : kStudies) {
            if (!robustness::findStudy(name)) continue;
            tell(QStringLiteral("ostrich: study %1").arg(QLatin1String(name)));
            place.showStudy(name);
            model->run(name);
            waitFor([&] { return !model->running(); }, kPatience);
            model->cancel(); // too slow a machine: what is known so far is shown
            written =
                written
                && both(MainWindow::Place::Fool, QStringLiteral("study-") + QLatin1String(name));
        }
        place.setPage(FoolPlace::Page::Sample);
        return written;
    }

    /// Of the first dogs that the network is sure of, the one that is taken for an ostrich most.
    void chooseDog(FoolModel *model)
    {
        const auto &test = m_window.session().run.evaluation(data::Split::Test);
        const auto &names = m_window.session().project.facts().classNames;
        const auto dogClass = std::ranges::find(names, "dog") - names.begin();
        std::vector<SampleRef> dogs;
        for (std::size_t i = 0; test && i < test->answers.size() && dogs.size() < kDogs; ++i) {
            const train::Answer &answer = test->answers[i];
            if (answer.label == dogClass && answer.predicted == answer.label
                && answer.confidence >= 0.95f)
                dogs.push_back({data::Split::Test, answer.sample});
        }
        std::optional<std::pair<float, SampleRef>> best;
        for (const SampleRef &dog : dogs) {
            model->useSample(dog);
            if (!waitFor([&] { return model->result().has_value(); }, 6'000)) continue;
            const float sure =
                model->result()->after.values[static_cast<std::size_t>(*model->options().target)];
            if (!best || sure > best->first) best = {sure, dog};
            if (sure >= kSureEnough) break;
        }
        if (best) model->useSample(best->second);
    }

    bool both(MainWindow::Place place, const QString &name)
    {
        m_window.setPlace(place);
        bool written = true;
        for (const ThemeChoice theme : {ThemeChoice::Light, ThemeChoice::Dark}) {
            Theme::instance().setChoice(theme, false);
            m_window.buildPlace().canvas()->fit();
            settle(350);
            const QString suffix =
                theme == ThemeChoice::Light ? QStringLiteral("light") : QStringLiteral("dark");
            const QString path =
                QDir(m_folder).filePath(QStringLiteral("%1-%2.png").arg(name, suffix));
            written = m_window.grab()
                          .scaled(kSize, Qt::IgnoreAspectRatio, Qt::SmoothTransformation)
                          .save(path)
                      && written;
        }
        if (!written)
            tell(QStringLiteral(
                     "ostrich: %1: the pictures could not be written. Choose another folder.")
                     .arg(m_folder));
        return written;
    }

    QString m_folder;
    MainWindow m_window;
};

} // namespace

int makeShots(const QString &folder)
{
    if (!QDir().mkpath(folder)) {
        tell(QStringLiteral("ostrich: %1: this folder cannot be made. Choose another one.")
                 .arg(folder));
        return 2;
    }
    QSettings().setValue(QStringLiteral("hintsSeen"), true);
    ShotMaker maker(folder);
    if (maker.run()) return 0;
    tell(QStringLiteral("ostrich: the pictures could not be made"));
    return 3;
}

} // namespace ostrich::ui
