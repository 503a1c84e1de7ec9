// Small pictures with a caption each, in rows of five (sequences as cards: charts in rows of three,
// texts below each other); a click, or the arrows and Enter, chooses
// the sample for all places.
#pragma once

#include "model/data_model.hpp"

#include <QWidget>

#include <vector>

namespace ostrich::ui {

struct Session;

class PictureRow : public QWidget {
    Q_OBJECT
public:
    struct Item {
        SampleRef sample;
        QString caption;
    };
    PictureRow(Session *session, int rows, QWidget *parent = nullptr);
    void show(std::vector<Item> items);
    int capacity() const;                     // with the data at hand
    int current() const { return m_current; } // where the keyboard is; 0 when there is none

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;

private:
    QRectF cellRect(int index) const;
    void drawImages();
    void setCurrent(int index);
    void choose(int index);
    Session *m_session;
    int m_rows;
    int m_current = 0;
    int m_columns = 5;
    SampleStyle m_style = SampleStyle::Square;
    std::vector<Item> m_items;
    std::vector<QImage> m_images;
    QSizeF m_drawnSize;
};

} // namespace ostrich::ui
