// The pictures of Fool: animals, opinions and waves under attack, and what studies find of digits.
#include "fool/fool_model.hpp"
#include "fool/fool_place.hpp"
#include "fool/honesty.hpp"
#include "fool/sentence_model.hpp"
#include "fool/series_model.hpp"
#include "fool/studies/study_model.hpp"
#include "window/shot_maker.hpp"

#include <QDir>

#include <algorithm>
#include <array>

namespace ostrich::ui {

namespace {

constexpr std::size_t kDogs = 5;
constexpr float kSureEnough = 0.95f; // of the ostrich
constexpr int kSentences = 12;       // tried for the exchange of words
constexpr int kWatchedSteps = 6;     // of the attack that is paused
constexpr int kSwept = 12;           // samples of the curve
constexpr double kBeyondFlip = 1.5;  // epsilon of the series, in that which flips it
constexpr int kStudied = 30;         // samples of a study
constexpr std::int64_t kDraws = 200; // of noise, for a certificate
constexpr std::array kBesideOthers{"curves", "defences", "transfer"};
constexpr std::array kAlone{"norms",        "confidence", "classes", "corruptions",
                            "certificates", "surface",    "honesty"};
const QString kGuarded = QStringLiteral("digits-defended");
const QString kHiding = QStringLiteral("digits-hiding");

/// Enough to tell a defence from one that only hides.
void quickly(project::Project &project)
{
    project.data = "glyphs?train=3000&validation=300&test=300";
    project.recipe.epochs = 3;
    project.recipe.early_stopping = false;
}

void guardedProject(project::Project &project)
{
    quickly(project);
    project.recipe.defence = "fast";
}

void hidingProject(project::Project &project)
{
    quickly(project);
    project.recipe.defence = "masked";
}

void wavesProject(project::Project &project)
{
    project.data = "waveforms?count=1000";
    project.recipe.epochs = 8;
    project.recipe.early_stopping = false;
}

/// Animals at 64×64, few enough to be drawn and learned within a minute.
void animalsProject(project::Project &project)
{
    project.data = "menagerie?size=64&classes=dog,ostrich,horse,fish&train=400&"
                   "validation=120&test=120";
    project.recipe.epochs = 7;
    project.recipe.batch_size = 32;
    project.recipe.early_stopping = false;
}

} // namespace

/// Of the opinions a sentence that takes two words to turn, or the first one.
bool ShotMaker::foolWords()
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
    return chosen && turned(*chosen) && both(MainWindow::Place::Fool, QStringLiteral("fool-words"));
}

/// A wave within epsilon of being read as another one.
bool ShotMaker::foolSeries()
{
    tell(QStringLiteral("ostrich: training on waves for Fool"));
    if (!prepare(QStringLiteral("waveforms"), "conv1d", wavesProject)) return false;
    m_window.setPlace(MainWindow::Place::Fool);
    SeriesModel *model = m_window.foolPlace().series();
    if (!waitFor([&] { return model->result() && model->flip().epsilon(); }, 30'000)) return false;
    model->setEpsilon(std::min(kBeyondFlip * *model->flip().epsilon(), model->largestEpsilon()));
    settle(300);
    if (!waitFor([&] { return model->result().has_value(); }, 30'000)
        || !both(MainWindow::Place::Fool, QStringLiteral("fool-series")))
        return false;
    model->watch(LiveAttack::Pace::Paused);
    return foolLive(model->live(), QStringLiteral("fool-series-live"));
}

bool ShotMaker::foolPicture()
{
    tell(QStringLiteral("ostrich: training on the animals for Fool"));
    if (!prepare(QStringLiteral("menagerie"), "vgg-small", animalsProject)) return false;
    m_window.setPlace(MainWindow::Place::Fool);
    FoolModel *model = m_window.foolPlace().model();
    if (!waitFor([&] { return model->result().has_value(); }, 30'000)) return false;
    chooseDog(model);
    model->startSweep(kSwept);
    if (!waitFor([&] { return !model->sweeping(); }, kPatience)) return false;
    waitFor([&] { return model->flip().epsilon().has_value(); }, 5'000);
    const Honesty &honesty = *m_window.foolPlace().honesty();
    if (!waitFor([&] { return !honesty.running(); }, kPatience)) return false;
    settle(1'500);
    if (!both(MainWindow::Place::Fool, QStringLiteral("fool"))) return false;
    model->watch(LiveAttack::Pace::Paused);
    return foolLive(model->live(), QStringLiteral("fool-live"));
}

/// The attack, paused at its start, some steps later.
bool ShotMaker::foolLive(LiveAttack &live, const QString &name)
{
    for (std::size_t steps = 1; steps <= kWatchedSteps; ++steps) {
        if (!waitFor([&] { return live.seen().size() >= steps || !live.running(); }, 10'000))
            return false;
        live.stepOnce();
    }
    settle(300);
    const bool written = both(MainWindow::Place::Fool, name);
    live.cancel();
    return written;
}

/// The defended digits, and those that only hide: what studies set beside the ones at hand.
bool ShotMaker::guardedDigits()
{
    tell(QStringLiteral("ostrich: training digits that defend themselves"));
    return prepare(kGuarded, "lenet", guardedProject) && prepare(kHiding, "lenet", hidingProject);
}

bool ShotMaker::study(const std::string &name)
{
    FoolPlace &place = m_window.foolPlace();
    StudyModel *model = place.studies();
    tell(QStringLiteral("ostrich: study %1").arg(QString::fromStdString(name)));
    place.showStudy(name);
    model->run(name);
    return waitFor([&] { return !model->running() && !model->honesty().running(); }, kPatience)
           && both(MainWindow::Place::Fool,
                   QStringLiteral("study-") + QString::fromStdString(name));
}

/// What the studies find of the digits, the first of them beside the defended ones.
bool ShotMaker::studies()
{
    FoolPlace &place = m_window.foolPlace();
    StudyModel *model = place.studies();
    model->setPictures(kStudied);
    const auto set = [model](const char *study, const char *name, graph::ParameterValue value) {
        graph::Parameters parameters = model->parameters(study);
        parameters[name] = std::move(value);
        model->setParameters(study, parameters);
    };
    set("certificates", "n", kDraws);
    set("norms", "attacks", std::string("deepfool"));
    if (!model->addProject(projectPath(kGuarded)) || !model->addProject(projectPath(kHiding)))
        return false;
    model->addFilter({.filter = "jpeg"});
    if (!std::ranges::all_of(kBesideOthers, [this](const char *name) { return study(name); }))
        return false;
    for (std::size_t other = 1; other < model->networks().size(); ++other)
        model->setChosen(other, false);
    if (!std::ranges::all_of(kAlone, [this](const char *name) { return study(name); }))
        return false;
    place.setPage(FoolPlace::Page::Sample);
    return true;
}

/// Of the first dogs that the network is sure of, the one that is taken for an ostrich most.
void ShotMaker::chooseDog(FoolModel *model)
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

} // namespace ostrich::ui
