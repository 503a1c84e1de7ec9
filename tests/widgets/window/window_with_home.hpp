// A main window on a small project, in a home of its own.
#pragma once

#include "../model/own_home.hpp"
#include "../model/seen.hpp"
#include "../model/small_training.hpp"
#include "window/main_window.hpp"
#include "window/status_row.hpp"

#include <QMenu>
#include <QSettings>
#include <QToolButton>

/// Made before the application is.
class WindowHome : public OwnHome {
public:
    WindowHome()
    {
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope,
                           path(QStringLiteral("settings")));
    }
};

namespace window {

using namespace ostrich;
using namespace ostrich::ui;

/// Saves `project` as `file` and opens a window on it, in front and with its data loaded.
inline std::unique_ptr<MainWindow> on(const project::Project &project, const QString &file)
{
    auto window = std::make_unique<MainWindow>();
    if (!project::saveProject(project, file.toStdString()) || !window->openFile(file)) return {};
    window->show();
    if (!QTest::qWaitForWindowActive(window.get()) || !small::waitForData(window->session()))
        return {};
    return window;
}

/// One undoable change.
inline void edit(MainWindow &window, std::int64_t features)
{
    ProjectModel &project = window.session().project;
    project.apply(graph::setParameter(project.network(), "linear_1", "out_features", features));
}

/// The entry `text` of the menu behind the bird or of one of its submenus; null: none.
inline QAction *action(MainWindow &window, const QString &text)
{
    const auto find = [&](auto &&self, QMenu *menu) -> QAction * {
        for (QAction *action : menu->actions()) {
            if (action->text() == text) return action;
            if (action->menu())
                if (QAction *inside = self(self, action->menu())) return inside;
        }
        return nullptr;
    };
    return find(find, seen::named<QToolButton>(&window, QStringLiteral("Menu"))->menu());
}

inline QString status(const MainWindow &window)
{
    QString text;
    for (const QLabel *label : window.findChild<StatusRow *>()->findChildren<QLabel *>())
        text += label->text();
    return text;
}

} // namespace window
