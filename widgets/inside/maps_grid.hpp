// Small maps side by side with a line of words under each: feature maps, filters, heads. One may be
// chosen.
#pragma once

#include <QImage>
#include <QWidget>

#include <vector>

namespace ostrich::ui {

class MapsGrid : public QWidget {
    Q_OBJECT
public:
    struct Tile {
        QImage image;
        QString caption;
    };
    /// `columns` 0: as many as there is room for. `choosable`: by click and arrow keys.
    MapsGrid(QSize tile, int columns, bool choosable, QWidget *parent = nullptr);

    void setTiles(std::vector<Tile> tiles);
    void setTileSize(QSize size);
    void setChosen(int tile); // silent; -1: none
    int chosen() const { return m_chosen; }
    QRectF tileRect(int tile) const; // of its picture
    QSize sizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

signals:
    void tileChosen(int tile);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    int columnsFor(int width) const;
    QSize pitch() const;
    void choose(int tile);
    void takeHeight();

    std::vector<Tile> m_tiles;
    QSize m_tile;
    int m_columns;
    bool m_choosable;
    int m_chosen = -1;
};

/// `count` maps of (count, height, width) values as pictures in the theme's colours, all in one
/// scale; signed where a value is negative.
std::vector<QImage> mapImages(const std::vector<float> &values, int count, int height, int width);

} // namespace ostrich::ui
