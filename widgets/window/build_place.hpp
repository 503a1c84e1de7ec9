// The place Build: palette, canvas and inspector over the live curves and the data.
#pragma once

#include <QWidget>

class QSplitter;

namespace ostrich::ui {

struct Session;
class CanvasView;
class Palette;

class BuildPlace : public QWidget {
    Q_OBJECT
public:
    explicit BuildPlace(Session *session, QWidget *parent = nullptr);

    CanvasView *canvas() { return m_canvas; }
    Palette *palettePanel() { return m_palette; }
    enum class Panel { Palette, Inspector, Curves, Data };
    bool panelShown(Panel panel) const;
    void showPanel(Panel panel, bool shown);
    void resetLayout();

signals:
    void sourceWanted();

private:
    QWidget *panelWidget(Panel panel) const;
    Session *m_session;
    Palette *m_palette;
    CanvasView *m_canvas;
    QWidget *m_inspector, *m_strip, *m_data;
    QSplitter *m_upper, *m_lower, *m_rows;
};

} // namespace ostrich::ui
