// The rows of the search, painted.
#include "fool/sentence_steps.hpp"

#include "findings/figure_button.hpp"
#include "fool/probability_bars.hpp"
#include "fool/sentence_findings.hpp"
#include "fool/sentence_model.hpp"
#include "model/session.hpp"
#include "theme/theme.hpp"

#include <QPainter>

#include <algorithm>

namespace ostrich::ui {

namespace {

constexpr int kPadding = 20, kTop = 10, kHead = 30, kPitch = 24, kLine = 20;
constexpr int kGap = 12, kLeastBar = 48, kMostBar = 104;

} // namespace

SentenceSteps::SentenceSteps(Session *session, SentenceModel *model, QWidget *parent)
    : QWidget(parent),
      m_session(session),
      m_model(model),
      m_save(new FigureButton(
          [this] { return FigureButton::Shot{drawingOf(stepsTable(m_session->data, *m_model))}; },
          this))
{
    m_save->alsoOn(this);
    setAccessibleName(tr("Words exchanged"));
    connect(model, &SentenceModel::resultChanged, this, &SentenceSteps::refresh);
    connect(model, &SentenceModel::optionsChanged, this, &SentenceSteps::refresh);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void SentenceSteps::refresh()
{
    if (!m_model->before().empty()) m_watched = m_session->data.className(m_model->watchedClass());
    m_rows = wordSteps(m_session->data, *m_model);
    QStringList told;
    for (const WordStep &row : m_rows)
        told << QStringLiteral("%1: %2, %3").arg(row.exchanged).arg(row.exchanges, row.answer);
    setAccessibleDescription(told.join(QLatin1Char('\n')));
    m_save->setEnabled(!m_rows.empty());
    update();
}

void SentenceSteps::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_save->move(width() - kPadding - m_save->width(), kTop - 3);
}

/// Where the parts of a row stand, from left to right.
SentenceSteps::Columns SentenceSteps::columns(const QRect &inner) const
{
    const QFontMetrics bold(Theme::instance().font(FontRole::TextBold));
    int answer = 0;
    for (const WordStep &row : m_rows)
        answer = std::max(answer, bold.horizontalAdvance(row.answer));
    Columns columns;
    columns.answerWidth = std::min(answer + 2, inner.width() / 3);
    columns.words = inner.x() + bold.horizontalAdvance(QStringLiteral("00"));
    columns.exchanges = columns.words + kGap;
    columns.answer = inner.right() + 1 - columns.answerWidth;
    columns.barWidth = std::clamp(inner.width() / 5, kLeastBar, kMostBar);
    columns.bar = columns.answer - kGap - columns.barWidth;
    return columns;
}

void SentenceSteps::paintRow(QPainter &painter, const WordStep &row, const Columns &columns,
                             int y) const
{
    const Theme &theme = Theme::instance();
    const Tokens &t = theme.tokens();
    painter.setFont(theme.font(FontRole::TextBold));
    painter.setPen(t.text);
    painter.drawText(QRect(0, y, columns.words, kLine), Qt::AlignRight | Qt::AlignVCenter,
                     QString::number(row.exchanged));
    painter.setFont(theme.font(FontRole::Text));
    painter.setPen(row.exchanged > 0 ? t.text : t.muted);
    const int room = columns.bar - kGap - columns.exchanges;
    painter.drawText(QRect(columns.exchanges, y, room, kLine), Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(row.exchanges, Qt::ElideRight, room));
    paintShare(painter, QRectF(columns.bar, y + (kLine - 8) / 2.0, columns.barWidth, 8), row.share,
               row.isFooled ? t.attack : t.text);
    painter.setFont(theme.font(row.isFooled ? FontRole::TextBold : FontRole::Text));
    painter.setPen(row.isFooled ? t.attackText : t.text);
    painter.drawText(
        QRect(columns.answer, y, columns.answerWidth, kLine), Qt::AlignLeft | Qt::AlignVCenter,
        painter.fontMetrics().elidedText(row.answer, Qt::ElideRight, columns.answerWidth));
}

void SentenceSteps::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::instance();
    const Tokens &t = theme.tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRect inner = rect().adjusted(kPadding, kTop, -kPadding, -kTop);
    painter.setFont(theme.font(FontRole::TextBold));
    painter.setPen(t.text);
    painter.drawText(QRect(inner.topLeft(), QSize(inner.width(), kLine)), Qt::AlignLeft,
                     tr("Words exchanged"));
    if (m_rows.empty()) return;
    painter.setFont(theme.font(FontRole::Text));
    painter.setPen(t.muted);
    const int room = inner.width() / 2;
    painter.drawText(QRect(inner.topLeft(), QSize(m_save->x() - inner.x() - 4, kLine)),
                     Qt::AlignRight,
                     painter.fontMetrics().elidedText(tr("bars: share of “%1”").arg(m_watched),
                                                      Qt::ElideRight, room));
    // The newest rows, where not all of them fit.
    const auto fitting = static_cast<std::size_t>(std::max(1, (inner.height() - kHead) / kPitch));
    const std::size_t first = m_rows.size() > fitting ? m_rows.size() - fitting : 0;
    const Columns where = columns(inner);
    for (std::size_t i = first; i < m_rows.size(); ++i)
        paintRow(painter, m_rows[i], where,
                 inner.y() + kHead + static_cast<int>(i - first) * kPitch);
}

} // namespace ostrich::ui
