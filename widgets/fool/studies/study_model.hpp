// Studies as the window sees them: which networks, how many pictures, under which attack; one runs
// at a time, on a thread of its own, and tells what it knows so far.
#pragma once

#include "attack/filter.hpp"
#include "model/background.hpp"
#include "robustness/study.hpp"

#include <QObject>

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace ostrich::ui {

struct Session;

/// A network that can be asked.
struct StudyNetwork {
    enum class Origin { AtHand, Run, File };
    Origin origin = Origin::Run;
    QString name;
    std::filesystem::path folder = {};   // Run
    attack::TorchScriptChoice file = {}; // File
    bool isChosen = false;
    bool isOwn = true; // a run of this project; others are added by hand

    bool isSame(const StudyNetwork &other) const
    {
        return origin == other.origin && folder == other.folder && file.file == other.file.file;
    }
};

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
    /// A file that is a program: who calls has asked.
    void addTorchScript(const attack::TorchScriptChoice &choice);

    int pictures() const { return m_pictures; }
    void setPictures(int count);
    int allPictures() const; // of the test split
    const attack::AttackOptions &attack() const { return m_attack; }
    void setAttack(const attack::AttackOptions &options);
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
    /// Whether any study has been run to its end.
    bool hasFindings() const;
    /// By the name of their study.
    const std::map<std::string, robustness::Findings> &allFindings() const { return m_findings; }

signals:
    void networksChanged();
    void settingsChanged();
    void stateChanged(); // running, progress
    void findingsChanged(const std::string &study);
    void statusMessage(const QString &text, bool isError);

private:
    void refreshNetworks();
    void becomeAnother(); // document
    void followData();
    void forget(); // findings and networks of other data
    bool fits(const graph::DataFacts &facts) const;
    void addNetwork(StudyNetwork network); // under a name of its own
    robustness::StudyRequest request(const std::string &study) const;
    void begin(const std::string &study);
    Background::Job job(const std::string &study);
    void take(const std::string &study, robustness::Findings findings);
    void giveUp(const std::string &study, const Error &error);
    bool bringFormerBack(const std::string &study); // false: there was none
    void end();

    Session *m_session;
    std::vector<StudyNetwork> m_networks;
    std::optional<std::pair<std::string, std::uint64_t>> m_data; // source and seed of the findings
    int m_pictures = 100;
    attack::AttackOptions m_attack;
    std::map<std::string, graph::Parameters> m_parameters;
    std::map<std::string, robustness::Findings> m_findings;
    std::map<std::string, robustness::Findings>::node_type m_former; // of the study that runs
    std::map<std::string, QString> m_problems;
    std::set<std::string> m_stopped;
    std::string m_running;
    double m_progress = 0.0;
    int m_serial = 0;        // of the study at hand
    Background m_background; // last: joins first
};

} // namespace ostrich::ui
