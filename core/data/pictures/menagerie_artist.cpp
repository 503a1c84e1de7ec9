// The artist of the built-in picture set `menagerie`: the order of work from a seed to a picture.
#include "data/pictures/menagerie_artist.hpp"

#include "base/embedded.hpp"
#include "base/random.hpp"
#include "data/pictures/animal_painter.hpp"
#include "data/pictures/artwork.hpp"
#include "data/pictures/background.hpp"
#include "data/pictures/finish.hpp"
#include "data/pictures/foreground.hpp"
#include "data/pictures/palette.hpp"

#include <cmath>

namespace ostrich::data {
namespace {

AnimalLook drawLook(const MenagerieArtwork &artwork, const Animal &animal, int size,
                    RandomStream &random)
{
    AnimalLook look{.view = nullptr,
                    .palette = {},
                    .stance = {},
                    .towardsLight = {},
                    .canvasSize = size * artwork.oversample,
                    .pictureSize = size};
    look.view = &animal.views[static_cast<std::size_t>(pickWeighted(random, animal.views))];
    look.palette = mixPalette(artwork, animal, random);
    const double angle = radians(artwork.light.angle.sample(random));
    look.towardsLight = {std::cos(angle), std::sin(angle)};
    look.stance = takeStance(*look.view, look.canvasSize, random);
    return look;
}

} // namespace

const MenagerieArtist &MenagerieArtist::instance()
{
    static const MenagerieArtist artist(embeddedResource("pictures/menagerie.json").value());
    return artist;
}

MenagerieArtist::MenagerieArtist(std::string_view artworkJson)
    : m_artwork(std::make_unique<const MenagerieArtwork>(parseMenagerie(artworkJson)))
{
}

MenagerieArtist::~MenagerieArtist() = default;

std::vector<std::string> MenagerieArtist::classNames() const
{
    std::vector<std::string> names;
    for (const Animal &animal : m_artwork->animals) names.push_back(animal.name);
    return names;
}

cv::Mat MenagerieArtist::draw(int animal, std::uint64_t seed, int size) const
{
    const MenagerieArtwork &artwork = *m_artwork;
    const Animal &subject = artwork.animals.at(static_cast<std::size_t>(animal));
    // One stream per stage: a detail left out of a small picture doesn't change what comes after
    // it.
    const auto stream = [&](const char *stage) {
        return RandomStream(seed, "menagerie." + subject.name + "." + stage);
    };
    RandomStream lookRandom = stream("look");
    const AnimalLook look = drawLook(artwork, subject, size, lookRandom);

    RandomStream backdropRandom = stream("backdrop");
    Canvas scene(look.canvasSize, look.canvasSize);
    const Backdrop backdrop =
        chooseBackdrop(artwork.background, contrastColour(subject, look.palette), backdropRandom);
    paintBackdrop(scene, artwork.background, backdrop, backdropRandom);

    RandomStream partsRandom = stream("parts");
    const AnimalLayer layer = paintAnimal(look, artwork.light, partsRandom);
    castGroundShadow(scene, look, artwork.light, backdrop.horizonLine(look.canvasSize));
    compose(scene, layer.canvas, layer.extent);

    RandomStream foregroundRandom = stream("foreground");
    if (foregroundRandom.chance(artwork.foreground.chance))
        paintForeground(scene, artwork, layer, foregroundRandom);

    RandomStream finishRandom = stream("finish");
    return finishPicture(scene, size, artwork.light, look.towardsLight, finishRandom);
}

} // namespace ostrich::data
