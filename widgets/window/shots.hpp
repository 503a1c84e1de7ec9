// Pictures of every place in both themes, made by the program itself from prepared, trained
// projects.
#pragma once

#include <QString>

namespace ostrich::ui {

/// Trains what is shown (a few ten seconds the first time; kept in the user's cache), then writes
/// NAME-light.png and NAME-dark.png (1280×800) for each place into `folder`. Returns the program's
/// exit code; says on stderr what it does.
int makeShots(const QString &folder);

} // namespace ostrich::ui
