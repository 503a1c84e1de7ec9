// Each kind of work as a bar of progress.
#include "window/fool_work.hpp"

#include "fool/fool_model.hpp"
#include "fool/fool_place.hpp"
#include "fool/honesty.hpp"
#include "fool/sentence_model.hpp"
#include "fool/series_model.hpp"
#include "fool/studies/study_model.hpp"
#include "theme/theme.hpp"
#include "window/main_window.hpp"
#include "window/status_row.hpp"

#include <QTimer>

#include <algorithm>
#include <chrono>

namespace ostrich::ui {

namespace {

constexpr std::chrono::milliseconds kBlink{400};

QString studyText(const std::string &name)
{
    const robustness::Study *study = robustness::findStudy(name);
    return study ? MainWindow::tr("Study: %1").arg(words(study->description().label)) : QString();
}

/// As work that goes on, wherever one is.
void showStudies(FoolPlace *fool, StatusRow *status)
{
    StudyModel *studies = fool->studies();
    QObject::connect(studies, &StudyModel::stateChanged, status, [studies, status] {
        status->showWork(
            studies, studies->running() ? studies->progress() : -1.0,
            [studies] { studies->cancel(); }, studyText(studies->runningStudy()));
    });
    const StudyHonesty *checks = &studies->honesty();
    QObject::connect(checks, &StudyHonesty::changed, status, [studies, checks, status] {
        status->showWork(
            checks, checks->running() ? checks->progress() : -1.0,
            [studies] { studies->cancelHonesty(); }, studyText(Honesty::kStudy));
    });
    Honesty *honesty = fool->honesty();
    QObject::connect(honesty, &Honesty::changed, status, [honesty, status] {
        status->showWork(
            honesty, honesty->running() ? honesty->progress() : -1.0,
            [honesty] { honesty->cancel(); }, studyText(Honesty::kStudy));
    });
}

/// How many of the words that may be exchanged were tried so far.
void showSentences(SentenceModel *sentences, StatusRow *status)
{
    QObject::connect(sentences, &SentenceModel::resultChanged, status, [sentences, status] {
        const auto most = attack::wordOptions(sentences->parameters(), {}).most;
        const double done =
            static_cast<double>(sentences->found().size()) / static_cast<double>(most);
        status->showWork(
            sentences, sentences->running() ? done : -1.0, [sentences] { sentences->cancel(); },
            MainWindow::tr("Exchanging words"));
    });
}

/// How far an attack is, once it takes its time: most are over in a blink.
void showLive(LiveAttack *live, const QString &text, StatusRow *status)
{
    auto *blink = new QTimer(status);
    blink->setSingleShot(true);
    blink->setInterval(kBlink);
    const auto show = [live, text, status, blink] {
        if (!live->running() || blink->isActive()) return;
        const bool isKnown = live->step() && live->planned() > 0;
        const double done =
            isKnown ? static_cast<double>(live->step()->step) / static_cast<double>(live->planned())
                    : 0.0;
        status->showWork(live, std::min(done, 1.0), [live] { live->cancel(); }, text);
    };
    QObject::connect(blink, &QTimer::timeout, status, show);
    QObject::connect(live, &LiveAttack::stepped, status, show);
    QObject::connect(live, &LiveAttack::stateChanged, status, [live, status, blink] {
        if (live->running()) return blink->start();
        blink->stop();
        status->showWork(live, -1.0);
    });
}

void showCurve(FoolPlace *fool, StatusRow *status)
{
    FoolModel *model = fool->model();
    QObject::connect(fool, &FoolPlace::progressed, status, [model, status](double fraction) {
        status->showWork(model, fraction, [model] { model->cancelSweep(); });
    });
}

} // namespace

void showFoolWork(FoolPlace *fool, StatusRow *status)
{
    showCurve(fool, status);
    showStudies(fool, status);
    showSentences(fool->sentences(), status);
    showLive(&fool->model()->live(), MainWindow::tr("Attacking the picture"), status);
    showLive(&fool->series()->live(), MainWindow::tr("Attacking the series"), status);
}

} // namespace ostrich::ui
