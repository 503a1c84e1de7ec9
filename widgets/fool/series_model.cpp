// Attacks on a series in the background.
#include "fool/series_model.hpp"

#include "fool/attack_options.hpp"
#include "fool/epsilon_text.hpp"
#include "fool/fool_model.hpp"
#include "model/session.hpp"
#include "theme/theme.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace ostrich::ui {

namespace {

/// The least of 1, 2, 4, 5, 8, 10, 20 ... that is not below `value`.
double roundUp(double value)
{
    const double ten = std::pow(10.0, std::floor(std::log10(value)));
    for (const double digit : {1.0, 2.0, 4.0, 5.0, 8.0})
        if (value <= digit * ten * (1.0 + 1e-9)) return digit * ten;
    return 10.0 * ten;
}

} // namespace

SeriesModel::SeriesModel(Session *session, FoolModel *fool, QObject *parent)
    : QObject(parent), m_session(session), m_fool(fool)
{
    m_options.epsilon = usualEpsilon(m_options, {});
    connect(fool, &FoolModel::pictureChanged, this, &SeriesModel::follow);
    connect(fool, &FoolModel::optionsChanged, this, &SeriesModel::followSurrogate);
    connect(&m_surrogate, &Surrogate::ended, this, [this] {
        if (usesSurrogate()) attackNow();
    });
    connect(&session->run, &RunModel::stateChanged, this, [this] {
        if (!m_network) emit seriesChanged(); // it may say something else of what to do
    });
    connect(&m_live, &LiveAttack::ended, this, &SeriesModel::take);
    connect(&m_live, &LiveAttack::failed, this, [this](const Error &error) {
        dropResult();
        emit statusMessage(sentence(error), true);
    });
    connect(&m_live, &LiveAttack::cancelled, this, &SeriesModel::dropResult);
}

QString SeriesModel::obstacle() const
{
    return m_fool->networkObstacle();
}

/// The network at hand may be another one.
void SeriesModel::follow()
{
    const bool isMine = m_fool->reads() == FoolModel::Reads::Series;
    const engine::ModelHandle network = isMine ? m_fool->subject().model : nullptr;
    if (network == m_network) return;
    if (m_sample) {
        m_own = m_series;
        m_ownSample = m_sample;
    }
    m_network = network;
    m_surrogate.forget();
    m_live.cancel();
    if (!network) return drop();
    const auto &facts = m_session->data.dataset()->facts;
    const bool isKnown = facts == m_known;
    m_known = facts;
    if (!isKnown) m_options.target.reset(); // of other classes
    const auto first = firstSample();
    if (!first) return drop();
    become(*first);
    if (!isKnown) m_options.epsilon = std::min(usualEpsilon(m_options, facts), largestEpsilon());
    emit optionsChanged();
    emit seriesChanged();
    attackNow();
}

/// That of before, where the data still have it; else one that the network reads rightly.
std::optional<SampleRef> SeriesModel::firstSample() const
{
    if (m_ownSample) {
        const data::Samples &samples = m_session->data.dataset()->split(m_ownSample->split);
        if (m_ownSample->index < samples.count() && samples.sample(m_ownSample->index) == m_own)
            return m_ownSample;
    }
    const auto first = suggestions(1);
    return first.empty() ? std::nullopt : std::optional(first.front());
}

void SeriesModel::drop()
{
    m_series = {};
    m_sample.reset();
    forget();
    emit seriesChanged();
}

/// No attack has ended of these settings.
void SeriesModel::dropResult()
{
    m_result.reset();
    emit resultChanged();
}

/// What was found is of another series or network.
void SeriesModel::forget()
{
    m_live.forget();
    m_result.reset();
    m_flip.forget();
}

std::vector<SampleRef> SeriesModel::suggestions(int count) const
{
    return m_network ? m_fool->suggestions(count) : std::vector<SampleRef>();
}

