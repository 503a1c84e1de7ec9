// The settings of studies, and what was found.
#include "fool/studies/study_model.hpp"

#include "fool/attack_options.hpp"
#include "fool/epsilon_text.hpp"
#include "model/session.hpp"
#include "theme/theme.hpp"

#include <algorithm>

namespace ostrich::ui {

namespace {

constexpr int kAllCores = 0;

} // namespace

StudyModel::StudyModel(Session *session, QObject *parent)
    : QObject(parent), m_session(session), m_background(kAllCores)
{
    connect(&session->run, &RunModel::evaluated, this, &StudyModel::refreshNetworks);
    connect(&session->run, &RunModel::stateChanged, this, &StudyModel::refreshNetworks);
    connect(&session->run, &RunModel::runsChanged, this, &StudyModel::refreshNetworks);
    connect(&session->data, &DataModel::loaded, this, &StudyModel::followData);
    connect(&session->project, &ProjectModel::replaced, this, &StudyModel::becomeAnother);
    connect(&session->project, &ProjectModel::dataChanged, this, &StudyModel::refreshNetworks);
    connect(&m_honesty, &StudyHonesty::answered, this, &StudyModel::takeHonesty);
    refreshNetworks();
}

graph::DataFacts StudyModel::facts() const
{
    const auto dataset = m_session->data.dataset();
    return dataset ? dataset->facts : graph::DataFacts();
}

QString StudyModel::obstacle(const robustness::StudyDescription &study) const
{
    const auto dataset = m_session->data.dataset();
    if (!dataset) return tr("The data are still being loaded.");
    if (dataset->facts.input.isTokens())
        return tr("A study changes numbers a little; words cannot be changed so. Choose pictures "
                  "or series as data, and train on them.");
    const data::Samples &test = dataset->split(data::Split::Test);
    if (study.picturesOnly && !test.pictures())
        return tr("This study is about pictures. The data of this project are none.");
    if (test.labels.empty())
        return tr("A study needs data whose samples each belong to one class.");
    const QString noNetwork = networkObstacle();
    if (!noNetwork.isEmpty()) return noNetwork;
    return study.single && hasSample() ? QString() : futility();
}

QString StudyModel::networkObstacle() const
{
    const RunModel &run = m_session->run;
    if (std::ranges::any_of(m_networks, &StudyNetwork::isChosen)) return {};
    if (!m_networks.empty()) return tr("Tick at least one network.");
    if (run.running())
        return tr("The network is still learning. When the run ends, it can be studied here.");
    if (run.measuring()) return tr("The run has ended. Its best weights are being measured…");
    return tr("Train a network first: press Play. Then come back and study it.");
}

QString StudyModel::futility() const
{
    const RunModel &run = m_session->run;
    const auto &evaluation = run.evaluation(data::Split::Test);
    const bool isAlone = std::ranges::count(m_networks, true, &StudyNetwork::isChosen) == 1
                         && m_networks.front().isChosen
                         && m_networks.front().origin == StudyNetwork::Origin::AtHand;
    if (!isAlone || !evaluation || evaluation->answers.empty()) return {};
    const auto isRight = [](const train::Answer &answer) {
        return answer.predicted == answer.label;
    };
    if (std::ranges::any_of(evaluation->answers, isRight)) return {};
    const bool isImported = run.summary() && run.summary()->stopped_by == train::kImported;
    return isImported && facts().input.isMaps()
               ? tr("This network reads none of the test pictures rightly, so there is nothing to "
                    "fool. Bring photographs: choose a folder of your own as data, with a folder "
                    "for each class within it. Or open one photograph in One picture, and draw "
                    "its map.")
               : tr("This network reads none of the test samples rightly, so there is nothing to "
                    "fool. Train it longer, or choose another one.");
}

/// Even on the same data: findings are of the networks of a document.
void StudyModel::becomeAnother()
{
    m_data.reset();
    forget();
    followData();
}

void StudyModel::followData()
{
    const auto dataset = m_session->data.dataset();
    if (!dataset) return refreshNetworks();
    // Another seed draws other samples from the same source.
    std::pair now(dataset->source, m_session->project.project().recipe.seed);
    if (now == m_data) return refreshNetworks();
    m_data = std::move(now);
    m_attack.epsilon = usualEpsilon(m_attack, dataset->facts);
    m_attack.target.reset();
    forget();
    emit settingsChanged();
}

void StudyModel::forget()
{
    cancel();
    m_findings.clear();
    m_problems.clear();
    m_stopped.clear();
    m_sampleOf.clear();
    m_honesty.forget();
    m_added.clear();
    refreshNetworks();
    for (const auto &study : robustness::studies()) emit findingsChanged(study->description().name);
}

int StudyModel::allPictures() const
{
    const auto dataset = m_session->data.dataset();
    return dataset ? static_cast<int>(dataset->split(data::Split::Test).count()) : 0;
}

void StudyModel::setPictures(int count)
{
    if (count == m_pictures) return;
    m_pictures = count;
    emit settingsChanged();
}

void StudyModel::setAttack(const attack::AttackOptions &options)
{
    takeAttack(wantedAfter(m_attack, options, facts()));
}

void StudyModel::takeAttack(const attack::AttackOptions &options)
{
    if (options == m_attack) return;
    m_attack = options;
    emit settingsChanged();
}

void StudyModel::setSample(const std::optional<robustness::StudySample> &sample)
{
    m_sample = sample;
    emit sampleChanged();
}

bool StudyModel::hasSample() const
{
    const auto dataset = m_session->data.dataset();
    if (!m_sample || !dataset) return false;
    const data::Samples &test = dataset->split(data::Split::Test);
    const auto &shape = m_sample->x.shape;
    return shape.size() == test.sampleShape.size() + (test.sequences() ? 1 : 0)
           && std::equal(test.sampleShape.rbegin(), test.sampleShape.rend(), shape.rbegin());
}

bool StudyModel::isOfAnotherSample(const robustness::StudyDescription &study) const
{
    const auto of = m_sampleOf.find(study.name);
    return of != m_sampleOf.end() && m_sample && of->second != m_sample->x;
}

graph::Parameters StudyModel::parameters(const std::string &study) const
{
    const auto known = m_parameters.find(study);
    return known == m_parameters.end() ? graph::Parameters() : known->second;
}

void StudyModel::setParameters(const std::string &study, const graph::Parameters &parameters)
{
    m_parameters[study] = parameters;
}

const robustness::Findings *StudyModel::findings(const std::string &study) const
{
    const auto known = m_findings.find(study);
    return known == m_findings.end() ? nullptr : &known->second;
}

bool StudyModel::hasFindings() const
{
    return std::ranges::any_of(m_findings,
                               [this](const auto &each) { return each.first != m_running; });
}

QString StudyModel::problem(const std::string &study) const
{
    const auto known = m_problems.find(study);
    return known == m_problems.end() ? QString() : known->second;
}

} // namespace ostrich::ui
