// Finding in a window what its user would look for: a field by its name, a button or a sentence by
// its words.
#pragma once

#include <QAbstractButton>
#include <QLabel>
#include <QTest>
#include <QTextDocument>

namespace seen {

/// As it is read: without mark-up, every space an ordinary one.
inline QString plain(QString text)
{
    if (Qt::mightBeRichText(text)) {
        QTextDocument document;
        document.setHtml(text);
        text = document.toPlainText();
    }
    return text.replace(QChar(0x202F), QLatin1Char(' '));
}

/// Whether a label in sight contains `text`.
inline bool says(const QWidget *window, const QString &text)
{
    for (const QLabel *label : window->findChildren<QLabel *>())
        if (label->isVisible() && plain(label->text()).contains(plain(text))) return true;
    return false;
}

/// The widget in sight with this accessible name; null: none.
template <typename Widget>
Widget *named(const QWidget *window, const QString &accessibleName)
{
    for (Widget *widget : window->findChildren<Widget *>())
        if (widget->isVisible() && widget->accessibleName() == accessibleName) return widget;
    return nullptr;
}

/// The button in sight with these words, or with them in its tooltip; null: none.
inline QAbstractButton *button(const QWidget *window, const QString &text)
{
    for (QAbstractButton *button : window->findChildren<QAbstractButton *>())
        if (button->isVisible() && (button->text() == text || button->toolTip().contains(text)))
            return button;
    return nullptr;
}

/// Replaces what stands in `field` and presses Return.
inline void type(QWidget *field, const QString &text)
{
    field->setFocus();
    QTest::keyClick(field, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(field, text);
    QTest::keyClick(field, Qt::Key_Return);
}

} // namespace seen
