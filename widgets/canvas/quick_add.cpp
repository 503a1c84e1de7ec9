// The quick search over block kinds.
#include "canvas/quick_add.hpp"

#include "blocks/block_kind.hpp"
#include "theme/theme.hpp"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

namespace ostrich::ui {

namespace {

constexpr QSize kSize(232, 244);

/// 0: the name begins so; 1: it holds the text; 2: another word does; 3: nothing fits.
int rank(const graph::Description &d, const QString &text)
{
    const QString name = QString::fromStdString(d.name);
    if (name.startsWith(text, Qt::CaseInsensitive)) return 0;
    if (name.contains(text, Qt::CaseInsensitive)) return 1;
    QStringList others{QString::fromStdString(d.label.en), QString::fromStdString(d.label.fr)};
    for (const std::string &word : d.searchWords) others << QString::fromStdString(word);
    return others.join(QLatin1Char('\n')).contains(text, Qt::CaseInsensitive) ? 2 : 3;
}

} // namespace

QuickAdd::QuickAdd(QWidget *parent)
    : QWidget(parent), m_search(new QLineEdit), m_list(new QListWidget)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(6);
    m_search->setPlaceholderText(tr("Name of a block"));
    m_search->setAccessibleName(m_search->placeholderText());
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setIconSize(QSize(16, 16));
    m_list->setFont(Theme::instance().font(FontRole::Text));
    m_search->setFont(Theme::instance().font(FontRole::Text));
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    layout->addWidget(m_search);
    layout->addWidget(m_list, 1);
    m_search->installEventFilter(this);
    connect(m_search, &QLineEdit::textChanged, this, &QuickAdd::filter);
    connect(m_list, &QListWidget::itemClicked, this, &QuickAdd::accept);
    resize(kSize);
    hide();
}

void QuickAdd::open(const QPoint &at, std::function<bool(const graph::Kind &)> wanted)
{
    m_wanted = std::move(wanted);
    const QSize room = parentWidget()->size() - kSize;
    move(std::clamp(at.x(), 0, std::max(0, room.width())),
         std::clamp(at.y(), 0, std::max(0, room.height())));
    const Tokens &t = Theme::instance().tokens();
    m_list->setStyleSheet(
        QStringLiteral("QListWidget { background: %1; border: none; }"
                       "QListWidget::item { min-height: 27px; padding: 0 6px; border-radius: 4px; }"
                       "QListWidget::item:selected { background: %2; color: %3; }")
            .arg(t.panel.name(), t.selection.name(), t.text.name()));
    m_search->clear();
    filter({});
    show();
    raise();
    m_search->setFocus();
}

void QuickAdd::filter(const QString &text)
{
    std::vector<std::pair<int, const graph::Kind *>> found;
    for (const graph::Kind *kind : blocks::Registry::instance().all())
        if (const int place = rank(kind->description(), text); place < 3 && m_wanted(*kind))
            found.push_back({place, kind});
    std::stable_sort(found.begin(), found.end(),
                     [](const auto &a, const auto &b) { return a.first < b.first; });
    m_list->clear();
    for (const auto &[place, kind] : found) {
        const graph::Description &d = kind->description();
        auto *item = new QListWidgetItem(QString::fromStdString(d.name), m_list);
        item->setIcon(QIcon(Theme::instance().pixmap(QString::fromStdString(d.icon),
                                                     Theme::instance().category(d.category), 16,
                                                     devicePixelRatioF())));
        item->setToolTip(words(d.help));
    }
    m_list->setCurrentRow(0);
}

void QuickAdd::accept()
{
    const QListWidgetItem *item = m_list->currentItem();
    parentWidget()->setFocus(); // before it hides, or the focus would wander on
    hide();
    if (item) emit chosen(item->text());
}

bool QuickAdd::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::FocusOut) hide();
    if (event->type() != QEvent::KeyPress) return QWidget::eventFilter(watched, event);
    const int row = m_list->currentRow();
    switch (static_cast<QKeyEvent *>(event)->key()) {
    case Qt::Key_Down:
        m_list->setCurrentRow(std::min(row + 1, m_list->count() - 1));
        return true;
    case Qt::Key_Up:
        m_list->setCurrentRow(std::max(row - 1, 0));
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        accept();
        return true;
    case Qt::Key_Escape:
        parentWidget()->setFocus();
        hide();
        return true;
    default:
        return QWidget::eventFilter(watched, event);
    }
}

void QuickAdd::paintEvent(QPaintEvent *)
{
    const Tokens &t = Theme::instance().tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(t.control);
    painter.setBrush(t.panel);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
}

} // namespace ostrich::ui
