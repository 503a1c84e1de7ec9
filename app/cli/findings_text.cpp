// A study's findings to be read on a terminal.
#include "cli/findings_json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace ostrich::cli {

namespace {

// Wider matrices and longer curves are for JSON and the window.
constexpr std::size_t kMostColumns = 12;
constexpr std::size_t kMostRows = 40;

using Rows = std::vector<std::vector<std::string>>;

std::string written(double value, bool isShare)
{
    if (!std::isfinite(value)) return "-";
    return isShare ? percent(value) : fmt::format("{:.4g}", value);
}

Rows rowsOf(const std::vector<robustness::Figure> &figures, Language language)
{
    Rows rows{{"", ""}};
    for (const robustness::Figure &figure : figures) {
        std::string value = written(figure.value, figure.isShare);
        if (figure.low && figure.high)
            value += fmt::format("  ({} - {})", written(*figure.low, figure.isShare),
                                 written(*figure.high, figure.isShare));
        rows.push_back({sentence(figure.label, language), value});
    }
    return rows;
}

/// What stands below a place on the x axis.
std::string placeOf(const robustness::Plot &plot, double x)
{
    if (!plot.xNames.empty()) {
        const auto name = static_cast<std::size_t>(std::max(x, 0.0));
        if (name < plot.xNames.size()) return plot.xNames[name];
    }
    return plot.xIsLevels ? fmt::format("{:.4g}/255", x * 255.0) : fmt::format("{:.4g}", x);
}

/// A column a curve, where all of them have the same places; nothing otherwise.
Rows rowsOf(const robustness::Plot &plot, Language language)
{
    if (plot.curves.empty() || plot.curves.size() > kMostColumns) return {};
    const std::vector<double> &places = plot.curves.front().x;
    const bool isAlike = std::ranges::all_of(
        plot.curves, [&](const robustness::Curve &curve) { return curve.x == places; });
    if (!isAlike || places.size() > kMostRows) return {};
    Rows rows{{sentence(plot.xLabel, language)}};
    for (const robustness::Curve &curve : plot.curves)
        rows.front().push_back(sentence(curve.label, language));
    for (std::size_t i = 0; i < places.size(); ++i) {
        rows.push_back({placeOf(plot, places[i])});
        for (const robustness::Curve &curve : plot.curves)
            rows.back().push_back(written(curve.y[i], plot.yIsShare));
    }
    return rows;
}

Rows rowsOf(const robustness::Matrix &matrix, Language language)
{
    if (matrix.columns.empty() || matrix.columns.size() > kMostColumns) return {};
    Rows rows{{fmt::format("{} \\ {}", sentence(matrix.rowLabel, language),
                           sentence(matrix.columnLabel, language))}};
    rows.front().insert(rows.front().end(), matrix.columns.begin(), matrix.columns.end());
    for (std::size_t row = 0; row < matrix.rows.size(); ++row) {
        rows.push_back({matrix.rows[row]});
        for (std::size_t column = 0; column < matrix.columns.size(); ++column)
            rows.back().push_back(
                written(matrix.values[row * matrix.columns.size() + column], matrix.isShare));
    }
    return rows;
}

Rows rowsOf(const robustness::Table &table, Language language)
{
    Rows rows(1);
    for (const Message &column : table.columns) rows.front().push_back(sentence(column, language));
    rows.insert(rows.end(), table.rows.begin(), table.rows.end());
    return rows;
}

template <typename Item>
void printTitled(const Item &item, Language language)
{
    const Rows rows = rowsOf(item, language);
    if (rows.empty()) return;
    print(fmt::format("\n{}\n{}", sentence(item.title, language), table(rows)));
}

std::string inWords(const robustness::Check &check, const Context &context)
{
    const std::string verdict =
        text(context, "cli.verdict_" + std::string(robustness::name(check.verdict)));
    std::string line =
        fmt::format("{}  {}  ({})", verdict, sentence(check.question, context.language),
                    sentence(check.evidence, context.language));
    if (!check.meaning.empty()) line += "\n      " + sentence(check.meaning, context.language);
    return line;
}

} // namespace

void printFindings(const robustness::Findings &findings, const Context &context)
{
    for (const Message &said : findings.sentences) print(sentence(said, context.language));
    if (!findings.figures.empty())
        print('\n' + table(rowsOf(findings.figures, context.language)).substr(1));
    for (const robustness::Plot &plot : findings.plots) printTitled(plot, context.language);
    for (const robustness::Matrix &matrix : findings.matrices)
        printTitled(matrix, context.language);
    for (const robustness::Table &one : findings.tables) printTitled(one, context.language);
    if (!findings.checks.empty()) print("");
    for (const robustness::Check &check : findings.checks) print(inWords(check, context));
}

} // namespace ostrich::cli
