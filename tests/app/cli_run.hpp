// ostrich-cli, run as people and scripts run it.
#pragma once

#include <QJsonDocument>
#include <QJsonObject>
#include <QList>
#include <QProcess>
#include <QString>
#include <QStringList>

struct Answer {
    int exitCode = -1;
    QByteArray output, errors;

    QList<QJsonObject> lines() const
    {
        QList<QJsonObject> all;
        for (const QByteArray &line : output.split('\n'))
            if (!line.isEmpty()) all << QJsonDocument::fromJson(line).object();
        return all;
    }
    QJsonObject last() const { return lines().isEmpty() ? QJsonObject() : lines().last(); }
};

inline Answer run(const QStringList &arguments, const QString &folder)
{
    QProcess process;
    process.setWorkingDirectory(folder);
    process.start(QStringLiteral(OSTRICH_BIN_DIR "/ostrich-cli"), arguments);
    if (!process.waitForFinished(250'000)) qFatal("ostrich-cli did not end");
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}
