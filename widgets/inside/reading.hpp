// What the panel at the right says of the look at hand: plain words and figures.
#pragma once

#include "inside/inside_model.hpp"

#include <QStringList>

#include <vector>

namespace ostrich::ui {

struct Reading {
    struct Line {
        QString name, value;
        bool operator==(const Line &) const = default;
    };
    struct Bar {
        QString name;
        double share = 0.0;
        bool operator==(const Bar &) const = default;
    };
    struct Part { // of the panel: left out where it is empty
        QString title, note;
        std::vector<Line> lines;
        std::vector<Bar> bars;
        QString text; // rich
        bool operator==(const Part &) const = default;
    };
    QString bigTitle, big, unit, bigNote;
    Part facts, step, answer;
    QString lookFor, formula; // rich
    QString warning;          // attention is not an explanation
    bool unitScale = false;
    float signedRange = 0.0f; // 0: no signed map is shown
    bool operator==(const Reading &) const = default;
};

Reading readingOf(const InsideModel &model, const Session &session);

/// The class, word or token that number `index` of an answer stands for.
QString answerName(const data::Dataset &dataset, const DataModel &data, std::int64_t index);

/// Attention (T, S) of the head at hand, the mean of all, or all layers together; and the words of
/// both sides. Empty: not told. `written`: the rows are words of a translation, each the one being
/// written.
struct AttentionSeen {
    Array weights;
    Array layer; // (heads, T, S)
    QStringList rows, columns;
    bool written = false, itself = true;
    bool both = false;   // a decoder, which looks at its source and at itself
    bool rolls = false;  // the layers together are told
    bool rolled = false; // and shown
    int heads = 0;
};
AttentionSeen attentionSeen(const InsideModel &model);
/// (heads, T, S) cut to head `head`; -1: their mean.
Array headOf(const Array &attention, int head);

/// The gate maps (T, F) of a recurrent block in the order in which they are shown, with what 1
/// means there: of an LSTM forget, input, output, cell; of a GRU reset, update, new, state.
struct GateMap {
    QString title, note, mean; // "Forget gate, mean"
    const Array *values = nullptr;
    bool isSigned = false;
    bool decides = false; // how long the block remembers: units are sorted by it
};
std::vector<GateMap> gateMaps(const InsideModel &model);
float largestMagnitude(const Array &values);

} // namespace ostrich::ui
