// The pictures of Build and Train, and what all pictures need: prepared projects, a settled window.
#include "window/shots.hpp"

#include "base/file.hpp"
#include "canvas/canvas_view.hpp"
#include "project/templates.hpp"
#include "theme/theme.hpp"
#include "window/build_place.hpp"
#include "window/shot_maker.hpp"

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QFileInfo>
#include <QSettings>
#include <QTextStream>
#include <QTimer>

#include <algorithm>
#include <array>

namespace ostrich::ui {

namespace {

constexpr QSize kSize(1280, 800);

/// Short and easy enough for a dozen trainings within half a minute.
void readersProject(project::Project &project)
{
    project.data = "recall?count=1000&lag=20";
    project.recipe.epochs = 6;
    project.recipe.early_stopping = false;
}

} // namespace

void tell(const QString &text)
{
    QTextStream(stderr) << text << Qt::endl;
}

/// Runs the event loop until `done` holds; false after `timeout` ms.
bool waitFor(const std::function<bool()> &done, int timeout)
{
    QElapsedTimer clock;
    clock.start();
    QEventLoop loop;
    QTimer tick;
    QObject::connect(&tick, &QTimer::timeout, &loop, [&] {
        if (done() || clock.elapsed() > timeout) loop.quit();
    });
    tick.start(20);
    if (!done()) loop.exec();
    return done();
}

void settle(int milliseconds)
{
    waitFor([] { return false; }, milliseconds);
}

QString projectPath(const QString &name)
{
    const QDir folder(QString::fromStdString((cacheFolder() / "shots").string()));
    folder.mkpath(QStringLiteral("."));
    return folder.filePath(name + QStringLiteral(".ostrich"));
}

ShotMaker::ShotMaker(const QString &folder) : m_folder(folder)
{
    m_window.setFixedSize(kSize);
    m_window.show();
}

bool ShotMaker::run()
{
    return guardedDigits() && digits() && comparison() && insideLstm() && insideAttention()
           && foolWords() && foolSeries() && foolPicture();
}

bool ShotMaker::prepare(const QString &name, const char *templateName, Change change, bool watched)
{
    auto project = project::newProject(templateName);
    if (!project) return false;
    if (change) change(*project);
    const QString path = projectPath(name);
    Session &session = m_window.session();
    const auto known = project::loadProject(path.toStdString());
    const bool kept = known && *known == *project;
    if (!kept && !project::saveProject(*project, path.toStdString())) return false;
    if (!m_window.openFile(path)) return false;
    if (!waitFor(
            [&] {
                return session.data.dataset() != nullptr || !session.data.errorText().isEmpty();
            },
            kPatience))
        return false;
    const auto runs = session.run.runs();
    if (kept && !runs.empty() && !watched)
        session.run.openRun(runs.back().folder);
    else
        session.run.play();
    return waitFor(
               [&] {
                   return session.run.model() != nullptr
                          || session.run.state() == train::State::Failed;
               },
               kPatience)
           && session.run.model();
}

bool ShotMaker::digits()
{
    tell(QStringLiteral("ostrich: training the digits for Build and Train"));
    if (!prepare(QStringLiteral("digits-residual"), "residual", {})) return false;
    select();
    if (!both(MainWindow::Place::Build, QStringLiteral("build"))
        || !both(MainWindow::Place::Train, QStringLiteral("train")) || !studies())
        return false;
    m_window.session().selection.setBlocks({});
    breakNetwork();
    return both(MainWindow::Place::Build, QStringLiteral("build-error"));
}

void ShotMaker::select()
{
    const auto &blocks = m_window.session().project.network().blocks;
    int seen = 0;
    for (const graph::Block &block : blocks)
        if (block.kind == "Conv2d" && ++seen == 2)
            m_window.session().selection.setBlocks({block.id});
}

/// Takes the Flatten away from between its neighbours and wires them together: the error that
/// every student makes first.
void ShotMaker::breakNetwork()
{
    ProjectModel &project = m_window.session().project;
    graph::Network network = project.network();
    for (const graph::Block &block : network.blocks) {
        if (block.kind != "Flatten") continue;
        graph::Edit edit;
        edit.name = {"graph.edit_delete", {block.id}};
        graph::Wire joined;
        for (const graph::Wire &wire : network.wiresOf(block.id)) {
            edit.changes.push_back(graph::RemoveWire{wire});
            (wire.to.block == block.id ? joined.from : joined.to) =
                wire.to.block == block.id ? wire.from : wire.to;
        }
        edit.changes.push_back(graph::RemoveBlock{block});
        edit.changes.push_back(graph::AddWire{joined});
        project.apply(edit);
        m_window.session().selection.setBlocks({joined.to.block});
        return;
    }
}

/// The same task for four kinds of network, three seeds each.
bool ShotMaker::comparison()
{
    tell(QStringLiteral("ostrich: training four kinds of network to compare them"));
    if (!prepare(QStringLiteral("four-readers"), "lstm", readersProject)) return false;
    Session &session = m_window.session();
    if (!waitFor([&] { return session.compare.canCompareReaders(); }, kPatience)) return false;
    session.compare.compareReaders(3);
    if (!waitFor([&] { return !session.compare.training(); }, 2 * kPatience)) return false;
    session.run.openRun(session.compare.runs().front().folder);
    waitFor([&] { return session.run.model() != nullptr; }, kPatience);
    const bool written = both(MainWindow::Place::Train, QStringLiteral("compare"));
    session.compare.close();
    return written;
}

bool ShotMaker::both(MainWindow::Place place, const QString &name)
{
    m_window.setPlace(place);
    bool written = true;
    for (const ThemeChoice theme : {ThemeChoice::Light, ThemeChoice::Dark}) {
        Theme::instance().setChoice(theme, false);
        m_window.buildPlace().canvas()->fit();
        settle(200);
        const QString suffix =
            theme == ThemeChoice::Light ? QStringLiteral("light") : QStringLiteral("dark");
        const QString path = QDir(m_folder).filePath(QStringLiteral("%1-%2.png").arg(name, suffix));
        written = m_window.grab()
                      .scaled(kSize, Qt::IgnoreAspectRatio, Qt::SmoothTransformation)
                      .save(path)
                  && written;
    }
    if (!written)
        tell(
            QStringLiteral("ostrich: %1: the pictures could not be written. Choose another folder.")
                .arg(m_folder));
    return written;
}

int makeShots(const QString &folder)
{
    if (!QDir().mkpath(folder)) {
        tell(QStringLiteral("ostrich: %1: this folder cannot be made. Choose another one.")
                 .arg(folder));
        return 2;
    }
    QSettings().setValue(QStringLiteral("hintsSeen"), true);
    ShotMaker maker(folder);
    if (maker.run()) return 0;
    tell(QStringLiteral("ostrich: the pictures could not be made"));
    return 3;
}

} // namespace ostrich::ui
