// Filling and painting the table of a comparison.
#include "train/compare_table.hpp"

#include "theme/theme.hpp"

#include <QHeaderView>
#include <QPainter>
#include <QStyledItemDelegate>

#include <algorithm>

namespace ostrich::ui {

namespace {

constexpr int kRowHeight = 42, kHeadHeight = 30, kMostRows = 6;
constexpr int kLine = 26, kPadding = 8, kColumnGap = 16;
constexpr int kNameRoom = 110; // for the network: other columns go before it gets less
constexpr int kNoteRole = Qt::UserRole;

const QString kDash = QStringLiteral("–");
const std::string kSecondsKey = "seconds_per_epoch";

/// A piece of the network's line, its name, and its runs below.
class NetworkDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        const Theme &theme = Theme::instance();
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(seriesPen(index.row(), 2.5));
        const double y = option.rect.y() + 14.5;
        painter->drawLine(QPointF(option.rect.x(), y), QPointF(option.rect.x() + kLine, y));
        const QRect text = option.rect.adjusted(kLine + kPadding, 4, -kPadding, -3);
        const auto write = [&](FontRole role, const QColor &colour, Qt::Alignment align,
                               const QString &words) {
            painter->setFont(theme.font(role));
            painter->setPen(colour);
            painter->drawText(
                text, Qt::AlignLeft | align,
                painter->fontMetrics().elidedText(words, Qt::ElideRight, text.width()));
        };
        write(FontRole::TextBold, theme.tokens().text, Qt::AlignTop, index.data().toString());
        write(FontRole::Text, theme.tokens().muted, Qt::AlignBottom,
              index.data(kNoteRole).toString());
        painter->restore();
    }
};

/// All in the same unit: seconds, where one takes as long.
bool inSeconds(const std::vector<CompareGroup> &groups)
{
    return std::ranges::any_of(groups, [](const CompareGroup &group) {
        const auto time = figureOf(group, kSecondsKey);
        return time && time->mean >= 1.0;
    });
}

QString epochsText(const CompareGroup &group)
{
    if (group.runs.empty()) return kDash;
    if (group.fewestEpochs == group.mostEpochs) return count(group.mostEpochs);
    return count(group.fewestEpochs) + QStringLiteral("–") + count(group.mostEpochs);
}

} // namespace

CompareTable::CompareTable(QWidget *parent) : QTableWidget(0, ColumnCount, parent)
{
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setSelectionMode(QAbstractItemView::NoSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setFocusPolicy(Qt::NoFocus);
    setWordWrap(false);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setItemDelegateForColumn(Network, new NetworkDelegate(this));
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(kRowHeight);
    horizontalHeader()->setFixedHeight(kHeadHeight);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setMinimumSectionSize(20);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setSectionResizeMode(Network, QHeaderView::Stretch);
    setMinimumWidth(200);
    setAccessibleName(tr("Comparison"));
    connect(&Theme::instance(), &Theme::changed, this, &CompareTable::applyTheme);
    applyTheme();
}

void CompareTable::applyTheme()
{
    const Tokens &t = Theme::instance().tokens();
    setStyleSheet(QStringLiteral("QTableView { background: transparent; color: %1; }"
                                 "QTableView::item { padding: 0; }"
                                 "QHeaderView { background: transparent; }"
                                 "QHeaderView::section { background: transparent; color: %2; "
                                 "border: none; border-bottom: 1px solid %3; padding: 0; }")
                      .arg(t.text.name(), t.muted.name(), t.border.name()));
    viewport()->update();
}

void CompareTable::show(const std::vector<CompareGroup> &groups, const Measure &measure)
{
    const QString titles[ColumnCount] = {tr("Network"),        tr("Parameters"), tr("Epochs"),
                                         tr("Time per epoch"), measure.title,    tr("Seeds")};
    for (int column = 0; column < ColumnCount; ++column) {
        auto *title = new QTableWidgetItem(titles[column]);
        title->setTextAlignment((column == Network ? Qt::AlignLeft : Qt::AlignRight)
                                | Qt::AlignVCenter);
        setHorizontalHeaderItem(column, title);
    }
    horizontalHeaderItem(Figure)->setToolTip(
        tr("Mean over the seeds, and how far the true mean may lie from it with 95 % confidence"));
    setRowCount(static_cast<int>(groups.size()));
    for (int row = 0; row < rowCount(); ++row)
        fillRow(row, groups[static_cast<std::size_t>(row)], measure, inSeconds(groups));
    markBest(groups, measure.key, Figure, measure.isShare);
    markBest(groups, kSecondsKey, Time, false);
    setFixedHeight(kHeadHeight + kRowHeight * std::clamp(rowCount(), 1, kMostRows));
    fitColumns();
}

/// As wide as their widest figure; where the network's name has no room left, the least telling
/// columns go.
void CompareTable::fitColumns()
{
    const QFontMetrics metrics(Theme::instance().font(FontRole::TextBold));
    int room = viewport()->width() - kNameRoom;
    for (const Column column : {Figure, Seeds, Time, Parameters, Epochs}) {
        int widest = metrics.horizontalAdvance(horizontalHeaderItem(column)->text());
        for (int row = 0; row < rowCount(); ++row)
            widest = std::max(widest, metrics.horizontalAdvance(item(row, column)->text()));
        const bool fits = widest + kColumnGap <= room;
        setColumnHidden(column, !fits);
        if (!fits) continue;
        setColumnWidth(column, widest + kColumnGap);
        room -= widest + kColumnGap;
    }
}

void CompareTable::resizeEvent(QResizeEvent *event)
{
    QTableWidget::resizeEvent(event);
    if (rowCount() > 0) fitColumns();
}

void CompareTable::fillRow(int row, const CompareGroup &group, const Measure &measure, bool seconds)
{
    const auto put = [this, row](Column column, const QString &text, const QString &tip = {}) {
        auto *cell = new QTableWidgetItem(text);
        cell->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
        cell->setToolTip(tip);
        setItem(row, column, cell);
    };
    const train::Standing &standing = group.standing;
    const auto known = figureOf(group, measure.key), time = figureOf(group, kSecondsKey);
    put(Network, group.name, group.name + QStringLiteral(", ") + group.note);
    item(row, Network)->setData(kNoteRole, group.note);
    put(Parameters, standing.parameters > 0 ? count(standing.parameters) : kDash);
    put(Epochs, epochsText(group));
    put(Time, !time     ? kDash
              : seconds ? QStringLiteral("%1 s").arg(figure(time->mean))
                        : QStringLiteral("%1 ms").arg(figure(time->mean * 1000.0)));
    put(Figure, known ? measure.text(*known) : kDash,
        known && known->count > 1
            ? tr("95 % interval: %1 to %2")
                  .arg(measure.valueText(known->low), measure.valueText(known->high))
            : QString());
    put(Seeds, QString::number(standing.runs));
}

/// Bold, where there is somebody to be better than.
void CompareTable::markBest(const std::vector<CompareGroup> &groups, const std::string &key,
                            Column column, bool largest)
{
    std::vector<double> means;
    for (const CompareGroup &group : groups)
        if (const auto interval = figureOf(group, key)) means.push_back(interval->mean);
    if (means.size() < 2) return;
    const double best = largest ? std::ranges::max(means) : std::ranges::min(means);
    for (int row = 0; row < rowCount(); ++row) {
        const auto interval = figureOf(groups[static_cast<std::size_t>(row)], key);
        if (interval && interval->mean == best)
            item(row, column)->setFont(Theme::instance().font(FontRole::TextBold));
    }
}

} // namespace ostrich::ui
