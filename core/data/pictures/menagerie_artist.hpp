// The artist of the built-in picture set `menagerie`: ten animals in colour, drawn from a seed.
#pragma once

#include <opencv2/core/mat.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace ostrich::data {

struct MenagerieArtwork;

/// Draws animals: posed, coloured and lit at random, in front of a random background, sometimes
/// half hidden. Immutable; every member function may be called from any thread at the same time,
/// and works on the calling thread alone.
class MenagerieArtist {
public:
    /// The artist of the artwork built into the program (resources/pictures/menagerie.json), which
    /// is read at the first call. Throws std::exception if the program was built without it.
    static const MenagerieArtist &instance();

    /// An artist of other artwork: the text of such a file. Throws std::exception where it is
    /// malformed.
    explicit MenagerieArtist(std::string_view artworkJson);
    ~MenagerieArtist();

    /// The animals' names in label order, "dog" first.
    [[nodiscard]] std::vector<std::string> classNames() const;

    /// Draws animal number `animal` (0 <= animal < number of classes) as a picture of `size` x
    /// `size` pixels: CV_8UC3, channels in the order red, green, blue. The artwork is meant for
    /// sizes 32, 64 and 128; the same seed gives the same pose, colours and surroundings at each. A
    /// pure function of its arguments; different animals use independent random numbers for the
    /// same seed.
    [[nodiscard]] cv::Mat draw(int animal, std::uint64_t seed, int size) const;

private:
    std::unique_ptr<const MenagerieArtwork> m_artwork;
};

} // namespace ostrich::data
