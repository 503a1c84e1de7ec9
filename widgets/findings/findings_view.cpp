// Sentences and cards, each card below the shorter column.
#include "findings/findings_view.hpp"

#include "findings/drawing.hpp"
#include "findings/figure_card.hpp"
#include "theme/controls.hpp"

#include <QLabel>
#include <QScrollBar>

#include <algorithm>

namespace ostrich::ui {

namespace {

constexpr int kPadding = 20, kGap = 12, kNarrowest = 340; // of a column

/// Whether `drawing` is a later state of what `card` shows.
bool isOfCard(const DrawingPtr &drawing, const FigureCard *card)
{
    return drawing->key() == card->view()->drawing()->key() && drawing->isWide() == card->isWide();
}

} // namespace

FindingsView::FindingsView(QWidget *parent)
    : QScrollArea(parent), m_page(new QWidget), m_asked(mutedLabel({}, m_page))
{
    m_asked->setWordWrap(true);
    m_asked->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_asked->hide();
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWidget(m_page);
    viewport()->setAutoFillBackground(false);
    m_page->setAutoFillBackground(false);
    connect(&Theme::instance(), &Theme::changed, this, [this] { arrange(); });
}

void FindingsView::clear()
{
    m_asked->clear();
    m_asked->hide();
    for (QLabel *label : m_sentences) delete label;
    for (FigureCard *card : m_cards) delete card;
    m_sentences.clear();
    m_cards.clear();
}

QLabel *FindingsView::addSentence(const QString &text, bool isFirst)
{
    auto *label = new QLabel(text, m_page);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    label->setFont(Theme::instance().font(isFirst ? FontRole::BlockTitle : FontRole::Text));
    label->show();
    m_sentences.push_back(label);
    return label;
}

/// Labels that are there stay, so that a selection of the keyboard does.
void FindingsView::sayAll(const std::vector<Message> &messages)
{
    for (; m_sentences.size() > messages.size(); m_sentences.pop_back()) delete m_sentences.back();
    for (std::size_t i = 0; i < messages.size(); ++i) {
        if (i < m_sentences.size()) {
            m_sentences[i]->setText(sentence(messages[i]));
            continue;
        }
        QWidget *before = i > 0 ? m_sentences.back() : nullptr;
        QLabel *label = addSentence(sentence(messages[i]), i == 0);
        if (before) setTabOrder(before, label);
    }
}

void FindingsView::addCard(DrawingPtr drawing)
{
    auto *card = new FigureCard(std::move(drawing), m_page);
    connect(card, &FigureCard::statusMessage, this, &FindingsView::statusMessage);
    card->show();
    m_cards.push_back(card);
}

/// Cards stay while a study goes on: a menu or a dialog may stand open over one.
void FindingsView::show(const robustness::Findings &findings)
{
    const int scrolled = verticalScrollBar()->value();
    std::vector<DrawingPtr> drawings = drawingsOf(findings);
    const bool isSame = !m_cards.empty() && std::ranges::equal(drawings, m_cards, isOfCard);
    if (!isSame) clear();
    sayAll(findings.sentences);
    m_asked->setText(sentence(findings.asked));
    m_asked->setVisible(!findings.asked.empty());
    if (!m_sentences.empty()) setTabOrder(m_sentences.back(), m_asked);
    for (std::size_t i = 0; i < drawings.size(); ++i)
        isSame ? m_cards[i]->setDrawing(std::move(drawings[i])) : addCard(std::move(drawings[i]));
    arrange();
    verticalScrollBar()->setValue(scrolled);
}

void FindingsView::goToTop()
{
    verticalScrollBar()->setValue(0);
}

void FindingsView::showMessage(const QString &text)
{
    clear();
    QLabel *label = addSentence(text, false);
    label->setFont(Theme::instance().font(FontRole::Sentence));
    label->setAlignment(Qt::AlignCenter);
    arrange();
}

void FindingsView::arrange()
{
    const int width = std::max(240, viewport()->width()), room = width - 2 * kPadding;
    const bool isAsked = m_asked->isVisibleTo(m_page);
    if (m_cards.empty() && m_sentences.size() == 1 && !isAsked) { // a message, in the middle
        m_page->resize(width, viewport()->height());
        m_sentences.front()->setGeometry(kPadding + 40, 0, room - 80, viewport()->height());
        return;
    }
    int y = 16;
    std::vector<QLabel *> lines = m_sentences;
    if (isAsked) lines.push_back(m_asked);
    for (QLabel *label : lines) {
        const int high = label->heightForWidth(room);
        label->setGeometry(kPadding, y, room, high);
        y += high + 4;
    }
    y += lines.empty() ? 0 : 8;
    const bool isAlone = std::ranges::count(m_cards, false, &FigureCard::isWide) == 1;
    const int columns = isAlone ? 1 : std::clamp((room + kGap) / (kNarrowest + kGap), 1, 2);
    const int wide = (room - (columns - 1) * kGap) / columns;
    std::vector<int> ends(static_cast<std::size_t>(columns), y);
    for (FigureCard *card : m_cards) {
        if (card->isWide()) {
            const int top = *std::ranges::max_element(ends), high = card->heightForWidth(room);
            card->setGeometry(kPadding, top, room, high);
            std::ranges::fill(ends, top + high + kGap);
            continue;
        }
        const auto shortest = std::ranges::min_element(ends);
        const int column = static_cast<int>(shortest - ends.begin());
        const int high = card->heightForWidth(wide);
        card->setGeometry(kPadding + column * (wide + kGap), *shortest, wide, high);
        *shortest += high + kGap;
    }
    m_page->resize(width, *std::ranges::max_element(ends) + 8);
}

void FindingsView::resizeEvent(QResizeEvent *event)
{
    QScrollArea::resizeEvent(event);
    arrange();
}

} // namespace ostrich::ui
