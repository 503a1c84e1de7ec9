// Three formats behind labelled_series.hpp: each gives rows of text, which are then read alike.
#include "data/labelled_series.hpp"

#include "data/forecast.hpp"
#include "data/option.hpp"
#include "data/table.hpp"
#include "data/text_file.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <limits>

namespace ostrich::data {

namespace {

namespace fs = std::filesystem;

/// What a file says of its samples before the first of them.
struct Declared {
    std::vector<std::string> classes; // empty: whatever comes
    std::int64_t dimensions = 0;      // 0: as the first sample has them
    std::int64_t steps = 0;           // 0: any
    bool equalLength = false;
    bool padded = false; // missing values at the end make a sample shorter
};

std::string lower(std::string_view text)
{
    std::string low(text);
    std::ranges::transform(low, low.begin(), [](unsigned char c) { return std::tolower(c); });
    return low;
}

std::string_view unquoted(std::string_view text)
{
    text = trimmed(text);
    if (text.size() >= 2 && (text.front() == '\'' || text.front() == '"')
        && text.back() == text.front())
        return text.substr(1, text.size() - 2);
    return text;
}

std::vector<std::string_view> partsOf(std::string_view text, std::string_view separator)
{
    std::vector<std::string_view> parts;
    for (;;) {
        const std::size_t end = text.find(separator);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + separator.size());
    }
}

/// The same class in all files: "1", "1.0" and "1.0000000e+00" are one.
std::string className(std::string_view text)
{
    text = unquoted(text);
    const std::optional<double> number = numberIn(text);
    if (number && *number == std::floor(*number) && std::abs(*number) < 1e9)
        return std::to_string(static_cast<std::int64_t>(*number));
    return std::string(text);
}

/// By number where all are numbers, else by alphabet.
void sortNames(std::vector<std::string> &names)
{
    const bool numbers =
        std::ranges::all_of(names, [](const auto &name) { return numberIn(name).has_value(); });
    if (numbers)
        std::ranges::sort(names, {}, [](const auto &name) { return *numberIn(name); });
    else
        std::ranges::sort(names);
}

/// Takes samples as text and makes LabelledSeries of them.
class Collector {
public:
    Collector(const fs::path &path, Declared declared, const std::vector<std::string> &classes)
        : m_path(path), m_declared(std::move(declared))
    {
        if (!classes.empty()) m_declared.classes = classes;
    }

    /// One sample: each of `dimensions` holds its values, one of `separator` between them.
    Result<void> add(std::int64_t line, const std::vector<std::string_view> &dimensions,
                     char separator, std::string_view label)
    {
        if (trimmed(label).empty() || isMissing(trimmed(label)))
            return lineError(m_path, line, "data.ts_label", {}, {"data.ts_label_hint", {}});
        const auto width = std::ssize(dimensions);
        const std::int64_t wanted =
            m_declared.dimensions > 0 ? m_declared.dimensions : m_all.features;
        if (wanted > 0 && width != wanted)
            return lineError(m_path, line, "data.ts_dimensions",
                             {std::to_string(width), std::to_string(wanted)},
                             {"data.ts_dimensions_hint", {}});
        m_all.features = width;
        std::vector<std::vector<double>> columns;
        for (const std::string_view dimension : dimensions) {
            auto column = readColumn(line, dimension, separator);
            if (!column) return column.error();
            columns.push_back(*std::move(column));
        }
        if (auto checked = checkSteps(line, columns); !checked) return checked;
        append(columns);
        m_labels.push_back(className(label));
        m_all.lines.push_back(line);
        return {};
    }

