// A series, or several side by side, in a table with a row for each step: windows and what follows
// them (forecast.hpp).
#include "data/dates.hpp"
#include "data/file_cache.hpp"
#include "data/forecast.hpp"
#include "data/option.hpp"
#include "data/table.hpp"
#include "data/text_file.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ostrich::data::series {

namespace {

namespace fs = std::filesystem;

/// A file's columns, chosen and filled.
struct SeriesFile {
    Series series;
    std::vector<std::size_t> targets; // columns of `series`
    std::int64_t season = 0;          // guessed from the dates; 0: none
    std::int64_t filled = 0;          // missing values
};

std::string columnName(const Table &table, std::size_t column)
{
    return table.header.empty() ? std::to_string(column) : table.header[column];
}

/// A column read as numbers.
struct Column {
    std::vector<double> values; // NaN where one is missing, or is none
    std::size_t words = 0;      // cells that are neither
    std::size_t firstWord = 0;  // its row
    bool series = false;        // most of it is numbers, and it does not count the steps
};

/// Whether the first column counts or dates its rows.
bool countsTime(const Table &table, const Column &first)
{
    return !table.header.empty() && namesTime(trimmed(table.header[0]))
           && std::ranges::adjacent_find(first.values, [](double a, double b) { return !(a < b); })
                  == first.values.end();
}

std::vector<Column> numbersOf(const Table &table)
{
    std::vector<Column> columns(table.columns());
    for (std::size_t c = 0; c < columns.size(); ++c) {
        Column &column = columns[c];
        std::size_t numbers = 0;
        column.values.reserve(table.rows.size());
        for (std::size_t row = 0; row < table.rows.size(); ++row) {
            const std::string &cell = table.rows[row][c];
            const std::optional<double> number = numberIn(cell);
            if (number)
                ++numbers;
            else if (!isMissing(cell) && column.words++ == 0)
                column.firstWord = row;
            column.values.push_back(number.value_or(std::numeric_limits<double>::quiet_NaN()));
        }
        column.series = numbers > column.words && !(c == 0 && countsTime(table, column));
    }
    return columns;
}

/// The columns that `list` names, joined by commas.
Result<std::vector<std::size_t>> columnsIn(const Table &table, const std::string &list,
                                           const fs::path &path)
{
    if (std::ranges::find(table.header, list) != table.header.end()) {
        const auto whole = columnOf(table, list, path); // a name may hold a comma
        if (!whole) return whole.error();
        return std::vector{*whole};
    }
    std::vector<std::size_t> columns;
    for (std::size_t begin = 0; begin <= list.size();) {
        const std::size_t end = std::min(list.find(',', begin), list.size());
        const auto column = columnOf(table, trimmed(list.substr(begin, end - begin)), path);
        if (!column) return column.error();
        if (std::ranges::find(columns, *column) == columns.end()) columns.push_back(*column);
        begin = end + 1;
    }
    return columns;
}

struct Choice {
    std::vector<std::size_t> inputs;
    std::vector<std::size_t> targets;
};

/// The columns to read and to forecast, by the options or else by what they hold.
Result<Choice> chosenColumns(const Table &table, const std::vector<Column> &columns,
                             const graph::Parameters &options, const fs::path &path)
{
    Choice choice;
    for (std::size_t column = 0; column < columns.size(); ++column)
        if (columns[column].series) choice.inputs.push_back(column);
    if (const std::string &list = graph::text(options, "columns"); !list.empty()) {
        auto named = columnsIn(table, list, path);
        if (!named) return named.error();
        choice.inputs = *std::move(named);
    }
    if (const std::string &list = graph::text(options, "target"); !list.empty()) {
        auto named = columnsIn(table, list, path);
        if (!named) return named.error();
        choice.targets = *std::move(named);
    } else if (!choice.inputs.empty()) {
        choice.targets = {choice.inputs.back()};
    }
    for (const std::size_t target : choice.targets)
        if (std::ranges::find(choice.inputs, target) == choice.inputs.end())
            choice.inputs.push_back(target);
    if (choice.inputs.empty())
        return Error{path.string(), {"data.series_none", {}}, {"data.series_none_hint", {}}};
    return choice;
}

std::int64_t guessedSeason(const Table &table, const std::vector<Column> &columns)
{
    for (std::size_t column = 0; column < columns.size(); ++column) {
        if (columns[column].series) continue;
        std::vector<std::string> cells;
        for (std::size_t i = 0; i < std::min<std::size_t>(table.rows.size(), 200); ++i)
            cells.push_back(table.rows[i][column]);
        if (const std::int64_t season = seasonOf(cells); season > 0) return season;
    }
    return 0;
}

/// With a first row of words alone for names, even where the columns below hold some as well.
Result<Table> readNamed(const fs::path &path, const std::string &header)
{
    auto table = readTable(path, headerRowFrom(header));
    if (!table || header != "auto" || !table->header.empty() || table->rows.size() < 2)
        return table;
    const auto isNumber = [](const std::string &cell) { return numberIn(cell).has_value(); };
    if (std::ranges::any_of(table->rows.front(), isNumber)) return table;
    table->header = std::move(table->rows.front());
    table->rows.erase(table->rows.begin());
    table->lines.erase(table->lines.begin());
    return table;
}

Result<SeriesFile> readSeries(const fs::path &path, const graph::Parameters &options)
{
    const auto table = readNamed(path, graph::text(options, "header"));
    if (!table) return table.error();
    std::vector<Column> columns = numbersOf(*table);
    const auto choice = chosenColumns(*table, columns, options, path);
    if (!choice) return choice.error();
    SeriesFile file;
    for (const std::size_t input : choice->inputs) {
        Column &column = columns[input];
        if (column.words > 0)
            return lineError(path, table->lines[column.firstWord], "data.series_number",
                             {table->rows[column.firstWord][input], columnName(*table, input)},
                             {"data.series_number_hint", {}});
        const std::int64_t filled = fillMissing(column.values);
        if (filled == std::ssize(column.values))
            return Error{path.string(),
                         {"data.series_empty_column", {columnName(*table, input)}},
                         {"data.series_none_hint", {}}};
        file.filled += filled;
        file.series.columns.push_back(std::move(column.values));
    }
    for (const std::size_t target : choice->targets)
        file.targets.push_back(static_cast<std::size_t>(std::ranges::find(choice->inputs, target)
                                                        - choice->inputs.begin()));
    file.season = guessedSeason(*table, columns);
    return file;
}

std::vector<graph::ParameterSpec> seriesOptions()
{
    std::vector<graph::ParameterSpec> options = forecastOptions({.targets = {}});
    options.push_back(textOption(
        "target", "", {"Target", "Cible"},
        {"Columns to forecast, by name or by number from 0, joined by commas; empty: the "
         "last one of numbers.",
         "Colonnes à prévoir, par leur nom ou leur numéro à partir de 0, séparées par "
         "des virgules ; vide : la dernière de nombres."}));
    options.push_back(
        textOption("columns", "", {"Columns", "Colonnes"},
                   {"Columns that the network reads, joined by commas; empty: all of numbers. The "
                    "target is always among them.",
                    "Colonnes lues par le réseau, séparées par des virgules ; vide : toutes celles "
                    "de nombres. La cible en fait toujours partie."}));
    options.push_back(integerOption(
        "season", 0, 0, 100000, {"Season", "Saison"},
        {"Steps after which the series looks the same; 0: by the dates, 12 months, 7 days or 24 "
         "hours.",
         "Nombre de pas après lesquels la série se ressemble ; 0 : d'après les dates, 12 mois, 7 "
         "jours ou 24 heures."}));
    options.push_back(choiceOption(
        "header", "auto", {"auto", "1", "0"},
        {{"look", "selon le contenu"}, {"first line", "première ligne"}, {"none", "aucun"}},
        {"Header", "En-tête"},
        {"Whether the first line holds the names of the columns.",
         "Indique si la première ligne contient les noms des colonnes."}));
    return options;
}

class SeriesSource : public Source {
public:
    const SourceDescription &description() const override
    {
        static const SourceDescription all{
            .name = "series",
            .label = {"Series to forecast (file)", "Série à prévoir (fichier)"},
            .help = {"A .csv or .tsv file with a line for each step; dates are recognised, missing "
                     "values filled in.",
                     "Un fichier .csv ou .tsv avec une ligne par pas ; les dates sont reconnues, "
                     "les valeurs manquantes complétées."},
            .needsPath = true,
            .pathIsFile = true,
            .pathHelp = {"The file with the series", "Le fichier de la série"},
            .parameters = seriesOptions()};
        return all;
    }

