// What happened to a picture, in a sentence.
#pragma once

#include <QString>

namespace ostrich::ui {

class DataModel;
class FoolModel;
struct ShownAttack;

/// How much was changed: the most of one value, and at how many places.
struct PictureChange {
    double largest = 0.0;
    int pixels = 0, allPixels = 0;

    QString levels() const; // the most, in 255ths
};
/// From the model's picture to what is shown of it.
PictureChange changeOf(const FoolModel &model, const ShownAttack &shown);

/// Rich text: what moved and what the network says of it; or that there was nothing to fool, where
/// the picture is of the target already, or was misread before any noise.
QString pictureSentence(const DataModel &data, const FoolModel &model, const ShownAttack &shown);

} // namespace ostrich::ui
