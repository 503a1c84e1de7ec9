// The curve over many test pictures, on a thread of its own.
#include "fool/fool_model.hpp"
#include "model/session.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace ostrich::ui {

QString FoolModel::sweepObstacle() const
{
    if (!isHeld())
        return tr("This attack is held by limits of its own, not by ε: there is no curve over ε.");
    if (!m_defence && readsNone())
        return tr("The network reads none of the test pictures even before an attack: its curve "
                  "would lie at 0 from one end to the other.");
    return {};
}

void FoolModel::startSweep(int pictures)
{
    const auto dataset = m_session->data.dataset();
    if (!hasNetwork() || !dataset) return;
    if (const QString why = sweepObstacle(); !why.isEmpty()) {
        emit statusMessage(why, true);
        return;
    }
    if (usesSurrogate() && m_surrogate.problem()) return tell(*m_surrogate.problem());
    const auto &samples = dataset->split(data::Split::Test);
    std::vector<std::int64_t> indices(
        static_cast<std::size_t>(std::min<std::int64_t>(pictures, samples.count())));
    std::iota(indices.begin(), indices.end(), 0);
    m_sweep.clear();
    m_sweepPictures = static_cast<int>(indices.size());
    m_sweeping = true;
    m_sweepWanted = 0;
    if (usesSurrogate() && m_surrogate.isReading()) { // it begins when that has ended
        m_sweepWanted = pictures;
        emit sweepChanged();
        return;
    }
    ++m_sweepSerial;
    emit sweepChanged();
    m_sweeper.run(sweepJob(std::move(indices)));
}

/// What is done on the worker.
Background::Job FoolModel::sweepJob(std::vector<std::int64_t> indices)
{
    const attack::AttackOptions options = sweepOptions();
    std::vector<double> epsilons;
    for (const double share :
         {0.0, 1.0 / 16, 1.0 / 8, 3.0 / 16, 1.0 / 4, 3.0 / 8, 1.0 / 2, 3.0 / 4, 1.0})
        epsilons.push_back(share * largestEpsilon());
    return [this, subject = m_subject, dataset = m_session->data.dataset(),
            indices = std::move(indices), options, epsilons,
            serial = m_sweepSerial](std::stop_token stop) -> Background::Finish {
        const auto later = [this, serial](auto &&work) {
            const auto ifCurrent = [this, serial, work] {
                if (serial == m_sweepSerial) work();
            };
            QMetaObject::invokeMethod(this, ifCurrent, Qt::QueuedConnection);
        };
        const auto onPoint = [this, later](const attack::SweepPoint &point) {
            later([this, point] {
                m_sweep.push_back(point);
                emit sweepChanged();
            });
        };
        const auto progress = [this, later](double fraction) {
            later([this, fraction] { emit sweepProgressed(fraction); });
        };
        auto points = attack::sweep(subject, dataset->split(data::Split::Test), indices, options,
                                    epsilons, onPoint, progress, stop);
        if (stop.stop_requested()) return {};
        return [this, points = std::move(points)] { takeSweep(points); };
    };
}

void FoolModel::takeSweep(const Result<std::vector<attack::SweepPoint>> &points)
{
    ++m_sweepSerial;
    m_sweeping = false;
    if (points)
        m_sweep = *points;
    else
        tell(points.error());
    emit sweepProgressed(-1.0);
    emit sweepChanged();
    if (points) emit sweepFinished();
}

attack::AttackOptions FoolModel::sweepOptions() const
{
    attack::AttackOptions options = m_options;
    options.target.reset(); // how often is it right, whatever the wrong answer
    return options;
}

void FoolModel::cancelSweep()
{
    m_sweeper.cancel();
    m_sweepWanted = 0;
    ++m_sweepSerial;
    m_sweeping = false;
    emit sweepProgressed(-1.0);
    emit sweepChanged();
}

void FoolModel::clearSweep()
{
    if (m_sweeping) cancelSweep();
    m_sweep.clear();
    m_sweepPictures = 0;
    emit sweepChanged();
}

} // namespace ostrich::ui
