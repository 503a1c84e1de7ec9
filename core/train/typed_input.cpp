// Reading what was typed: text by the run's own tokenizer, numbers by their separators or columns.
#include "train/typed_input.hpp"

#include "data/fitted_picture.hpp"
#include "data/forecast.hpp"
#include "data/table.hpp"
#include "data/text_file.hpp"
#include "data/tokenizer.hpp"
#include "data/unicode.hpp"

#include <algorithm>
#include <limits>

namespace ostrich::train {

namespace {

using graph::Axis;

/// columns[c][t].
using Columns = std::vector<std::vector<double>>;

bool isFile(const std::string &input)
{
    std::error_code ignored;
    return std::filesystem::is_regular_file(input, ignored);
}

/// In errors, a long text is named by its beginning.
std::string shortened(const std::string &input)
{
    constexpr std::size_t kShown = 40;
    if (input.size() <= kShown) return input.empty() ? "input" : input;
    std::size_t end = kShown;
    while (end > 0 && (static_cast<unsigned char>(input[end]) & 0xc0) == 0x80) --end;
    return input.substr(0, end) + "...";
}

std::vector<std::string_view> parts(std::string_view text, char separator)
{
    std::vector<std::string_view> all;
    while (true) {
        const std::size_t end = text.find(separator);
        all.push_back(text.substr(0, end));
        if (end == std::string_view::npos) return all;
        text.remove_prefix(end + 1);
    }
}

bool isUtf8(std::string_view text)
{
    for (std::size_t position = 0; position < text.size();)
        if (!data::unicode::next(text, position)) return false;
    return true;
}

Error noNumbers(const std::string &input, std::int64_t features)
{
    return {shortened(input),
            {"train.no_numbers", {}},
            {"train.no_numbers_hint", {std::to_string(features)}}};
}

Error otherFeatures(const std::string &input, std::size_t got, std::int64_t wanted)
{
    return {shortened(input),
            {"train.other_features", {std::to_string(got), std::to_string(wanted)}},
            {"train.no_numbers_hint", {std::to_string(wanted)}}};
}

Result<Columns> typedColumns(const std::string &input, std::int64_t features)
{
    Columns columns(static_cast<std::size_t>(features));
    for (const std::string_view step : parts(input, ',')) {
        const auto cells = parts(step, ':');
        if (cells.size() != columns.size()) {
            const bool number = data::numberIn(cells.front()).has_value();
            return number ? otherFeatures(input, cells.size(), features)
                          : noNumbers(input, features);
        }
        for (std::size_t c = 0; c < cells.size(); ++c) {
            const auto value = data::numberIn(cells[c]);
            if (!value) return noNumbers(input, features);
            columns[c].push_back(*value);
        }
    }
    return columns;
}

/// The columns of a table that hold nothing but numbers (and gaps, which are filled): dates and
/// names beside them do no harm.
Result<Columns> tableColumns(const std::string &file, std::int64_t features)
{
    const auto table = data::readTable(file);
    if (!table) return table.error();
    Columns columns;
    for (std::size_t c = 0; c < table->columns(); ++c) {
        std::vector<double> column;
        bool known = false;
        for (const auto &row : table->rows) {
            const auto value = data::numberIn(row[c]);
            if (!value && !data::isMissing(row[c])) break;
            known = known || value;
            column.push_back(value.value_or(std::numeric_limits<double>::quiet_NaN()));
        }
        if (!known || column.size() != table->rows.size()) continue;
        data::fillMissing(column);
        columns.push_back(std::move(column));
    }
    if (columns.empty()) return noNumbers(file, features);
    if (std::ssize(columns) != features) return otherFeatures(file, columns.size(), features);
    return columns;
}

Error tooShort(const std::string &input, std::int64_t steps, std::int64_t wanted)
{
    return {shortened(input),
            {"train.input_short", {std::to_string(steps), std::to_string(wanted)}},
            {"train.input_short_hint", {std::to_string(wanted)}}};
}

Result<TypedInput> series(const graph::DataFacts &facts, const std::string &input)
{
    const std::int64_t features = facts.input.size(Axis::F).value_or(1);
    auto columns = isFile(input) ? tableColumns(input, features) : typedColumns(input, features);
    if (!columns) return columns.error();
    const std::int64_t given = std::ssize(columns->front());
    const std::int64_t steps = facts.input.size(Axis::T).value_or(given);
    if (given < steps) return tooShort(input, given, steps);
    TypedInput typed{.x = {{1, steps, features}, {}}, .ids = {}, .steps = {}, .level = {}};
    for (const auto &column : *columns)
        if (facts.relative) typed.level.push_back(static_cast<float>(column.back()));
    for (std::int64_t step = given - steps; step < given; ++step) {
        typed.steps.push_back(std::to_string(step));
        for (const auto &column : *columns) {
            const double level = facts.relative ? column.back() : 0.0;
            typed.x.values.push_back(
                static_cast<float>(column[static_cast<std::size_t>(step)] - level));
        }
    }
    return typed;
}

/// All numbers in their order, whatever parts them.
Result<TypedInput> point(const graph::DataFacts &facts, const std::string &input)
{
    const std::int64_t features = facts.input.size(Axis::F).value_or(1);
    std::string numbers = input;
    if (isFile(input)) {
        auto read = data::readText(input);
        if (!read) return read.error();
        numbers = data::trimmed(*read);
    }
    for (char &c : numbers)
        if (c == ':' || c == ';' || c == '\t' || c == '\n') c = ',';
    auto columns = typedColumns(numbers, 1);
    if (!columns) return noNumbers(input, features);
    const std::vector<double> &values = columns->front();
    if (std::ssize(values) != features) return otherFeatures(input, values.size(), features);
    TypedInput typed{.x = {{1, features}, {}}, .ids = {}, .steps = {}, .level = {}};
    for (const double value : values) typed.x.values.push_back(static_cast<float>(value));
    return typed;
}

Result<TypedInput> text(const Manifest &manifest, const std::string &input)
{
    std::string words = input;
    if (isFile(input)) {
        auto read = data::readText(input);
        if (!read) return read.error();
        words = std::move(*read);
    }
    if (!isUtf8(words)) return Error{"input", {"train.input_no_utf8", {}}, {}};
    if (!manifest.tokenizer)
        return Error{shortened(input), {"train.no_tokenizer", {}}, {"train.no_tokenizer_hint", {}}};
    TypedInput typed;
    if (!data::trimmed(words).empty()) typed.ids = manifest.tokenizer->encode(words);
    if (typed.ids.empty())
        return Error{shortened(input), {"train.empty_text", {}}, {"train.empty_text_hint", {}}};
    const graph::DataFacts &facts = manifest.facts;
    if (facts.task == graph::Task::Translate) typed.ids.push_back(data::Tokenizer::kEnd);
    const std::int64_t given = std::ssize(typed.ids);
    const std::int64_t wanted = facts.input.size(Axis::T).value_or(given);
    if (given < wanted && facts.task != graph::Task::LabelSteps)
        return tooShort(input, given, wanted);
    if (given > wanted) typed.ids.erase(typed.ids.begin(), typed.ids.end() - wanted);
    const std::vector<std::string> pieces = manifest.tokenizer->visiblePieces();
    typed.x.shape = {1, std::ssize(typed.ids)};
    for (const std::int32_t id : typed.ids) {
        typed.x.values.push_back(static_cast<float>(id));
        typed.steps.push_back(pieces.at(static_cast<std::size_t>(id)));
    }
    return typed;
}

Result<TypedInput> picture(const graph::DataFacts &facts, const std::string &input)
{
    auto fitted = data::fitPicture(input, facts);
    if (!fitted) return fitted.error();
    TypedInput typed{.x = std::move(*fitted), .ids = {}, .steps = {}, .level = {}};
    typed.x.shape.insert(typed.x.shape.begin(), 1);
    return typed;
}

} // namespace

Result<TypedInput> typedInput(const Manifest &manifest, const std::string &input)
{
    const graph::Shape &shape = manifest.facts.input;
    if (shape.isTokens()) return text(manifest, input);
    if (shape.isSequence()) return series(manifest.facts, input);
    if (shape.isVector()) return point(manifest.facts, input);
    return picture(manifest.facts, input);
}

} // namespace ostrich::train
