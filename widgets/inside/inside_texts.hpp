// The context in which the words of Inside are translated, for what is no QObject.
#pragma once

#include <QCoreApplication>

namespace ostrich::ui {

struct InsideTexts {
    Q_DECLARE_TR_FUNCTIONS(ostrich::ui::Inside)
};

} // namespace ostrich::ui
