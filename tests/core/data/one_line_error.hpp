// What every error about a user's file has to be.
#pragma once

#include "base/result.hpp"

#include <QtTest>

#include <filesystem>

namespace ostrich::test {

/// Empty when `error` is about `file` and reads as one whole line with a cure in both languages;
/// else what is not so.
inline std::string faultOf(const Error &error, const std::filesystem::path &file)
{
    if (error.where != file.string()) return "it names " + error.where;
    if (error.hint.empty()) return "there is no hint";
    for (const Language language : {Language::English, Language::French}) {
        const std::string line = sentence(error, language);
        const bool whole =
            line.find("data.") == std::string::npos && line.find("base.") == std::string::npos
            && line.find('{') == std::string::npos && line.find('\n') == std::string::npos;
        if (!whole) return line;
    }
    return {};
}

} // namespace ostrich::test
