// Cells of RFC 4180 and of plain tabs, and the guess whether the first row is a header.
#include "data/table.hpp"

#include "data/option.hpp"
#include "data/text_file.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <unordered_map>

namespace ostrich::data {

namespace {

namespace fs = std::filesystem;
using Row = std::vector<std::string>;

struct Rows {
    std::vector<Row> rows;
    std::vector<std::int64_t> lines;
};

std::string lower(std::string text)
{
    std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::tolower(c); });
    return text;
}

char separatorOf(const fs::path &path, std::string_view text)
{
    const std::string_view first = text.substr(0, text.find('\n'));
    const std::string ending = lower(path.extension().string());
    const auto holds = [first](char c) { return first.find(c) != std::string_view::npos; };
    if (ending == ".tsv" || (ending != ".csv" && holds('\t'))) return '\t';
    return !holds(',') && holds(';') ? ';' : ',';
}

Rows splitAtTabs(std::string_view text)
{
    Rows all;
    std::int64_t number = 0;
    for (std::string_view line : linesOf(text)) {
        ++number;
        if (trimmed(line).empty()) continue;
        Row row;
        for (;;) {
            const std::size_t end = line.find('\t');
            row.emplace_back(line.substr(0, end));
            if (end == std::string_view::npos) break;
            line.remove_prefix(end + 1);
        }
        all.rows.push_back(std::move(row));
        all.lines.push_back(number);
    }
    return all;
}

/// One pass over text with quotes, a cell at a time.
class QuotedReader {
public:
    QuotedReader(std::string_view text, char separator, const fs::path &path)
        : m_text(text), m_separator(separator), m_path(path)
    {
    }

    Result<Rows> read()
    {
        while (m_at < m_text.size()) {
            const std::int64_t first = m_line;
            Row row;
            bool more = true;
            while (more) {
                auto cell = takeCell();
                if (!cell) return cell.error();
                row.push_back(*std::move(cell));
                more = m_at < m_text.size() && m_text[m_at] == m_separator;
                if (m_at < m_text.size()) ++m_at; // the separator, or the line's end
            }
            ++m_line;
            if (row.size() == 1 && trimmed(row[0]).empty()) continue;
            m_rows.rows.push_back(std::move(row));
            m_rows.lines.push_back(first);
        }
        return std::move(m_rows);
    }

private:
    /// Up to the separator or line end, which is left.
    Result<std::string> takeCell()
    {
        if (m_at < m_text.size() && m_text[m_at] == '"') return takeQuoted();
        const std::size_t end = endOfCell();
        std::string cell(m_text.substr(m_at, end - m_at));
        m_at = end;
        return cell;
    }

    Result<std::string> takeQuoted()
    {
        const std::int64_t opened = m_line;
        std::string cell;
        for (++m_at;;) {
            const std::size_t quote = m_text.find('"', m_at);
            if (quote == std::string_view::npos)
                return lineError(m_path, opened, "data.table_quote", {},
                                 {"data.table_quote_hint", {}});
            const std::string_view part = m_text.substr(m_at, quote - m_at);
            m_line += std::ranges::count(part, '\n');
            cell += part;
            m_at = quote + 1;
            if (m_at >= m_text.size() || m_text[m_at] != '"') break;
            cell += '"';
            ++m_at;
        }
        if (const std::size_t end = endOfCell(); end != m_at) {
            if (!trimmed(m_text.substr(m_at, end - m_at)).empty())
                return lineError(m_path, m_line, "data.table_behind_quote", {},
                                 {"data.table_quote_hint", {}});
            m_at = end;
        }
        return cell;
    }

    std::size_t endOfCell() const
    {
        const std::array<char, 2> ends{m_separator, '\n'};
        return std::min(m_text.find_first_of(std::string_view(ends.data(), ends.size()), m_at),
                        m_text.size());
    }

    std::string_view m_text;
    char m_separator;
    const fs::path &m_path;
    std::size_t m_at = 0;
    std::int64_t m_line = 1;
    Rows m_rows;
};

Result<void> checkWidths(const Rows &all, const fs::path &path)
{
    const std::size_t width = all.rows.front().size();
    for (std::size_t i = 1; i < all.rows.size(); ++i) {
        if (const std::size_t cells = all.rows[i].size(); cells != width)
            return lineError(
                path, all.lines[i], "data.table_ragged",
                {std::to_string(cells), std::to_string(all.lines.front()), std::to_string(width)},
                {"data.table_ragged_hint", {}});
    }
    return {};
}

