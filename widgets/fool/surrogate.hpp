// The other network, on which a transfer attack is made: read in the background, once.
#pragma once

#include "attack/subject.hpp"
#include "base/result.hpp"
#include "model/background.hpp"

#include <QObject>

#include <filesystem>
#include <optional>

namespace ostrich::ui {

class Surrogate : public QObject {
    Q_OBJECT
public:
    explicit Surrogate(QObject *parent = nullptr);

    /// The run in `folder`; nothing happens where it is the one that was asked for last, even if it
    /// could not be read.
    void read(const std::filesystem::path &folder);
    void forget();
    const std::filesystem::path &folder() const { return m_folder; } // asked for last
    bool isReading() const { return m_isReading; }
    /// Null: none was asked for, or not yet read.
    const attack::ClassifierHandle &classifier() const { return m_classifier; }
    /// Why it could not be read; nothing: it could.
    const std::optional<Error> &problem() const { return m_problem; }

signals:
    void ended(); // classifier() or problem() is there

private:
    std::filesystem::path m_folder;
    attack::ClassifierHandle m_classifier;
    std::optional<Error> m_problem;
    bool m_isReading = false;
    Background m_background; // last: joins first
};

} // namespace ostrich::ui
