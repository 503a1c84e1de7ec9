// The menu behind the bird, with the shortcuts of all its commands.
#include "canvas/canvas_view.hpp"
#include "engine/machine.hpp"
#include "fool/fool_place.hpp"
#include "inside/inside_place.hpp"
#include "palette/palette.hpp"
#include "project/templates.hpp"
#include "theme/controls.hpp"
#include "theme/panels.hpp"
#include "theme/theme.hpp"
#include "train/train_place.hpp"
#include "window/build_place.hpp"
#include "window/main_window.hpp"
#include "window/status_row.hpp"

#include <QActionGroup>
#include <QFileInfo>
#include <QMenu>
#include <QSettings>
#include <QToolButton>

namespace ostrich::ui {

namespace {

const QString kGeometryKey = QStringLiteral("layout/window");

} // namespace

void MainWindow::addActions()
{
    addFileActions();
    m_menu->addSeparator();
    addEditActions();
    m_menu->addSeparator();
    addRunActions();
    m_menu->addSeparator();
    addViewActions();
    m_menu->addSeparator();
    m_menu->addAction(tr("Quit"), QKeySequence::Quit, this, &QWidget::close);
    // Shortcuts hold wherever the focus is, the menu being a pop-up.
    const auto adopt = [this](auto &&self, QMenu *menu) -> void {
        for (QAction *action : menu->actions()) {
            if (action->menu())
                self(self, action->menu());
            else
                addAction(action);
        }
    };
    adopt(adopt, m_menu);
    auto *menuKey = new QAction(this);
    menuKey->setShortcut(QKeySequence(Qt::Key_F10));
    connect(menuKey, &QAction::triggered, m_bird, &QToolButton::showMenu);
    addAction(menuKey);
    auto *devices = new QMenu(this);
    fillDevices(devices);
    m_device->setMenu(devices);
}

void MainWindow::addFileActions()
{
    QMenu *fresh = m_menu->addMenu(tr("New"));
    for (const project::Template &entry : project::templates()) {
        QAction *action = fresh->addAction(words(entry.title), this, [this, name = entry.name] {
            newProject(QString::fromStdString(name));
        });
        action->setToolTip(words(entry.help));
    }
    fresh->setToolTipsVisible(true);
    m_menu->addAction(tr("Open…"), QKeySequence::Open, this, &MainWindow::open);
    QMenu *recent = m_menu->addMenu(tr("Open recent"));
    connect(recent, &QMenu::aboutToShow, this, [this, recent] { fillRecent(recent); });
    m_menu->addAction(tr("Save"), QKeySequence::Save, this, &MainWindow::save);
    m_menu->addAction(tr("Save as…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S), this,
                      &MainWindow::saveAs);
    m_menu->addAction(tr("Choose data…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_D), this,
                      &MainWindow::chooseData);
}

void MainWindow::fillRecent(QMenu *menu)
{
    menu->clear();
    for (const QString &file : m_session->project.recentFiles())
        menu->addAction(QFileInfo(file).completeBaseName(), this,
                        [this, file] { guarded([this, file] { openFile(file); }); })
            ->setToolTip(file);
    menu->setToolTipsVisible(true);
    if (menu->isEmpty()) menu->addAction(tr("Nothing opened yet"))->setEnabled(false);
}

void MainWindow::addEditActions()
{
    QUndoStack *stack = m_session->project.undoStack();
    QAction *undo = stack->createUndoAction(this, tr("Undo"));
    undo->setShortcut(QKeySequence::Undo);
    QAction *redo = stack->createRedoAction(this, tr("Redo"));
    redo->setShortcuts(
        {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z), QKeySequence(Qt::CTRL | Qt::Key_Y)});
    m_menu->addActions({undo, redo});
    // The canvas answers Ctrl+C, X, V, D, A and Delete itself while it has the focus; text fields
    // keep theirs.
    QMenu *edit = m_menu->addMenu(tr("Blocks"));
    CanvasView *canvas = m_build->canvas();
    edit->addAction(tr("Add a block…"), canvas, &CanvasView::openQuickAdd);
    edit->addAction(tr("Copy"), canvas, &CanvasView::copy);
    edit->addAction(tr("Cut"), canvas, &CanvasView::cut);
    edit->addAction(tr("Paste"), canvas, &CanvasView::paste);
    edit->addAction(tr("Duplicate"), canvas, &CanvasView::duplicate);
    edit->addAction(tr("Delete"), canvas, &CanvasView::removeSelected);
    edit->addAction(tr("Select all"), canvas, &CanvasView::selectAll);
    edit->addSeparator();
    // After the tab the key is told, not taken: it is the canvas's.
    edit->addAction(tr("Fold into a group") + QStringLiteral("\tCtrl+G"), canvas,
                    &CanvasView::foldSelected);
    edit->addAction(tr("Unfold") + QStringLiteral("\tCtrl+Shift+G"), canvas,
                    &CanvasView::unfoldSelected);
    edit->addAction(tr("Look inside the group"), canvas, &CanvasView::enterSelected);
    edit->addAction(tr("Go out of the group") + QStringLiteral("\tAlt+Up"), canvas,
                    &CanvasView::leaveGroup);
    edit->addAction(tr("Rename the group") + QStringLiteral("\tF2"), canvas,
                    &CanvasView::renameSelected);
    edit->addAction(tr("Open up into its blocks"), canvas, &CanvasView::openUpSelected);
    QMenu *weights = edit->addMenu(tr("Use the weights of"));
    connect(weights, &QMenu::aboutToShow, canvas,
            [canvas, weights] { canvas->fillWeights(weights); });
    edit->addSeparator();
    edit->addAction(tr("Tidy"), QKeySequence(Qt::CTRL | Qt::Key_T), canvas, &CanvasView::tidy);
    edit->addAction(tr("Search blocks"), QKeySequence::Find, this, [this] {
        setPlace(Place::Build);
        m_build->palettePanel()->focusSearch();
    });
}

void MainWindow::addRunActions()
{
    QMenu *menu = m_menu->addMenu(tr("Run"));
    RunModel *run = &m_session->run;
    menu->addAction(tr("Play"), QKeySequence(Qt::Key_F5), run, &RunModel::play);
    menu->addAction(tr("Pause"), QKeySequence(Qt::Key_F6), run, &RunModel::pause);
    menu->addAction(tr("One batch"), QKeySequence(Qt::Key_F7), run, &RunModel::stepBatch);
    menu->addAction(tr("One epoch"), QKeySequence(Qt::SHIFT | Qt::Key_F7), run,
                    &RunModel::stepEpoch);
    menu->addAction(tr("Stop and keep the best weights"), QKeySequence(Qt::SHIFT | Qt::Key_F5), run,
                    &RunModel::stop);
    menu->addAction(tr("Back to the initial weights"), QKeySequence(Qt::Key_F8), run,
                    &RunModel::reset);
    CompareModel *compare = &m_session->compare;
    menu->addSeparator();
    menu->addAction(tr("Compare runs"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_R), compare,
                    [this, compare] {
                        setPlace(Place::Train);
                        compare->show();
                    });
    connect(compare, &CompareModel::statusMessage, this, &MainWindow::say);
    connect(compare, &CompareModel::progressed, this, [this, compare] {
        std::function<void()> cancel;
        if (!compare->cancelling()) cancel = [compare] { compare->cancel(); };
        m_status->showWork(compare, compare->training() ? compare->fraction() : -1.0, cancel,
                           compare->progressText());
    });
    QMenu *fool = m_menu->addMenu(tr("Fool"));
    fool->addAction(tr("Open a picture…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O), m_fool,
                    [this] {
                        setPlace(Place::Fool);
                        m_fool->openPicture();
                    });
    fool->addAction(tr("Paste a picture"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_V), m_fool,
                    [this] {
                        setPlace(Place::Fool);
                        m_fool->pastePicture();
                    });
    fool->addAction(tr("Shoot a picture…"), m_fool, [this] {
        setPlace(Place::Fool);
        m_fool->shootPicture();
    });
    QAction *picture =
        fool->addAction(tr("Save the attacked picture…"), m_fool, &FoolPlace::savePicture);
    QAction *report = fool->addAction(tr("Save a report…"), m_fool, &FoolPlace::saveReport);
    const auto offer = [this, picture, report] {
        picture->setEnabled(m_fool->canSavePicture());
        report->setEnabled(m_fool->canSaveReport());
    };
    connect(m_fool, &FoolPlace::savableChanged, fool, offer);
    offer();
}

void MainWindow::addViewActions()
{
    QMenu *view = m_menu->addMenu(tr("View"));
    const std::pair<Place, QString> places[] = {{Place::Build, tr("Build")},
                                                {Place::Train, tr("Train")},
                                                {Place::Inside, tr("Inside")},
                                                {Place::Fool, tr("Fool")}};
    int key = Qt::Key_1;
    for (const auto &[place, label] : places)
        view->addAction(label, QKeySequence(Qt::CTRL | static_cast<Qt::Key>(key++)), this,
                        [this, place = place] { setPlace(place); });
    view->addSeparator();
    CanvasView *canvas = m_build->canvas();
    view->addAction(tr("Zoom in"), QKeySequence::ZoomIn, canvas, &CanvasView::zoomIn);
    view->addAction(tr("Zoom out"), QKeySequence::ZoomOut, canvas, &CanvasView::zoomOut);
    view->addAction(tr("Actual size"), QKeySequence(Qt::CTRL | Qt::Key_0), canvas,
                    &CanvasView::zoomToActualSize);
    view->addAction(tr("Fit"), QKeySequence(Qt::CTRL | Qt::Key_9), canvas, &CanvasView::fit);
    view->addSeparator();
    QMenu *panels = view->addMenu(tr("Panels"));
    connect(panels, &QMenu::aboutToShow, this, [this, panels] { fillPanels(panels); });
    view->addAction(tr("Reset layout"), this, [this] {
        for (Panels *each : allPanels()) each->reset();
    });
    view->addSeparator();
    auto *group = new QActionGroup(view);
    const std::pair<ThemeChoice, QString> themes[] = {
        {ThemeChoice::System, tr("Theme of the system")},
        {ThemeChoice::Light, tr("Light")},
        {ThemeChoice::Dark, tr("Dark")}};
    for (const auto &[choice, label] : themes) {
        QAction *action = view->addAction(
            label, this, [choice = choice] { Theme::instance().setChoice(choice); });
        action->setCheckable(true);
        action->setChecked(Theme::instance().choice() == choice);
        group->addAction(action);
    }
}

/// The panels of the place in front: shown or not, in the window or torn off.
void MainWindow::fillPanels(QMenu *menu)
{
    menu->clear();
    Panels *panels = place() == Place::Build    ? m_build->panels()
                     : place() == Place::Train  ? m_train->panels()
                     : place() == Place::Inside ? m_inside->panels()
                                                : nullptr;
    if (!panels) {
        menu->addAction(tr("This place has one layout only"))->setEnabled(false);
        return;
    }
    for (const Panels::Panel &panel : panels->all()) {
        QMenu *entry = menu->addMenu(panel.title);
        QAction *shown = entry->addAction(tr("Shown"));
        shown->setCheckable(true);
        shown->setChecked(panels->isShown(panel.name));
        connect(shown, &QAction::toggled, panels,
                [panels, name = panel.name](bool on) { panels->setShown(name, on); });
        QAction *tornOff = entry->addAction(tr("In a window of its own"));
        tornOff->setCheckable(true);
        tornOff->setChecked(panels->isTornOff(panel.name));
        connect(tornOff, &QAction::toggled, panels,
                [panels, name = panel.name](bool on) { panels->setTornOff(name, on); });
    }
}

std::vector<Panels *> MainWindow::allPanels() const
{
    return {m_build->panels(), m_train->panels(), m_inside->panels()};
}

void MainWindow::restoreLayout()
{
    restoreGeometry(QSettings().value(kGeometryKey).toByteArray());
    for (Panels *each : allPanels()) each->restore();
}

void MainWindow::saveLayout() const
{
    QSettings().setValue(kGeometryKey, saveGeometry());
    for (const Panels *each : allPanels()) each->save();
}

void MainWindow::fillDevices(QMenu *menu)
{
    auto *group = new QActionGroup(menu);
    const auto devices = engine::devices();
    const auto show = [this](const engine::Device &device) {
        m_device->setText(QString::fromStdString(device.title));
    };
    for (const engine::Device &device : devices) {
        QAction *action =
            menu->addAction(QString::fromStdString(device.title), this, [this, device, show] {
                m_session->run.setDevice(QString::fromStdString(device.name));
                show(device);
            });
        action->setCheckable(true);
        group->addAction(action);
    }
    // "auto" is the first CUDA device where there is one.
    const std::size_t first = devices.size() > 1 ? 1 : 0;
    if (devices.empty()) return;
    group->actions().at(static_cast<int>(first))->setChecked(true);
    show(devices[first]);
}

} // namespace ostrich::ui
