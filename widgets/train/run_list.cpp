// One row a run: its box, its network, epochs and best epoch, validation accuracy.
#include "train/run_list.hpp"

#include "curves/run_figures.hpp"
#include "model/session.hpp"
#include "theme/controls.hpp"
#include "theme/theme.hpp"
#include "train/compare_groups.hpp"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QListWidget>
#include <QMouseEvent>
#include <QPainter>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <algorithm>

namespace ostrich::ui {

namespace {

constexpr int kFolderRole = Qt::UserRole;
constexpr int kNoteRole = Qt::UserRole + 1;
constexpr int kAccuracyRole = Qt::UserRole + 2;
constexpr int kSeriesRole = Qt::UserRole + 3; // in the comparison; -1: not ticked
constexpr int kRowHeight = 46, kRowsAlways = 4;
constexpr int kBoxZone = 36; // pixels at the left that belong to the box

class RunDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        return QSize(200, kRowHeight);
    }
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        const Theme &theme = Theme::instance();
        const Tokens &t = theme.tokens();
        const bool selected = option.state & QStyle::State_Selected;
        if (selected)
            painter->fillRect(option.rect, t.selection);
        else if (option.state & QStyle::State_MouseOver)
            painter->fillRect(option.rect, t.hover);
        painter->setRenderHint(QPainter::Antialiasing);
        paintBox(painter, option.rect, index.data(Qt::CheckStateRole).toInt() == Qt::Checked);
        const int series = index.data(kSeriesRole).toInt();
        painter->setPen(Qt::NoPen);
        painter->setBrush(series >= 0 ? seriesPen(series, 1.0).color()
                          : selected  ? t.validation
                                      : t.strong);
        painter->drawRoundedRect(QRectF(39, option.rect.y() + 9, 11, 11), 2, 2);
        paintWords(painter, option.rect.adjusted(58, 4, -16, -4), index);
    }

private:
    static void paintBox(QPainter *painter, const QRect &row, bool ticked)
    {
        const Tokens &t = Theme::instance().tokens();
        const QRectF box(15.5, row.y() + 7.5, 14, 14);
        painter->setPen(QPen(ticked ? t.text : t.strong, 1));
        painter->setBrush(ticked ? t.text : t.field);
        painter->drawRoundedRect(box, 3, 3);
        if (!ticked) return;
        painter->setPen(QPen(t.panel, 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter->drawPolyline(
            QPolygonF({box.topLeft() + QPointF(3.2, 7.2), box.topLeft() + QPointF(6, 10),
                       box.topLeft() + QPointF(10.8, 4.4)}));
    }

    static void paintWords(QPainter *painter, const QRect &text, const QModelIndex &index)
    {
        const Theme &theme = Theme::instance();
        const Tokens &t = theme.tokens();
        const QString accuracy = index.data(kAccuracyRole).toString();
        painter->setPen(t.text);
        painter->setFont(theme.font(FontRole::TextBold));
        painter->drawText(text, Qt::AlignRight | Qt::AlignTop, accuracy);
        const auto elided = [&](const QString &words, int taken) {
            return painter->fontMetrics().elidedText(words, Qt::ElideRight, text.width() - taken);
        };
        painter->drawText(text, Qt::AlignLeft | Qt::AlignTop,
                          elided(index.data().toString(),
                                 painter->fontMetrics().horizontalAdvance(accuracy) + 6));
        painter->setPen(t.muted);
        painter->setFont(theme.font(FontRole::Text));
        painter->drawText(text, Qt::AlignLeft | Qt::AlignBottom,
                          elided(index.data(kNoteRole).toString(), 0));
    }
};

QString noteOf(const train::Run &run, bool hasSeeds)
{
    const auto &done = run.manifest.summary;
    const int epochs = static_cast<int>(done ? done->epochs : run.epochs.size());
    if (!done) return RunList::tr("%n epoch(s), not ended", nullptr, epochs);
    if (done->stopped_by == train::kImported) return RunList::tr("trained elsewhere");
    if (hasSeeds)
        return RunList::tr("seed %1, best %2 of %3")
            .arg(run.manifest.project.recipe.seed)
            .arg(done->best_epoch)
            .arg(epochs);
    return RunList::tr("%n epoch(s), best %1", nullptr, epochs).arg(done->best_epoch);
}

} // namespace

/// A click into a row's box, Ctrl and a click, or the space bar tick it; everything else is the
/// list's.
class TickList : public QListWidget {
public:
    std::function<void(QListWidgetItem *)> toggled;

protected:
    void mousePressEvent(QMouseEvent *event) override
    {
        QListWidgetItem *item = itemAt(event->pos());
        const bool ticks =
            event->button() == Qt::LeftButton && item
            && (event->pos().x() < kBoxZone || event->modifiers().testFlag(Qt::ControlModifier));
        m_ticked = ticks;
        if (!ticks) return QListWidget::mousePressEvent(event);
        toggled(item);
    }
    void mouseReleaseEvent(QMouseEvent *event) override
    {
        if (!m_ticked) QListWidget::mouseReleaseEvent(event); // a tick opens no run
    }
    void mouseDoubleClickEvent(QMouseEvent *event) override
    {
        if (event->pos().x() < kBoxZone || event->modifiers().testFlag(Qt::ControlModifier))
            mousePressEvent(event); // two quick clicks are two
        else
            QListWidget::mouseDoubleClickEvent(event);
    }
    void keyPressEvent(QKeyEvent *event) override
    {
        if (event->key() == Qt::Key_Space && currentItem())
            toggled(currentItem());
        else
            QListWidget::keyPressEvent(event);
    }

private:
    bool m_ticked = false; // by the press at hand
};

