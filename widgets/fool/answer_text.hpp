// A network's answer in words: what it says, how sure it is, and how long it took to find.
#pragma once

#include <QString>

#include <span>

namespace ostrich::ui {

class DataModel;

/// "dog 97 %"; a name that could be read as part of the figure is quoted: "“6” 97 %". Empty where
/// there are no probabilities.
QString answerText(const DataModel &data, std::span<const float> probabilities);
/// The answer for a sentence in rich text: bold, in the attack's colour where it is wrong.
QString emphasised(const QString &answer, bool isWrong);
/// "2.4 s", "0.03 s".
QString secondsText(double seconds);

} // namespace ostrich::ui
