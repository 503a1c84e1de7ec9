// The field looks like any other choice; its list stays open while one ticks.
#include "theme/ticked_list.hpp"

#include <QCheckBox>
#include <QKeyEvent>
#include <QScreen>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QStyleOptionComboBox>
#include <QStylePainter>
#include <QVBoxLayout>

#include <algorithm>

namespace ostrich::ui {

namespace {

constexpr int kHighest = 420; // of the list: the rest is scrolled to

} // namespace

TickedList::TickedList(const std::vector<std::pair<QString, QString>> &words, QWidget *parent)
    : QComboBox(parent), m_list(new QScrollArea(this))
{
    m_list->setWindowFlags(Qt::Popup);
    m_list->setFrameShape(QFrame::StyledPanel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(12, 8, 16, 8);
    layout->setSpacing(4);
    for (const auto &[word, label] : words) {
        auto *box = new QCheckBox(label);
        connect(box, &QCheckBox::toggled, this, [this, word](bool ticked) { tick(word, ticked); });
        layout->addWidget(box);
        m_boxes.emplace_back(word, box);
    }
    m_list->setWidget(page);
    m_list->installEventFilter(this);
}

void TickedList::setText(const QString &text)
{
    m_ticked.clear();
    for (const QString &word : text.split(QLatin1Char(','), Qt::SkipEmptyParts))
        if (!word.trimmed().isEmpty()) m_ticked << word.trimmed();
    for (const auto &[word, box] : m_boxes) {
        const QSignalBlocker quiet(box);
        box->setChecked(m_ticked.contains(word));
    }
    refresh();
}

void TickedList::tick(const QString &word, bool ticked)
{
    m_ticked.removeAll(word);
    if (ticked) m_ticked << word;
    refresh();
    emit changed();
}

void TickedList::refresh()
{
    QStringList labels;
    for (const QString &word : std::as_const(m_ticked)) {
        const auto known =
            std::ranges::find(m_boxes, word, [](const auto &box) { return box.first; });
        labels << (known == m_boxes.end() ? word : known->second->text());
    }
    setPlaceholderText(labels.join(QStringLiteral(", ")));
    setAccessibleDescription(placeholderText());
    update();
}

void TickedList::showPopup()
{
    QWidget *page = m_list->widget();
    page->adjustSize();
    const int bar =
        page->height() > kHighest ? m_list->style()->pixelMetric(QStyle::PM_ScrollBarExtent) : 0;
    const int frame = 2 * m_list->frameWidth();
    m_list->resize(std::max(width(), page->width() + bar + frame),
                   std::min(page->height() + frame, kHighest));
    const QRect room = screen()->availableGeometry();
    const QPoint below = mapToGlobal(QPoint(0, height())), above = mapToGlobal(QPoint(0, 0));
    const bool fits = below.y() + m_list->height() <= room.bottom();
    m_list->move(std::min(below.x(), room.right() - m_list->width()),
                 fits ? below.y() : std::max(room.top(), above.y() - m_list->height()));
    m_list->show();
    if (!m_boxes.empty()) m_boxes.front().second->setFocus();
}

bool TickedList::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_list && event->type() == QEvent::Hide) emit closed();
    if (watched == m_list && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Escape || key == Qt::Key_Return || key == Qt::Key_Enter) {
            m_list->hide();
            return true;
        }
    }
    return QComboBox::eventFilter(watched, event);
}

/// As a choice is painted that has been made.
void TickedList::paintEvent(QPaintEvent *)
{
    QStylePainter painter(this);
    QStyleOptionComboBox option;
    initStyleOption(&option);
    const int room =
        style()
            ->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, this)
            .width();
    option.currentText = fontMetrics().elidedText(placeholderText(), Qt::ElideRight, room - 4);
    painter.drawComplexControl(QStyle::CC_ComboBox, option);
    painter.drawControl(QStyle::CE_ComboBoxLabel, option);
}

} // namespace ostrich::ui
