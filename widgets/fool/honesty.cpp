// Asking the study of honesty about the attack and the network of the curve.
#include "fool/honesty.hpp"

#include "fool/fool_model.hpp"
#include "model/session.hpp"
#include "theme/theme.hpp"

#include <algorithm>
#include <numeric>

namespace ostrich::ui {

namespace {

constexpr int kMostPictures = 100; // a list that answers while one looks at the curve
constexpr int kThreads = 2;

} // namespace

Honesty::Honesty(Session *session, FoolModel *model, QObject *parent)
    : QObject(parent), m_session(session), m_model(model), m_background(kThreads)
{
    connect(model, &FoolModel::sweepFinished, this, &Honesty::check);
    connect(model, &FoolModel::sweepChanged, this, [this] {
        if (m_model->sweep().empty()) forget(); // of another attack or network
    });
}

void Honesty::forget()
{
    if (!m_running && !m_findings && m_problem.isEmpty()) return;
    cancel();
    m_findings.reset();
    m_problem.clear();
    emit changed();
}

void Honesty::cancel()
{
    m_background.cancel();
    ++m_serial;
    if (m_running) m_findings.reset(); // half of a list is none
    m_running = false;
    emit changed();
}

void Honesty::check()
{
    const auto dataset = m_session->data.dataset();
    if (!dataset || !m_model->subject().classifier) return;
    robustness::StudyRequest request;
    request.subjects = {m_model->subject()};
    request.dataset = dataset;
    request.attack = m_model->sweepOptions();
    request.indices.resize(
        static_cast<std::size_t>(std::min(kMostPictures, m_model->sweepPictures())));
    std::iota(request.indices.begin(), request.indices.end(), 0);
    m_findings.reset();
    m_problem.clear();
    m_progress = 0.0;
    m_running = true;
    const int serial = ++m_serial;
    emit changed();
    m_background.run(
        [this, request = std::move(request), serial](std::stop_token stop) -> Background::Finish {
            const auto later = [this, serial](auto &&work) {
                QMetaObject::invokeMethod(
                    this,
                    [this, serial, work] {
                        if (serial != m_serial || !m_running) return;
                        work();
                        emit changed();
                    },
                    Qt::QueuedConnection);
            };
            robustness::StudyWatcher watcher;
            watcher.progress = [&](double fraction) {
                later([this, fraction] { m_progress = fraction; });
            };
            watcher.partial = [&](const robustness::Findings &known) {
                later([this, known] { m_findings = known; });
            };
            auto findings = robustness::study(kStudy, request, watcher, stop);
            if (stop.stop_requested()) return {};
            return [this, findings = std::move(findings)] {
                m_running = false;
                if (findings)
                    m_findings = *findings;
                else
                    m_problem = sentence(findings.error());
                emit changed();
            };
        });
}

} // namespace ostrich::ui
