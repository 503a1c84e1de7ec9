// Where the canvas is: the groups that are open, each a way back.
#pragma once

#include <QStringList>
#include <QWidget>

class QHBoxLayout;

namespace ostrich::ui {

class ProjectModel;

/// "Network › Layer 1" on top of the canvas; hidden while the whole network is in view.
class Breadcrumb : public QWidget {
    Q_OBJECT
public:
    explicit Breadcrumb(ProjectModel *project, QWidget *parent = nullptr);

signals:
    void left(); // one group was gone out of by the arrow

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void refresh();
    void rebuild();
    QStringList names() const; // of the whole network and the groups that are open
    QString repetitions() const;
    void addPart(const QString &name, std::size_t depth);

    ProjectModel *m_project;
    QHBoxLayout *m_row;
    QStringList m_shown;
};

} // namespace ostrich::ui
