// A list of words to tick, behind a field that says which are ticked.
#pragma once

#include <QComboBox>

#include <utility>
#include <vector>

class QCheckBox;
class QScrollArea;

namespace ostrich::ui {

/// Opened by a click or the space bar; the arrow keys move within the list, the space bar ticks,
/// Escape and Enter close it.
class TickedList : public QComboBox {
    Q_OBJECT
public:
    /// Each word as it is told, and as it is read.
    explicit TickedList(const std::vector<std::pair<QString, QString>> &words,
                        QWidget *parent = nullptr);

    /// "apgd-dlr,fab-t": in the order in which they were ticked; words that are not offered stay.
    QString text() const { return m_ticked.join(QLatin1Char(',')); }
    void setText(const QString &text); // silent
    void showPopup() override;

signals:
    void changed();
    void closed();

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void tick(const QString &word, bool ticked);
    void refresh();
    std::vector<std::pair<QString, QCheckBox *>> m_boxes; // by word
    QStringList m_ticked;
    QScrollArea *m_list;
};

} // namespace ostrich::ui
