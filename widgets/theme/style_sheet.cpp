// The application's style sheet: buttons, fields, menus, scroll bars in the tokens' colours.
#include "theme/tokens.hpp"

namespace ostrich::ui {

namespace {

constexpr auto kSheet = R"(
QToolTip { background: @panel; color: @text; border: 1px solid @border; padding: 4px 6px; }
QMenu { background: @panel; color: @text; border: 1px solid @border; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: @hover; }
QMenu::item:disabled { color: @strong; }
QMenu::separator { height: 1px; background: @border; margin: 4px 8px; }
QMenuBar { background: @panel; color: @text; }
QMenuBar::item:selected { background: @hover; border-radius: 4px; }

QPushButton { background: @panel; color: @text; border: 1px solid @control; border-radius: 6px;
    padding: 0 12px; min-height: 30px; font-weight: 500; }
QPushButton:hover { background: @hover; }
QPushButton:pressed { background: @track; }
QPushButton:disabled { color: @strong; border-color: @border; }
QPushButton:focus { border: 2px solid @accent; padding: 0 11px; min-height: 28px; }
QPushButton[role="accent"] { color: @accent; border-color: @accent; }
QPushButton[role="accent"]:disabled { color: @strong; border-color: @border; }
QPushButton[role="error"] { color: @error; border-color: @error; font-weight: 600; }
QPushButton[role="link"] { border: none; background: transparent; color: @accent; padding: 0; min-height: 20px; text-align: left; }
QPushButton[role="ghost"] { border: 1px solid transparent; background: transparent; }
QPushButton[role="ghost"]:hover { background: @hover; }
QPushButton[role="icon"] { padding: 0; min-width: 30px; max-width: 30px; }

QCheckBox::indicator { background: @field; border: 1px solid @control; border-radius: 3px; width: 12px; height: 12px; }
QCheckBox::indicator:disabled { border-color: @border; }
QCheckBox::indicator:checked { background: @accentFill; border-color: @accentFill; image: url(:/icons/tick.svg); }
QCheckBox::indicator:checked:disabled { background: @control; border-color: @control; }

QLineEdit, QSpinBox, QDoubleSpinBox, QComboBox, QPlainTextEdit { background: @field; color: @text;
    border: 1px solid @control; border-radius: 6px; padding: 0 8px; min-height: 28px;
    selection-background-color: @accentFill; selection-color: @onAccent; }
QPlainTextEdit { padding: 6px 8px; }
QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QComboBox:focus, QPlainTextEdit:focus {
    border: 2px solid @accent; padding: 0 7px; min-height: 26px; }
QLineEdit:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled, QComboBox:disabled { color: @strong; border-color: @border; }
QSpinBox, QDoubleSpinBox { padding-right: 4px; }
QSpinBox:focus, QDoubleSpinBox:focus { padding-right: 3px; }
QSpinBox::up-button, QDoubleSpinBox::up-button { subcontrol-origin: border; subcontrol-position: top right;
    width: 24px; height: 14px; border: none; border-left: 1px solid @border; margin: 1px 1px 0 0; }
QSpinBox::down-button, QDoubleSpinBox::down-button { subcontrol-origin: border; subcontrol-position: bottom right;
    width: 24px; height: 14px; border: none; border-left: 1px solid @border; margin: 0 1px 1px 0; }
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow { image: url(@spinUp); width: 10px; height: 14px; }
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow { image: url(@spinDown); width: 10px; height: 14px; }
QComboBox { padding-right: 2px; }
QComboBox::drop-down { border: none; width: 26px; }
QComboBox::down-arrow { image: url(@arrowDown); width: 10px; height: 10px; }
QComboBox QAbstractItemView { background: @panel; color: @text; border: 1px solid @border; outline: 0;
    selection-background-color: @hover; selection-color: @text; padding: 4px; }
QComboBox QAbstractItemView::item { min-height: 28px; padding: 0 6px; }

QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar::handle:vertical { background: @border; border-radius: 3px; min-height: 32px; margin: 2px; }
QScrollBar::handle:hover { background: @strong; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle:horizontal { background: @border; border-radius: 3px; min-width: 32px; margin: 2px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QSplitter::handle { background: @border; }
QAbstractItemView { outline: 0; }
QMessageBox, QDialog { background: @panel; }
)";

} // namespace

QString styleSheet(const Tokens &t)
{
    QString sheet = QString::fromLatin1(kSheet);
    const auto icon = [&t](const char *name) {
        return QStringLiteral(":/icons/%1_%2.svg")
            .arg(QLatin1String(name), QLatin1String(t.panel.lightness() < 128 ? "dark" : "light"));
    };
    // Longest names first: "@accentFill" before "@accent".
    const std::pair<const char *, QString> names[] = {
        {"@errorBackground", t.errorBackground.name()},
        {"@accentFill", t.accentFill.name()},
        {"@selection", t.selection.name()},
        {"@onAccent", t.onAccent.name()},
        {"@arrowDown", icon("chevron_down")},
        {"@spinDown", icon("spin_down")},
        {"@control", t.control.name()},
        {"@accent", t.accent.name()},
        {"@spinUp", icon("spin_up")},
        {"@border", t.border.name()},
        {"@strong", t.strong.name()},
        {"@window", t.window.name()},
        {"@error", t.error.name()},
        {"@field", t.field.name()},
        {"@hover", t.hover.name()},
        {"@muted", t.muted.name()},
        {"@panel", t.panel.name()},
        {"@track", t.track.name()},
        {"@text", t.text.name()},
    };
    for (const auto &[name, value] : names) sheet.replace(QLatin1String(name), value);
    return sheet;
}

} // namespace ostrich::ui
