// Naming, finding and opening data sources: what all sources share around their own files.
#include "data/source.hpp"

#include "data/option.hpp"

#include <algorithm>
#include <exception>
#include <filesystem>
#include <new>

namespace ostrich::data {

namespace {

/// Only what toString writes is decoded, so that a folder named "100%20" keeps its name.
std::string decoded(std::string_view text)
{
    constexpr std::array<std::pair<std::string_view, char>, 3> codes{
        {{"%25", '%'}, {"%26", '&'}, {"%3F", '?'}}};
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto *code =
            std::ranges::find(codes, text.substr(i, 3), [](const auto &c) { return c.first; });
        plain += code == codes.end() ? text[i] : code->second;
        if (code != codes.end()) i += 2;
    }
    return plain;
}

std::string encoded(std::string_view text)
{
    std::string coded;
    for (const char c : text) {
        if (c == '%')
            coded += "%25";
        else if (c == '&')
            coded += "%26";
        else if (c == '?')
            coded += "%3F";
        else
            coded += c;
    }
    return coded;
}

Result<void> parseOptions(std::string_view options, const std::string &where, SourceSpec &spec)
{
    while (!options.empty()) {
        const std::size_t end = std::min(options.find('&'), options.size());
        const std::string_view entry = options.substr(0, end);
        options.remove_prefix(std::min(end + 1, options.size()));
        const std::size_t equals = entry.find('=');
        if (equals == std::string_view::npos || equals == 0)
            return Error{
                where, {"data.option_form", {std::string(entry)}}, {"data.option_form_hint", {}}};
        const std::string key(entry.substr(0, equals));
        if (!spec.options.emplace(key, decoded(entry.substr(equals + 1))).second)
            return Error{where, {"data.option_twice", {key}}, {"data.option_twice_hint", {}}};
    }
    return {};
}

std::vector<std::string> sourceNames()
{
    std::vector<std::string> names;
    for (const auto &source : sources()) names.push_back(source->description().name);
    return names;
}

Error unknownOption(const SourceDescription &description, const std::string &option,
                    const std::string &where)
{
    std::vector<std::string> names;
    for (const graph::ParameterSpec &spec : description.parameters) names.push_back(spec.name);
    const Message hint = names.empty() ? Message{"data.option_none_hint", {}}
                                       : Message{"data.option_known_hint", {joined(names)}};
    return {where, {"data.option_unknown", {description.name, option}}, hint};
}

struct Opened {
    const Source *source = nullptr;
    SourceSpec spec;
    graph::Parameters options; // complete and checked
};

Result<Opened> open(const std::string &text)
{
    Result<SourceSpec> spec = parseSource(text);
    if (!spec) return spec.error();
    Opened opened{findSource(spec->name), *std::move(spec), {}};
    if (opened.source == nullptr)
        return Error{text,
                     {"data.source_unknown", {opened.spec.name}},
                     {"data.source_unknown_hint", {joined(sourceNames())}}};
    const SourceDescription &description = opened.source->description();
    if (description.needsPath && opened.spec.path.empty())
        return Error{
            text,
            {description.pathIsFile ? "data.file_needed" : "data.path_needed", {description.name}},
            {description.pathIsFile ? "data.file_needed_hint" : "data.path_needed_hint",
             {description.name}}};
    if (!description.takesPath() && !opened.spec.path.empty())
        return Error{text,
                     {"data.path_unwanted", {description.name}},
                     {"data.path_unwanted_hint", {description.name}}};
    for (const graph::ParameterSpec &parameter : description.parameters)
        opened.options.emplace(parameter.name, parameter.defaultValue);
    for (const auto &[key, valueText] : opened.spec.options) {
        const auto known =
            std::ranges::find(description.parameters, key, &graph::ParameterSpec::name);
        if (known == description.parameters.end()) return unknownOption(description, key, text);
        auto value = valueFromText(*known, valueText, description.name + "?" + key);
        if (!value) return value.error();
        opened.options[key] = *std::move(value);
    }
    return opened;
}

/// Runs `work` with the exceptions of the libraries below turned into errors at `where`.
template <typename Work>
auto guarded(const std::string &where, Work work) -> decltype(work())
{
    try {
        return work();
    } catch (const std::bad_alloc &) {
        return Error{where, {"data.memory", {}}, {"data.memory_hint", {}}};
    } catch (const std::filesystem::filesystem_error &error) {
        const std::string path = error.path1().string();
        return Error{path.empty() ? where : path,
                     {"data.unreadable", {error.code().message()}},
                     {"data.unreadable_hint", {}}};
    } catch (const std::exception &error) {
        return Error{where, {"data.failed", {error.what()}}, {}};
    }
}

Result<std::shared_ptr<const Dataset>> finish(Dataset dataset, const std::string &text)
{
    std::int64_t total = 0;
    for (const Samples &samples : dataset.splits) total += samples.count();
    for (const Samples &samples : dataset.splits) {
        if (samples.count() == 0)
            return Error{
                text, {"data.too_few", {std::to_string(total)}}, {"data.too_few_hint", {}}};
    }
    dataset.source = text;
    if (dataset.statistics.mean.empty())
        dataset.statistics = fitStatistics(dataset.split(Split::Train));
    dataset.checksum = checksumOf(dataset);
    return std::shared_ptr<const Dataset>(std::make_shared<Dataset>(std::move(dataset)));
}

} // namespace