    Result<LabelledSeries> finish()
    {
        if (m_labels.empty())
            return Error{m_path.string(), {"data.ts_none", {}}, {"data.ts_none_hint", {}}};
        m_all.classNames = m_declared.classes;
        if (m_all.classNames.empty()) {
            m_all.classNames = m_labels;
            std::ranges::sort(m_all.classNames);
            const auto [first, last] = std::ranges::unique(m_all.classNames);
            m_all.classNames.erase(first, last);
            sortNames(m_all.classNames);
        }
        for (std::size_t i = 0; i < m_labels.size(); ++i) {
            const auto found = std::ranges::find(m_all.classNames, m_labels[i]);
            if (found == m_all.classNames.end())
                return lineError(m_path, m_all.lines[i], "data.ts_class_unknown", {m_labels[i]},
                                 {"data.class_unknown_hint", {joined(m_all.classNames)}});
            m_all.labels.push_back(static_cast<std::int32_t>(found - m_all.classNames.begin()));
        }
        return std::move(m_all);
    }

private:
    Result<std::vector<double>> readColumn(std::int64_t line, std::string_view text, char separator)
    {
        std::vector<double> values;
        for (const std::string_view cell : partsOf(text, {&separator, 1})) {
            const std::optional<double> number = numberIn(cell);
            if (!number && !isMissing(trimmed(cell)))
                return lineError(m_path, line, "data.ts_number", {std::string(trimmed(cell))},
                                 {"data.ts_number_hint", {}});
            values.push_back(number.value_or(std::numeric_limits<double>::quiet_NaN()));
        }
        if (m_declared.padded)
            while (!values.empty() && std::isnan(values.back())) values.pop_back();
        const std::int64_t filled = fillMissing(values);
        if (filled == std::ssize(values))
            return lineError(m_path, line, "data.ts_empty", {}, {"data.ts_number_hint", {}});
        m_all.filled += filled;
        return values;
    }

    Result<void> checkSteps(std::int64_t line,
                            const std::vector<std::vector<double>> &columns) const
    {
        const auto steps = std::ssize(columns.front());
        const auto differs = [&](std::int64_t wanted) {
            return lineError(m_path, line, "data.ts_steps",
                             {std::to_string(steps), std::to_string(wanted)},
                             {"data.ts_steps_hint", {}});
        };
        for (const auto &column : columns)
            if (std::ssize(column) != steps)
                return lineError(m_path, line, "data.ts_ragged",
                                 {std::to_string(steps), std::to_string(std::ssize(column))},
                                 {"data.ts_dimensions_hint", {}});
        if (m_declared.steps > 0 && steps != m_declared.steps) return differs(m_declared.steps);
        if (m_declared.equalLength && !m_labels.empty() && steps != m_all.steps(0))
            return differs(m_all.steps(0));
        return {};
    }

    void append(const std::vector<std::vector<double>> &columns)
    {
        const std::size_t steps = columns.front().size();
        for (std::size_t step = 0; step < steps; ++step)
            for (const auto &column : columns)
                m_all.values.push_back(static_cast<float>(column[step]));
        m_all.starts.push_back(m_all.starts.back() + static_cast<std::int64_t>(steps));
    }