std::optional<std::int64_t> SeriesModel::label() const
{
    const auto dataset = m_session->data.dataset();
    if (!dataset || !m_sample) return {};
    return dataset->split(m_sample->split).labels[static_cast<std::size_t>(m_sample->index)];
}

void SeriesModel::become(const SampleRef &sample)
{
    forget();
    m_series = m_session->data.dataset()->split(sample.split).sample(sample.index);
    m_sample = sample;
    m_options.epsilon = std::min(m_options.epsilon, largestEpsilon()); // series differ in length
}

void SeriesModel::useSample(const SampleRef &sample)
{
    if (!m_session->data.dataset() || !m_network) return;
    become(sample);
    emit optionsChanged();
    emit seriesChanged();
    attackNow();
}

/// A deviation at every value in L∞; in the other norms what is as strange to the eye.
double SeriesModel::largestEpsilon() const
{
    if (m_series.empty()) return 1.0;
    const auto values = static_cast<double>(m_series.values.size());
    switch (m_options.norm) {
    case attack::Norm::Linf:
        return 1.0;
    case attack::Norm::L2:
        return roundUp(0.5 * std::sqrt(values));
    case attack::Norm::L1:
        return roundUp(0.25 * values);
    case attack::Norm::L0:
        return std::max(1.0, std::round(values / 2.0));
    }
    return 1.0;
}

void SeriesModel::setOptions(const attack::AttackOptions &options)
{
    if (options == m_options) return;
    const attack::AttackOptions before = m_options;
    const auto dataset = m_session->data.dataset();
    m_options = wantedAfter(before, options, dataset ? dataset->facts : graph::DataFacts());
    m_options.epsilon = std::min(m_options.epsilon, largestEpsilon());
    if (m_options.norm == attack::Norm::L0)
        m_options.epsilon = std::max(1.0, std::round(m_options.epsilon));
    if (!sameButEpsilon(before, m_options)) m_flip.forget();
    emit optionsChanged();
    attackNow(); // its noise is of another size, too
}

void SeriesModel::setEpsilon(double epsilon)
{
    attack::AttackOptions options = m_options;
    options.epsilon = epsilon;
    setOptions(options);
}

bool SeriesModel::usesSurrogate() const
{
    const auto *described = attack::describedAttack(m_options.attack);
    return described && described->usesSurrogate;
}

/// Another one may have been chosen.
void SeriesModel::followSurrogate()
{
    const auto other = usesSurrogate() ? m_fool->surrogateFolder() : std::nullopt;
    if (!other || *other == m_surrogate.folder()) return;
    m_flip.forget();
    dropResult(); // made on the former one
    emit optionsChanged();
    attackNow();
}

/// False: there is no network, no series, or the other network is still being read or cannot be
/// (told).
bool SeriesModel::canAttack()
{
    if (!m_network || m_series.empty()) return false;
    const auto other = usesSurrogate() ? m_fool->surrogateFolder() : std::nullopt;
    if (!other) return true; // or the attack says that it lacks one
    m_surrogate.read(*other);
    const auto &problem = m_surrogate.problem();
    if (!m_surrogate.isReading() && !problem) return true;
    m_live.cancel(); // no attack at hand is of these options
    dropResult();
    if (problem) emit statusMessage(sentence(*problem), true);
    return false;
}

LiveAttack::Request SeriesModel::request() const
{
    attack::Subject subject(m_network);
    if (usesSurrogate()) subject.surrogate = m_surrogate.classifier();
    return {std::move(subject), m_series, label(), m_options};
}

void SeriesModel::attackNow()
{
    if (canAttack()) m_live.start(request(), LiveAttack::Pace::Fast, true);
}

void SeriesModel::watch(LiveAttack::Pace pace)
{
    if (canAttack()) m_live.start(request(), pace, false);
}

void SeriesModel::take(const attack::AttackResult &result)
{
    m_result = result;
    m_resultOptions = m_options;
    emit resultChanged();
    m_flip.seek(request(), largestEpsilon()); // only now: the attack is what is looked at
}

} // namespace ostrich::ui
