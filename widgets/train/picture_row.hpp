// Small pictures with a caption each, in rows of five; a click chooses the sample for all places.
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
    int capacity() const { return m_rows * 5; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;

private:
    QRectF cellRect(int index) const;
    Session *m_session;
    int m_rows;
    std::vector<Item> m_items;
    std::vector<QImage> m_images;
};

} // namespace ostrich::ui