    const fs::path &m_path;
    Declared m_declared;
    LabelledSeries m_all;
    std::vector<std::string> m_labels;
};

std::vector<std::string_view> wordsOf(std::string_view line)
{
    std::vector<std::string_view> words;
    constexpr std::string_view kBlanks = " \t";
    for (std::size_t at = line.find_first_not_of(kBlanks); at != std::string_view::npos;
         at = line.find_first_not_of(kBlanks, at)) {
        const std::size_t end = std::min(line.find_first_of(kBlanks, at), line.size());
        words.push_back(line.substr(at, end - at));
        at = end;
    }
    return words;
}

/// A header of .ts: "@name value ...". Errors: a number that is none, what is not read here.
Result<void> takeTsHeader(const fs::path &path, std::int64_t line, std::string_view text,
                          Declared &declared)
{
    const std::vector<std::string_view> words = wordsOf(text);
    const std::string name = lower(words[0]);
    const std::string value = words.size() > 1 ? lower(words[1]) : "";
    const auto number = [&]() -> Result<std::int64_t> {
        const std::optional<double> given = numberIn(value);
        if (!given || *given < 1.0 || *given > 1e9)
            return lineError(path, line, "data.ts_header", {std::string(words[0]), value},
                             {"data.ts_header_hint", {}});
        return static_cast<std::int64_t>(*given);
    };
    if (name == "@timestamps" && value == "true")
        return lineError(path, line, "data.ts_timestamps", {}, {"data.ts_timestamps_hint", {}});
    if (name == "@univariate" && value == "true") declared.dimensions = 1;
    if (name == "@equallength") declared.equalLength = value == "true";
    if (name == "@dimensions" || name == "@serieslength") {
        const auto given = number();
        if (!given) return given.error();
        (name == "@dimensions" ? declared.dimensions : declared.steps) = *given;
    }
    if (name == "@targetlabel" || (name == "@classlabel" && value == "false"))
        return lineError(path, line, "data.ts_no_classes", {}, {"data.ts_no_classes_hint", {}});
    if (name == "@classlabel")
        for (std::size_t i = 2; i < words.size(); ++i)
            declared.classes.push_back(className(words[i]));
    return {};
}

Result<LabelledSeries> readTs(const fs::path &path, const std::vector<std::string> &classes)
{
    const auto text = readText(path);
    if (!text) return text.error();
    Declared declared;
    std::optional<Collector> collector; // there from "@data" on
    std::int64_t number = 0;
    for (const std::string_view whole : linesOf(*text)) {
        ++number;
        const std::string_view line = trimmed(whole);
        if (line.empty() || line.front() == '#') continue;
        if (collector) {
            std::vector<std::string_view> parts = partsOf(line, ":");
            const std::string_view label = parts.back();
            parts.pop_back();
            if (parts.empty())
                return lineError(path, number, "data.ts_label", {}, {"data.ts_label_hint", {}});
            if (auto added = collector->add(number, parts, ',', label); !added)
                return added.error();
        } else if (lower(line) == "@data") {
            collector.emplace(path, declared, classes);
        } else if (line.front() == '@') {
            if (auto taken = takeTsHeader(path, number, line, declared); !taken)
                return taken.error();
        } else {
            return lineError(path, number, "data.ts_no_header", {}, {"data.ts_no_header_hint", {}});
        }
    }
    if (!collector) return Error{path.string(), {"data.ts_no_data", {}}, {"data.ts_none_hint", {}}};
    return collector->finish();
}

Result<LabelledSeries> readTsv(const fs::path &path, const std::vector<std::string> &classes)
{
    const auto table = readTable(path, HeaderRow::Absent);
    if (!table) return table.error();
    if (table->columns() < 2)
        return lineError(path, table->lines.front(), "data.ts_columns", {},
                         {"data.ts_columns_hint", {}});
    Collector collector(path, {.classes = {}, .padded = true}, classes);
    for (std::size_t i = 0; i < table->rows.size(); ++i) {
        const auto &row = table->rows[i];
        std::string values = row[1];
        for (std::size_t cell = 2; cell < row.size(); ++cell) values += '\t' + row[cell];
        if (auto added = collector.add(table->lines[i], {values}, '\t', row[0]); !added)
            return added.error();
    }
    return collector.finish();
}

/// The attributes of an .arff file, as far as they matter here.
struct Attributes {
    bool relational = false;
    std::int64_t numbers = 0;         // outside a relational attribute
    std::vector<std::string> classes; // of the last nominal one
    bool classLast = false;
};

/// "@attribute NAME TYPE", inside a relational attribute ("inside") or not.
void takeAttribute(std::string_view line, bool &inside, Attributes &attributes)
{
    line = trimmed(line.substr(std::string_view("@attribute").size()));
    if (line.empty()) return;
    const char quote = line.front();
    const bool quoted = quote == '\'' || quote == '"';
    const std::size_t end = quoted ? line.find(quote, 1) : line.find_first_of(" \t{");
    if (end == std::string_view::npos) return;
    const std::string_view type = trimmed(line.substr(quoted ? end + 1 : end));
    if (inside) return;
    if (lower(type) == "relational") {
        inside = attributes.relational = true;
    } else if (type.starts_with('{') && type.ends_with('}')) {
        attributes.classes.clear();
        for (const std::string_view name : partsOf(type.substr(1, type.size() - 2), ","))
            attributes.classes.push_back(className(name));
        attributes.classLast = true;
    } else {
        ++attributes.numbers;
        attributes.classLast = false;
    }
}

/// One sample of .arff: 'values\nvalues',class or values,class.
Result<void> addArff(const fs::path &path, std::int64_t number, std::string_view line,
                     const Attributes &attributes, Collector &collector)
{
    const std::size_t comma = line.rfind(',');
    if (comma == std::string_view::npos)
        return lineError(path, number, "data.ts_label", {}, {"data.ts_label_hint", {}});
    const std::string_view label = line.substr(comma + 1);
    const std::string_view values = trimmed(line.substr(0, comma));
    if (attributes.relational)
        return collector.add(number, partsOf(unquoted(values), "\\n"), ',', label);
    if (const std::int64_t given = std::ranges::count(values, ',') + 1; given != attributes.numbers)
        return lineError(path, number, "data.ts_attributes",
                         {std::to_string(given), std::to_string(attributes.numbers)},
                         {"data.ts_attributes_hint", {}});
    return collector.add(number, {values}, ',', label);
}

Result<LabelledSeries> readArff(const fs::path &path, const std::vector<std::string> &classes)
{
    const auto text = readText(path);
    if (!text) return text.error();
    Attributes attributes;
    bool inside = false; // a relational attribute
    std::optional<Collector> collector;
    std::int64_t number = 0;
    for (const std::string_view whole : linesOf(*text)) {
        ++number;
        const std::string_view line = trimmed(whole);
        if (line.empty() || line.front() == '%') continue;
        if (collector) {
            if (auto added = addArff(path, number, line, attributes, *collector); !added)
                return added.error();
            continue;
        }
        const std::string word = lower(wordsOf(line).front());
        if (word == "@attribute") {
            takeAttribute(line, inside, attributes);
        } else if (word == "@end") {
            inside = false;
        } else if (word == "@data") {
            if (!attributes.classLast)
                return lineError(path, number, "data.ts_no_classes", {},
                                 {"data.ts_arff_class_hint", {}});
            collector.emplace(
                path, Declared{.classes = attributes.classes, .padded = !attributes.relational},
                classes);
        } else if (word != "@relation") {
            return lineError(path, number, "data.ts_no_header", {}, {"data.ts_no_header_hint", {}});
        }
    }
    if (!collector) return Error{path.string(), {"data.ts_no_data", {}}, {"data.ts_none_hint", {}}};
    return collector->finish();
}

} // namespace

std::int64_t LabelledSeries::steps(std::int64_t index) const
{
    const auto i = static_cast<std::size_t>(index);
    return starts[i + 1] - starts[i];
}

std::int64_t LabelledSeries::longest() const
{
    std::int64_t most = 0;
    for (std::int64_t i = 0; i < count(); ++i) most = std::max(most, steps(i));
    return most;
}

std::optional<std::int64_t> LabelledSeries::commonSteps() const
{
    for (std::int64_t i = 1; i < count(); ++i)
        if (steps(i) != steps(0)) return {};
    return steps(0);
}

Result<LabelledSeries> readLabelledSeries(const fs::path &path,
                                          const std::vector<std::string> &classes)
{
    const std::string ending = lower(path.extension().string());
    if (ending == ".ts") return readTs(path, classes);
    if (ending == ".arff") return readArff(path, classes);
    if (ending == ".tsv" || ending == ".txt" || ending == ".csv") return readTsv(path, classes);
    return Error{path.string(), {"data.ts_ending", {}}, {"data.ts_ending_hint", {}}};
}

} // namespace ostrich::data
