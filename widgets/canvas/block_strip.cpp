// Draws strips once per update; cards then only copy pixels.
#include "canvas/block_strip.hpp"

#include "canvas/canvas_geometry.hpp"
#include "data/tokenizer.hpp"
#include "model/sequence_painting.hpp"
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
constexpr double kChipHeight = 16.0; // two rows of chips
constexpr std::size_t kMostNumbers = 2;

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

/// A frame around all of the strip.
void drawEdge(QPainter &painter, double width)
{
    painter.setPen(QPen(outline(0.3), 1.0));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(QRectF(0.5, 0.5, width - 1.0, kStripHeight - 1.0), kPictureRadius,
                            kPictureRadius);
}

/// `image` over all of the strip, a pixel of it as a sharp cell.
void drawWide(QPainter &painter, const QImage &image, double width)
{
    QPainterPath clip;
    const QRectF box(0, 0, width, kStripHeight);
    clip.addRoundedRect(box, kPictureRadius, kPictureRadius);
    painter.save();
    painter.setClipPath(clip);
    painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
    painter.drawImage(box, image);
    painter.restore();
    drawEdge(painter, width);
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
    drawWide(painter, row, width);
}

/// The likeliest class or word at each step, (1, K, T).
void drawLikeliest(QPainter &painter, const probe::Thumbnail &thumbnail, const Session &session,
                   double width)
{
    const auto classes = static_cast<std::size_t>(thumbnail.values.dim(1));
    const auto steps = static_cast<std::size_t>(thumbnail.values.dim(2));
    const bool writes = session.data.dataset()->facts.task == graph::Task::Translate;
    const auto asked = session.data.askedSteps(session.selection.sample());
    std::vector<StepWord> words;
    for (std::size_t step = 0; step < steps; ++step) {
        std::size_t best = 0;
        for (std::size_t k = 1; k < classes; ++k)
            if (thumbnail.values.values[k * steps + step]
                > thumbnail.values.values[best * steps + step])
                best = k;
        if (writes && static_cast<std::int32_t>(best) == data::Tokenizer::kEnd) break;
        words.push_back({session.data.className(static_cast<std::int64_t>(best)),
                         std::ranges::find(asked, static_cast<std::int64_t>(step)) != asked.end()});
    }
    paintChips(painter, {0, 0, width, kStripHeight}, words, kChipHeight);
}

/// A few numbers as they are; more of them as a line, with the first one beside it.
void drawNumbers(QPainter &painter, const probe::Thumbnail &thumbnail, double width)
{
    const Theme &theme = Theme::instance();
    const std::vector<float> &values = thumbnail.values.values;
    const bool few = values.size() <= kMostNumbers;
    QStringList numbers;
    for (std::size_t i = 0; i < (few ? values.size() : 1); ++i)
        numbers << figure(static_cast<double>(values[i]));
    painter.setFont(theme.font(FontRole::TextBold));
    painter.setPen(theme.tokens().text);
    const QFontMetricsF metrics(painter.font());
    const QString text = numbers.join(QStringLiteral("  "));
    painter.drawText(QRectF(0, 0, width, kStripHeight),
                     (few ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter, text);
    const double left = width - metrics.horizontalAdvance(text) - 6.0;
    if (few || left < 20.0) return;
    const Array line{{static_cast<std::int64_t>(values.size()), 1}, values};
    paintSequence(painter, {0, 0, left, kStripHeight}, line);
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
    if (session.data.style() != SampleStyle::Square) return {}; // its picture takes all the room
    const auto &labels = dataset->split(sample.split).labels;
    if (dataset->facts.classes == 0 || sample.index < 0
        || sample.index >= static_cast<std::int64_t>(labels.size()))
        return {};
    return Texts::tr("a “%1”").arg(
        session.data.className(labels[static_cast<std::size_t>(sample.index)]));
}

/// A sequence over all of the strip.
void drawSequence(QPainter &painter, const Session &session, const BlockLook &look, double width)
{
    const QRectF box(0, 0, width, kStripHeight);
    const SampleRef sample = session.selection.sample();
    const std::vector<StepWord> words =
        look.readsTarget ? session.data.targetWords(sample) : session.data.stepWords(sample);
    if (!words.empty()) return paintChips(painter, box, words, kChipHeight);
    const data::Samples &samples = session.data.dataset()->split(sample.split);
    if (sample.index < 0 || sample.index >= samples.count()) return;
    paintSequence(painter, box, samples.sample(sample.index));
    drawEdge(painter, width);
}

bool drawSample(QPainter &painter, const Session &session, const BlockLook &look, double width)
{
    if (!session.data.dataset()) return false;
    if (session.data.style() != SampleStyle::Square) {
        drawSequence(painter, session, look, width);
        return true;
    }
    const QImage image = session.data.image(session.selection.sample());
    if (image.isNull()) return false;
    drawPicture(painter, image, {0, 0, kStripHeight, kStripHeight});
    return true;
}

/// Whether what the block puts out, or an Output takes in, has a time axis.
bool isOverTime(const BlockLook &look, const Session &session)
{
    const graph::BlockFacts *facts = session.project.analysis().find(look.id);
    if (!facts) return false;
    const auto &shapes = look.role == graph::Role::Output ? facts->inputs : facts->outputs;
    return !shapes.empty() && shapes.front() && shapes.front()->isSequence();
}

/// "chaotic ≈ messy, tedious": a word of the sample and those that lie nearest to it. Empty: none
/// known.
QString nearestWords(const probe::Thumbnail &thumbnail, const data::Dataset &dataset)
{
    const auto &tokenizer = thumbnail.ofTarget ? dataset.targetTokenizer : dataset.tokenizer;
    if (thumbnail.nearest.size() < 2 || !tokenizer) return {};
    QStringList words;
    for (const std::int64_t id : thumbnail.nearest) {
        if (id < 0 || id >= tokenizer->size()) return {};
        const QString word =
            QString::fromStdString(tokenizer->piece(static_cast<std::int32_t>(id)));
        words << (word.trimmed().isEmpty() ? QStringLiteral("␣") : word);
    }
    const QString first = words.takeFirst();
    return QStringLiteral("%1 ≈ %2").arg(first, words.join(QStringLiteral(", ")));
}

void drawThumbnail(QPainter &painter, const probe::Thumbnail &thumbnail, const BlockLook &look,
                   const Session &session, double width)
{
    const bool overTime =
        isOverTime(look, session) && thumbnail.values.shape.size() == 3 && !thumbnail.attention;
    const auto dataset = session.data.dataset();
    const QString nearest = dataset ? nearestWords(thumbnail, *dataset) : QString();
    if (!nearest.isEmpty())
        paintText(painter, {0, 0, width, kStripHeight}, nearest);
    else if (overTime && thumbnail.probabilities && dataset)
        drawLikeliest(painter, thumbnail, session, width);
    else if (overTime)
        drawWide(painter, mapImage(thumbnail, 0), width);
    else if (thumbnail.values.shape.size() == 3)
        drawMaps(painter, thumbnail);
    else if (thumbnail.probabilities && session.project.facts().task == graph::Task::Regress)
        drawNumbers(painter, thumbnail, width);
    else if (thumbnail.probabilities)
        drawBars(painter, thumbnail, look, width);
    else
        drawCells(painter, thumbnail, width);
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
        return drawSample(painter, session, look, width) ? Strip{strip, sampleWords(session)}
                                                         : Strip();
    const probe::Thumbnail *thumbnail = session.thumbnails.find(look.id);
    if (!thumbnail || thumbnail->values.empty()) return {};
    drawThumbnail(painter, *thumbnail, look, session, width);
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
