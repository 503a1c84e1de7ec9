// How near the search has come: for each number of exchanged words the nearest sentence, as one row
// with its exchanges and a bar.
#pragma once

#include "fool/sentence_text.hpp"

#include <QWidget>

#include <vector>

class QPainter;

namespace ostrich::ui {

struct Session;
class FigureButton;
class SentenceModel;

class SentenceSteps : public QWidget {
    Q_OBJECT
public:
    SentenceSteps(Session *session, SentenceModel *model, QWidget *parent = nullptr);

    const std::vector<WordStep> &rows() const { return m_rows; }
    QSize minimumSizeHint() const override { return QSize(280, 120); }

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void refresh();
    struct Columns {
        int words = 0, exchanges = 0, bar = 0, answer = 0; // x; that of `words` is its right edge
        int barWidth = 0, answerWidth = 0;
    };
    Columns columns(const QRect &inner) const;
    void paintRow(QPainter &painter, const WordStep &row, const Columns &columns, int y) const;

    Session *m_session;
    SentenceModel *m_model;
    std::vector<WordStep> m_rows;
    QString m_watched; // name of the class
    FigureButton *m_save;
};

} // namespace ostrich::ui
