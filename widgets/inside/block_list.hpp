// "Look at": the blocks of the network in the order of the flow; those that can be looked into are
// chosen by click or arrow keys, for all places.
#pragma once

#include <QListWidget>

namespace ostrich::ui {

class InsideModel;

class BlockList : public QListWidget {
    Q_OBJECT
public:
    explicit BlockList(InsideModel *model, QWidget *parent = nullptr);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return QSize(120, 3 * 34); }

private:
    void refresh();
    InsideModel *m_model;
    bool m_filling = false;
};

} // namespace ostrich::ui