RunList::RunList(Session *session, QWidget *parent)
    : QWidget(parent),
      m_session(session),
      m_list(new TickList),
      m_empty(mutedLabel()),
      m_compare(new QPushButton(tr("Compare runs")))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 8, 0, 4);
    layout->setSpacing(4);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(16, 0, 16, 0);
    head->addWidget(sectionTitle(tr("Runs")));
    head->addStretch();
    head->addWidget(mutedLabel(tr("validation")));
    layout->addLayout(head);
    m_empty->setText(tr("No run yet. Press Play."));
    m_empty->setContentsMargins(16, 4, 16, 4);
    m_empty->setWordWrap(true);
    layout->addWidget(m_empty);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setMouseTracking(true);
    m_list->setItemDelegate(new RunDelegate(m_list));
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setStyleSheet(QStringLiteral("QListView { background: transparent; }"));
    m_list->setAccessibleName(tr("Runs"));
    layout->addWidget(m_list, 1);
    m_compare->setProperty("role", "link");
    m_compare->setToolTip(tr("Curves of several runs over each other, and their figures side by "
                             "side: tick two or more"));
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(16, 0, 16, 4);
    foot->addWidget(m_compare);
    foot->addStretch();
    layout->addLayout(foot);
    layout->addStretch();
    m_list->toggled = [this](const QListWidgetItem *item) { toggle(item); };
    connect(m_list, &QListWidget::itemClicked, this, &RunList::open);
    connect(m_list, &QListWidget::itemActivated, this, &RunList::open);
    connect(m_compare, &QPushButton::clicked, &session->compare, &CompareModel::show);
    connect(&session->compare, &CompareModel::changed, this, &RunList::refresh);
    connect(&session->run, &RunModel::stateChanged, this, &RunList::refresh);
    refresh();
}

void RunList::open(const QListWidgetItem *item)
{
    RunModel &run = m_session->run;
    const std::filesystem::path folder = item->data(kFolderRole).toString().toStdString();
    if (!run.running() && folder != run.runFolder()) run.openRun(folder);
}

void RunList::toggle(const QListWidgetItem *item)
{
    CompareModel &model = m_session->compare;
    const std::filesystem::path folder = item->data(kFolderRole).toString().toStdString();
    model.setTicked(folder, !model.isTicked(folder));
}

/// Rows are made anew only where there are other runs: the current one, which the keyboard moves,
/// stays.
void RunList::listRuns()
{
    const auto &runs = m_session->compare.runs();
    bool same = m_list->count() == static_cast<int>(runs.size());
    for (int row = 0; same && row < m_list->count(); ++row)
        same = m_list->item(row)->data(kFolderRole).toString().toStdString()
               == runs[runs.size() - 1 - static_cast<std::size_t>(row)].folder.string();
    if (same) return;
    m_list->clear();
    for (auto run = runs.rbegin(); run != runs.rend(); ++run)
        (new QListWidgetItem(runName(*run), m_list))
            ->setData(kFolderRole, QString::fromStdString(run->folder.string()));
}

void RunList::refresh()
{
    listRuns();
    const CompareModel &model = m_session->compare;
    const auto &runs = model.runs();
    std::map<std::filesystem::path, int> series;
    int next = 0;
    for (const CompareGroup &group : compareGroups(model)) {
        for (const train::Run &run : group.runs) series[run.folder] = next;
        ++next;
    }
    for (int row = 0; row < m_list->count(); ++row)
        fill(m_list->item(row), runs.size() - 1 - static_cast<std::size_t>(row), series);
    if (!m_list->hasFocus() || m_list->currentRow() < 0) { // else the keyboard moves it
        const auto atHand =
            std::ranges::find(runs, m_session->run.runFolder(), &train::Run::folder);
        m_list->setCurrentRow(atHand == runs.end() ? -1
                                                   : static_cast<int>(runs.end() - atHand) - 1);
    }
    m_list->setVisible(!runs.empty());
    m_list->setMinimumHeight(kRowHeight
                             * static_cast<int>(std::min<std::size_t>(runs.size(), kRowsAlways)));
    m_empty->setVisible(runs.empty());
    m_compare->setVisible(!model.shown()); // the way back stands there
}

void RunList::fill(QListWidgetItem *item, std::size_t index,
                   const std::map<std::filesystem::path, int> &series)
{
    const train::Run &run = m_session->compare.runs()[index];
    const auto own = series.find(run.folder);
    const bool hasSeeds =
        run.manifest.project.recipe.seed != m_session->project.project().recipe.seed;
    const QString note = noteOf(run, hasSeeds);
    item->setData(kNoteRole, note);
    item->setData(kAccuracyRole, validationText(run));
    item->setData(kSeriesRole, own == series.end() ? -1 : own->second);
    item->setData(Qt::CheckStateRole, own == series.end() ? Qt::Unchecked : Qt::Checked);
    item->setToolTip(item->text() + QLatin1Char('\n') + note);
}

} // namespace ostrich::ui
