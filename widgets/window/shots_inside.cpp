// The pictures of Inside: an LSTM that recalls, a transformer that reads opinions.
#include "inside/inside_model.hpp"
#include "inside/inside_place.hpp"
#include "window/shot_maker.hpp"

#include <algorithm>

namespace ostrich::ui {

namespace {

constexpr float kSureEnough = 0.95f;                      // of the opinion
constexpr std::int64_t kFewestWords = 8, kMostWords = 10; // of the sentence for attention
constexpr int kLookedThrough = 60;
constexpr std::ptrdiff_t kLongest = 24; // steps from the marked letter to the end

void recallProject(project::Project &project)
{
    project.recipe.epochs = 6;
    project.recipe.early_stopping = false;
}

void opinionsProject(project::Project &project)
{
    project.recipe.epochs = 6;
    project.recipe.early_stopping = false;
}

} // namespace

/// Of an LSTM that learns to recall a letter, trained before our eyes: its depth by epoch.
bool ShotMaker::insideLstm()
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
void ShotMaker::chooseRecall()
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

bool ShotMaker::insideAttention()
{
    tell(QStringLiteral("ostrich: training on opinions for Inside"));
    if (!prepare(QStringLiteral("opinions"), "transformer-encoder", opinionsProject)) return false;
    m_window.setPlace(MainWindow::Place::Inside);
    Session &session = m_window.session();
    const data::Samples &samples = session.data.dataset()->split(data::Split::Validation);
    for (const train::Answer &answer : session.run.evaluation(data::Split::Validation)->answers) {
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

} // namespace ostrich::ui
