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

namespace ostrich::ui {

class ProjectModel : public QObject {
    Q_OBJECT
public:
    explicit ProjectModel(QObject *parent = nullptr);
    ~ProjectModel() override;

    const project::Project &project() const { return m_project; }
    const graph::Network &network() const { return m_project.network; }
    const graph::Analysis &analysis() const { return m_analysis; }
    /// project().data, with a folder beside the project's file found from wherever we were started.
    std::string dataSource() const { return project::dataSource(m_project, m_path.toStdString()); }
    const graph::DataFacts &facts() const { return m_facts; }
    /// Why the data source cannot be read; empty: it can.
    QString dataProblem() const { return m_dataProblem; }
    QUndoStack *undoStack() { return &m_undo; }

    /// One undoable command. Edits with the same non-empty `mergeKey` in a row merge into one
    /// ("param:conv_1:out_channels"). Does nothing for an empty edit. False (and a statusMessage)
    /// when the edit cannot be applied.
    bool apply(const graph::Edit &edit, const QString &mergeKey = {});
    void setRecipeValue(const std::string &field,
                        const graph::ParameterValue &value); // undoable, merges per field
    /// Undoable. Where the network then no longer fits and can be mended, `fittingOffered` follows.
    void setData(const std::string &source);
    /// How the network can be made to fit its data; no changes: it fits, or cannot.
    project::Fitted fitting() const;
    void fit(); // does so, as one undoable command
    /// Ends merging: call when a field loses the focus.
    void finishMerge();

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
    void autosave();
    void followUndo();
    void holdAutosave();
    void become(project::Project project, const QString &filePath, const QString &id);
    void rememberRecent(const QString &filePath);
    QString autosavePath() const;
    static std::filesystem::path unsavedRunsFolder(const QString &id);

    project::Project m_project;
    graph::Analysis m_analysis;
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
