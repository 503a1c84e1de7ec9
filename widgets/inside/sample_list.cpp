// Rows of the samples and their painting.
#include "inside/sample_list.hpp"

#include "data/tokenizer.hpp"
#include "inside/inside_model.hpp"
#include "model/session.hpp"
#include "theme/chips.hpp"
#include "theme/theme.hpp"

#include <QPainter>
#include <QStyledItemDelegate>
#include <QTextLayout>

#include <algorithm>

namespace ostrich::ui {

namespace {

constexpr int kShown = 60;
constexpr int kRow = 36, kTwoLines = 48, kChip = 20, kChipPitch = 24, kPicture = 28;
constexpr QSize kSeries(132, 24);

/// The first feature of a series as a fine line.
QImage seriesImage(const data::Dataset &sample)
{
    const data::Samples &samples = sample.split(data::Split::Validation);
    const auto features = static_cast<std::size_t>(samples.valuesPerSample());
    QImage image(kSeries * 2, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(2.0);
    image.fill(Qt::transparent);
    const std::size_t steps = features > 0 ? samples.values.size() / features : 0;
    if (steps < 2) return image;
    float low = samples.values[0], high = low;
    for (std::size_t t = 0; t < steps; ++t) {
        low = std::min(low, samples.values[t * features]);
        high = std::max(high, samples.values[t * features]);
    }
    QPolygonF line;
    for (std::size_t t = 0; t < steps; ++t) {
        const double share = high > low ? (samples.values[t * features] - low) / (high - low) : 0.5;
        line << QPointF(
            1 + (kSeries.width() - 2.0) * static_cast<double>(t) / static_cast<double>(steps - 1),
            kSeries.height() - 2 - share * (kSeries.height() - 4));
    }
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(Theme::instance().tokens().training, 1.5));
    painter.drawPolyline(line);
    return image;
}

class SampleDelegate : public QStyledItemDelegate {
public:
    explicit SampleDelegate(SampleList *list) : QStyledItemDelegate(list), m_list(list) {}

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const override
    {
        const SampleList::Row *row = m_list->row(index.row());
        const int room = m_list->viewport()->width() - 32;
        const QFontMetrics bold(Theme::instance().font(FontRole::TextBold));
        const bool wraps =
            row && index.row() == m_list->currentRow() && bold.horizontalAdvance(row->text) > room;
        return QSize(120, wraps ? kTwoLines : row && !row->text.isEmpty() ? 32 : kRow);
    }
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        const SampleList::Row *row = m_list->row(index.row());
        if (!row) return;
        const Tokens &t = Theme::instance().tokens();
        const bool selected = option.state & QStyle::State_Selected;
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        if (selected)
            painter->fillRect(option.rect, t.selection);
        else if (option.state & QStyle::State_MouseOver)
            painter->fillRect(option.rect, t.hover);
        if (selected && (option.state & QStyle::State_HasFocus))
            painter->fillRect(QRect(option.rect.topLeft(), QSize(3, option.rect.height())),
                              t.accent);
        row->text.isEmpty() ? paintRow(*painter, option.rect, *row, selected)
                            : paintText(*painter, option.rect, *row, selected);
        painter->restore();
    }

private:
    static void paintText(QPainter &painter, const QRect &box, const SampleList::Row &row,
                          bool selected)
    {
        const Theme &theme = Theme::instance();
        painter.setFont(theme.font(selected ? FontRole::TextBold : FontRole::Text));
        painter.setPen(theme.tokens().text);
        const QRect text = box.adjusted(16, 4, -16, -4);
        if (selected)
            painter.drawText(text, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextWordWrap, row.text);
        else
            painter.drawText(
                text, Qt::AlignLeft | Qt::AlignVCenter,
                QFontMetrics(painter.font()).elidedText(row.text, Qt::ElideRight, text.width()));
    }

