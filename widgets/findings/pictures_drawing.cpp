// Pictures with their captions, side by side, never recoloured.
#include "findings/drawing.hpp"
#include "findings/figure_text.hpp"
#include "model/data_model.hpp"

#include <QCoreApplication>
#include <QTextOption>
#include <qcustomplot.h>

#include <algorithm>

namespace ostrich::ui {

namespace {

using robustness::Picture;

constexpr int kSide = 112, kGap = 16, kCaption = 40;

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(ostrich::ui::Findings)
};

class PicturesDrawing : public Drawing {
public:
    explicit PicturesDrawing(std::vector<Picture> pictures) : m_pictures(std::move(pictures)) {}

    std::string key() const override { return "pictures"; }
    QString title() const override { return Texts::tr("Pictures"); }
    bool isWide() const override { return true; }
    int heightFor(int width) const override
    {
        const int columns = columnsIn(width), count = static_cast<int>(m_pictures.size());
        return (count + columns - 1) / columns * (kSide + kCaption + 8);
    }
    void paint(QCPPainter &painter, const QSize &size, const Ink &ink) override
    {
        const int columns = columnsIn(size.width());
        painter.setFont(Theme::instance().font(FontRole::Text));
        painter.setPen(ink.tokens.muted);
        QTextOption option(Qt::AlignLeft | Qt::AlignTop);
        option.setWrapMode(QTextOption::WordWrap);
        for (std::size_t i = 0; i < m_pictures.size(); ++i) {
            const int column = static_cast<int>(i) % columns, row = static_cast<int>(i) / columns;
            const QPoint at(column * (kSide + kGap), row * (kSide + kCaption + 8));
            const QImage image = toImage(m_pictures[i].image);
            const QSize fitted = image.size().scaled(kSide, kSide, Qt::KeepAspectRatio);
            painter.setRenderHint(QPainter::SmoothPixmapTransform, image.width() > kSide);
            painter.drawImage(QRect(at, fitted), image);
            painter.drawText(QRectF(at.x(), at.y() + kSide + 4, kSide + kGap - 6, kCaption),
                             sentence(m_pictures[i].caption), option);
        }
    }
    QString csv() const override
    {
        QString text = csvLine({QStringLiteral("picture")});
        for (const Picture &picture : m_pictures) text += csvLine({sentence(picture.caption)});
        return text;
    }
    QString tipAt(const QPoint &at, const QSize &size) override
    {
        const int column = at.x() / (kSide + kGap), row = at.y() / (kSide + kCaption + 8);
        const auto index = static_cast<std::size_t>(row * columnsIn(size.width()) + column);
        if (column >= columnsIn(size.width()) || index >= m_pictures.size()) return {};
        return sentence(m_pictures[index].caption);
    }

private:
    static int columnsIn(int width) { return std::max(1, (width + kGap) / (kSide + kGap)); }
    std::vector<Picture> m_pictures;
};

} // namespace

DrawingPtr drawingOf(const std::vector<Picture> &pictures)
{
    return std::make_unique<PicturesDrawing>(pictures);
}

} // namespace ostrich::ui
