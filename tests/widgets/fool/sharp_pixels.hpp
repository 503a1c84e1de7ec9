// Whether a picture stands in a triptych with its pixels as squares of the screen's.
#pragma once

#include "fool/triptych.hpp"

#include <QTest>

#include <cmath>
#include <map>

namespace sharp {

constexpr int kBlue = 255; // of all of it; beside these reds and greens no colour of the window's

/// A picture whose every pixel has a colour of its own.
inline QImage told(int side)
{
    QImage image(side, side, QImage::Format_RGB32);
    for (int y = 0; y < side; ++y)
        for (int x = 0; x < side; ++x) image.setPixel(x, y, qRgb(x, y, kBlue));
    return image;
}

/// How many pixels of the screen wide and high each pixel of a picture of `side` is shown in a
/// triptych `width` wide, in all three places; 0: not all alike. The rounded corners don't count.
inline int squareOf(ostrich::ui::Triptych &triptych, QSize size, int side)
{
    triptych.resize(size);
    triptych.show({ostrich::ui::Triptych::Panel{told(side), {}, {}},
                   {told(side), {}, {}},
                   {told(side), {}, {}}},
                  false);
    const QImage seen = triptych.grab().toImage();
    std::map<QRgb, int> found;
    for (int y = 0; y < seen.height(); ++y)
        for (int x = 0; x < seen.width(); ++x) ++found[seen.pixel(x, y)];
    const int corner = std::min(6, side / 4);
    int square = -1;
    for (int y = corner; y < side - corner; ++y)
        for (int x = corner; x < side - corner; ++x) {
            const int pixels = found[qRgb(x, y, kBlue)];
            if (square < 0) square = static_cast<int>(std::lround(std::sqrt(pixels / 3.0)));
            if (pixels != 3 * square * square) return 0;
        }
    return square;
}

} // namespace sharp
