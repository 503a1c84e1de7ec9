// What some blocks say of themselves better than by what they put out.
#pragma once

#include "engine/model_torch.hpp"
#include "probe/thumbnails.hpp"

#include <optional>
#include <string>

namespace ostrich::probe {

/// The maps of a block that attends, for one sample: as many heads as a card shows. Nothing where
/// it does not tell.
std::optional<Thumbnail> attentionThumbnail(const engine::Model &model,
                                            const engine::Model::Feeds &feeds,
                                            const std::string &block);

/// Adds to the thumbnail of a block that looks tokens up which other tokens lie nearest (by cosine)
/// to one of the sample's: the one that has the nearest of all.
void addNearest(const engine::Model &model, const engine::Model::Feeds &feeds,
                const std::string &block, Thumbnail &thumbnail);

} // namespace ostrich::probe
