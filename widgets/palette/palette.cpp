// The palette: one row a kind from the registry, grouped by category, filtered by the search.
#include "palette/palette.hpp"

#include "blocks/block_kind.hpp"
#include "model/block_mime.hpp"
#include "theme/theme.hpp"

#include <QApplication>
#include <QDrag>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMimeData>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace ostrich::ui {

namespace {

constexpr int kKindRole = Qt::UserRole;
constexpr int kCategoryRole = Qt::UserRole + 1;
constexpr int kSearchRole = Qt::UserRole + 2;
constexpr int kPortRole = Qt::UserRole + 3; // only within a group
constexpr int kRowHeight = 27;

graph::Category categoryOf(const QModelIndex &index)
{
    return static_cast<graph::Category>(index.data(kCategoryRole).toInt());
}

/// Paints both kinds of rows as the design draws them.
class RowDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        return QSize(100, kRowHeight);
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        const Tokens &t = Theme::instance().tokens();
        const bool isCategory = !index.parent().isValid();
        const QRect row(0, option.rect.y(), option.widget->width(), option.rect.height());
        if (!isCategory && option.state & (QStyle::State_MouseOver | QStyle::State_Selected))
            painter->fillRect(row, t.hover);
        if (option.state & QStyle::State_HasFocus && option.widget->hasFocus()) {
            painter->setPen(QPen(t.accent, 2));
            painter->drawRect(row.adjusted(1, 1, -1, -1));
        }
        isCategory ? paintCategory(painter, row, index, option.state & QStyle::State_Open)
                   : paintKind(painter, row, index);
    }

private:
    static void paintCategory(QPainter *painter, const QRect &row, const QModelIndex &index,
                              bool open)
    {
        const Theme &theme = Theme::instance();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(
            QPen(theme.tokens().muted, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        const QPointF centre(20, row.center().y() + 1);
        const QPointF down[] = {centre + QPointF(-4, -2), centre + QPointF(0, 2),
                                centre + QPointF(4, -2)};
        const QPointF right[] = {centre + QPointF(-2, -4), centre + QPointF(2, 0),
                                 centre + QPointF(-2, 4)};
        painter->drawPolyline(open ? down : right, 3);
        painter->setPen(Qt::NoPen);
        painter->setBrush(theme.category(categoryOf(index)));
        painter->drawRoundedRect(QRectF(34, row.center().y() - 4, 10, 10), 2, 2);
        painter->setPen(theme.tokens().muted);
        painter->setFont(theme.font(FontRole::TextBold));
        const QRect room = row.adjusted(50, 0, -8, 0);
        painter->drawText(room, Qt::AlignVCenter,
                          QFontMetrics(painter->font())
                              .elidedText(index.data().toString(), Qt::ElideRight, room.width()));
    }

    static void paintKind(QPainter *painter, const QRect &row, const QModelIndex &index)
    {
        const Theme &theme = Theme::instance();
        const auto *kind =
            blocks::Registry::instance().find(index.data(kKindRole).toString().toStdString());
        const QString icon = QString::fromStdString(kind->description().icon);
        const qreal ratio = painter->device()->devicePixelRatioF();
        painter->drawPixmap(QPointF(32, row.y() + 5),
                            theme.pixmap(icon, theme.category(categoryOf(index)), 17, ratio));
        painter->setPen(theme.tokens().text);
        painter->setFont(theme.font(FontRole::Text));
        const QString text =
            QFontMetrics(painter->font())
                .elidedText(index.data().toString(), Qt::ElideRight, row.width() - 68);
        painter->drawText(row.adjusted(60, 0, -8, 0), Qt::AlignVCenter, text);
    }
};

} // namespace

class PaletteTree : public QTreeWidget {
public:
    explicit PaletteTree(QWidget *parent) : QTreeWidget(parent)
    {
        setHeaderHidden(true);
        setRootIsDecorated(false);
        setIndentation(0);
        setFrameShape(QFrame::NoFrame);
        setUniformRowHeights(true);
        setMouseTracking(true);
        setDragEnabled(true);
        setDragDropMode(QAbstractItemView::DragOnly);
        setExpandsOnDoubleClick(false);
        setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        setItemDelegate(new RowDelegate(this));
        setStyleSheet(QStringLiteral("QTreeView, QTreeView::item, QTreeView::branch { background: "
                                     "transparent; border: none; }"));
        fill();
        filter({});
        connect(this, &QTreeWidget::itemClicked, this, [](QTreeWidgetItem *item) {
            if (!item->parent()) item->setExpanded(!item->isExpanded());
        });
    }

