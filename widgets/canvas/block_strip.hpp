// The live picture at the foot of a card: feature maps, a row of cells, bars, or the sample itself.
#pragma once

#include "canvas/block_painting.hpp"
#include "model/thumbnail_model.hpp"

namespace ostrich::ui {

struct Session;

/// kStripHeight high and as wide as the card's inside, at `pixelRatio`. Null: nothing yet, words
/// are shown instead.
Strip renderStrip(const BlockLook &look, const Session &session, qreal pixelRatio);

/// The words where there is no picture: "no output yet", "waiting".
QString stripWords(const BlockLook &look);

} // namespace ostrich::ui
