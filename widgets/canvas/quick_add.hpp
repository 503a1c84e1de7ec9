// The small search at the pointer: type a block's name, Enter puts it there.
#pragma once

#include <QWidget>

class QLineEdit;
class QListWidget;

namespace ostrich::ui {

class QuickAdd : public QWidget {
    Q_OBJECT
public:
    explicit QuickAdd(QWidget *parent);
    void open(const QPoint &at); // in the parent's coordinates, kept inside it

signals:
    void chosen(const QString &kind);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void filter(const QString &text);
    void accept();
    QLineEdit *m_search;
    QListWidget *m_list;
};

} // namespace ostrich::ui
