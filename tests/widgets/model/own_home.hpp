// A home of the test's own: settings, runs, autosaves and drawn data of whoever runs it stay out
// of it.
#pragma once

#include <QCoreApplication>
#include <QDir>
#include <QStandardPaths>
#include <QTemporaryDir>

/// Made before the application is, and kept until it has gone.
class OwnHome {
public:
    OwnHome()
    {
        QStandardPaths::setTestModeEnabled(true);
        for (const char *variable : {"XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"}) {
            const QString folder = m_folder.filePath(QLatin1String(variable));
            QDir().mkpath(folder);
            qputenv(variable, folder.toUtf8());
        }
        QCoreApplication::setApplicationName(QStringLiteral("Ostrich"));
        QCoreApplication::setOrganizationName(QStringLiteral("ostrich"));
    }
    QString path(const QString &name) const { return m_folder.filePath(name); }

private:
    QTemporaryDir m_folder;
};