    void filter(const QString &text)
    {
        for (int i = 0; i < topLevelItemCount(); ++i) {
            QTreeWidgetItem *category = topLevelItem(i);
            int shown = 0;
            for (int k = 0; k < category->childCount(); ++k) {
                QTreeWidgetItem *item = category->child(k);
                const bool fits =
                    (m_inGroup || !item->data(0, kPortRole).toBool())
                    && item->data(0, kSearchRole).toString().contains(text, Qt::CaseInsensitive);
                item->setHidden(!fits);
                shown += fits;
            }
            category->setHidden(shown == 0);
            if (!text.isEmpty()) category->setExpanded(true);
        }
    }

    void setInGroup(bool inGroup) { m_inGroup = inGroup; }

    QString firstShown() const
    {
        for (int i = 0; i < topLevelItemCount(); ++i)
            for (int k = 0; k < topLevelItem(i)->childCount(); ++k)
                if (const QTreeWidgetItem *item = topLevelItem(i)->child(k); !item->isHidden())
                    return item->data(0, kKindRole).toString();
        return {};
    }

protected:
    QMimeData *mimeData(const QList<QTreeWidgetItem *> &items) const override
    {
        if (items.isEmpty() || !items.first()->parent()) return nullptr;
        auto *mime = new QMimeData;
        mime->setData(QLatin1String(kBlockMimeType),
                      items.first()->data(0, kKindRole).toString().toUtf8());
        return mime;
    }

private:
    void fill()
    {
        QTreeWidgetItem *category = nullptr;
        for (const graph::Kind *kind : blocks::Registry::instance().all()) {
            const graph::Description &d = kind->description();
            if (!category
                || category->data(0, kCategoryRole).toInt() != static_cast<int>(d.category)) {
                category = new QTreeWidgetItem(this, {words(graph::label(d.category))});
                category->setData(0, kCategoryRole, static_cast<int>(d.category));
                category->setToolTip(0, words(graph::label(d.category)));
                category->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
                category->setExpanded(true);
            }
            auto *item = new QTreeWidgetItem(category, {QString::fromStdString(d.name)});
            item->setData(0, kKindRole, QString::fromStdString(d.name));
            item->setData(0, kCategoryRole, static_cast<int>(d.category));
            item->setData(0, kPortRole,
                          d.role == graph::Role::GroupInput || d.role == graph::Role::GroupOutput);
            QStringList names{QString::fromStdString(d.name), QString::fromStdString(d.label.en),
                              QString::fromStdString(d.label.fr)};
            for (const std::string &word : d.searchWords) names << QString::fromStdString(word);
            item->setData(0, kSearchRole, names.join(QLatin1Char('\n')));
            item->setToolTip(
                0, QStringLiteral("<b>%1</b><br>%2")
                       .arg(words(d.label).toHtmlEscaped(), words(d.help).toHtmlEscaped()));
            item->setData(0, Qt::AccessibleTextRole, words(d.label));
        }
    }

    bool m_inGroup = false;
};

Palette::Palette(QWidget *parent)
    : QWidget(parent), m_tree(new PaletteTree(this)), m_search(new QLineEdit)
{
    setMinimumWidth(160);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 10, 0, 0);
    layout->setSpacing(8);
    m_search->setPlaceholderText(tr("Search blocks"));
    m_search->setAccessibleName(tr("Search blocks"));
    m_search->setClearButtonEnabled(true);
    m_search->addAction(Theme::instance().icon(QStringLiteral("search"), 16),
                        QLineEdit::LeadingPosition);
    auto *searchRow = new QHBoxLayout;
    searchRow->setContentsMargins(12, 0, 12, 0);
    searchRow->addWidget(m_search);
    layout->addLayout(searchRow);
    layout->addWidget(m_tree, 1);

    connect(m_search, &QLineEdit::textChanged, m_tree, &PaletteTree::filter);
    connect(m_search, &QLineEdit::returnPressed, this, [this] {
        if (const QString kind = m_tree->firstShown(); !kind.isEmpty()) emit blockActivated(kind);
    });
    connect(m_tree, &QTreeWidget::itemActivated, this, [this](QTreeWidgetItem *item) {
        if (item->parent()) emit blockActivated(item->data(0, kKindRole).toString());
    });
    connect(&Theme::instance(), &Theme::changed, m_tree->viewport(), qOverload<>(&QWidget::update));
}

void Palette::focusSearch()
{
    m_search->setFocus();
    m_search->selectAll();
}

void Palette::setInGroup(bool inGroup)
{
    m_tree->setInGroup(inGroup);
    m_tree->filter(m_search->text());
}

} // namespace ostrich::ui
