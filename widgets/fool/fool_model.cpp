// Attacks in the background, newest request wins.
#include "fool/fool_model.hpp"

#include "fool/attack_options.hpp"
#include "model/session.hpp"
#include "theme/theme.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

namespace ostrich::ui {

namespace {

constexpr double kLargestColour = 16.0 / 255.0; // the eye sees more than that in a photograph
constexpr double kLargestGrey = 80.0 / 255.0;   // digits bear more
constexpr double kLargestL2 = 4.0, kLargestL1 = 48.0, kLargestL0 = 64.0; // of small pictures
constexpr std::int64_t kSmallPicture = 64; // pixels wide; lengths grow with the width

} // namespace

FoolModel::FoolModel(Session *session, QObject *parent)
    : QObject(parent), m_session(session), m_opener(1), m_sweeper(2)
{
    connect(&m_live, &LiveAttack::ended, this, &FoolModel::takeResult);
    connect(&m_live, &LiveAttack::failed, this, [this](const Error &error) {
        dropResult();
        tell(error);
    });
    connect(&m_live, &LiveAttack::cancelled, this, &FoolModel::dropResult);
    connect(&m_surrogate, &Surrogate::ended, this, &FoolModel::takeSurrogate);
    connect(&m_file, &ScriptNetwork::opened, this, &FoolModel::modelChanged);
    connect(&m_file, &ScriptNetwork::failed, this, [this](const Error &error) {
        tell(error);
        emit networkChanged();
    });
    connect(&session->run, &RunModel::evaluated, this, &FoolModel::modelChanged);
    connect(&session->run, &RunModel::stateChanged, this, &FoolModel::follow);
    connect(&session->run, &RunModel::runsChanged, this, &FoolModel::networkChanged);
    connect(&session->project, &ProjectModel::dataChanged, this, &FoolModel::follow);
    connect(&session->data, &DataModel::loaded, this, &FoolModel::follow);
}

void FoolModel::tell(const Error &error)
{
    emit statusMessage(sentence(error), true);
}

double FoolModel::largestEpsilon() const
{
    const bool any = m_picture.shape.size() == 3;
    const double times =
        any ? std::max(1.0, static_cast<double>(m_picture.dim(2)) / kSmallPicture) : 1.0;
    switch (m_options.norm) {
    case attack::Norm::Linf:
        return any && m_picture.dim(0) == 1 ? kLargestGrey : kLargestColour;
    case attack::Norm::L2:
        return times > 1.0 ? 2.0 * kLargestL2 : kLargestL2;
    case attack::Norm::L1:
        return std::round(times) * kLargestL1;
    case attack::Norm::L0:
        return std::round(times) * kLargestL0;
    }
    return kLargestColour;
}

void FoolModel::setOptions(const attack::AttackOptions &options)
{
    if (options == m_options) return;
    const auto dataset = m_session->data.dataset();
    const attack::AttackOptions wanted =
        wantedAfter(m_options, options, dataset ? dataset->facts : graph::DataFacts());
    const bool otherAttack = !sameButEpsilon(wanted, m_options);
    const auto noiseOf = [](const attack::AttackOptions &of) {
        return std::tuple(of.norm, of.epsilon, of.seed);
    };
    const bool otherNoise = noiseOf(m_options) != noiseOf(wanted);
    m_options = wanted;
    if (otherAttack) {
        m_flip.forget();
        clearSweep();
        becomeSubject();
    }
    emit optionsChanged();
    attackNow(otherNoise);
}

void FoolModel::setEpsilon(double epsilon)
{
    attack::AttackOptions options = m_options;
    options.epsilon = epsilon;
    setOptions(options);
}

bool FoolModel::isHeld() const
{
    return ui::isHeld(m_options);
}

bool FoolModel::canAttack()
{
    if (!hasNetwork() || m_picture.empty()) return false;
    const auto &problem = m_surrogate.problem();
    if (!usesSurrogate() || (!m_surrogate.isReading() && !problem)) return true;
    m_live.cancel(); // no attack at hand is of these options
    dropResult();
    if (problem) tell(*problem);
    return false;
}

void FoolModel::dropResult()
{
    m_result.reset();
    emit resultChanged();
}

LiveAttack::Request FoolModel::request() const
{
    return {m_subject, m_picture, m_label, m_options};
}

void FoolModel::attackNow(bool isOther)
{
    if (canAttack()) m_live.start(request(), LiveAttack::Pace::Fast, isOther);
}

void FoolModel::watch(LiveAttack::Pace pace)
{
    if (canAttack()) m_live.start(request(), pace, false);
}

void FoolModel::takeResult(const attack::AttackResult &result)
{
    m_result = result;
    m_resultOptions = m_options;
    emit resultChanged();
    // Only now: the attack at hand is what is looked at.
    if (hasNetwork() && !m_picture.empty()) m_flip.seek(request(), largestEpsilon());
}

} // namespace ostrich::ui