constexpr std::size_t kRowsJudged = 2000;

bool holdsNumbers(const std::vector<Row> &rows, std::size_t column)
{
    bool any = false;
    for (std::size_t i = 1; i < std::min(rows.size(), kRowsJudged); ++i) {
        const bool number = numberIn(rows[i][column]).has_value();
        if (!number && !isMissing(rows[i][column])) return false;
        any = any || number;
    }
    return any;
}

/// A column of classes: few values, all more than once, and the first row's is none of them.
bool holdsClassesBelowAName(const std::vector<Row> &rows, std::size_t column)
{
    std::unordered_map<std::string_view, std::size_t> counts;
    const std::size_t end = std::min(rows.size(), kRowsJudged);
    for (std::size_t i = 1; i < end; ++i) ++counts[rows[i][column]];
    const bool recur = std::ranges::all_of(counts, [](const auto &c) { return c.second > 1; });
    return end > 2 && recur && counts.size() * 4 <= end && !counts.contains(rows[0][column]);
}

bool looksLikeHeader(const std::vector<Row> &rows)
{
    const Row &first = rows.front();
    for (std::size_t column = 0; column < first.size(); ++column) {
        if (trimmed(first[column]).empty() || numberIn(first[column])
            || std::ranges::count(first, first[column]) > 1)
            return false;
    }
    for (std::size_t column = 0; column < first.size(); ++column) {
        if (holdsNumbers(rows, column) || holdsClassesBelowAName(rows, column)) return true;
    }
    return false;
}

} // namespace

HeaderRow headerRowFrom(std::string_view option)
{
    if (option == "0") return HeaderRow::Absent;
    return option == "1" ? HeaderRow::Present : HeaderRow::Auto;
}

Result<Table> readTable(const fs::path &path, HeaderRow header, char separator)
{
    const auto text = readText(path);
    if (!text) return text.error();
    if (separator == '\0') separator = separatorOf(path, *text);
    auto read = separator == '\t' ? Result(splitAtTabs(*text))
                                  : QuotedReader(*text, separator, path).read();
    if (!read) return read.error();
    if (auto checked = checkWidths(*read, path); !checked) return checked.error();
    Table table{{}, std::move(read->rows), std::move(read->lines)};
    const bool named =
        header == HeaderRow::Present || (header == HeaderRow::Auto && looksLikeHeader(table.rows));
    if (named) {
        for (const std::string &cell : table.rows.front()) table.header.emplace_back(trimmed(cell));
        table.rows.erase(table.rows.begin());
        table.lines.erase(table.lines.begin());
    }
    if (table.rows.empty())
        return Error{path.string(), {"data.table_no_rows", {}}, {"data.table_no_rows_hint", {}}};
    return table;
}

Result<std::size_t> columnOf(const Table &table, std::string_view column, const fs::path &path)
{
    const auto named = std::ranges::find(table.header, column);
    if (named != table.header.end()) return static_cast<std::size_t>(named - table.header.begin());
    std::size_t number = 0;
    const auto [stop, code] = std::from_chars(column.data(), column.data() + column.size(), number);
    if (code == std::errc() && stop == column.data() + column.size() && number < table.columns())
        return number;
    const Message hint =
        table.header.empty()
            ? Message{"data.column_numbers_hint", {std::to_string(table.columns() - 1)}}
            : Message{"data.column_names_hint",
                      {joined(table.header), std::to_string(table.columns() - 1)}};
    return Error{path.string(), {"data.column_unknown", {std::string(column)}}, hint};
}

std::optional<double> numberIn(std::string_view cell)
{
    cell = trimmed(cell);
    if (cell.starts_with('+')) cell.remove_prefix(1);
    double value = 0.0;
    const auto [stop, code] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
    if (code != std::errc() || stop != cell.data() + cell.size() || !std::isfinite(value))
        return {};
    return value;
}

bool isMissing(std::string_view cell)
{
    constexpr std::array<std::string_view, 7> signs{"", "?", "na", "n/a", "nan", "null", "-"};
    const std::string plain = lower(std::string(trimmed(cell)));
    return std::ranges::find(signs, plain) != signs.end();
}

} // namespace ostrich::data
