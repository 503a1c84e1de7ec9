// What a study of a network's robustness found, as plain values: figures, curves, tables, pictures
// and verdicts, which the command line, the window and the report show without knowing the study.
#pragma once

#include "base/array.hpp"
#include "base/message.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ostrich::robustness {

/// One number with its name.
struct Figure {
    std::string key; // in JSON: "robust_accuracy"
    Message label;   // "accuracy under attack"
    double value = 0.0;
    std::optional<double> low = {}, high = {}; // 95 % confidence interval
    bool isShare = false;                      // in [0, 1], shown in per cent
    bool isLevels = false;                     // Linf on pictures: shown in 255ths
};

/// Points of one curve, or the bars of one series. Not a number: nothing there.
struct Curve {
    std::string key; // in JSON: "pgd"
    Message label;   // as the legend says
    std::vector<double> x, y;
    std::vector<double> low = {}, high = {}; // 95 % confidence band; empty: none
    bool isReference = false;                // what the others are held against: dashed
};

struct Plot {
    enum class Style { Lines, Bars, Steps };
    std::string key; // "accuracy"
    Message title;
    Message xLabel, yLabel;
    Style style = Style::Lines;
    bool yIsShare = false;                // in [0, 1], shown in per cent
    bool xIsLevels = false;               // Linf on pictures: shown in 255ths
    std::vector<std::string> xNames = {}; // Bars: what stands below each x = 0, 1, ...
    bool hasDiagonal = false;             // y = x, as a reliability diagram has it
    std::vector<Curve> curves = {};
};

/// Numbers in rows and columns: a heat map in the window, a table in the report.
struct Matrix {
    std::string key; // "transfer"
    Message title;
    Message rowLabel, columnLabel;          // what the rows and the columns are
    std::vector<std::string> rows, columns; // their names; empty: a map without names
    std::vector<double> values;             // row by row
    bool isShare = false;
    std::vector<Message> rowLabels = {}, columnLabels = {}; // as they are read; empty: the names
};

/// A map in the plane: one value, or one class, at each place.
struct Map {
    std::string key; // "loss_surface"
    Message title;
    Message xLabel, yLabel;
    double xFrom = 0.0, xTo = 1.0, yFrom = 0.0, yTo = 1.0;
    std::int64_t width = 0, height = 0;
    std::vector<double> values;            // row by row, the first row at yFrom
    std::vector<std::string> classes = {}; // values are indices into it; empty: they are numbers
    std::vector<double> pathX = {}, pathY = {}; // how an attack went across it
};

/// Words and numbers as they are to be read.
struct Table {
    std::string key; // "bench"
    Message title;
    std::vector<Message> columns;
    std::vector<std::vector<std::string>> rows;
};

/// One question of a checklist, answered.
struct Check {
    enum class Verdict { Pass, Fail, Unknown };
    std::string key; // "unbounded_reaches_100"
    Verdict verdict = Verdict::Unknown;
    Message question; // "A large epsilon fools every picture."
    Message evidence; // "at 255/255: 0.0 % left"
    Message meaning;  // what a fail means; empty where it passed
};
std::string_view name(Check::Verdict verdict); // "pass", "fail", "unknown"

struct Picture {
    Array image; // (C, H, W) in [0, 1]
    Message caption;
};

struct Findings {
    std::string study;                   // its name
    std::vector<Message> sentences = {}; // what it says in words, the main thing first
    Message asked = {};                  // with which attack and samples it was asked
    std::vector<Figure> figures = {};
    std::vector<Plot> plots = {};
    std::vector<Matrix> matrices = {};
    std::vector<Map> maps = {};
    std::vector<Table> tables = {};
    std::vector<Check> checks = {};
    std::vector<Picture> pictures = {};
    double seconds = 0.0;
};

} // namespace ostrich::robustness
