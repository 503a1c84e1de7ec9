// Autosave and recovery: unsaved work is written aside a few seconds after each edit; a lock tells
// whether its program lives.
#include "base/file.hpp"
#include "model/project_model.hpp"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QUuid>

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

} // namespace

QString ProjectModel::autosavePath() const
{
    return autosaveFolder().filePath(m_autosaveId + QStringLiteral(".ostrich"));
}

void ProjectModel::autosave()
{
    if (m_autosaveId.isEmpty()) {
        m_autosaveId = QUuid::createUuid().toString(QUuid::WithoutBraces);
        m_autosaveLock = std::make_unique<QLockFile>(lockOf(autosavePath()));
        m_autosaveLock->setStaleLockTime(0);
        m_autosaveLock->tryLock();
    }
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
    setProject(std::move(*project), origin ? QString::fromStdString(*origin) : QString());
    m_undo.resetClean(); // differs from its file
    discard(autosave);
    this->autosave();
    emit fileChanged();
    return {};
}

void ProjectModel::discard(const QString &autosave)
{
    QFile::remove(autosave);
    QFile::remove(originOf(autosave));
    QFile::remove(lockOf(autosave));
}

void ProjectModel::discardAutosave()
{
    m_autosaveTimer.stop();
    if (m_autosaveId.isEmpty()) return;
    const QString path = autosavePath();
    m_autosaveLock.reset();
    m_autosaveId.clear();
    discard(path);
}

} // namespace ostrich::ui
