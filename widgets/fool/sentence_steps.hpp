// How near the search has come: for each number of exchanged words the nearest sentence, as one row
// with its exchanges and a bar.
#pragma once

#include <QWidget>

#include <vector>

class QPainter;

namespace ostrich::ui {

struct Session;
class SentenceModel;

class SentenceSteps : public QWidget {
    Q_OBJECT
public:
    SentenceSteps(Session *session, SentenceModel *model, QWidget *parent = nullptr);

    struct Row {
        QString words;      // how many are exchanged
        QString exchanges;  // "loved → hated"
        QString answer;     // "positive 98 %"
        double share = 0.0; // of the class that is watched
        bool isAttacked = true, isFooled = false;
        bool operator==(const Row &) const = default;
    };
    const std::vector<Row> &rows() const { return m_rows; }
    QSize minimumSizeHint() const override { return QSize(280, 120); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void refresh();
    struct Columns {
        int words = 0, exchanges = 0, bar = 0, answer = 0; // x; that of `words` is its right edge
        int barWidth = 0, answerWidth = 0;
    };
    Columns columns(const QRect &inner) const;
    void paintRow(QPainter &painter, const Row &row, const Columns &columns, int y) const;

    Session *m_session;
    SentenceModel *m_model;
    std::vector<Row> m_rows;
    QString m_watched; // name of the class
};

} // namespace ostrich::ui
