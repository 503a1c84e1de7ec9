// What every field of the window does with the wheel and with shortcuts: one filter on the
// application, so that no field needs to be told.
#pragma once

#include <QObject>

namespace ostrich::ui {

/// Spin boxes and choices without the focus leave the wheel to the panel that they stand in.
/// Undo and redo go to the window unless the field's own text has something to take back. What is
/// typed is given before another shortcut acts on it.
class FieldFilter : public QObject {
public:
    using QObject::QObject;
    bool eventFilter(QObject *watched, QEvent *event) override;
};

} // namespace ostrich::ui
