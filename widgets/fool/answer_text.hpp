// A network's answer in words: what it says, and how sure it is.
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

} // namespace ostrich::ui
