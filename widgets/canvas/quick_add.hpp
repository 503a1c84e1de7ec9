// The small search at the pointer: type a block's name, Enter puts it there.
#pragma once

#include "graph/kind.hpp"

#include <QWidget>

#include <functional>

class QLineEdit;
class QListWidget;

namespace ostrich::ui {

class QuickAdd : public QWidget {
    Q_OBJECT
public:
    explicit QuickAdd(QWidget *parent);
    /// At `at` in the parent's coordinates, kept inside it; only kinds that are `wanted`.
    void open(const QPoint &at, std::function<bool(const graph::Kind &)> wanted);

signals:
    void chosen(const QString &kind);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void filter(const QString &text);
    void accept();
    std::function<bool(const graph::Kind &)> m_wanted;
    QLineEdit *m_search;
    QListWidget *m_list;
};

} // namespace ostrich::ui
