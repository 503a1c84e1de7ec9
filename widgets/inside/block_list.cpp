// Rows of the outline.
#include "inside/block_list.hpp"

#include "inside/inside_model.hpp"
#include "theme/theme.hpp"

#include <QPainter>
#include <QStyledItemDelegate>

#include <algorithm>

namespace ostrich::ui {

namespace {

constexpr int kRow = 34, kMostRows = 10;
constexpr int kFactRole = Qt::UserRole, kIconRole = Qt::UserRole + 1,
              kCategoryRole = Qt::UserRole + 2, kIdRole = Qt::UserRole + 3;

class BlockDelegate : public QStyledItemDelegate {
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
        const bool selected = option.state & QStyle::State_Selected;
        const bool enabled = option.state & QStyle::State_Enabled;
        const bool focused = selected && (option.state & QStyle::State_HasFocus);
        if (selected)
            painter->fillRect(option.rect, t.selection);
        else if (enabled && (option.state & QStyle::State_MouseOver))
            painter->fillRect(option.rect, t.hover);
        if (focused) painter->fillRect(QRect(option.rect.topLeft(), QSize(3, kRow)), t.accent);
        const auto category = static_cast<graph::Category>(index.data(kCategoryRole).toInt());
        const QPixmap icon = theme.pixmap(index.data(kIconRole).toString(),
                                          enabled ? theme.category(category) : t.strong, 20,
                                          painter->device()->devicePixelRatioF());
        painter->drawPixmap(QPointF(option.rect.x() + 16, option.rect.center().y() - 9.5), icon);
        const QRect text = option.rect.adjusted(44, 0, -16, 0);
        const QFont nameFont = theme.font(selected ? FontRole::TextBold : FontRole::Text);
        const QFontMetrics bold(nameFont), plain(theme.font(FontRole::Text));
        const QString name = index.data().toString();
        const int nameWidth = std::min(bold.horizontalAdvance(name), text.width());
        painter->setFont(theme.font(FontRole::Text));
        painter->setPen(t.muted);
        painter->drawText(text, Qt::AlignRight | Qt::AlignVCenter,
                          plain.elidedText(index.data(kFactRole).toString(), Qt::ElideRight,
                                           std::max(0, text.width() - nameWidth - 10)));
        painter->setFont(nameFont);
        painter->setPen(enabled ? t.text : t.muted);
        painter->drawText(text, Qt::AlignLeft | Qt::AlignVCenter,
                          bold.elidedText(name, Qt::ElideRight, text.width()));
    }
};

} // namespace

BlockList::BlockList(InsideModel *model, QWidget *parent) : QListWidget(parent), m_model(model)
{
    setFrameShape(QFrame::NoFrame);
    setMouseTracking(true);
    setItemDelegate(new BlockDelegate(this));
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setStyleSheet(QStringLiteral("QListView { background: transparent; }"));
    setAccessibleName(tr("Look at"));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    connect(this, &QListWidget::currentItemChanged, this, [this](const QListWidgetItem *item) {
        if (!m_filling && item) m_model->setBlock(item->data(kIdRole).toString().toStdString());
    });
    connect(model, &InsideModel::subjectChanged, this, &BlockList::refresh);
    connect(&Theme::instance(), &Theme::changed, viewport(), qOverload<>(&QWidget::update));
    refresh();
}

QSize BlockList::sizeHint() const
{
    return QSize(200, std::clamp(count(), 1, kMostRows) * kRow + 2);
}

void BlockList::refresh()
{
    m_filling = true;
    const auto &entries = m_model->blocks();
    const bool resized = count() != static_cast<int>(entries.size());
    while (count() > static_cast<int>(entries.size())) delete takeItem(count() - 1);
    while (count() < static_cast<int>(entries.size())) addItem(QString());
    for (int i = 0; i < count(); ++i) {
        const InsideModel::Entry &entry = entries[static_cast<std::size_t>(i)];
        QListWidgetItem *row = item(i);
        row->setText(entry.name);
        row->setToolTip(QString::fromStdString(entry.id));
        row->setData(kFactRole, entry.fact);
        row->setData(kIconRole, entry.icon);
        row->setData(kCategoryRole, static_cast<int>(entry.category));
        row->setData(kIdRole, QString::fromStdString(entry.id));
        row->setFlags(entry.offers ? Qt::ItemIsEnabled | Qt::ItemIsSelectable : Qt::NoItemFlags);
        if (m_model->current() && entry.id == m_model->current()->id) setCurrentRow(i);
    }
    if (!m_model->current()) setCurrentRow(-1);
    m_filling = false;
    if (resized) updateGeometry();
}

} // namespace ostrich::ui
