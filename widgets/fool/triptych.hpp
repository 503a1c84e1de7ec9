// Picture + noise = picture, large, with a caption under each. Takes dropped picture files.
#pragma once

#include <QImage>
#include <QWidget>

#include <array>
#include <memory>

class QPushButton;

namespace ostrich::ui {

class Drawing;
class FigureButton;

class Triptych : public QWidget {
    Q_OBJECT
public:
    explicit Triptych(QWidget *parent = nullptr);

    struct Panel {
        QImage image;
        QString caption; // "dog 97 %"
        QString note;    // "the picture"
    };
    void show(std::array<Panel, 3> panels, bool fooled);
    /// Instead of pictures: what to do to see some, with a button where that is one step.
    void showMessage(const QString &text, const QString &action = {});
    /// Left edge of the first and right edge of the last picture: what stands below lines up with
    /// them.
    std::pair<int, int> extent() const;
    QSize minimumSizeHint() const override;
    static constexpr int kGap = 36; // between two pictures

signals:
    void fileDropped(const QString &path);
    void imageDropped(const QImage &image);
    void layoutChanged();
    void actionWanted(); // the button of the message

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    int room() const; // of the widest square for a picture
    int side() const; // of a picture's square: as wide as a whole factor makes it
    /// Where `image` is drawn in `box`: in the middle, its pixels as large as a whole number of the
    /// screen's, or, where there is no room for one each, as large as the box.
    QRectF placeOf(const QImage &image, const QRect &box) const;
    void placeButtons();
    std::shared_ptr<Drawing> drawing() const; // what is seen, for a file
    void paintImage(QPainter &painter, const QRect &box, const QImage &image) const;
    void paintCaption(QPainter &painter, const QRect &box, const Panel &panel, bool wrong) const;
    QRect pictureRect(int index) const;
    std::array<Panel, 3> m_panels;
    QString m_message;
    QPushButton *m_action;
    FigureButton *m_save; // between the noise and the sum
    bool m_fooled = false;
};

} // namespace ostrich::ui
