// Texts with a class each: from a table's columns, or from a folder with a file for each class.
#pragma once

#include "data/table.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace ostrich::data {

struct LabelledTexts {
    std::vector<std::string> texts;
    std::vector<std::int32_t> labels; // beside texts
    std::vector<std::string> classNames;
};

/// Which columns of a table hold what, by name or number; empty: guessed.
struct TextColumns {
    std::string label;
    std::string text; // several separated by commas: joined with a blank
};

/// Rows of a table. Without columns: of two, the one with the fewer different values is the label;
/// of more, the label must be named, and all others are text. Classes are the label's values in
/// numerical or alphabetical order; where these are numbers 1, 2 ... and a file classes.txt beside
/// the table has as many lines, its lines are the names. Errors name the file and what does not
/// fit.
Result<LabelledTexts> textsInTable(const std::filesystem::path &path, HeaderRow header,
                                   const TextColumns &columns);

/// The .txt files of a folder: each a class named after its file, each line a text; blank lines are
/// left out.
Result<LabelledTexts> textsInFolder(const std::filesystem::path &folder);
/// Those files, sorted by name.
std::vector<std::filesystem::path> textFilesIn(const std::filesystem::path &folder);

} // namespace ostrich::data
