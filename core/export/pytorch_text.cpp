// Looking into pieces of Python without reading all of its grammar.
#include "export/pytorch_text.hpp"

#include <algorithm>
#include <cctype>
#include <sstream>

namespace ostrich::exporting {

namespace {

bool isPartOfName(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

} // namespace

void replaceAll(std::string &text, const std::string &what, const std::string &by)
{
    for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += by.size())
        text.replace(at, what.size(), by);
}

bool isPythonName(std::string_view text)
{
    return std::ranges::all_of(text, isPartOfName);
}

bool mentions(const std::string &text, const std::string &name)
{
    for (std::size_t at = 0; (at = text.find(name, at)) != std::string::npos; ++at) {
        const bool begins = at == 0 || (!isPartOfName(text[at - 1]) && text[at - 1] != '.');
        const std::size_t end = at + name.size();
        if (begins && (end == text.size() || !isPartOfName(text[end]))) return true;
    }
    return false;
}

bool mentions(const std::vector<PythonLine> &lines, const std::string &name)
{
    return std::ranges::any_of(lines,
                               [&](const PythonLine &line) { return mentions(line.code, name); });
}

std::vector<std::string> definitions(const std::string &support)
{
    std::vector<std::string> names;
    std::istringstream lines(support);
    for (std::string line; std::getline(lines, line);) {
        for (const std::string_view word : {"def ", "class "}) {
            if (!line.starts_with(word)) continue;
            const auto end =
                std::find_if_not(line.begin() + std::ssize(word), line.end(), isPartOfName);
            names.emplace_back(line.begin() + std::ssize(word), end);
        }
    }
    return names;
}

std::string harmless(std::string title)
{
    std::erase_if(title, [](char c) { return c == '"' || c == '\\'; });
    std::ranges::replace_if(
        title, [](char c) { return std::iscntrl(static_cast<unsigned char>(c)) != 0; }, ' ');
    return title;
}

std::string asMember(const std::string &name)
{
    std::string text;
    std::istringstream parts(name);
    for (std::string part; std::getline(parts, part, '.');) {
        const bool isIndex =
            std::ranges::all_of(part, [](unsigned char c) { return std::isdigit(c) != 0; });
        text += isIndex ? "[" + part + "]" : "." + part;
    }
    return text;
}

} // namespace ostrich::exporting
