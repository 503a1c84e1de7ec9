// Everything that a study found, from top to bottom: what it says in words, its numbers, then its
// figures in as many columns as there is room for.
#pragma once

#include "findings/drawing.hpp"
#include "robustness/findings.hpp"

#include <QScrollArea>

#include <vector>

class QLabel;

namespace ostrich::ui {

class FigureCard;

class FindingsView : public QScrollArea {
    Q_OBJECT
public:
    explicit FindingsView(QWidget *parent = nullptr);

    void show(const robustness::Findings &findings);
    /// Instead of findings: what to do to have some.
    void showMessage(const QString &text);
    void goToTop();
    const std::vector<FigureCard *> &cards() const { return m_cards; }

signals:
    void statusMessage(const QString &text, bool isError);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void clear();
    void arrange();
    void sayAll(const std::vector<Message> &messages);
    void addCard(DrawingPtr drawing);
    QLabel *addSentence(const QString &text, bool isFirst);
    QWidget *m_page;
    QLabel *m_asked; // with which attack and samples
    std::vector<QLabel *> m_sentences;
    std::vector<FigureCard *> m_cards;
};

} // namespace ostrich::ui
