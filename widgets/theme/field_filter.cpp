// Wheel and shortcuts of spin boxes, choices and lines of text.
#include "theme/field_filter.hpp"

#include <QAbstractSpinBox>
#include <QComboBox>
#include <QKeyEvent>
#include <QLineEdit>

namespace ostrich::ui {

namespace {

/// The widget that the wheel would step; null: `object` is another thing.
QWidget *stepped(QObject *object)
{
    if (auto *box = qobject_cast<QAbstractSpinBox *>(object)) return box;
    return qobject_cast<QComboBox *>(object);
}

QLineEdit *lineOf(QObject *object)
{
    if (auto *line = qobject_cast<QLineEdit *>(object)) return line;
    return stepped(object) ? object->findChild<QLineEdit *>(QString(), Qt::FindDirectChildrenOnly)
                           : nullptr;
}

/// "Ctrl+S" or "F5", which may save or train what the field shows.
bool mayBeShortcut(const QKeyEvent &key)
{
    const bool function = key.key() >= Qt::Key_F1 && key.key() <= Qt::Key_F35;
    const bool lone = key.key() >= Qt::Key_Shift && key.key() <= Qt::Key_Alt;
    return function || (key.modifiers() & Qt::ControlModifier && !lone);
}

void giveWhatIsTyped(QObject *field, QLineEdit *line)
{
    if (auto *box = qobject_cast<QAbstractSpinBox *>(field))
        box->interpretText();
    else if (qobject_cast<QComboBox *>(field))
        emit line->editingFinished();
}

bool filterShortcut(QObject *field, QKeyEvent *key)
{
    QLineEdit *line = lineOf(field);
    if (!line || !mayBeShortcut(*key)) return false;
    if ((key->matches(QKeySequence::Undo) && !line->isUndoAvailable())
        || (key->matches(QKeySequence::Redo) && !line->isRedoAvailable())) {
        key->ignore(); // or the line would keep it and do nothing
        return true;
    }
    key->ignore();
    field->event(key);
    if (!key->isAccepted()) giveWhatIsTyped(field, line);
    return true;
}

} // namespace

bool FieldFilter::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::Polish:
        if (QWidget *field = stepped(watched); field && field->focusPolicy() == Qt::WheelFocus)
            field->setFocusPolicy(Qt::StrongFocus); // the wheel would give it the focus first
        return false;
    case QEvent::Wheel:
        if (const QWidget *field = stepped(watched); field && !field->hasFocus()) {
            event->ignore();
            return true;
        }
        return false;
    case QEvent::ShortcutOverride:
        return filterShortcut(watched, static_cast<QKeyEvent *>(event));
    default:
        return false;
    }
}

} // namespace ostrich::ui
