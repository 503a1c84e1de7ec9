// The checklist of an honest evaluation, gone through by itself after studies whose numbers are
// worth what their attacks are: in the background, network by network.
#pragma once

#include "model/background.hpp"
#include "robustness/study.hpp"

#include <QObject>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ostrich::ui {

class StudyHonesty : public QObject {
    Q_OBJECT
public:
    explicit StudyHonesty(QObject *parent = nullptr);

    /// Goes through the list for each subject of `request` for which it is not known, on the
    /// samples and with the norm, epsilon and seed that `study` was asked with. `parameters` are
    /// the list's own.
    void follow(const std::string &study, const robustness::StudyRequest &request,
                const graph::Parameters &parameters);
    void followAgain(const std::string &study); // what was cancelled
    /// The list for the first subject was gone through by hand.
    void learn(const robustness::StudyRequest &request, const robustness::Findings &findings);
    void cancel();
    void forget();
    bool running() const { return !m_running.empty(); }
    double progress() const { return m_progress; } // of all networks

    /// What is known of one network.
    struct Answer {
        std::string network;
        const robustness::Findings *findings = nullptr; // null: not yet, or not to be had
        QString problem = {};                           // why it is not to be had
    };
    /// Of the networks of `study` when it was last run, in its order; none: it was not.
    std::vector<Answer> answers(const std::string &study) const;
    /// The study upon which the newest list follows; empty: there is none.
    const std::string &last() const { return m_last; }
    /// Whether the list of `study` is being gone through.
    bool isAbout(const std::string &study) const { return m_running == study; }

signals:
    void changed();
    void answered(const std::string &study); // all of them, for its networks

private:
    /// A question, as far as its answer depends on it. The first network is checked, another one
    /// serves as a surrogate.
    struct Question {
        std::vector<std::string> networks;
        attack::AttackOptions attack;
        graph::Parameters parameters;
        std::vector<std::int64_t> indices;
        bool operator==(const Question &) const = default;
    };
    struct Known {
        Question question;
        std::optional<robustness::Findings> findings;
        QString problem;
    };
    static Question questionOf(const robustness::StudyRequest &request);
    const Known *known(const Question &question) const;
    void begin(const std::string &study);
    Background::Job job(std::vector<robustness::StudyRequest> requests);
    void take(const robustness::StudyRequest &request,
              const Result<robustness::Findings> &findings);
    std::map<std::string, std::vector<robustness::StudyRequest>> m_asked; // by study
    std::vector<Known> m_known;
    std::string m_running, m_last; // the studies upon which they follow
    double m_progress = 0.0;
    int m_serial = 0;        // of the list at hand
    Background m_background; // last: joins first
};

} // namespace ostrich::ui
