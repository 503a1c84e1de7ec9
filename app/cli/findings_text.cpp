// A study's findings to be read on a terminal.
#include "cli/findings_json.hpp"

#include "base/decimal_sign.hpp"
#include "robustness/shown.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ostrich::cli {

namespace {

// Wider matrices and longer curves are for JSON and the window.
constexpr std::size_t kMostColumns = 12;
constexpr std::size_t kMostRows = 40;

using Rows = std::vector<std::vector<std::string>>;

Rows rowsOf(const std::vector<robustness::Figure> &figures, Language language)
{
    Rows rows{{"", ""}};
    for (const robustness::Figure &figure : figures) {
        std::string value = shown(figure, language);
        if (const std::string interval = shownInterval(figure, language); !interval.empty())
            value += fmt::format("  ({})", interval);
        rows.push_back({sentence(figure.label, language), value});
    }
    return rows;
}

/// What stands below a place on the x axis.
std::string placeOf(const robustness::Plot &plot, const std::vector<std::string> &names, double x,
                    Language language)
{
    const auto name = static_cast<std::size_t>(std::max(x, 0.0));
    if (name < names.size()) return names[name];
    return withDecimalSign(
        plot.xIsLevels ? fmt::format("{:.4g}/255", x * 255.0) : fmt::format("{:.4g}", x), language);
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
    const auto names = robustness::shownNames(plot.xNames, language);
    for (std::size_t i = 0; i < places.size(); ++i) {
        rows.push_back({placeOf(plot, names, places[i], language)});
        for (const robustness::Curve &curve : plot.curves)
            rows.back().push_back(robustness::shown(curve.y[i], plot.yIsShare, language));
    }
    return rows;
}

Rows rowsOf(const robustness::Matrix &matrix, Language language)
{
    if (matrix.columns.empty() || matrix.columns.size() > kMostColumns) return {};
    Rows rows{{fmt::format("{} \\ {}", sentence(matrix.rowLabel, language),
                           sentence(matrix.columnLabel, language))}};
    const auto names = robustness::rowNames(matrix, language),
               columns = robustness::columnNames(matrix, language);
    rows.front().insert(rows.front().end(), columns.begin(), columns.end());
    for (std::size_t row = 0; row < names.size(); ++row) {
        rows.push_back({names[row]});
        for (std::size_t column = 0; column < columns.size(); ++column)
            rows.back().push_back(robustness::shown(matrix.values[row * columns.size() + column],
                                                    matrix.isShare, language));
    }
    return rows;
}

Rows rowsOf(const robustness::Table &table, Language language)
{
    Rows rows(1);
    for (const Message &column : table.columns) rows.front().push_back(sentence(column, language));
    const auto shown = robustness::shownRows(table, language);
    rows.insert(rows.end(), shown.begin(), shown.end());
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
    if (!findings.asked.empty()) print(sentence(findings.asked, context.language));
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
