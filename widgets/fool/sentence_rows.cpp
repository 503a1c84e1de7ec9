// Words as chips in two rows, wrapped together; large where few of them leave the room.
#include "fool/sentence_rows.hpp"

#include "theme/chips.hpp"

#include <QPainter>
#include <QScrollBar>

#include <algorithm>
#include <array>

namespace ostrich::ui {

namespace {

constexpr std::array kOnOneLine{FontRole::BigNumber, FontRole::PageTitle};
constexpr std::array kOnSeveral{FontRole::Sentence, FontRole::Text};
constexpr double kGap = 8, kPadding = 11, kAboveText = 7; // of a chip
constexpr double kArrow = 30, kBetweenLines = 22;
constexpr double kNameGap = 16; // between a row's name and its first word

QStringList rowNames()
{
    return {SentenceRows::tr("before"), SentenceRows::tr("after")};
}

double nameRoom()
{
    const QFontMetrics metrics(Theme::instance().font(FontRole::Text));
    double widest = 0.0;
    for (const QString &name : rowNames())
        widest = std::max<double>(widest, metrics.horizontalAdvance(name));
    return widest + kNameGap;
}

/// Downwards, from the word that leaves to the one that comes.
void paintArrow(QPainter &painter, QPointF from, QPointF to)
{
    constexpr double kHead = 5.0;
    painter.setPen(QPen(Theme::instance().tokens().attack, 2, Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(from, to);
    painter.drawPolyline(QPolygonF{to + QPointF(-kHead, -kHead), to, to + QPointF(kHead, -kHead)});
}

} // namespace

SentenceRows::SentenceRows(QWidget *parent) : QAbstractScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setAutoFillBackground(false);
    setAccessibleName(tr("The sentence before and after"));
    connect(&Theme::instance(), &Theme::changed, this, &SentenceRows::arrange);
}

void SentenceRows::setWords(std::vector<Word> words, bool isAttacked)
{
    if (words == m_words && isAttacked == m_isAttacked && m_message.isEmpty()) return;
    m_words = std::move(words);
    m_isAttacked = isAttacked;
    m_message.clear();
    tell();
    arrange();
}

void SentenceRows::setMessage(const QString &text)
{
    if (text == m_message) return;
    m_words.clear();
    m_isAttacked = false;
    m_message = text;
    setAccessibleDescription(text);
    arrange();
}

void SentenceRows::tell()
{
    QStringList sentence, exchanges;
    for (const Word &word : m_words) {
        sentence << word.before;
        if (m_isAttacked && word.isExchanged())
            exchanges << QStringLiteral("%1 → %2").arg(word.before, word.after);
    }
    const QString said = sentence.join(QLatin1Char(' '));
    setAccessibleDescription(exchanges.isEmpty()
                                 ? said
                                 : said + QStringLiteral(" (")
                                       + exchanges.join(QStringLiteral(", ")) + QLatin1Char(')'));
}

SentenceRows::Layout SentenceRows::layoutIn(FontRole role, double width) const
{
    Layout layout;
    layout.font = Theme::instance().font(role);
    layout.font.setWeight(QFont::Normal);
    QFont bold = layout.font;
    bold.setWeight(QFont::DemiBold);
    const QFontMetricsF plainly(layout.font), boldly(bold);
    const double chip = plainly.height() + 2 * kAboveText;
    layout.second = m_isAttacked ? chip + kArrow : 0.0;
    const double left = m_isAttacked ? nameRoom() : 0.0, line = layout.second + chip;
    double x = left, y = 0.0;
    for (const Word &word : m_words) {
        const double text = std::max(
            plainly.horizontalAdvance(word.before),
            m_isAttacked && word.isExchanged() ? boldly.horizontalAdvance(word.after) : 0.0);
        const double wide = std::min(std::max(chip, text + 2 * kPadding), width - left);
        if (x > left && x + wide > width) {
            x = left;
            y += line + kBetweenLines;
        }
        layout.chips.emplace_back(x, y, wide, chip);
        x += wide + kGap;
        layout.size = {std::max(layout.size.width(), x - kGap), y + line};
    }
    return layout;
}

void SentenceRows::arrange()
{
    const QSizeF room = maximumViewportSize();
    const auto fits = [&](FontRole role, bool onOneLine) {
        m_layout = layoutIn(role, room.width());
        const bool isOneLine = m_layout.chips.empty() || m_layout.chips.back().y() <= 0.0;
        return m_layout.size.height() <= room.height() && (isOneLine || !onOneLine);
    };
    const bool scrolls =
        std::ranges::none_of(kOnOneLine, [&](FontRole role) { return fits(role, true); })
        && std::ranges::none_of(kOnSeveral, [&](FontRole role) { return fits(role, false); });
    if (scrolls)
        m_layout =
            layoutIn(kOnSeveral.back(), room.width() - verticalScrollBar()->sizeHint().width());
    const int below = static_cast<int>(m_layout.size.height() - room.height() + 1.0);
    verticalScrollBar()->setRange(0, scrolls ? below : 0);
    verticalScrollBar()->setPageStep(static_cast<int>(room.height()));
    verticalScrollBar()->setSingleStep(20);
    setFocusPolicy(scrolls ? Qt::StrongFocus : Qt::NoFocus); // the keys scroll it
    viewport()->update();
}

/// In the middle, as long as all of it is seen.
QPointF SentenceRows::origin() const
{
    const QSizeF room = viewport()->size();
    return {std::floor(std::max(0.0, (room.width() - m_layout.size.width()) / 2.0)),
            std::floor(std::max(0.0, (room.height() - m_layout.size.height()) / 2.0))
                - verticalScrollBar()->value()};
}

QRectF SentenceRows::chipRect(std::size_t index, bool after) const
{
    return m_layout.chips.at(index).translated(origin()).translated(0.0,
                                                                    after ? m_layout.second : 0.0);
}

void SentenceRows::paintWord(QPainter &painter, std::size_t index) const
{
    const Word &word = m_words[index];
    const bool leaves = m_isAttacked && word.isExchanged();
    const QRectF first = chipRect(index, false), second = chipRect(index, true);
    const Chip stays = word.isUnknown ? Chip::Unknown : Chip::Plain;
    paintChip(painter, first, word.before, leaves ? Chip::Leaving : stays, m_layout.font);
    if (!m_isAttacked) return;
    paintChip(painter, second, word.after, leaves ? Chip::Arrived : stays, m_layout.font);
    if (leaves)
        paintArrow(painter, {first.center().x(), first.bottom() + 6},
                   {first.center().x(), second.top() - 6});
}

/// "before" and "after" in front of each line.
void SentenceRows::paintRowNames(QPainter &painter) const
{
    const QStringList names = rowNames();
    painter.setFont(Theme::instance().font(FontRole::Text));
    painter.setPen(Theme::instance().tokens().muted);
    double line = -1.0;
    for (std::size_t i = 0; i < m_words.size(); ++i) {
        if (m_layout.chips[i].y() <= line) continue;
        line = m_layout.chips[i].y();
        for (const bool after : {false, true}) {
            const QRectF chip = chipRect(i, after);
            painter.drawText(QRectF(origin().x(), chip.y(), nameRoom() - kNameGap, chip.height()),
                             Qt::AlignRight | Qt::AlignVCenter, names[after ? 1 : 0]);
        }
    }
}

void SentenceRows::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    painter.setRenderHint(QPainter::Antialiasing);
    if (!m_message.isEmpty()) {
        painter.setFont(Theme::instance().font(FontRole::Sentence));
        painter.setPen(Theme::instance().tokens().text);
        painter.drawText(viewport()->rect().adjusted(40, 0, -40, 0),
                         Qt::AlignCenter | Qt::TextWordWrap, m_message);
        return;
    }
    if (hasFocus()) {
        painter.setPen(QPen(Theme::instance().tokens().accent, 2));
        painter.drawRoundedRect(QRectF(viewport()->rect()).adjusted(1, 1, -1, -1), 6, 6);
    }
    if (m_isAttacked) paintRowNames(painter);
    for (std::size_t i = 0; i < m_words.size(); ++i) paintWord(painter, i);
}

void SentenceRows::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void SentenceRows::focusOutEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

void SentenceRows::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    arrange();
}

} // namespace ostrich::ui
