// Makes the pictures one after the other: shots.cpp the network and its training, shots_inside.cpp
// and shots_fool.cpp those places.
#pragma once

#include "project/project.hpp"
#include "window/main_window.hpp"

#include <functional>

namespace ostrich::ui {

class FoolModel;
class LiveAttack;
class StudyModel;

class ShotMaker {
public:
    explicit ShotMaker(const QString &folder);
    bool run();

private:
    using Change = void (*)(project::Project &);
    /// The project `name`, made of a template, is open, with a trained network at hand. `watched`:
    /// trained even where a run is kept, for what only shows while it goes on.
    bool prepare(const QString &name, const char *templateName, Change change,
                 bool watched = false);
    bool both(MainWindow::Place place, const QString &name); // themes

    bool digits();
    void select();
    void breakNetwork();
    bool comparison();

    bool insideLstm();
    void chooseRecall();
    bool insideAttention();

    bool foolWords();
    bool foolSeries();
    bool foolPicture();
    void chooseDog(FoolModel *model);
    bool foolLive(LiveAttack &live, const QString &name);
    bool guardedDigits();
    bool studies();
    bool study(const std::string &name);

    QString m_folder;
    MainWindow m_window;
};

/// To the terminal.
void tell(const QString &text);
/// Runs the event loop until `done` holds; false after `timeout` ms.
bool waitFor(const std::function<bool()> &done, int timeout);
void settle(int milliseconds);
/// Where the prepared project `name` is kept, so that it is trained once.
QString projectPath(const QString &name);

inline constexpr int kPatience = 170'000; // ms, for one training

} // namespace ostrich::ui
