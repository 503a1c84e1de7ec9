// The project on the table: network, data, recipe, its file and its undo stack. Views read it and
// send edits.
#pragma once

#include "base/result.hpp"
#include "graph/analysis.hpp"
#include "project/fitting.hpp"
#include "project/project.hpp"

#include <QLockFile>
#include <QObject>
#include <QString>
#include <QTimer>
#include <QUndoStack>

#include <memory>
#include <string>
#include <vector>

namespace ostrich::ui {

class ProjectModel : public QObject {
    Q_OBJECT
public:
    explicit ProjectModel(QObject *parent = nullptr);
    ~ProjectModel() override;

    const project::Project &project() const { return m_project; }
    /// The network in view, and what follows for it: the whole, or what is in the open group.
    const graph::Network &network() const;
    const graph::Analysis &analysis() const { return m_view; }
    /// Of the whole network, whatever is in view: what decides whether it can be trained.
    const graph::Analysis &wholeAnalysis() const { return m_analysis; }
    /// project().data, with a folder beside the project's file found from wherever we were started.
    std::string dataSource() const { return project::dataSource(m_project, m_path.toStdString()); }
    const graph::DataFacts &facts() const { return m_facts; }
    /// Why the data source cannot be read; empty: it can.
    QString dataProblem() const { return m_dataProblem; }
    QUndoStack *undoStack() { return &m_undo; }

    /// One undoable command on the network in view. Edits with the same non-empty `mergeKey` in a
    /// row merge into one ("param:conv_1:out_channels"). Does nothing for an empty edit. False (and
    /// a statusMessage) when the edit cannot be applied.
    bool apply(const graph::Edit &edit, const QString &mergeKey = {});
    /// The same for an edit of the whole network, such as a problem's repair.
    bool applyWhole(const graph::Edit &edit, const QString &mergeKey = {});
    void setRecipeValue(const std::string &field,
                        const graph::ParameterValue &value); // undoable, merges per field
    /// Undoable. Where the network then no longer fits and can be mended, `fittingOffered` follows.
    void setData(const std::string &source);
    /// How the network can be made to fit its data; no changes: it fits, or cannot.
    project::Fitted fitting() const;
    void fit(); // does so, as one undoable command
    /// Ends merging: call when a field loses the focus.
    void finishMerge();

    // Groups. What is open is not undone; undo and redo open what they change.

    /// Ids of the groups that are open, outermost first; empty: the whole network is in view.
    const std::vector<std::string> &scope() const { return m_scope; }
    void setScope(std::vector<std::string> path); // as far as there are such groups
    void enter(const std::string &group);         // of the network in view
    void leave();
    /// Blocks of the network in view as one group: its id; empty (and a statusMessage that says
    /// why) where they cannot be one.
    std::string fold(const std::vector<std::string> &ids);
    /// The group's blocks in its place: their ids.
    std::vector<std::string> unfold(const std::string &group);
    bool canOpenUp(const std::string &id) const; // made of smaller blocks, with shapes that fit
    bool openUp(const std::string &id);          // into a group that can be unfolded and edited
    /// The blocks whose weights this one could use, each as it is named from here: "embedding_1",
    /// "group_1.0.linear_2".
    std::vector<std::string> ownersFor(const std::string &id) const;
    bool useWeights(const std::string &id, const std::string &owner); // empty: its own again

    QString filePath() const { return m_path; } // empty: never saved
    QString name() const;                       // "digits-residual", "Untitled"
    /// Beside the project's file; for one that was never saved, a folder of its own in the user's
    /// data folder.
    std::filesystem::path runsFolder() const;
    bool isModified() const { return !m_undo.isClean() || m_keepsRuns; }
    /// A project without a file has runs now: they would be lost without a question.
    void keepRuns();

    void setProject(project::Project project,
                    const QString &filePath); // a new document: clears undo
    Result<void> open(const QString &filePath);
    Result<void> save(const QString &filePath);
    /// Looks again for data that could not be read.
    void retryData();
    /// Work that a crash left behind: an autosave whose program no longer lives. Empty: none.
    static QString recoverableFile();
    Result<void> recover(const QString &autosave);
    static void discard(const QString &autosave); // with the runs of a project that has no file
    void discardAutosave();                       // our own: at an ordinary end
    QStringList recentFiles() const;

signals:
    void networkChanged(); // blocks, wires, parameters or positions; analysis is up to date
    void scopeChanged();   // another part of the network is in view
    void recipeChanged();
    void dataChanged(); // the source
    void fileChanged(); // path, name or modified state
    void replaced();    // another document
    void fittingOffered();
    void statusMessage(const QString &text, bool isError);

private:
    friend class NetworkCommand;
    friend class RecipeCommand;
    friend class DataCommand;
    void readFacts();
    void analyse();
    void show(std::vector<std::string> path); // the scope, without a word
    /// After a change of the network that is to be seen within the groups `path`.
    void followNetwork(const std::vector<std::string> &path);
    void autosave();
    void followUndo();
    void holdAutosave();
    void become(project::Project project, const QString &filePath, const QString &id);
    void rememberRecent(const QString &filePath);
    QString autosavePath() const;
    static std::filesystem::path unsavedRunsFolder(const QString &id);

    project::Project m_project;
    graph::Analysis m_analysis, m_view; // of the whole; of what is in view
    std::vector<std::string> m_scope;
    graph::DataFacts m_facts;
    QString m_dataProblem;
    QUndoStack m_undo;
    QString m_path;
    QString m_id; // of this document: names its autosave, and its runs while it has no file
    std::unique_ptr<QLockFile>
        m_autosaveLock; // held while there is one: a lock left behind tells of a crash
    QTimer m_autosaveTimer;
    int m_mergeSerial = 0;
    bool m_keepsRuns = false;
};

} // namespace ostrich::ui
