// What was wrong with the arguments, in our own words.
#include "cli/usage.hpp"

#include "data/option.hpp"
#include "graph/nearest_name.hpp"

#include <CLI/Error.hpp>
#include <CLI/Option.hpp>

#include <algorithm>

namespace ostrich::cli {

namespace {

using Options = std::vector<const CLI::Option *>;

const CLI::App *verbOf(const CLI::App &app)
{
    const auto verbs = app.get_subcommands();
    return verbs.empty() ? nullptr : verbs.front();
}

/// The verb's own, then those of every verb.
Options optionsOf(const CLI::App &app)
{
    Options all;
    if (const CLI::App *verb = verbOf(app)) all = verb->get_options();
    const Options general = app.get_options();
    all.insert(all.end(), general.begin(), general.end());
    return all;
}

std::string helpOf(const CLI::App &app)
{
    const CLI::App *verb = verbOf(app);
    return verb ? "ostrich-cli " + verb->get_name() + " --help" : "ostrich-cli --help";
}

Message hintFor(const CLI::App &app, const std::string &word, const std::vector<std::string> &names)
{
    const auto nearest = graph::nearestName(word, names);
    if (nearest) return {"cli.usage_near_hint", {*nearest, helpOf(app)}};
    return {"cli.usage_hint", {helpOf(app)}};
}

/// The option that CLI11's sentence is about: the one with the longest name in it.
const CLI::Option *culprit(const CLI::App &app, const std::string &sentence)
{
    const CLI::Option *found = nullptr;
    for (const CLI::Option *option : optionsOf(app)) {
        const std::string name = option->get_name();
        const bool isNamed = sentence.find(name) != std::string::npos;
        if (isNamed && (!found || name.size() > found->get_name().size())) found = option;
    }
    return found;
}

Error withoutVerb(const CLI::App &app, const std::vector<std::string> &words)
{
    std::vector<std::string> verbs;
    for (const CLI::App *verb : app.get_subcommands([](const CLI::App *) { return true; }))
        verbs.push_back(verb->get_name());
    const auto word =
        std::ranges::find_if(words, [](const std::string &each) { return !each.starts_with('-'); });
    if (word != words.end())
        return {*word, {"cli.usage_unknown_verb", {}}, hintFor(app, *word, verbs)};
    return {"arguments", {"cli.usage_no_verb", {}}, {"cli.usage_verb_hint", {data::joined(verbs)}}};
}

Error unexpected(const CLI::App &app, const std::string &where, const std::string &word)
{
    std::vector<std::string> names;
    for (const CLI::Option *option : optionsOf(app)) {
        if (option->nonpositional()) names.push_back(option->get_name());
    }
    const std::string name = word.substr(0, word.find('='));
    return {where,
            {"cli.usage_extra", {word}},
            hintFor(app, name, word.starts_with('-') ? names : std::vector<std::string>())};
}

/// What is wrong with the value that `option` was given.
Message valueProblem(const CLI::Option &option)
{
    const auto values = option.results();
    const std::string name = option.get_name();
    if (values.empty()) return {"cli.usage_value_missing", {name}};
    if (values.size() > 1) return {"cli.usage_twice", {name}};
    return {"cli.usage_value", {name, values.front()}};
}

} // namespace

Error usageError(const CLI::App &app, const CLI::ParseError &error)
{
    const CLI::App *verb = verbOf(app);
    const std::string where = verb ? verb->get_name() : "arguments";
    const Message hint{"cli.usage_hint", {helpOf(app)}};
    const std::string sentence = error.what();
    const bool isAboutValue = dynamic_cast<const CLI::ArgumentMismatch *>(&error)
                              || dynamic_cast<const CLI::ConversionError *>(&error)
                              || dynamic_cast<const CLI::ValidationError *>(&error);
    const CLI::Option *option = isAboutValue ? culprit(app, sentence) : nullptr;
    if (option) return {where, valueProblem(*option), hint};

    const std::vector<std::string> words = app.remaining(true);
    if (!verb) return withoutVerb(app, words);
    if (dynamic_cast<const CLI::ExtrasError *>(&error) && !words.empty())
        return unexpected(app, where, words.front());
    if (dynamic_cast<const CLI::RequiredError *>(&error)) {
        for (const CLI::Option *needed : verb->get_options()) {
            if (needed->get_required() && needed->count() == 0)
                return {where, {"cli.usage_missing", {needed->get_name()}}, hint};
        }
    }
    const bool isWhole = sentence.ends_with('.');
    return {where, {"cli.usage", {isWhole ? sentence : sentence + "."}}, hint};
}

} // namespace ostrich::cli
