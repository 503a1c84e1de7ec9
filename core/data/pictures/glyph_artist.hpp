// The artist of the built-in picture set `glyphs`: hand-written digits in grey, drawn from a seed.
#pragma once

#include <opencv2/core/mat.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace ostrich::data {

struct GlyphArtwork;

/// Writes digits by a pen whose hand, pressure and ink vary, light on black. Immutable; every
/// member function may be called from any thread at the same time, and works on the calling thread
/// alone.
class GlyphArtist {
public:
    /// The artist of the artwork built into the program (resources/pictures/glyphs.json), which is
    /// read at the first call. Throws std::exception if the program was built without it.
    static const GlyphArtist &instance();

    /// An artist of other artwork: the text of such a file. Throws std::exception where it is
    /// malformed.
    explicit GlyphArtist(std::string_view artworkJson);
    ~GlyphArtist();

    /// "0" to "9".
    [[nodiscard]] std::vector<std::string> classNames() const;

    /// Writes `digit` (0..9) on 28 x 28 pixels, CV_8UC1. A pure function of its arguments;
    /// different digits use independent random numbers for the same seed.
    [[nodiscard]] cv::Mat draw(int digit, std::uint64_t seed) const;

private:
    std::unique_ptr<const GlyphArtwork> m_artwork;
};

} // namespace ostrich::data
