// Small drawings of sequences for cards, panels and blocks: lines over time, words as chips.
#pragma once

#include "base/array.hpp"
#include "model/sample_words.hpp"

#include <QPainter>

#include <span>
#include <vector>

namespace ostrich::ui {

/// `sequence` (T, F) as lines over time in `box`, its first three features; sequences of zeros and
/// ones as a strip of cells. `ahead`: what follows in the units of the first feature, as dots.
void paintSequence(QPainter &painter, const QRectF &box, const Array &sequence,
                   std::span<const float> ahead = {});

/// Words as chips in rows of `rowHeight`, as many as fit: marked ones always, others from the
/// front; "…" stands for what is left out.
void paintChips(QPainter &painter, const QRectF &box, const std::vector<StepWord> &words,
                double rowHeight);

/// The words of a text, wrapped and elided in `box`.
void paintText(QPainter &painter, const QRectF &box, const QString &text);

} // namespace ostrich::ui
