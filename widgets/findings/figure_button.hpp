// The small button beside a figure that saves or copies it.
#pragma once

#include "findings/drawing.hpp"

#include <QToolButton>

#include <functional>

class QMenu;

namespace ostrich::ui {

class FigureButton : public QToolButton {
    Q_OBJECT
public:
    /// What is saved; no drawing: there is nothing to save.
    struct Shot {
        DrawingPtr drawing;
        int width = 560; // logical pixels
    };
    using Source = std::function<Shot()>;
    /// `source` is asked when the menu opens: what is saved is what was seen then.
    explicit FigureButton(Source source, QWidget *parent = nullptr);

    /// A right click on `figure`, or the key for it, opens the menu as well.
    void alsoOn(QWidget *figure);
    bool eventFilter(QObject *watched, QEvent *event) override;

signals:
    void statusMessage(const QString &text, bool isError);

private:
    void openMenu(const QPoint &globalPos);
    QMenu *makeMenu(const Shot &shot);
    Source m_source;
};

} // namespace ostrich::ui
