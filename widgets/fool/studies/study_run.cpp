// Running one study in the background, and the checklist after it.
#include "fool/studies/study_model.hpp"

#include "fool/attack_options.hpp"
#include "fool/honesty.hpp"
#include "model/session.hpp"
#include "theme/theme.hpp"

#include <algorithm>
#include <numeric>

namespace ostrich::ui {

namespace {

/// What `study` goes by: the fields that are shown with it. A class is aimed at where one sample is
/// looked at.
attack::AttackOptions heeded(const attack::AttackOptions &all,
                             const robustness::StudyDescription &study)
{
    if (study.heeds != robustness::Heeds::Attack) return ballOf(all);
    attack::AttackOptions options = all;
    if (!study.single) options.target.reset();
    return options;
}

} // namespace

robustness::StudyRequest StudyModel::request(const robustness::StudyDescription &study) const
{
    robustness::StudyRequest request;
    request.dataset = m_session->data.dataset();
    request.attack = heeded(m_attack, study);
    request.parameters = parameters(study.name);
    if (study.single && hasSample()) request.sample = m_sample;
    request.indices.resize(static_cast<std::size_t>(std::min(m_pictures, allPictures())));
    std::iota(request.indices.begin(), request.indices.end(), 0);
    return request;
}

void StudyModel::cancel()
{
    if (!running()) return;
    const std::string study = m_running;
    m_background.cancel();
    if (!bringFormerBack(study)) m_stopped.insert(study);
    end();
    emit findingsChanged(study);
}

/// Half of an answer is none: what was found before it is there again.
bool StudyModel::bringFormerBack(const std::string &study)
{
    m_findings.erase(study);
    return m_findings.insert(std::move(m_former)).inserted;
}

void StudyModel::end()
{
    ++m_serial;
    m_running.clear();
    m_former = {};
    emit stateChanged();
}

void StudyModel::begin(const std::string &study)
{
    m_running = study;
    m_progress = 0.0;
    m_former = m_findings.extract(study);
    m_problems.erase(study);
    m_stopped.erase(study);
    ++m_serial;
    emit stateChanged();
    emit findingsChanged(study);
}

void StudyModel::take(const std::string &study, const robustness::StudyRequest &request,
                      const robustness::Findings &findings)
{
    m_findings[study] = findings;
    m_sampleOf.erase(study);
    if (request.sample) m_sampleOf[study] = request.sample->x;
    if (study == Honesty::kStudy) m_honesty.learn(request, findings);
    end();
    emit findingsChanged(study);
    if (robustness::findStudy(study)->description().isEvaluation)
        m_honesty.follow(study, request, parameters(Honesty::kStudy));
}

std::string StudyModel::honestyOf(std::size_t network, const std::string &name)
{
    return network == 0 ? Honesty::kStudy : std::string(Honesty::kStudy) + ": " + name;
}

/// The networks' names stand above what was found, where they are several.
void StudyModel::takeHonesty(const std::string &study)
{
    const auto answers = m_honesty.answers(study);
    std::erase_if(m_findings, [](const auto &each) {
        return each.first.starts_with(std::string(Honesty::kStudy) + ": ");
    });
    for (std::size_t i = 0; i < answers.size(); ++i) {
        if (!answers[i].findings) continue;
        const std::string name = honestyOf(i, answers[i].network);
        robustness::Findings &known = m_findings[name] = *answers[i].findings;
        if (answers.size() > 1)
            known.sentences.insert(known.sentences.begin(), {answers[i].network, {}});
        emit findingsChanged(name);
    }
}

void StudyModel::giveUp(const std::string &study, const Error &error)
{
    const QString why = sentence(error);
    if (bringFormerBack(study))
        emit statusMessage(why, true); // in whose place it would be said
    else
        m_problems[study] = why;
    end();
    emit findingsChanged(study);
}

void StudyModel::run(const std::string &study)
{
    cancel();
    m_honesty.cancel();
    begin(study);
    m_background.run(job(study));
}

/// What is done on the worker.
Background::Job StudyModel::job(const std::string &study)
{
    std::vector<StudyNetwork> chosen;
    std::ranges::copy_if(m_networks, std::back_inserter(chosen), &StudyNetwork::isChosen);
    return [this, study, serial = m_serial, chosen, atHand = m_session->run.model(),
            request = request(robustness::findStudy(study)->description())](
               std::stop_token stop) mutable -> Background::Finish {
        const auto later = [this, serial](auto &&work) {
            const auto isCurrent = [this, serial, work] {
                if (serial == m_serial) work();
            };
            QMetaObject::invokeMethod(this, isCurrent, Qt::QueuedConnection);
        };
        const auto failed = [this, study](const Error &error) -> Background::Finish {
            return [this, study, error] { giveUp(study, error); };
        };
        auto subjects = openNetworks(chosen, atHand, request.dataset->facts);
        if (!subjects) return failed(subjects.error());
        request.subjects = std::move(*subjects);
        robustness::StudyWatcher watcher;
        watcher.progress = [&](double fraction) {
            later([this, fraction] {
                m_progress = fraction;
                emit stateChanged();
            });
        };
        watcher.partial = [&](const robustness::Findings &known) {
            later([this, study, known] {
                m_findings[study] = known;
                emit findingsChanged(study);
            });
        };
        const auto findings = robustness::study(study, request, watcher, stop);
        if (stop.stop_requested()) return {};
        if (!findings) return failed(findings.error());
        return [this, study, request, findings = *findings] { take(study, request, findings); };
    };
}

} // namespace ostrich::ui
