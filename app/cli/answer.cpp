// How answers and errors are printed: JSON lines, sentences, tables.
#include "cli/answer.hpp"

#include "base/json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace ostrich::cli {

std::string text(const Context &context, const std::string &id, std::vector<std::string> arguments)
{
    return sentence(Message{id, std::move(arguments)}, context.language);
}

nlohmann::json toJson(const Words &words)
{
    return {{"en", words.en}, {"fr", words.fr}};
}

nlohmann::json toJson(const Error &error, Language language)
{
    return {{"where", error.where},
            {"what", sentence(error.what, language)},
            {"hint", sentence(error.hint, language)}};
}

int fail(const Context &context, const Error &error, int code)
{
    std::string line;
    if (context.json)
        line = jsonText({{"error", toJson(error, context.language)}});
    else
        line = "ostrich-cli: " + sentence(error, context.language);
    std::ranges::replace(line, '\n', ' ');
    fmt::print(stderr, "{}\n", line);
    return code;
}

void note(const Context &context, const Message &message)
{
    if (!context.json) fmt::print(stderr, "{}\n", sentence(message, context.language));
}

void printLine(const nlohmann::json &json)
{
    print(jsonText(json));
}

void print(const std::string &line)
{
    fmt::print("{}\n", line);
    std::fflush(stdout);
}

std::string figuresTable(const std::map<std::string, double> &figures)
{
    std::vector<std::vector<std::string>> rows;
    for (const auto &[name, value] : figures) rows.push_back({name, decimals(value)});
    return table(rows);
}

std::size_t width(const std::string &text)
{
    return static_cast<std::size_t>(std::ranges::count_if(
        text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

std::string table(const std::vector<std::vector<std::string>> &rows)
{
    std::vector<std::size_t> widths;
    std::vector<bool> isNumber;
    for (std::size_t r = 0; r < rows.size(); ++r) {
        widths.resize(std::max(widths.size(), rows[r].size()), 0);
        isNumber.resize(widths.size(), true);
        for (std::size_t c = 0; c < rows[r].size(); ++c) {
            const std::string &cell = rows[r][c];
            widths[c] = std::max(widths[c], width(cell));
            if (r > 0 && !cell.empty() && cell != "–"
                && cell.find_first_not_of("0123456789,.-+e% ") != std::string::npos
                && !(cell[0] >= '0' && cell[0] <= '9'))
                isNumber[c] = false;
        }
    }
    std::string all;
    for (const auto &row : rows) {
        std::string line;
        for (std::size_t c = 0; c < row.size(); ++c) {
            const std::string gap(widths[c] - width(row[c]), ' ');
            line += (c > 0 ? "  " : "") + (isNumber[c] ? gap + row[c] : row[c] + gap);
        }
        line.erase(line.find_last_not_of(' ') + 1);
        all += line + '\n';
    }
    if (!all.empty()) all.pop_back();
    return all;
}

std::string grouped(std::int64_t number)
{
    std::string digits = std::to_string(number);
    const std::size_t sign = number < 0 ? 1 : 0;
    for (std::size_t end = digits.size(); end > sign + 3; end -= 3) digits.insert(end - 3, ",");
    return digits;
}

std::string percent(double share)
{
    if (!std::isfinite(share)) return "-";
    return fmt::format("{:.1f} %", share * 100.0);
}

std::string decimals(double value)
{
    if (!std::isfinite(value)) return "-";
    return fmt::format("{:.4f}", value);
}

std::string bytes(std::int64_t count)
{
    constexpr std::array units{"B", "kB", "MB", "GB", "TB"};
    auto size = static_cast<double>(count);
    std::size_t unit = 0;
    while (std::abs(size) >= 1000.0 && unit + 1 < units.size()) {
        size /= 1000.0;
        ++unit;
    }
    return fmt::format("{:.3g} {}", size, units[unit]);
}

std::string duration(double seconds)
{
    if (!(seconds >= 0.0) || seconds > 1e9) return "-";
    if (seconds < 60.0) return fmt::format("{:.1f} s", seconds);
    const auto whole = static_cast<std::int64_t>(std::lround(seconds));
    if (whole < 3600) return fmt::format("{}:{:02}", whole / 60, whole % 60);
    return fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60);
}

} // namespace ostrich::cli
