// Rows of sentences, their class at the right.
#include "fool/sentence_choice.hpp"

#include "fool/sentence_model.hpp"
#include "model/session.hpp"
#include "theme/theme.hpp"

#include <QPainter>
#include <QStyledItemDelegate>

#include <algorithm>

namespace ostrich::ui {

namespace {

constexpr int kShown = 24, kRow = 30, kPadding = 20, kGap = 12;
constexpr int kAnswerRole = Qt::UserRole;

class SentenceDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        return QSize(120, kRow);
    }
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        const Theme &theme = Theme::instance();
        const Tokens &t = theme.tokens();
        const bool isChosen = option.state & QStyle::State_Selected;
        painter->save();
        if (isChosen)
            painter->fillRect(option.rect, t.selection);
        else if (option.state & QStyle::State_MouseOver)
            painter->fillRect(option.rect, t.hover);
        if (isChosen && (option.state & QStyle::State_HasFocus))
            painter->fillRect(QRect(option.rect.topLeft(), QSize(3, option.rect.height())),
                              t.accent);
        const QRect inner = option.rect.adjusted(kPadding, 0, -kPadding, 0);
        painter->setFont(theme.font(FontRole::Text));
        const QFontMetrics metrics = painter->fontMetrics();
        const QString answer = metrics.elidedText(index.data(kAnswerRole).toString(),
                                                  Qt::ElideRight, inner.width() / 3);
        painter->setPen(t.muted);
        painter->drawText(inner, Qt::AlignRight | Qt::AlignVCenter, answer);
        const int room = inner.width() - metrics.horizontalAdvance(answer) - kGap;
        painter->setPen(t.text);
        painter->drawText(
            inner, Qt::AlignLeft | Qt::AlignVCenter,
            metrics.elidedText(index.data(Qt::ToolTipRole).toString(), Qt::ElideRight, room));
        painter->restore();
    }
};

} // namespace

SentenceChoice::SentenceChoice(Session *session, SentenceModel *model, QWidget *parent)
    : QListWidget(parent), m_session(session), m_model(model)
{
    setFrameShape(QFrame::NoFrame);
    setMouseTracking(true);
    setItemDelegate(new SentenceDelegate(this));
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setStyleSheet(QStringLiteral("QListView { background: transparent; }"));
    setAccessibleName(tr("Test sentences that the network reads rightly"));
    connect(this, &QListWidget::currentRowChanged, this, [this](int row) {
        if (!m_filling && row >= 0) m_model->useSample(m_samples[static_cast<std::size_t>(row)]);
    });
    connect(this, &QListWidget::itemClicked, this, [this] { // back from a typed sentence
        const SampleRef &sample = m_samples[static_cast<std::size_t>(currentRow())];
        if (m_model->sample() != sample) m_model->useSample(sample);
    });
    connect(model, &SentenceModel::sentenceChanged, this, &SentenceChoice::refill);
    refill();
}

void SentenceChoice::refill()
{
    auto samples = m_model->suggestions(kShown);
    if (samples != m_samples || static_cast<int>(samples.size()) != count()) {
        m_samples = std::move(samples);
        m_filling = true;
        clear();
        for (const SampleRef &sample : m_samples) {
            auto *item = new QListWidgetItem(this);
            const QString text = m_session->data.text(sample);
            item->setToolTip(text);
            item->setData(Qt::AccessibleTextRole, text);
            item->setData(kAnswerRole, m_session->data.answer(sample));
        }
        m_filling = false;
    }
    follow();
}

void SentenceChoice::follow()
{
    const auto found =
        m_model->sample() ? std::ranges::find(m_samples, *m_model->sample()) : m_samples.end();
    m_filling = true;
    setCurrentRow(found == m_samples.end() ? -1 : static_cast<int>(found - m_samples.begin()));
    m_filling = false;
}

} // namespace ostrich::ui
