// The place Build: palette, canvas and inspector over the live curves and the data.
#pragma once

#include <QWidget>

namespace ostrich::ui {

struct Session;
class CanvasView;
class Palette;
class Panels;

class BuildPlace : public QWidget {
    Q_OBJECT
public:
    explicit BuildPlace(Session *session, QWidget *parent = nullptr);

    CanvasView *canvas() { return m_canvas; }
    Palette *palettePanel() { return m_palette; }
    Panels *panels() { return m_panels; }

signals:
    void sourceWanted();

private:
    QWidget *centre(Session *session);

    Palette *m_palette;
    CanvasView *m_canvas;
    Panels *m_panels;
};

} // namespace ostrich::ui
