// Small controls of the design that Qt has not: segmented choice, switch, section title, ruled
// line.
#pragma once

#include <QAbstractButton>
#include <QButtonGroup>
#include <QFrame>
#include <QLabel>
#include <QWidget>

namespace ostrich::ui {

/// A trough with one chosen item. Arrow keys move, focus ring on keyboard focus.
class SegmentedControl : public QWidget {
    Q_OBJECT
public:
    explicit SegmentedControl(const QStringList &items, bool small = false,
                              QWidget *parent = nullptr);
    int currentIndex() const;
    void setCurrentIndex(int index); // silent when unchanged
    void setItemEnabled(int index, bool enabled);
    void setItemText(int index, const QString &text);
signals:
    void currentIndexChanged(int index);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QButtonGroup *m_group;
};

/// An on/off switch (design: 32×18).
class Switch : public QAbstractButton {
    Q_OBJECT
public:
    explicit Switch(QWidget *parent = nullptr);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
};

/// A label that elides in the middle or at the end, with the whole text as its tooltip.
class ElidingLabel : public QLabel {
    Q_OBJECT
public:
    explicit ElidingLabel(const QString &text = {}, QWidget *parent = nullptr);
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_told; // the tooltip that it gave itself
};

QLabel *sectionTitle(const QString &text, QWidget *parent = nullptr); // 10 pt, 600
QLabel *mutedLabel(const QString &text = {}, QWidget *parent = nullptr);
QFrame *ruledLine(QWidget *parent = nullptr); // 1 px, border colour
QFrame *uprightLine(QWidget *parent = nullptr);

} // namespace ostrich::ui
