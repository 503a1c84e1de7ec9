// Asking the study of honesty about each network in its turn.
#include "fool/studies/study_honesty.hpp"

#include "fool/attack_options.hpp"
#include "fool/honesty.hpp"
#include "theme/theme.hpp"

#include <algorithm>
#include <utility>

namespace ostrich::ui {

namespace {

constexpr int kAllCores = 0;

/// For each subject one in which it stands first.
std::vector<robustness::StudyRequest> oneByOne(const robustness::StudyRequest &request,
                                               const graph::Parameters &parameters)
{
    std::vector<robustness::StudyRequest> each;
    for (std::size_t i = 0; i < request.subjects.size(); ++i) {
        robustness::StudyRequest &one = each.emplace_back(request);
        std::ranges::rotate(one.subjects, one.subjects.begin() + static_cast<std::ptrdiff_t>(i));
        one.attack = ballOf(request.attack);
        one.parameters = parameters;
    }
    return each;
}

} // namespace

StudyHonesty::StudyHonesty(QObject *parent) : QObject(parent), m_background(kAllCores) {}

StudyHonesty::Question StudyHonesty::questionOf(const robustness::StudyRequest &request)
{
    Question question{.networks = {},
                      .attack = request.attack,
                      .parameters = request.parameters,
                      .indices = request.indices};
    for (const attack::Subject &subject : request.subjects)
        question.networks.push_back(subject.name);
    return question;
}

const StudyHonesty::Known *StudyHonesty::known(const Question &question) const
{
    const auto found = std::ranges::find(m_known, question, &Known::question);
    return found == m_known.end() ? nullptr : &*found;
}

void StudyHonesty::follow(const std::string &study, const robustness::StudyRequest &request,
                          const graph::Parameters &parameters)
{
    m_asked[study] = oneByOne(request, parameters);
    begin(study);
}

void StudyHonesty::followAgain(const std::string &study)
{
    if (m_asked.contains(study)) begin(study);
}

void StudyHonesty::begin(const std::string &study)
{
    cancel();
    m_last = study;
    std::vector<robustness::StudyRequest> unknown;
    std::ranges::copy_if(m_asked[study], std::back_inserter(unknown),
                         [this](const auto &request) { return !known(questionOf(request)); });
    if (unknown.empty()) {
        emit changed();
        emit answered(study);
        return;
    }
    m_running = study;
    m_progress = 0.0;
    emit changed();
    m_background.run(job(std::move(unknown)));
}

/// What is done on the worker.
Background::Job StudyHonesty::job(std::vector<robustness::StudyRequest> requests)
{
    return [this, requests = std::move(requests),
            serial = m_serial](std::stop_token stop) -> Background::Finish {
        const auto later = [this, serial](auto &&work) {
            const auto isCurrent = [this, serial, work] {
                if (serial != m_serial) return;
                work();
                emit changed();
            };
            QMetaObject::invokeMethod(this, isCurrent, Qt::QueuedConnection);
        };
        const auto all = static_cast<double>(requests.size());
        for (std::size_t i = 0; i < requests.size(); ++i) {
            robustness::StudyWatcher watcher;
            watcher.progress = [&](double fraction) {
                const double done = (static_cast<double>(i) + fraction) / all;
                later([this, done] { m_progress = done; });
            };
            auto findings = robustness::study(Honesty::kStudy, requests[i], watcher, stop);
            if (stop.stop_requested()) return {};
            later([this, request = requests[i], findings = std::move(findings)] {
                take(request, findings);
            });
        }
        return {};
    };
}

void StudyHonesty::take(const robustness::StudyRequest &request,
                        const Result<robustness::Findings> &findings)
{
    Known &now = m_known.emplace_back(questionOf(request), std::nullopt, QString());
    findings ? void(now.findings = *findings) : void(now.problem = sentence(findings.error()));
    const auto isKnown = [this](const auto &asked) { return known(questionOf(asked)) != nullptr; };
    if (!std::ranges::all_of(m_asked[m_running], isKnown)) return;
    const std::string study = std::exchange(m_running, {});
    emit answered(study);
}

void StudyHonesty::learn(const robustness::StudyRequest &request,
                         const robustness::Findings &findings)
{
    Question question = questionOf(request);
    std::erase_if(m_known, [&](const Known &each) { return each.question == question; });
    m_known.push_back({std::move(question), findings, {}});
}

void StudyHonesty::cancel()
{
    m_background.cancel();
    ++m_serial;
    if (!running()) return;
    m_running.clear();
    emit changed();
}

void StudyHonesty::forget()
{
    cancel();
    m_asked.clear();
    m_known.clear();
    m_last.clear();
    emit changed();
}

std::vector<StudyHonesty::Answer> StudyHonesty::answers(const std::string &study) const
{
    std::vector<Answer> all;
    const auto asked = m_asked.find(study);
    if (asked == m_asked.end()) return all;
    for (const robustness::StudyRequest &request : asked->second) {
        Answer &answer = all.emplace_back(Answer{.network = request.subjects.front().name});
        const Known *it = known(questionOf(request));
        if (!it) continue;
        answer.findings = it->findings ? &*it->findings : nullptr;
        answer.problem = it->problem;
    }
    return all;
}

} // namespace ostrich::ui