    Result<graph::DataFacts> facts(const SourceSpec &spec,
                                   const graph::Parameters &options) const override
    {
        const auto opened = open(spec, options);
        if (!opened) return opened.error();
        return factsOf(*opened, spec);
    }

    Result<Dataset> load(const SourceSpec &spec, const graph::Parameters &options, std::uint64_t,
                         const Progress &progress, std::stop_token stop) const override
    {
        const auto opened = open(spec, options);
        if (!opened) return opened.error();
        Dataset dataset;
        dataset.facts = factsOf(*opened, spec);
        auto splits =
            forecastWindows(opened->file->series, opened->plan, spec.path, progress, stop);
        if (!splits) return splits.error();
        dataset.splits = *std::move(splits);
        if (const std::int64_t filled = opened->file->filled; filled > 0)
            dataset.warnings.push_back(
                {filled == 1 ? "data.series_filled_one" : "data.series_filled",
                 {std::to_string(filled)}});
        return dataset;
    }

private:
    struct Opened {
        std::shared_ptr<const SeriesFile> file;
        ForecastPlan plan;
    };

    Result<Opened> open(const SourceSpec &spec, const graph::Parameters &options) const
    {
        const std::string how = graph::text(options, "header") + '\n'
                                + graph::text(options, "columns") + '\n'
                                + graph::text(options, "target");
        auto file = m_files.get(spec.path, how,
                                [&](const fs::path &path) { return readSeries(path, options); });
        if (!file) return file.error();
        Opened opened{*std::move(file), planFrom(options)};
        ForecastPlan &plan = opened.plan;
        plan.targets = opened.file->targets;
        const std::int64_t season = graph::integer(options, "season");
        plan.season = season > 0 ? season : opened.file->season;
        const Series &series = opened.file->series;
        if (!spec.options.contains("window"))
            plan.window = fittingWindow(plan.window, series.steps(), plan.horizon);
        const auto checked =
            checkForecast(plan, series.steps(), std::ssize(series.columns), spec.path);
        if (!checked) return checked.error();
        return opened;
    }

    static graph::DataFacts factsOf(const Opened &opened, const SourceSpec &spec)
    {
        return forecastFacts(opened.plan, std::ssize(opened.file->series.columns),
                             fs::path(spec.path).filename().string());
    }

    mutable FileCache<SeriesFile> m_files;
};

} // namespace

std::unique_ptr<Source> create()
{
    return std::make_unique<SeriesSource>();
}

} // namespace ostrich::data::series
