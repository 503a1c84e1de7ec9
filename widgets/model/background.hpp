// One worker thread behind the window: newest job wins, results come back on the UI thread.
#pragma once

#include <QObject>

#include <functional>
#include <memory>
#include <stop_token>

namespace ostrich::ui {

/// A job runs on the worker; what it returns (may be empty) is called on the UI thread unless a
/// newer job came in between.
class Background : public QObject {
    Q_OBJECT
public:
    using Finish = std::function<void()>;
    using Job = std::function<Finish(std::stop_token)>;

    /// `threads`: LibTorch threads of the worker (0: all cores).
    explicit Background(int threads = 1, QObject *parent = nullptr);
    ~Background() override; // asks the job at hand to stop, joins

    void run(Job job); // stops the job at hand, drops a waiting one
    void cancel();
    bool busy() const;

signals:
    void busyChanged(bool busy);

private:
    class Worker;
    std::unique_ptr<Worker> m_worker;
};

} // namespace ostrich::ui
