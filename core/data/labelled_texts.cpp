// Guessing columns, naming classes, reading folders of texts.
#include "data/labelled_texts.hpp"

#include "data/folder.hpp"
#include "data/option.hpp"
#include "data/text_file.hpp"

#include <algorithm>
#include <unordered_set>

namespace ostrich::data {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostClasses = 1000;
constexpr std::size_t kFewestTexts = 10; // 80/10/10 wants one for each split

struct Chosen {
    std::size_t label = 0;
    std::vector<std::size_t> text;
};

std::size_t differentValues(const Table &table, std::size_t column)
{
    std::unordered_set<std::string_view> values;
    for (const auto &row : table.rows) values.insert(row[column]);
    return values.size();
}

Error labelUnknown(const Table &table, const fs::path &path)
{
    return {path.string(),
            {"data.text_label_unknown", {std::to_string(table.columns())}},
            table.header.empty()
                ? Message{"data.text_label_hint", {std::to_string(table.columns() - 1)}}
                : Message{"data.text_label_names_hint", {joined(table.header)}}};
}

Result<std::vector<std::size_t>> columnsIn(const Table &table, std::string_view list,
                                           const fs::path &path)
{
    std::vector<std::size_t> columns;
    for (;;) {
        const std::size_t end = list.find(',');
        const auto column = columnOf(table, trimmed(list.substr(0, end)), path);
        if (!column) return column.error();
        columns.push_back(*column);
        if (end == std::string_view::npos) return columns;
        list.remove_prefix(end + 1);
    }
}

/// The label's column where nobody named it: of two columns the one with the fewer values, as long
/// as these come again.
Result<std::size_t> guessLabel(const Table &table, const std::vector<std::size_t> &text,
                               const fs::path &path)
{
    if (table.columns() != 2) return labelUnknown(table, path);
    const std::size_t column = text.size() == 1                                        ? 1 - text[0]
                               : differentValues(table, 1) < differentValues(table, 0) ? 1
                                                                                       : 0;
    const bool recurs = 2 * differentValues(table, column) <= table.rows.size();
    if (!recurs) return labelUnknown(table, path);
    return column;
}

Result<Chosen> choose(const Table &table, const TextColumns &columns, const fs::path &path)
{
    Chosen chosen;
    if (!columns.text.empty()) {
        auto text = columnsIn(table, columns.text, path);
        if (!text) return text.error();
        chosen.text = *std::move(text);
    }
    const auto label = columns.label.empty() ? guessLabel(table, chosen.text, path)
                                             : columnOf(table, columns.label, path);
    if (!label) return label.error();
    chosen.label = *label;
    for (std::size_t column = 0; columns.text.empty() && column < table.columns(); ++column) {
        if (column != chosen.label) chosen.text.push_back(column);
    }
    if (std::ranges::find(chosen.text, chosen.label) != chosen.text.end())
        return Error{path.string(),
                     {"data.text_same_column", {std::to_string(chosen.label)}},
                     {"data.text_same_column_hint", {}}};
    return chosen;
}

/// The values of the label column in the order of the classes.
std::vector<std::string> classValues(const Table &table, std::size_t column)
{
    std::vector<std::string> values;
    for (const auto &row : table.rows) values.emplace_back(trimmed(row[column]));
    std::ranges::sort(values);
    values.erase(std::ranges::unique(values).begin(), values.end());
    const bool numbers =
        std::ranges::all_of(values, [](const std::string &v) { return numberIn(v).has_value(); });
    if (numbers)
        std::ranges::stable_sort(values, {}, [](const std::string &v) { return *numberIn(v); });
    return values;
}

/// Names from classes.txt, the habit of sets whose labels are 1, 2 ...
std::vector<std::string> namesBeside(const fs::path &path, const std::vector<std::string> &values)
{
    const fs::path file = path.parent_path() / "classes.txt";
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (values[i] != std::to_string(i + 1)) return values;
    }
    const auto text = readText(file);
    if (!text) return values; // most sets bring none
    std::vector<std::string> names;
    for (const std::string_view line : linesOf(*text)) {
        if (const std::string_view name = trimmed(line); !name.empty()) names.emplace_back(name);
    }
    return names.size() == values.size() ? names : values;
}

Result<void> checkClasses(const Table &table, std::size_t column,
                          const std::vector<std::string> &values, const fs::path &path)
{
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
        if (trimmed(table.rows[i][column]).empty())
            return lineError(path, table.lines[i], "data.text_no_label", {},
                             {"data.text_no_label_hint", {}});
    }
    const std::string name = table.header.empty() ? std::to_string(column) : table.header[column];
    if (values.size() < 2)
        return Error{path.string(),
                     {"data.text_one_class", {name, values.front()}},
                     {"data.text_classes_hint", {}}};
    if (values.size() > kMostClasses)
        return Error{path.string(),
                     {"data.text_many_classes", {name, std::to_string(values.size())}},
                     {"data.text_classes_hint", {}}};
    return {};
}

} // namespace

Result<LabelledTexts> textsInTable(const fs::path &path, HeaderRow header,
                                   const TextColumns &columns)
{
    const auto table = readTable(path, header);
    if (!table) return table.error();
    if (table->columns() < 2)
        return lineError(path, table->lines.front(), "data.text_one_column", {},
                         {"data.text_separator_hint", {}});
    if (table->rows.size() < kFewestTexts)
        return Error{path.string(),
                     {"data.too_few", {std::to_string(table->rows.size())}},
                     {"data.too_few_hint", {}}};
    const auto chosen = choose(*table, columns, path);
    if (!chosen) return chosen.error();
    const std::vector<std::string> values = classValues(*table, chosen->label);
    if (auto checked = checkClasses(*table, chosen->label, values, path); !checked)
        return checked.error();
    LabelledTexts all{{}, {}, namesBeside(path, values)};
    for (const auto &row : table->rows) {
        std::string text;
        for (const std::size_t column : chosen->text)
            text.append(text.empty() ? "" : " ").append(row[column]);
        const auto label = std::ranges::find(values, trimmed(row[chosen->label]));
        all.labels.push_back(static_cast<std::int32_t>(label - values.begin()));
        all.texts.push_back(std::move(text));
    }
    return all;
}

std::vector<fs::path> textFilesIn(const fs::path &folder)
{
    std::vector<fs::path> files = regularFiles(folder);
    std::erase_if(files, [](const fs::path &file) { return file.extension() != ".txt"; });
    return files;
}

Result<LabelledTexts> textsInFolder(const fs::path &folder)
{
    if (auto checked = checkFolder(folder); !checked) return checked.error();
    LabelledTexts all;
    for (const fs::path &file : textFilesIn(folder)) {
        const auto text = readText(file);
        if (!text) return text.error();
        for (const std::string_view line : linesOf(*text)) {
            const std::string_view sample = trimmed(line);
            if (sample.empty()) continue;
            all.texts.emplace_back(sample);
            all.labels.push_back(static_cast<std::int32_t>(all.classNames.size()));
        }
        all.classNames.push_back(file.stem().string());
    }
    if (all.classNames.size() < 2)
        return Error{folder.string(),
                     {"data.text_folder", {std::to_string(all.classNames.size())}},
                     {"data.text_folder_hint", {}}};
    if (all.texts.size() < kFewestTexts)
        return Error{folder.string(),
                     {"data.too_few", {std::to_string(all.texts.size())}},
                     {"data.too_few_hint", {}}};
    return all;
}

} // namespace ostrich::data
