// Painting the triptych: pixels stay sharp squares, as the network sees them, each of a whole
// number of the screen's.
#include "fool/triptych.hpp"

#include "theme/theme.hpp"

#include <QDragEnterEvent>
#include <QMimeData>
#include <QPainter>
#include <QPainterPath>
#include <QPushButton>

#include <algorithm>
#include <cmath>

namespace ostrich::ui {

namespace {

constexpr int kSmallest = 240;
constexpr int kCaption = 44;
constexpr int kBelowMessage = 40; // from the middle of the message to its button
constexpr double kLeastFilled =
    0.8; // of its square, by a picture that is enlarged by a whole factor

/// Where `image` is drawn in `box`, in the middle of it, on a screen of `ratio` pixels for each of
/// ours.
QRectF placeOf(const QImage &image, const QRect &box, double ratio)
{
    const double times = box.width() * ratio / image.width();
    const double whole = std::floor(times);
    if (whole < 1.0 || whole < kLeastFilled * times) return box;
    // Whole pixels of the screen also at its edges.
    const auto snapped = [ratio](double at) { return std::round(at * ratio) / ratio; };
    const double width = whole * image.width() / ratio, height = whole * image.height() / ratio;
    return {snapped(box.x() + (box.width() - width) / 2.0),
            snapped(box.y() + (box.height() - height) / 2.0), width, height};
}

} // namespace

Triptych::Triptych(QWidget *parent) : QWidget(parent), m_action(new QPushButton(this))
{
    setAcceptDrops(true);
    setAccessibleName(tr("Picture plus noise makes the attacked picture"));
    m_action->setProperty("role", "accent");
    m_action->hide();
    connect(m_action, &QPushButton::clicked, this, &Triptych::actionWanted);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

QSize Triptych::minimumSizeHint() const
{
    return QSize(3 * kSmallest + 2 * kGap, kSmallest + kCaption);
}

int Triptych::side() const
{
    return std::clamp(std::min((width() - 2 * kGap) / 3, height() - kCaption), 80, 520);
}

QRect Triptych::pictureRect(int index) const
{
    const int size = side();
    const int left = (width() - 3 * size - 2 * kGap) / 2;
    return QRect(left + index * (size + kGap), 0, size, size);
}

std::pair<int, int> Triptych::extent() const
{
    return {pictureRect(0).left(), pictureRect(2).right() + 1};
}

void Triptych::show(std::array<Panel, 3> panels, bool fooled)
{
    m_panels = std::move(panels);
    m_message.clear();
    m_action->hide();
    m_fooled = fooled;
    update();
}

void Triptych::showMessage(const QString &text, const QString &action)
{
    m_message = text;
    m_action->setText(action);
    m_action->setVisible(!action.isEmpty());
    placeAction();
    update();
}

/// Below the message.
void Triptych::placeAction()
{
    const QRect box = pictureRect(0) | pictureRect(2);
    m_action->adjustSize();
    m_action->move(box.center().x() - m_action->width() / 2, box.center().y() + kBelowMessage);
}

/// The caption and, where there is room, its note beside it, centred below `box`.
void Triptych::paintCaption(QPainter &painter, const QRect &box, const Panel &panel,
                            bool wrong) const
{
    const Theme &theme = Theme::instance();
    const Tokens &t = theme.tokens();
    const QFont captionFont = theme.font(FontRole::Caption), noteFont = theme.font(FontRole::Text);
    const int room = box.width() + kGap - 12, baseline = box.bottom() + 32;
    const QFontMetrics metrics(captionFont);
    const QString caption = metrics.elidedText(panel.caption, Qt::ElideRight, room);
    const int captionWidth = metrics.horizontalAdvance(caption);
    const int noteWidth = 12 + QFontMetrics(noteFont).horizontalAdvance(panel.note);
    const bool noted = captionWidth + noteWidth <= room;
    const int left = box.x() + (box.width() - captionWidth - (noted ? noteWidth : 0)) / 2;
    painter.setFont(captionFont);
    painter.setPen(wrong ? t.attackText : t.text);
    painter.drawText(left, baseline, caption);
    if (!noted) return;
    painter.setFont(noteFont);
    painter.setPen(t.muted);
    painter.drawText(left + captionWidth + 12, baseline, panel.note);
}

void Triptych::paintImage(QPainter &painter, const QRect &box, const QImage &image) const
{
    QPainterPath clip;
    if (image.isNull()) {
        clip.addRoundedRect(box, 4, 4);
        return painter.fillPath(clip, Theme::instance().tokens().window);
    }
    const QRectF place = placeOf(image, box, devicePixelRatioF());
    clip.addRoundedRect(place, 4, 4);
    painter.save();
    painter.setClipPath(clip);
    // Enlarged a little, squares of unequal sizes would show: there it melts.
    painter.setRenderHint(QPainter::SmoothPixmapTransform, place == QRectF(box));
    painter.drawImage(place, image);
    painter.restore();
}

void Triptych::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::instance();
    const Tokens &t = theme.tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (!m_message.isEmpty()) {
        const QRect box = pictureRect(0) | pictureRect(2);
        painter.setPen(Qt::NoPen);
        painter.setBrush(t.window);
        painter.drawRoundedRect(box, 4, 4);
        painter.setFont(theme.font(FontRole::Sentence));
        painter.setPen(t.text);
        painter.drawText(box.adjusted(40, 0, -40, 0), Qt::AlignCenter | Qt::TextWordWrap,
                         m_message);
        return;
    }
    const char *signs[] = {"+", "="};
    for (int i = 0; i < 3; ++i) {
        const QRect box = pictureRect(i);
        const Panel &panel = m_panels[static_cast<std::size_t>(i)];
        paintImage(painter, box, panel.image);
        painter.setPen(t.muted);
        if (i < 2) {
            painter.setFont(theme.font(FontRole::PageTitle));
            painter.drawText(QRect(box.right() + 1, box.y(), kGap, box.height()), Qt::AlignCenter,
                             QString::fromLatin1(signs[i]));
        }
        paintCaption(painter, box, panel, i == 2 && m_fooled);
    }
}

void Triptych::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    placeAction();
    emit layoutChanged();
}

void Triptych::dragEnterEvent(QDragEnterEvent *event)
{
    if (event->mimeData()->hasUrls() || event->mimeData()->hasImage())
        event->acceptProposedAction();
}

void Triptych::dropEvent(QDropEvent *event)
{
    for (const QUrl &url : event->mimeData()->urls())
        if (url.isLocalFile()) {
            emit fileDropped(url.toLocalFile());
            event->acceptProposedAction();
            return;
        }
    if (event->mimeData()->hasImage()) {
        emit imageDropped(qvariant_cast<QImage>(event->mimeData()->imageData()));
        event->acceptProposedAction();
    }
}

} // namespace ostrich::ui
