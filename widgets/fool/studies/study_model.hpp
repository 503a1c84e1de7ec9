// Studies as the window sees them: which networks, how many samples, under which attack; one runs
// at a time, on a thread of its own, and tells what it knows so far. Its .cpp files: study_model
// (settings and findings), study_networks (the list of networks), study_run.
#pragma once

#include "fool/studies/study_honesty.hpp"
#include "fool/studies/study_network.hpp"
#include "model/background.hpp"
#include "robustness/study.hpp"

#include <QObject>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace ostrich::ui {

struct Session;

class StudyModel : public QObject {
    Q_OBJECT
public:
    explicit StudyModel(Session *session, QObject *parent = nullptr);

    /// Why `study` cannot be run now, and what to do; empty: it can.
    QString obstacle(const robustness::StudyDescription &study) const;

    const std::vector<StudyNetwork> &networks() const { return m_networks; } // at hand first
    void setChosen(std::size_t index, bool chosen);
    /// All runs of another project that have ended, the newest one chosen. False: told why not.
    bool addProject(const QString &path);
    /// A file that is a program: who calls has asked. `classNames` in the order of its answers;
    /// none: those of the data.
    void addTorchScript(const attack::TorchScriptChoice &choice,
                        const std::vector<std::string> &classNames = {});
    /// Whether there is a network at hand that reads pictures.
    bool canFilter() const;
    /// The network at hand once more, behind a filter.
    void addFilter(const attack::FilterChoice &choice);
    /// Ticks the network at hand, or the one of `file`, behind `filter`, and no other one.
    void askAlone(const std::optional<attack::TorchScriptChoice> &file,
                  const std::optional<attack::FilterChoice> &filter);

    int pictures() const { return m_pictures; }
    void setPictures(int count);
    int allPictures() const; // of the test split
    const attack::AttackOptions &attack() const { return m_attack; }
    /// Another norm brings its usual epsilon along.
    void setAttack(const attack::AttackOptions &options);
    /// All of it as it is, epsilon too: that of One picture.
    void takeAttack(const attack::AttackOptions &options);
    /// What a study of a single sample looks at: the one that stands in One picture; empty: there
    /// is none there.
    void setSample(const std::optional<robustness::StudySample> &sample);
    const std::optional<robustness::StudySample> &sample() const { return m_sample; }
    graph::Parameters parameters(const std::string &study) const;
    void setParameters(const std::string &study, const graph::Parameters &parameters);

    void run(const std::string &study);
    void cancel();
    bool running() const { return !m_running.empty(); }
    const std::string &runningStudy() const { return m_running; }
    double progress() const { return m_progress; }

    /// Null: it has not been run. While it runs: what is known so far.
    const robustness::Findings *findings(const std::string &study) const;
    /// Why it failed; empty: it did not.
    QString problem(const std::string &study) const;
    /// It was cancelled on its way, and has not been run since.
    bool stopped(const std::string &study) const { return m_stopped.contains(study); }
    /// The findings are of another sample than the one at hand.
    bool isOfAnotherSample(const robustness::StudyDescription &study) const;
    /// Whether any study has been run to its end.
    bool hasFindings() const;
    /// By the name of their study.
    const std::map<std::string, robustness::Findings> &allFindings() const { return m_findings; }

    /// The checklist that follows upon some studies by itself. What it finds is among the findings,
    /// of the first network under the name of its study.
    const StudyHonesty &honesty() const { return m_honesty; }
    void checkHonesty(const std::string &study) { m_honesty.followAgain(study); }
    void cancelHonesty() { m_honesty.cancel(); }
    /// Puts the lists that followed upon `study` among the findings again: by now those of another
    /// one may stand there, or one that was gone through by hand.
    void recallHonesty(const std::string &study) { takeHonesty(study); }
    /// Under which name the checklist of `network` is among the findings.
    static std::string honestyOf(std::size_t network, const std::string &name);

signals:
    void networksChanged();
    void settingsChanged();
    void sampleChanged();
    void stateChanged(); // running, progress
    void findingsChanged(const std::string &study);
    void statusMessage(const QString &text, bool isError);

private:
    graph::DataFacts facts() const; // of the data at hand
    QString networkObstacle() const;
    /// The network at hand, alone: what would be asked is of no use. What to do; empty: it is of
    /// use.
    QString futility() const;
    void becomeAnother(); // document
    void followData();
    void forget(); // findings and networks of other data

    void refreshNetworks();
    std::vector<StudyNetwork> ownNetworks() const; // that at hand first
    bool fits(const graph::DataFacts &facts) const;

    bool hasSample() const; // of the shape of the data at hand
    robustness::StudyRequest request(const robustness::StudyDescription &study) const;
    void begin(const std::string &study);
    Background::Job job(const std::string &study);
    void take(const std::string &study, const robustness::StudyRequest &request,
              const robustness::Findings &findings);
    void takeHonesty(const std::string &study);
    void giveUp(const std::string &study, const Error &error);
    bool bringFormerBack(const std::string &study); // false: there was none
    void end();

    Session *m_session;
    std::vector<StudyNetwork> m_networks, m_added; // m_added: by hand, of them those that fit
    std::optional<std::pair<std::string, std::uint64_t>> m_data; // source and seed of the findings
    int m_pictures = 100;
    attack::AttackOptions m_attack;
    std::optional<robustness::StudySample> m_sample;
    std::map<std::string, Array> m_sampleOf; // the findings of studies of a single one
    std::map<std::string, graph::Parameters> m_parameters;
    std::map<std::string, robustness::Findings> m_findings;
    std::map<std::string, robustness::Findings>::node_type m_former; // of the study that runs
    std::map<std::string, QString> m_problems;
    std::set<std::string> m_stopped;
    std::string m_running;
    double m_progress = 0.0;
    int m_serial = 0; // of the study at hand
    StudyHonesty m_honesty;
    Background m_background; // last: joins first
};

} // namespace ostrich::ui
