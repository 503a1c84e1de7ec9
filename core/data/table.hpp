// Tables in text files: .csv with RFC 4180's quotes, .tsv split at tabs alone. No meaning of the
// columns here.
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ostrich::data {

/// Cells as UTF-8 text. Every row has as many cells as the first one.
struct Table {
    std::vector<std::string> header; // empty: the file has none
    std::vector<std::vector<std::string>> rows;
    std::vector<std::int64_t> lines; // where each row begins in its file, counted from 1

    std::size_t columns() const { return header.empty() ? rows.front().size() : header.size(); }
};

/// Whether the first row holds names. Auto: it does where none of its cells is empty, a number or
/// the same as another, and some column below holds numbers alone, or few values that all come
/// again while the first row's never does.
enum class HeaderRow { Auto, Absent, Present };

/// "auto", "0", "1": as the option `header` has them.
HeaderRow headerRowFrom(std::string_view option);

/// Reads `path`. `separator` parts the cells; 0: by the file's ending and first line: a tab for
/// .tsv and wherever the first line has one and the file is no .csv; else a comma, or a semicolon
/// where the first line has some and no comma. Quotes mean something except between tabs. Blank
/// lines are left out. There is at least one row. Errors name the file and the line: broken text
/// (see text_file.hpp), an open quote, a row with too few or too many cells.
Result<Table> readTable(const std::filesystem::path &path, HeaderRow header = HeaderRow::Auto,
                        char separator = '\0');

/// The column that `column` names: as the header has it, or by its number from 0 (a name wins over
/// a number). Errors name the file and list the columns.
Result<std::size_t> columnOf(const Table &table, std::string_view column,
                             const std::filesystem::path &path);

/// The finite number that all of `cell` is, blanks around it left out; nothing for anything else.
std::optional<double> numberIn(std::string_view cell);
/// Whether `cell` stands for a value that is missing: empty, "?", "NA", "N/A", "NaN", "null", "-".
bool isMissing(std::string_view cell);

} // namespace ostrich::data
