// Painting the triptych: pixels stay sharp squares, as the network sees them, each of a whole
// number of the screen's.
#include "fool/triptych.hpp"

#include "findings/figure_button.hpp"
#include "findings/figure_text.hpp"
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

/// How many pixels of the screen, of which `ratio` make one of ours, each pixel of `image` gets in
/// a square of `side`. 0: it has more pixels than there is room for.
int wholeFactor(const QImage &image, int side, double ratio)
{
    return static_cast<int>(std::floor(side * ratio / std::max(image.width(), image.height())));
}

/// (3, H, W) in [0, 1]: what is seen.
Array arrayOf(const QImage &image)
{
    const auto plane =
        static_cast<std::size_t>(image.width()) * static_cast<std::size_t>(image.height());
    Array array{{3, image.height(), image.width()}, std::vector<float>(3 * plane)};
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x) {
            const QRgb pixel = image.pixel(x, y);
            const auto at = static_cast<std::size_t>(y) * static_cast<std::size_t>(image.width())
                            + static_cast<std::size_t>(x);
            const int levels[] = {qRed(pixel), qGreen(pixel), qBlue(pixel)};
            for (std::size_t channel = 0; channel < 3; ++channel)
                array.values[channel * plane + at] = static_cast<float>(levels[channel]) / 255.0f;
        }
    return array;
}

} // namespace

Triptych::Triptych(QWidget *parent)
    : QWidget(parent),
      m_action(new QPushButton(this)),
      m_save(new FigureButton([this] { return FigureButton::Shot{drawing()}; }, this))
{
    setAcceptDrops(true);
    setAccessibleName(tr("Picture plus noise makes the attacked picture"));
    m_action->setProperty("role", "accent");
    m_action->hide();
    m_save->setToolTip(tr("Save or copy the three pictures"));
    m_save->setAccessibleName(m_save->toolTip());
    m_save->hide();
    m_save->alsoOn(this);
    connect(m_action, &QPushButton::clicked, this, &Triptych::actionWanted);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

QSize Triptych::minimumSizeHint() const
{
    return QSize(3 * kSmallest + 2 * kGap, kSmallest + kCaption);
}

int Triptych::room() const
{
    return std::clamp(std::min((width() - 2 * kGap) / 3, height() - kCaption), 80, 520);
}

int Triptych::side() const
{
    const QImage &image = m_panels[0].image;
    if (!m_message.isEmpty() || image.isNull()) return room();
    const double ratio = devicePixelRatioF();
    const int factor = wholeFactor(image, room(), ratio);
    if (factor < 1) return room();
    const int large = std::max(image.width(), image.height()) * factor;
    return std::clamp(static_cast<int>(std::ceil(large / ratio)), std::min(kSmallest, room()),
                      room());
}

QRect Triptych::pictureRect(int index) const
{
    const int size = side();
    const int left = (width() - 3 * size - 2 * kGap) / 2, top = (room() - size) / 2;
    return QRect(left + index * (size + kGap), top, size, size);
}

QRectF Triptych::placeOf(const QImage &image, const QRect &box) const
{
    const double ratio = devicePixelRatioF();
    const int factor = wholeFactor(image, box.width(), ratio);
    if (factor < 1) {
        const QSizeF size = QSizeF(image.size()).scaled(box.size(), Qt::KeepAspectRatio);
        return {QRectF(box).center() - QPointF(size.width(), size.height()) / 2.0, size};
    }
    // The edges, too, lie between pixels of the screen, which are counted from the window's corner.
    const QPoint corner = mapTo(window(), QPoint());
    const QSizeF size = QSizeF(image.size()) * factor / ratio;
    const auto snapped = [ratio](double at, int from) {
        return std::round((at + from) * ratio) / ratio - from;
    };
    return {QPointF(snapped(box.x() + (box.width() - size.width()) / 2.0, corner.x()),
                    snapped(box.y() + (box.height() - size.height()) / 2.0, corner.y())),
            size};
}

std::pair<int, int> Triptych::extent() const
{
    return {pictureRect(0).left(), pictureRect(2).right() + 1};
}

void Triptych::show(std::array<Panel, 3> panels, bool fooled)
{
    const auto before = extent();
    m_panels = std::move(panels);
    m_message.clear();
    m_action->hide();
    m_save->setVisible(!m_panels[1].image.isNull());
    m_fooled = fooled;
    update();
    if (extent() == before) return;
    placeButtons();
    emit layoutChanged();
}

void Triptych::showMessage(const QString &text, const QString &action)
{
    const auto before = extent();
    m_message = text;
    m_action->setText(action);
    m_action->setVisible(!action.isEmpty());
    m_save->hide();
    placeButtons();
    update();
    if (extent() != before) emit layoutChanged();
}

/// One below the message, one between two pictures.
void Triptych::placeButtons()
{
    const QRect box = pictureRect(0) | pictureRect(2);
    m_action->adjustSize();
    m_action->move(box.center().x() - m_action->width() / 2, box.center().y() + kBelowMessage);
    const QRect noise = pictureRect(1);
    m_save->move(noise.right() + 1 + (kGap - m_save->width()) / 2, noise.top());
}

DrawingPtr Triptych::drawing() const
{
    std::vector<robustness::Picture> pictures;
    for (const Panel &panel : m_panels)
        if (!panel.image.isNull())
            pictures.push_back(
                {arrayOf(panel.image),
                 said(QStringLiteral("%1 %2").arg(panel.caption, panel.note).trimmed())});
    return pictures.empty() ? nullptr : drawingOf(pictures);
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
    const QRectF place = placeOf(image, box);
    clip.addRoundedRect(place, 4, 4);
    painter.save();
    painter.setClipPath(clip);
    const double ratio = devicePixelRatioF();
    if (const int factor = wholeFactor(image, box.width(), ratio); factor > 0) {
        // Enlarged first, then laid down pixel by pixel: a painter that scales may miss by one.
        painter.scale(1.0 / ratio, 1.0 / ratio);
        painter.drawImage(place.topLeft() * ratio, image.scaled(image.size() * factor));
    } else { // more pixels than there is room for: it melts
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        painter.drawImage(place, image);
    }
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
    placeButtons();
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
