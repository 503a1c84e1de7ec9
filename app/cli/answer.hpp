// How answers and errors are printed: JSON lines, sentences, tables.
#pragma once

#include "base/result.hpp"
#include "cli/context.hpp"

#include <nlohmann/json.hpp>

#include <map>
#include <string>
#include <vector>

namespace ostrich::cli {

/// A sentence of resources/messages/cli.json.
std::string text(const Context &context, const std::string &id,
                 std::vector<std::string> arguments = {});
/// Words in both languages, as JSON: {"en", "fr"}.
nlohmann::json toJson(const Words &words);

/// One line on stderr: "ostrich-cli: where: what hint", under --json
/// {"error":{"where","what","hint"}}. Returns `code`.
int fail(const Context &context, const Error &error, int code = kBadInput);
nlohmann::json toJson(const Error &error, Language language);
/// A remark on stderr, when the project and the data are open: never under --json.
void note(const Context &context, const Message &message);

/// One JSON object on a line of its own on stdout, at once.
void printLine(const nlohmann::json &json);
/// Text on stdout with a line break.
void print(const std::string &line);

/// Columns lined up; the first row is the head. Numbers (and what starts with a digit) to the
/// right.
std::string table(const std::vector<std::vector<std::string>> &rows);
/// Figures that only some tasks have, under their names: test_mae, test_exact.
std::string figuresTable(const std::map<std::string, double> &figures);
/// Columns on the screen that UTF-8 text takes (one a code point).
std::size_t width(const std::string &text);

std::string grouped(std::int64_t number); // 1,234,567
std::string percent(double share);        // 98.7 %; "-": not a number
std::string decimals(double value);       // 0.1234; "-": not a number
std::string bytes(std::int64_t count);    // 61 MB
std::string duration(double seconds);     // 3.2 s, 1:05, 2:03:04

} // namespace ostrich::cli
