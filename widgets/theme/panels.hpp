// The panels of one place: each can be hidden, torn off into a window of its own, dragged wider,
// and all of that is remembered until the layout is reset.
#pragma once

#include <QList>
#include <QObject>
#include <QPointer>
#include <QString>

#include <vector>

class QSplitter;
class QWidget;

namespace ostrich::ui {

class Panels : public QObject {
    Q_OBJECT
public:
    /// `place` names the layout in the settings. Lives as long as the place, its parent.
    Panels(const QString &place, QWidget *parent);
    ~Panels() override; // takes panels that stand alone with it

    /// `sizes` in pixels, in the order of the splitter's children: the layout as first seen.
    void addSplitter(QSplitter *splitter, const QList<int> &sizes);
    /// `widget` lies in one of the splitters.
    void addPanel(const QString &name, const QString &title, QWidget *widget);

    struct Panel {
        QString name, title;
        QWidget *widget;
        QPointer<QWidget> window, gap; // torn off: where it stands, and what keeps its place
    };
    const std::vector<Panel> &all() const { return m_panels; }
    bool isShown(const QString &name) const;
    bool isTornOff(const QString &name) const;

    void setShown(const QString &name, bool shown);
    void setTornOff(const QString &name, bool tornOff);
    void reset();
    void restore(); // as it was when Ostrich was last used
    void save() const;

private:
    struct Row {
        QSplitter *splitter;
        QList<int> sizes;
    };
    Panel *find(const QString &name);
    void tearOff(Panel &panel);
    void putBack(Panel &panel);
    void hideEmptyRows();
    bool eventFilter(QObject *watched, QEvent *event) override;

    QString m_place;
    std::vector<Row> m_rows;
    std::vector<Panel> m_panels;
};

} // namespace ostrich::ui
