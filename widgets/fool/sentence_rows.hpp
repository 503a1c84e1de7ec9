// A sentence before and after the attack: two rows of words, one above the other, so that each
// exchange is a column of its own.
#pragma once

#include "theme/theme.hpp"

#include <QAbstractScrollArea>

#include <vector>

class QPainter;

namespace ostrich::ui {

class SentenceRows : public QAbstractScrollArea {
    Q_OBJECT
public:
    explicit SentenceRows(QWidget *parent = nullptr);

    struct Word {
        QString before, after; // the same: it stayed
        bool isUnknown = false;
        bool isExchanged() const { return before != after; }
        bool operator==(const Word &) const = default;
    };
    /// `isAttacked`: there is a second row.
    void setWords(std::vector<Word> words, bool isAttacked);
    void setMessage(const QString &text); // in their place

    const std::vector<Word> &words() const { return m_words; }
    const QString &message() const { return m_message; }
    bool isAttacked() const { return m_isAttacked; }
    /// Where word `index` stands in the viewport: in the first row, or in the second.
    QRectF chipRect(std::size_t index, bool after) const;
    QSize minimumSizeHint() const override { return QSize(320, 96); }

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    /// Where the words stand at one size of the letters.
    struct Layout {
        QFont font;
        std::vector<QRectF> chips; // of the first row, in the order of the words
        double second = 0.0;       // from the first row to the second; 0: there is none
        QSizeF size;
    };
    Layout layoutIn(FontRole role, double width) const;
    void arrange(); // as large as there is room for
    void tell();    // to who does not see it
    void paintRowNames(QPainter &painter) const;
    void paintWord(QPainter &painter, std::size_t index) const;
    QPointF origin() const;

    std::vector<Word> m_words;
    QString m_message;
    bool m_isAttacked = false;
    Layout m_layout;
};

} // namespace ostrich::ui
