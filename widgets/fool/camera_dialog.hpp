// A photograph with the camera: the live picture, and a button. The camera is opened and read on a
// thread of its own.
#pragma once

#include "model/background.hpp"

#include <QDialog>
#include <QImage>

class QLabel;
class QPushButton;

namespace ostrich::ui {

/// Deletes itself after its end, once the camera has let go: nobody waits for that.
class CameraDialog : public QDialog {
    Q_OBJECT
public:
    explicit CameraDialog(QWidget *parent = nullptr);

    const QImage &picture() const { return m_picture; } // once it is accepted

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void look();
    void release();
    void take(const QImage &frame);
    void paintFrame();
    QLabel *m_view, *m_text;
    QPushButton *m_shoot;
    QImage m_picture;
    Background m_background; // last: joins first
};

} // namespace ostrich::ui
