// Painting and keyboard of the design's own small controls.
#include "theme/controls.hpp"

#include "theme/theme.hpp"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QPushButton>

namespace ostrich::ui {

namespace {

/// One item of a segmented control; paints itself, since a style sheet cannot draw the focus ring
/// outside.
class Segment : public QAbstractButton {
public:
    Segment(const QString &text, bool small, QWidget *parent)
        : QAbstractButton(parent), m_small(small)
    {
        setText(text);
        setCheckable(true);
        setFocusPolicy(Qt::TabFocus);
        setCursor(Qt::PointingHandCursor);
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    }
    QSize sizeHint() const override
    {
        const QFontMetrics metrics(Theme::instance().font(FontRole::TextBold));
        return QSize(metrics.horizontalAdvance(text()) + (m_small ? 20 : 26), m_small ? 24 : 28);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Theme &theme = Theme::instance();
        const Tokens &t = theme.tokens();
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const QRectF box = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
        if (isChecked()) {
            painter.setPen(t.border);
            painter.setBrush(theme.isDark() ? t.hover : t.panel);
            painter.drawRoundedRect(box, 6, 6);
        } else if (underMouse() && isEnabled()) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(t.hover);
            painter.drawRoundedRect(box, 6, 6);
        }
        if (hasFocus()) {
            painter.setPen(QPen(t.accent, 2));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 6, 6);
        }
        QFont font = theme.font(isChecked() ? FontRole::TextBold : FontRole::Text);
        if (!isChecked()) font.setWeight(QFont::Medium);
        painter.setFont(font);
        painter.setPen(!isEnabled() ? t.strong : isChecked() ? t.text : t.muted);
        painter.drawText(rect(), Qt::AlignCenter, text());
    }
    void enterEvent(QEnterEvent *event) override
    {
        QAbstractButton::enterEvent(event);
        update();
    }
    void leaveEvent(QEvent *event) override
    {
        QAbstractButton::leaveEvent(event);
        update();
    }

private:
    bool m_small;
};

} // namespace

SegmentedControl::SegmentedControl(const QStringList &items, bool small, QWidget *parent)
    : QWidget(parent), m_group(new QButtonGroup(this))
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(3, 3, 3, 3);
    layout->setSpacing(2);
    for (int i = 0; i < items.size(); ++i) {
        auto *segment = new Segment(items[i], small, this);
        m_group->addButton(segment, i);
        layout->addWidget(segment);
    }
    if (auto *first = m_group->button(0)) first->setChecked(true);
    connect(m_group, &QButtonGroup::idToggled, this, [this](int id, bool on) {
        if (on) emit currentIndexChanged(id);
    });
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

int SegmentedControl::currentIndex() const
{
    return m_group->checkedId();
}

void SegmentedControl::setCurrentIndex(int index)
{
    if (auto *button = m_group->button(index)) button->setChecked(true);
}

void SegmentedControl::setItemEnabled(int index, bool enabled)
{
    if (auto *button = m_group->button(index)) button->setEnabled(enabled);
}

void SegmentedControl::setItemText(int index, const QString &text)
{
    if (auto *button = m_group->button(index)) button->setText(text);
}

void SegmentedControl::paintEvent(QPaintEvent *)
{
    const Tokens &t = Theme::instance().tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(t.border);
    painter.setBrush(t.window);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
}

Switch::Switch(QWidget *parent) : QAbstractButton(parent)
{
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

QSize Switch::sizeHint() const
{
    return QSize(38, 24); // the ring of keyboard focus stands around the 32×18 switch
}

void Switch::paintEvent(QPaintEvent *)
{
    const Tokens &t = Theme::instance().tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF box(3, 3, 32, 18);
    painter.setPen(Qt::NoPen);
    painter.setBrush(!isEnabled() ? t.track : isChecked() ? t.text : t.strong);
    painter.drawRoundedRect(box, 9, 9);
    painter.setBrush(t.panel);
    painter.drawEllipse(
        QRectF(isChecked() ? box.right() - 16 : box.left() + 2, box.top() + 2, 14, 14));
    if (hasFocus()) {
        painter.setPen(QPen(t.accent, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 11, 11);
    }
}

ElidingLabel::ElidingLabel(const QString &text, QWidget *parent) : QLabel(text, parent) {}

QSize ElidingLabel::minimumSizeHint() const
{
    return QSize(fontMetrics().horizontalAdvance(QStringLiteral("…")),
                 QLabel::minimumSizeHint().height());
}

void ElidingLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QString shown = fontMetrics().elidedText(text(), Qt::ElideRight, contentsRect().width());
    // Tells all of it where it is cut, unless its owner has something else to tell.
    if (toolTip() == m_told) {
        m_told = shown == text() ? QString() : text();
        if (toolTip() != m_told) setToolTip(m_told);
    }
    painter.setFont(font());
    painter.setPen(
        palette().color(isEnabled() ? QPalette::Active : QPalette::Disabled, foregroundRole()));
    painter.drawText(contentsRect(), static_cast<int>(alignment()), shown);
}

QLabel *sectionTitle(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setFont(Theme::instance().font(FontRole::TextBold));
    return label;
}

QLabel *mutedLabel(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    const auto paint = [label] {
        QPalette palette = label->palette();
        palette.setColor(QPalette::WindowText, Theme::instance().tokens().muted);
        label->setPalette(palette);
    };
    paint();
    QObject::connect(&Theme::instance(), &Theme::changed, label, paint);
    return label;
}

QFrame *ruledLine(QWidget *parent)
{
    auto *line = new QFrame(parent);
    line->setFixedHeight(1);
    line->setAutoFillBackground(true);
    const auto paint = [line] {
        QPalette palette = line->palette();
        palette.setColor(QPalette::Window, Theme::instance().tokens().border);
        line->setPalette(palette);
    };
    paint();
    QObject::connect(&Theme::instance(), &Theme::changed, line, paint);
    return line;
}

QFrame *uprightLine(QWidget *parent)
{
    QFrame *line = ruledLine(parent);
    line->setMinimumHeight(0);
    line->setMaximumHeight(QWIDGETSIZE_MAX);
    line->setFixedWidth(1);
    return line;
}

} // namespace ostrich::ui
