// Autosave and recovery: unsaved work is written aside a few seconds after each edit; a lock tells
// whether its program lives.
#include "base/file.hpp"
#include "model/project_model.hpp"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace ostrich::ui {

namespace {

QDir autosaveFolder()
{
    QDir folder(QString::fromStdString(dataFolder().string()));
    folder.mkpath(QStringLiteral("autosave"));
    folder.cd(QStringLiteral("autosave"));
    return folder;
}

QString lockOf(const QString &autosave)
{
    return autosave + QStringLiteral(".lock");
}

/// Beside the autosave: which file it belongs to (empty: never saved).
QString originOf(const QString &autosave)
{
    return autosave + QStringLiteral(".origin");
}

QString idOf(const QString &autosave)
{
    return QFileInfo(autosave).completeBaseName();
}

void removeAutosave(const QString &autosave)
{
    QFile::remove(autosave);
    QFile::remove(originOf(autosave));
    QFile::remove(lockOf(autosave));
}

} // namespace

QString ProjectModel::autosavePath() const
{
    return autosaveFolder().filePath(m_id + QStringLiteral(".ostrich"));
}

/// Written aside while there are changes; forgotten when the last one is undone.
void ProjectModel::followUndo()
{
    if (!isModified())
        discardAutosave();
    else if (!m_autosaveTimer.isActive())
        m_autosaveTimer.start();
}

void ProjectModel::keepRuns()
{
    if (!m_path.isEmpty() || m_keepsRuns) return;
    m_keepsRuns = true;
    autosave(); // whoever finds it finds the runs
    emit fileChanged();
}

void ProjectModel::holdAutosave()
{
    if (m_autosaveLock) return;
    m_autosaveLock = std::make_unique<QLockFile>(lockOf(autosavePath()));
    m_autosaveLock->setStaleLockTime(0);
    m_autosaveLock->tryLock();
}

void ProjectModel::autosave()
{
    holdAutosave();
    const auto origin = writeFile(originOf(autosavePath()).toStdString(), m_path.toStdString());
    const auto saved =
        origin ? project::saveProject(m_project, autosavePath().toStdString()) : origin;
    if (!saved)
        emit statusMessage(tr("Autosave failed. Save your project elsewhere (Ctrl+Shift+S)."),
                           true);
}

QString ProjectModel::recoverableFile()
{
    const QDir folder = autosaveFolder();
    for (const QFileInfo &file :
         folder.entryInfoList({QStringLiteral("*.ostrich")}, QDir::Files, QDir::Time)) {
        QLockFile lock(lockOf(file.filePath()));
        lock.setStaleLockTime(0);
        if (lock.tryLock()) // nobody holds it: its program is gone
            return file.filePath();
    }
    return {};
}

Result<void> ProjectModel::recover(const QString &autosave)
{
    auto project = project::loadProject(autosave.toStdString());
    if (!project) return project.error();
    const auto origin = readFile(originOf(autosave).toStdString(), 4096);
    // It is ours from here on, with its runs.
    become(std::move(*project), origin ? QString::fromStdString(*origin) : QString(),
           idOf(autosave));
    holdAutosave();
    m_undo.resetClean(); // differs from its file
    emit fileChanged();
    return {};
}

std::filesystem::path ProjectModel::unsavedRunsFolder(const QString &id)
{
    return dataFolder() / "unsaved" / (id.toStdString() + ".runs");
}

void ProjectModel::discard(const QString &autosave)
{
    std::error_code ignored; // what stays is in nobody's way
    std::filesystem::remove_all(unsavedRunsFolder(idOf(autosave)), ignored);
    removeAutosave(autosave);
}

void ProjectModel::discardAutosave()
{
    m_autosaveTimer.stop();
    if (!m_autosaveLock) return;
    m_autosaveLock.reset();
    removeAutosave(autosavePath());
}

} // namespace ostrich::ui