Result<SourceSpec> parseSource(std::string_view text)
{
    const std::string where(text);
    SourceSpec spec;
    const std::size_t nameEnd = std::min(text.find_first_of(":?"), text.size());
    spec.name = std::string(text.substr(0, nameEnd));
    if (spec.name.empty() || text.find('\0') != std::string_view::npos)
        return Error{where.empty() ? "data" : where,
                     {"data.source_form", {}},
                     {"data.source_unknown_hint", {joined(sourceNames())}}};
    text.remove_prefix(nameEnd);
    // The last one: a path may hold the sign, an option's value in its coded form only.
    const std::size_t question = text.rfind('?');
    if (question != std::string_view::npos) {
        if (auto parsed = parseOptions(text.substr(question + 1), where, spec); !parsed)
            return parsed.error();
        text = text.substr(0, question);
    }
    if (!text.empty()) spec.path = decoded(text.substr(1));
    return spec;
}

std::string toString(const SourceSpec &spec)
{
    std::string text = spec.name;
    if (!spec.path.empty()) text += ":" + encoded(spec.path);
    char separator = '?';
    for (const auto &[key, value] : spec.options) {
        text += separator + key + "=" + encoded(value);
        separator = '&';
    }
    return text;
}

const std::vector<std::unique_ptr<Source>> &sources()
{
    static const std::vector<std::unique_ptr<Source>> all = [] {
        auto made = createAllSources();
        std::ranges::sort(made, {}, [](const auto &source) { return source->description().name; });
        return made;
    }();
    return all;
}

const Source *findSource(std::string_view name)
{
    const auto found =
        std::ranges::find(sources(), name, [](const auto &source) -> std::string_view {
            return source->description().name;
        });
    return found == sources().end() ? nullptr : found->get();
}

Result<graph::DataFacts> factsOf(const std::string &source)
{
    const Result<Opened> opened = open(source);
    if (!opened) return opened.error();
    return guarded(source, [&] { return opened->source->facts(opened->spec, opened->options); });
}

Result<std::shared_ptr<const Dataset>> load(const std::string &source, std::uint64_t seed,
                                            const Progress &progress, std::stop_token stop)
{
    const Result<Opened> opened = open(source);
    if (!opened) return opened.error();
    return guarded(source, [&]() -> Result<std::shared_ptr<const Dataset>> {
        Result<Dataset> dataset =
            opened->source->load(opened->spec, opened->options, seed, progress, stop);
        if (!dataset) return dataset.error();
        if (stop.stop_requested()) return Error{source, {"data.cancelled", {}}, {}};
        return finish(*std::move(dataset), source);
    });
}

} // namespace ostrich::data