    static void paintRow(QPainter &painter, const QRect &box, const SampleList::Row &row,
                         bool selected)
    {
        const Theme &theme = Theme::instance();
        const Tokens &t = theme.tokens();
        const QRect inner = box.adjusted(16, 0, -16, 0);
        painter.setFont(theme.font(FontRole::Text));
        painter.setPen(t.muted);
        painter.drawText(inner, Qt::AlignLeft | Qt::AlignVCenter,
                         QString::number(row.sample.index));
        painter.setFont(theme.font(FontRole::TextBold));
        const int answer =
            std::min(QFontMetrics(painter.font()).horizontalAdvance(row.answer), inner.width() / 2);
        painter.setPen(t.text);
        painter.drawText(
            inner, Qt::AlignRight | Qt::AlignVCenter,
            QFontMetrics(painter.font()).elidedText(row.answer, Qt::ElideRight, answer + 1));
        double x = inner.x() + 24;
        if (!row.picture.isNull()) {
            const QSizeF size = row.picture.deviceIndependentSize().width() > 2 * kPicture
                                        && row.chips.isEmpty() && row.picture.devicePixelRatio() > 1
                                    ? QSizeF(kSeries)
                                    : QSizeF(kPicture, kPicture);
            painter.setRenderHint(QPainter::SmoothPixmapTransform, true);
            painter.drawImage(QRectF(QPointF(x, box.center().y() - size.height() / 2 + 0.5), size),
                              row.picture);
            return;
        }
        const double end = inner.right() - answer - 20;
        for (const QString &chip : row.chips) {
            if (x + kChip > end) break;
            paintChip(painter, QRectF(x, box.center().y() - kChip / 2.0 + 0.5, kChip, kChip), chip,
                      selected ? Chip::Raised : Chip::Plain);
            x += kChipPitch;
        }
        painter.setFont(theme.font(FontRole::Text));
        painter.setPen(t.muted);
        painter.drawText(QRectF(x, box.y(), 20, box.height()), Qt::AlignVCenter,
                         QStringLiteral("…"));
    }

    SampleList *m_list;
};

} // namespace

SampleList::SampleList(InsideModel *model, Session *session, QWidget *parent)
    : QListWidget(parent), m_model(model), m_session(session)
{
    setFrameShape(QFrame::NoFrame);
    setMouseTracking(true);
    setItemDelegate(new SampleDelegate(this));
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setResizeMode(QListView::Adjust); // how high a row is depends on the width
    setStyleSheet(QStringLiteral("QListView { background: transparent; }"));
    setAccessibleName(tr("Samples"));
    setMinimumHeight(4 * kRow);
    connect(this, &QListWidget::currentRowChanged, this, [this](int index) {
        scheduleDelayedItemsLayout(); // the chosen one may be two lines high
        if (!m_filling && row(index)) m_model->useSample(row(index)->sample);
    });
    connect(this, &QListWidget::itemClicked, this, [this](const QListWidgetItem *) {
        if (row(currentRow())) m_model->useSample(row(currentRow())->sample); // back from an edit
    });
    connect(&session->data, &DataModel::loaded, this, &SampleList::reload);
    connect(&session->project, &ProjectModel::dataChanged, this, &SampleList::reload);
    connect(&session->selection, &Selection::sampleChanged, this, &SampleList::follow);
    connect(model, &InsideModel::sampleChanged, this, &SampleList::reload);
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        m_dataset = nullptr;
        reload();
    });
    reload();
}

const SampleList::Row *SampleList::row(int index) const
{
    return index >= 0 && index < static_cast<int>(m_rows.size())
               ? &m_rows[static_cast<std::size_t>(index)]
               : nullptr;
}

SampleList::Row SampleList::rowFor(const SampleRef &sample) const
{
    Row row;
    row.sample = sample;
    const DatasetHandle one = alone(*m_dataset, sample);
    const data::Samples &samples = one->split(data::Split::Validation);
    if (const auto right = rightAnswer(*one)) row.answer = m_session->data.className(*right);
    if (!samples.sequences()) {
        row.picture = m_session->data.image(sample);
        return row;
    }
    if (one->tokenizer && !samples.tokens.empty()) {
        row.text = QString::fromStdString(one->tokenizer->decode(samples.tokens));
        return row;
    }
    for (const Step &step : stepsOf(*one).steps) row.chips << step.word;
    const bool letters =
        std::ranges::all_of(row.chips, [](const QString &chip) { return chip.size() == 1; });
    if (letters) return row;
    row.chips.clear();
    row.picture = seriesImage(*one);
    return row;
}

void SampleList::reload()
{
    const auto dataset = m_session->data.dataset();
    if (dataset == m_dataset) return;
    m_dataset = dataset;
    m_filling = true;
    clear();
    m_rows.clear();
    if (dataset)
        for (const SampleRef &sample : firstSamples(*dataset, kShown)) {
            m_rows.push_back(rowFor(sample));
            const Row &row = m_rows.back();
            addItem(QString());
            item(count() - 1)->setToolTip(row.text);
            item(count() - 1)
                ->setData(Qt::AccessibleTextRole, row.text.isEmpty() ? row.answer : row.text);
        }
    m_filling = false;
    follow();
}

void SampleList::follow()
{
    const auto found = std::ranges::find(m_rows, m_session->selection.sample(), &Row::sample);
    m_filling = true;
    setCurrentRow(found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin()));
    m_filling = false;
}

} // namespace ostrich::ui
