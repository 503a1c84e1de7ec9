// The checklist of an honest evaluation, gone through in the background after every curve.
#pragma once

#include "model/background.hpp"
#include "robustness/study.hpp"

#include <QObject>

#include <optional>

namespace ostrich::ui {

struct Session;
class FoolModel;

class Honesty : public QObject {
    Q_OBJECT
public:
    static constexpr auto kStudy = "honesty"; // which study it asks
    Honesty(Session *session, FoolModel *model, QObject *parent = nullptr);

    bool running() const { return m_running; }
    double progress() const { return m_progress; }
    /// Empty: not asked yet. While it runs: what is known so far.
    const std::optional<robustness::Findings> &findings() const { return m_findings; }
    /// Why it could not be asked; empty: it could.
    const QString &problem() const { return m_problem; }
    void check();
    void cancel();

signals:
    void changed();

private:
    void forget();
    Session *m_session;
    FoolModel *m_model;
    std::optional<robustness::Findings> m_findings;
    QString m_problem;
    double m_progress = 0.0;
    bool m_running = false;
    int m_serial = 0; // of the question at hand
    Background m_background;
};

} // namespace ostrich::ui
