// Draws strips once per update; cards then only copy pixels.
#include "canvas/block_strip.hpp"

#include "canvas/canvas_geometry.hpp"
#include "model/session.hpp"
#include "theme/theme.hpp"

#include <QCoreApplication>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace ostrich::ui {

namespace {

constexpr double kPictureRadius = 3.0;
constexpr std::size_t kMostCells = 48; // more than the strip has room for: neighbours share a cell
constexpr std::size_t kMostBars = 33;

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(ostrich::ui::BlockStrip)
};

QColor outline(double share)
{
    return QColor::fromRgbF(128 / 255.f, 136 / 255.f, 150 / 255.f, static_cast<float>(share));
}

/// `image` pixel by pixel in `box`, corners rounded, with a fine line so that white pictures have
/// an edge.
void drawPicture(QPainter &painter, const QImage &image, const QRectF &box)
{
    QPainterPath clip;
    clip.addRoundedRect(box, kPictureRadius, kPictureRadius);
    painter.save();
    painter.setClipPath(clip);
    painter.setRenderHint(QPainter::SmoothPixmapTransform, image.width() > 2 * box.width());
    QRectF target = box;
    const double ratio = static_cast<double>(image.width()) / std::max(1, image.height());
    if (ratio > 1.01) // keep the proportions: cut the longer side
        target.setWidth(box.height() * ratio);
    else if (ratio < 0.99)
        target.setHeight(box.width() / ratio);
    target.moveCenter(box.center());
    painter.drawImage(target, image);
    painter.restore();
    painter.setPen(QPen(outline(0.22), 1.0));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), kPictureRadius, kPictureRadius);
}

void drawMaps(QPainter &painter, const probe::Thumbnail &thumbnail)
{
    const int maps =
        static_cast<int>(std::min<std::int64_t>(thumbnail.values.dim(0), probe::kThumbnailMaps));
    for (int i = 0; i < maps; ++i)
        drawPicture(painter, mapImage(thumbnail, i),
                    {i * (kStripHeight + kMapGap), 0, kStripHeight, kStripHeight});
}

/// At most `most` values, each the strongest of its neighbours.
std::vector<float> gathered(const std::vector<float> &values, std::size_t most)
{
    if (values.size() <= most) return values;
    std::vector<float> cells(most, 0.0f);
    for (std::size_t i = 0; i < values.size(); ++i) {
        float &cell = cells[i * most / values.size()];
        cell = std::abs(values[i]) > std::abs(cell) ? values[i] : cell;
    }
    return cells;
}

void drawCells(QPainter &painter, const probe::Thumbnail &thumbnail, double width)
{
    const std::vector<float> cells = gathered(thumbnail.values.values, kMostCells);
    float largest = 1e-12f;
    for (const float value : cells) largest = std::max(largest, std::abs(value));
    QImage row(static_cast<int>(cells.size()), 1, QImage::Format_RGB32);
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const float value = cells[i] / largest;
        row.setPixel(static_cast<int>(i), 0,
                     thumbnail.isSigned ? Theme::instance().signedColour(value)
                                        : Theme::instance().unitColour(value));
    }
    QPainterPath clip;
    const QRectF box(0, 0, width, kStripHeight);
    clip.addRoundedRect(box, kPictureRadius, kPictureRadius);
    painter.save();
    painter.setClipPath(clip);
    painter.drawImage(box, row);
    painter.restore();
    painter.setPen(QPen(outline(0.3), 1.0));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), kPictureRadius, kPictureRadius);
}

void drawBars(QPainter &painter, const probe::Thumbnail &thumbnail, const BlockLook &look,
              double width)
{
    const std::vector<float> bars = gathered(thumbnail.values.values, kMostBars);
    const auto winner = std::max_element(bars.begin(), bars.end()) - bars.begin();
    const double gap = bars.size() > 20 ? 1.0 : 2.0;
    const double wide =
        std::clamp((width + gap) / static_cast<double>(bars.size()) - gap, 1.0, 24.0);
    const Theme &theme = Theme::instance();
    painter.setPen(Qt::NoPen);
    for (std::size_t i = 0; i < bars.size(); ++i) {
        const double share =
            std::isfinite(bars[i]) ? std::clamp(static_cast<double>(bars[i]), 0.0, 1.0) : 0.0;
        const double height = std::max(2.0, share * 30.0);
        painter.setBrush(static_cast<std::ptrdiff_t>(i) == winner ? theme.category(look.category)
                                                                  : theme.tokens().strong);
        const double x = static_cast<double>(i) * (wide + gap);
        painter.drawRoundedRect(
            QRectF(std::floor(x), kStripHeight - height, std::max(1.0, std::floor(wide)), height),
            1.0, 1.0);
    }
}

QString sampleWords(const Session &session)
{
    const auto dataset = session.data.dataset();
    const SampleRef sample = session.selection.sample();
    const auto &labels = dataset->split(sample.split).labels;
    if (dataset->facts.classes == 0 || sample.index < 0
        || sample.index >= static_cast<std::int64_t>(labels.size()))
        return {};
    return Texts::tr("a “%1”").arg(
        session.data.className(labels[static_cast<std::size_t>(sample.index)]));
}

bool drawSample(QPainter &painter, const Session &session)
{
    if (!session.data.dataset()) return false;
    const QImage image = session.data.image(session.selection.sample());
    if (image.isNull()) return false;
    drawPicture(painter, image, {0, 0, kStripHeight, kStripHeight});
    return true;
}

} // namespace

Strip renderStrip(const BlockLook &look, const Session &session, qreal pixelRatio)
{
    if (look.pill || look.liveness != Liveness::Shows) return {};
    const double width = look.size.width() - kContentLeft - kContentRight;
    QPixmap strip(QSizeF(width * pixelRatio, kStripHeight * pixelRatio).toSize());
    strip.setDevicePixelRatio(pixelRatio);
    strip.fill(Qt::transparent);
    QPainter painter(&strip);
    painter.setRenderHint(QPainter::Antialiasing);
    if (look.role == graph::Role::Input)
        return drawSample(painter, session) ? Strip{strip, sampleWords(session)} : Strip();
    const probe::Thumbnail *thumbnail = session.thumbnails.find(look.id);
    if (!thumbnail || thumbnail->values.empty()) return {};
    if (thumbnail->values.shape.size() == 3)
        drawMaps(painter, *thumbnail);
    else if (thumbnail->probabilities)
        drawBars(painter, *thumbnail, look, width);
    else
        drawCells(painter, *thumbnail, width);
    return {strip, {}};
}

QString stripWords(const BlockLook &look)
{
    switch (look.liveness) {
    case Liveness::Wrong:
        return Texts::tr("no output yet");
    case Liveness::Waits:
        return Texts::tr("waiting");
    case Liveness::Shows:
        break;
    }
    return look.role == graph::Role::Input ? Texts::tr("loading") : Texts::tr("waiting");
}

} // namespace ostrich::ui
