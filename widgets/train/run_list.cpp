// One row a run: its number, epochs and best epoch, validation accuracy.
#include "train/run_list.hpp"

#include "curves/run_figures.hpp"
#include "model/session.hpp"
#include "theme/controls.hpp"
#include "theme/theme.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace ostrich::ui {

namespace {

constexpr int kFolderRole = Qt::UserRole;
constexpr int kNoteRole = Qt::UserRole + 1;
constexpr int kAccuracyRole = Qt::UserRole + 2;

class RunDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        return QSize(200, 46);
    }
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        const Theme &theme = Theme::instance();
        const Tokens &t = theme.tokens();
        if (option.state & QStyle::State_Selected)
            painter->fillRect(option.rect, t.selection);
        else if (option.state & QStyle::State_MouseOver)
            painter->fillRect(option.rect, t.hover);
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        painter->setBrush(option.state & QStyle::State_Selected ? t.validation : t.strong);
        painter->drawRoundedRect(QRectF(16, option.rect.y() + 9, 11, 11), 2, 2);
        const QRect text = option.rect.adjusted(38, 4, -16, -4);
        painter->setPen(t.text);
        painter->setFont(theme.font(FontRole::TextBold));
        painter->drawText(text, Qt::AlignLeft | Qt::AlignTop, index.data().toString());
        painter->drawText(text, Qt::AlignRight | Qt::AlignVCenter,
                          index.data(kAccuracyRole).toString());
        painter->setPen(t.muted);
        painter->setFont(theme.font(FontRole::Text));
        painter->drawText(text, Qt::AlignLeft | Qt::AlignBottom, index.data(kNoteRole).toString());
    }
};

} // namespace

RunList::RunList(Session *session, QWidget *parent)
    : QWidget(parent), m_session(session), m_list(new QListWidget), m_empty(mutedLabel())
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
    layout->addStretch();
    setMinimumHeight(90);
    const auto open = [this](const QListWidgetItem *item) {
        RunModel &run = m_session->run;
        const std::filesystem::path folder = item->data(kFolderRole).toString().toStdString();
        if (!run.running() && folder != run.runFolder()) run.openRun(folder);
    };
    connect(m_list, &QListWidget::itemClicked, this, open);
    connect(m_list, &QListWidget::itemActivated, this, open);
    connect(&session->run, &RunModel::runsChanged, this, &RunList::refresh);
    connect(&session->run, &RunModel::stateChanged, this, &RunList::refresh);
    refresh();
}

void RunList::refresh()
{
    m_list->clear();
    const auto &runs = m_session->run.runs();
    for (auto run = runs.rbegin(); run != runs.rend(); ++run) {
        const auto &done = run->manifest.summary;
        const QString name = QString::fromStdString(run->folder.filename().string());
        auto *item = new QListWidgetItem(tr("Run %1").arg(name), m_list);
        item->setData(kFolderRole, QString::fromStdString(run->folder.string()));
        const int epochs = static_cast<int>(done ? done->epochs : run->epochs.size());
        item->setData(kNoteRole,
                      done ? tr("%n epoch(s), best %1", nullptr, epochs).arg(done->best_epoch)
                           : tr("%n epoch(s), not ended", nullptr, epochs));
        item->setData(kAccuracyRole, validationText(*run));
        if (run->folder == m_session->run.runFolder()) m_list->setCurrentItem(item);
    }
    m_list->setVisible(!runs.empty());
    m_empty->setVisible(runs.empty());
}

} // namespace ostrich::ui
