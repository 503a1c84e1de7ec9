// Writing figures, and telling numbers from names.
#include "robustness/shown.hpp"

#include "base/decimal_sign.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace ostrich::robustness {

namespace {

constexpr std::string_view kGap = "–", kMinus = "−"; // dash and minus sign, of several bytes

bool isGap(std::string_view text)
{
    return text.empty() || text == kGap;
}

/// A digit first, a sign or "<" aside, and nothing behind it that numbers and intervals have not.
bool isNumber(std::string_view text)
{
    if (text.starts_with(kMinus)) text.remove_prefix(kMinus.size());
    text.remove_prefix(std::min(text.size(), text.find_first_not_of("<- ")));
    if (text.empty() || text.front() < '0' || text.front() > '9') return false;
    std::string plain(text);
    for (std::size_t at = plain.find(kGap); at != std::string::npos; at = plain.find(kGap))
        plain.replace(at, kGap.size(), "-");
    return plain.find_first_not_of("0123456789.,+-e/%() ") == std::string::npos;
}

/// “8” as French quotes it, its spaces not to be broken at.
std::string withQuotes(std::string text, Language language)
{
    if (language != Language::French) return text;
    for (const auto &[english, french] :
         {std::pair<std::string_view, std::string_view>("“", "«\u00a0"), {"”", "\u00a0»"}})
        for (std::size_t at = text.find(english); at != std::string::npos;
             at = text.find(english, at + french.size()))
            text.replace(at, english.size(), french);
    return text;
}

std::vector<std::string> said(const std::vector<Message> &labels,
                              const std::vector<std::string> &names, Language language)
{
    if (labels.empty()) return names;
    std::vector<std::string> all;
    for (const Message &label : labels) all.push_back(sentence(label, language));
    return all;
}

std::string inUnit(double value, const Figure &figure, Language language)
{
    if (figure.isLevels && std::isfinite(value))
        return withDecimalSign(fmt::format("{:.3g}/255", value * 255.0), language);
    return shown(value, figure.isShare, language);
}

} // namespace

std::string shown(double value, bool isShare, Language language)
{
    if (!std::isfinite(value)) return std::string(kGap);
    return withDecimalSign(
        isShare ? fmt::format("{:.1f} %", 100.0 * value) : fmt::format("{:.4g}", value), language);
}

std::string shown(const Figure &figure, Language language)
{
    return inUnit(figure.value, figure, language);
}

std::string shownInterval(const Figure &figure, Language language)
{
    if (!figure.low || !figure.high) return {};
    return fmt::format("{} – {}", inUnit(*figure.low, figure, language),
                       inUnit(*figure.high, figure, language));
}

bool areNumbers(const std::vector<std::string> &texts)
{
    const auto fits = [](const std::string &text) { return isGap(text) || isNumber(text); };
    return std::ranges::all_of(texts, fits) && !std::ranges::all_of(texts, isGap);
}

std::vector<std::string> columnOf(const Table &table, std::size_t column)
{
    std::vector<std::string> cells;
    for (const auto &row : table.rows)
        if (column < row.size()) cells.push_back(row[column]);
    return cells;
}

std::vector<std::string> shownNames(std::vector<std::string> names, Language language)
{
    if (!areNumbers(names)) return names;
    for (std::string &name : names) name = withDecimalSign(std::move(name), language);
    return names;
}

std::vector<std::string> rowNames(const Matrix &matrix, Language language)
{
    return said(matrix.rowLabels, matrix.rows, language);
}

std::vector<std::string> columnNames(const Matrix &matrix, Language language)
{
    return said(matrix.columnLabels, matrix.columns, language);
}

std::vector<std::vector<std::string>> shownRows(const Table &table, Language language)
{
    auto rows = table.rows;
    for (std::size_t column = 0; column < table.columns.size(); ++column) {
        const bool isNumbers = areNumbers(columnOf(table, column));
        for (auto &row : rows)
            if (column < row.size())
                row[column] = isNumbers ? withDecimalSign(std::move(row[column]), language)
                                        : withQuotes(std::move(row[column]), language);
    }
    return rows;
}

} // namespace ostrich::robustness
