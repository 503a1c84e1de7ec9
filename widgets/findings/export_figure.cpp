// Writing one figure.
#include "findings/export_figure.hpp"

#include "findings/drawing.hpp"

#include <QCoreApplication>
#include <QFileInfo>
#include <QPageSize>
#include <QPdfWriter>
#include <QSaveFile>
#include <QSvgGenerator>
#include <qcustomplot.h>

namespace ostrich::ui {

namespace {

constexpr int kMargin = 16, kTitle = 30;
constexpr double kPixelsPerInch = 96.0;

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(ostrich::ui::Findings)
};

QSize wholeSize(const Drawing &drawing, int width)
{
    const int above = drawing.title().isEmpty() ? 0 : kTitle;
    return {width + 2 * kMargin, drawing.heightFor(width) + above + 2 * kMargin};
}

void paintWhole(Drawing &drawing, QCPPainter &painter, int width, const Ink &ink)
{
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(kMargin, kMargin);
    if (const QString title = drawing.title(); !title.isEmpty()) {
        painter.setFont(Theme::instance().font(FontRole::TextBold));
        painter.setPen(ink.tokens.text);
        painter.drawText(QRect(0, 0, width, 20), Qt::AlignLeft | Qt::AlignVCenter, title);
        painter.translate(0, kTitle);
    }
    drawing.paint(painter, QSize(width, drawing.heightFor(width)), ink);
}

bool writePdf(Drawing &drawing, const QString &path, int width)
{
    QPdfWriter writer(path);
    const QSizeF size = QSizeF(wholeSize(drawing, width)) * 72.0 / kPixelsPerInch;
    writer.setPageSize(QPageSize(size, QPageSize::Point, {}, QPageSize::ExactMatch));
    writer.setPageMargins(QMarginsF(0, 0, 0, 0));
    writer.setResolution(static_cast<int>(kPixelsPerInch)); // logical pixels, in lines as they are
    writer.setTitle(drawing.title());
    QCPPainter painter;
    if (!painter.begin(&writer)) return false;
    painter.setMode(QCPPainter::pmVectorized);
    paintWhole(drawing, painter, width, paperInk());
    return painter.end();
}

bool writeSvg(Drawing &drawing, const QString &path, int width)
{
    QSvgGenerator generator;
    const QSize size = wholeSize(drawing, width);
    generator.setFileName(path);
    generator.setSize(size);
    generator.setViewBox(QRect(QPoint(), size));
    generator.setResolution(static_cast<int>(kPixelsPerInch));
    generator.setTitle(drawing.title());
    QCPPainter painter;
    if (!painter.begin(&generator)) return false;
    painter.setMode(QCPPainter::pmVectorized);
    painter.fillRect(QRect(QPoint(), size), Qt::white);
    paintWhole(drawing, painter, width, paperInk());
    return painter.end();
}

bool writeText(const QString &path, const QString &text)
{
    QSaveFile file(path);
    const QByteArray bytes = text.toUtf8();
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit();
}

} // namespace

QImage figureImage(Drawing &drawing, int width, const Ink &ink, double scale)
{
    QImage image(wholeSize(drawing, width) * scale, QImage::Format_RGB32);
    image.setDevicePixelRatio(scale);
    image.fill(ink.tokens.panel);
    QCPPainter painter(&image);
    paintWhole(drawing, painter, width, ink);
    return image;
}

QString exportFigure(Drawing &drawing, const QString &path, int width)
{
    const QString ending = QFileInfo(path).suffix().toLower();
    bool written = false;
    if (ending == QLatin1String("csv"))
        written = writeText(path, drawing.csv());
    else if (ending == QLatin1String("pdf"))
        written = writePdf(drawing, path, width);
    else if (ending == QLatin1String("svg"))
        written = writeSvg(drawing, path, width);
    else
        written = figureImage(drawing, width, screenInk(), 2.0).save(path, "PNG");
    return written ? QString()
                   : Texts::tr("%1 could not be written. Choose another folder.").arg(path);
}

} // namespace ostrich::ui
